"""`speaker.jpg`: nobody in particular at a microphone, in two colours, lit from the side.

Painted in grey as with an airbrush, then toned.
"""

from __future__ import annotations

import math
from random import Random

from PIL import Image, ImageChops, ImageOps

from images.artwork import light as li
from images.artwork.easel import Easel
from images.artwork.light import Point
from images.artwork.outline import Outline, limb, oval
from images.artwork.portrait import clothes, ear, face, hair

SIZE = (1200, 1500)
HEAD = 450.0
MIDDLE: Point = (664, 448)
INK, CLAY, CREAM = (17, 20, 36), (206, 84, 62), (255, 236, 208)
THREAD = (0.004, 0.004)


def room(rng: Random) -> Image.Image:
    """A dark hall with smoke in it and lamps far behind."""
    image = Image.new("RGB", SIZE, (22, 22, 22))
    li.glow(image, (170, 300), 980, (255, 255, 255), 0.36, 1.9)
    li.glow(image, (1080, 560), 640, (255, 255, 255), 0.24, 1.9)
    smoke = li.curve(li.clouds(rng, SIZE, (700, 460), 5), lambda v: max(0.0, (v - 0.45) * 1.4))
    li.lay_light(image, (110, 110, 110), li.faded(li.blurred(smoke, 14), 0.35), (0, 0))
    image = ImageChops.multiply(
        image,
        Image.merge("RGB", [li.curve(li.slope(SIZE, 1.0, 0.35), lambda v: 0.45 + 0.55 * v)] * 3),
    )
    for _ in range(22):
        at = (rng.uniform(-20, SIZE[0] + 20), rng.gauss(1120, 110))
        li.bokeh(image, at, rng.uniform(14, 38), (255, 255, 255), rng.uniform(0.05, 0.26))
    return image.getchannel(0)


def microphone(easel: Easel) -> None:
    """On its stand, a hand's breadth from the mouth."""
    tilt = 0.62
    x, y = -0.68, 0.31

    def at(*places: Point) -> Outline:
        cos, sin = math.cos(tilt), math.sin(tilt)
        return tuple((x + u * cos - v * sin, y + u * sin + v * cos) for u, v in places)

    grille = at(*oval(0.0, 0.0, 0.125, 0.145))
    body = at((-0.088, 0.14), (0.088, 0.14), (0.06, 0.74), (-0.06, 0.74))
    clip = at((-0.085, 0.42), (0.085, 0.42), (0.08, 0.56), (-0.08, 0.56))
    joint = at((0.0, 0.49))[0]
    stand = limb(
        [joint, (joint[0] + 0.02, joint[1] + 0.5), (joint[0] + 0.02, 2.6)], [0.06, 0.05, 0.05]
    )
    tail = at((0.0, 0.73))[0]
    cable = limb(
        [
            tail,
            (tail[0] - 0.1, tail[1] + 0.2),
            (tail[0] - 0.02, tail[1] + 0.7),
            (tail[0] + 0.1, 2.6),
        ],
        [0.03] * 4,
    )
    mesh = [
        limb(
            [(x - way * (0.3 - k * 0.019), y - 0.3), (x - way * (0.02 - k * 0.019), y + 0.3)],
            THREAD,
        )
        for way in (1, -1)
        for k in range(-8, 34)
    ]
    for shape, tone in ((cable, 20), (stand, 26), (body, 30), (clip, 18), (grille, 52)):
        cover = easel.cover(shape)
        easel.brush(tone, 0.8, shape)
        if shape is grille:
            easel.brush(120, 0.8, *mesh, strength=0.75, within=cover)
            easel.brush(14, 22, oval(x + 0.06, y + 0.05, 0.12, 0.13), strength=0.75, within=cover)
            easel.brush(250, 14, oval(x - 0.06, y - 0.07, 0.04, 0.05), strength=0.7, within=cover)
        easel.rim(cover, (-1, -0.35), 7, 226, 0.85)
        easel.rim(cover, (1, -0.2), 5, 150, 0.6)
    band = at((-0.118, 0.09), (0.118, 0.09), (0.1, 0.15), (-0.1, 0.15))
    easel.brush(70, 0.8, band)
    easel.rim(easel.cover(band), (-1, -0.2), 12, 236, 0.8)


def draw() -> Image.Image:
    """The picture."""
    rng = li.dice("speaker")
    easel = Easel(room(rng), MIDDLE, HEAD)
    face(easel)
    clothes(easel, rng)
    hair(easel, rng)
    ear(easel)
    microphone(easel)
    toned = ImageOps.colorize(easel.image, INK, CREAM, CLAY, 14, 240, 122)
    toned = li.bloom(toned, 0.75, 0.3, (12, 50))
    toned = li.vignette(toned, 0.25)
    return li.grain(toned, rng, 1.8)
