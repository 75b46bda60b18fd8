"""The vigil's subject: a child on somebody's shoulders with a paper lantern on a stick."""

from __future__ import annotations

import math
from random import Random

from PIL import Image

from images.artwork import light as li
from images.artwork.heads import head
from images.artwork.light import RGB, Point
from images.artwork.outline import board, limb, mask, mirrored, oval, points, symmetric
from images.artwork.paint import Lighting, paint
from images.artwork.people import Figure, dressed, raised_arm

CANDLE: RGB = (255, 178, 92)
"""The light of a flame."""


def bearer(image: Image.Image, at: Point, rng: Random) -> None:
    """A child, its head at a point of the picture, and whose shoulders it sits on."""
    x, y = at
    size = 84.0
    light = Lighting(
        towards=(1.0, -0.7),
        dark=(13, 14, 26),
        key=(168, 116, 84),
        rim=(255, 184, 108),
        rim_strength=1.0,
        rim_width=0.06,
    )
    coat = (50, 56, 74)
    parent = Figure()
    for side in (-1, 1):
        sleeve = limb(points(".78,1.02 1.06,1.5 1.2,2.1 .9,2.5"), [0.52, 0.5, 0.44, 0.4])
        parent.add(sleeve if side > 0 else mirrored(sleeve), colour=coat, form=0.24)
    dressed(parent, rng, coat, 1.06, arms=())
    head(parent, rng, "short", (58, 42, 34), (196, 150, 122), coat, -0.42)
    child = Figure()
    seat = points("0,1.75 .5,1.8 .84,2 1.02,2.35 .86,2.68 .5,2.62 0,2.6")
    child.add(symmetric(seat), colour=(58, 62, 80), form=0.26)
    down = (150, 66, 52)
    jacket = points("0,.5 .2,.47 .36,.57 .64,.74 .76,1.1 .7,1.5 .74,1.9 .7,2.14 .3,2.24 0,2.25")
    child.add(symmetric(jacket), colour=down, form=0.4)
    seams = [
        limb([(-0.7, v), (0, v + 0.06), (0.7, v)], [0.015, 0.03, 0.015])
        for v in (0.98, 1.3, 1.62, 1.94)
    ]
    child.add(*seams, colour=(84, 38, 34), form=0.05)
    child.add(
        limb([(-0.56, 0.98), (-0.86, 1.46), (-0.7, 2.0)], [0.4, 0.4, 0.28]), colour=down, form=0.2
    )
    hand = raised_arm(child, 1, (1.08, 0.66), (1.2, -0.14), down, (206, 160, 132))
    grip, tip = (hand[0] - 0.12, hand[1] + 0.34), (hand[0] + 0.62, hand[1] - 2.15)
    child.add(limb([grip, tip], [0.055, 0.04]), colour=(120, 90, 70), form=0.04)
    head(child, rng, "beanie", (70, 50, 40), (206, 160, 132), (176, 136, 84), 0.1)
    for figure, head_size, dx, dy in (
        (parent, size * 1.22, -30.0, 1.64 * size),
        (child, size, 0.0, 0.0),
    ):
        tile, (left, top) = paint(figure, head_size, light, rng)
        image.paste(tile, (round(x + dx + left), round(y + dy + top)), tile)
    lantern(image, (x + tip[0] * size, y + tip[1] * size + 88), 60)


def lantern(image: Image.Image, at: Point, radius: float) -> None:
    """A globe of paper, brightest low in its middle where the flame is."""
    x, y = at
    for reach, strength in ((11.0, 0.30), (5.2, 0.34), (2.4, 0.5)):
        li.glow(image, at, radius * reach, CANDLE, strength, 2.4)
    side = math.ceil(radius * 3)
    half = side / 2
    cover = mask((side, side), [oval(half, half, radius, radius * 0.94)])
    paper = Image.new("RGB", (side, side), (226, 122, 54))
    li.glow(paper, (half, half + radius * 0.3), radius * 1.5, (255, 214, 120), 1.0, 1.1)
    li.glow(paper, (half, half + radius * 0.36), radius * 0.8, (255, 250, 222), 1.0, 1.2)
    ribs = []
    for k in range(-4, 5):
        across, y_rib = math.sqrt(max(0.0, 1 - (k / 5) ** 2)) * radius, half + k * radius * 0.19
        middle = (half, half + k * radius * 0.205 + 2)
        ribs.append(limb([(half - across, y_rib), middle, (half + across, y_rib)], (1.6, 1.6, 1.6)))
    lines = li.faded(li.blurred(mask((side, side), ribs), 0.8), 0.4)
    paper.paste((170, 78, 34), (0, 0, side, side), lines)
    corner = (round(x - half), round(y - half))
    image.paste(paper, corner, li.blurred(cover, 0.8))
    caps = mask(
        (side, side),
        [
            board(half, half - radius * 0.93, radius * 0.62, radius * 0.13),
            board(half, half + radius * 0.93, radius * 0.5, radius * 0.12),
            limb([(half, half - radius), (half, half - radius * 1.48)], [2.2, 2.2]),
        ],
    )
    image.paste((52, 30, 28), (*corner, corner[0] + side, corner[1] + side), caps)
