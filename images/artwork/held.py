"""What people hold up, and how figures are put into a layer."""

from __future__ import annotations

import math
from random import Random

from PIL import Image

from images.artwork.light import RGB, Point
from images.artwork.outline import board, limb
from images.artwork.paint import Lighting, paint
from images.artwork.people import Figure

SHAPES = ((2.3, 1.7), (1.8, 2.2), (2.7, 1.8))
"""Width and height of boards, in heads."""


def placard(figure: Figure, rng: Random, paper: RGB, high: float) -> None:
    """A board on a stick, seen from behind: what it says is the message's business."""
    turn = rng.uniform(-0.14, 0.14)
    width, height = rng.choice(SHAPES)
    x, bend = math.sin(turn) * -high, rng.uniform(-0.09, 0.09)
    a, b, c, d = [(px + x, py + high) for px, py in board(0, 0, width, height, turn)]
    sheet = (*arc(a, b, bend), *arc(b, c, 0.03), *arc(c, d, -bend), *arc(d, a, 0.03))
    figure.add(sheet, colour=paper, stuff="card")
    stick = [(0.0, 1.0), (x * 0.5, high * 0.5), (x * 1.1, high * 1.1)]
    figure.add(limb(stick, [0.1, 0.1, 0.1]), colour=(130, 104, 82), form=0.05)


def arc(a: Point, b: Point, bend: float) -> tuple[Point, ...]:
    """From a towards b along a slight bow."""
    nx, ny = b[1] - a[1], a[0] - b[0]
    done = []
    for step in range(8):
        t = step / 8
        bow = bend * t * (1 - t) * 4
        done.append((a[0] + (b[0] - a[0]) * t + nx * bow, a[1] + (b[1] - a[1]) * t + ny * bow))
    return tuple(done)


def flag(figure: Figure, rng: Random, cloth: RGB, high: float) -> None:
    """A plain flag on a pole, in a light wind to the left."""
    lean, length, depth = rng.uniform(-0.3, 0.5), rng.uniform(2.8, 3.6), rng.uniform(1.9, 2.4)
    foot, tip = (0.0, 1.0), (lean, high)
    top, bottom = [], []
    phase = rng.uniform(0, 6)
    for step in range(25):
        t = step / 24
        wave = math.sin(phase + t * 7.5) * 0.16 * t
        top.append((tip[0] - t * length, tip[1] + 0.1 + wave + 0.5 * t * t))
        bottom.append(
            (tip[0] - 0.05 - t * length * 0.97, tip[1] + 0.1 + depth + wave * 1.25 + 0.75 * t * t)
        )
    figure.add((*top, *reversed(bottom)), colour=cloth, stuff="flag")
    figure.add(limb([foot, tip], [0.1, 0.07]), colour=(146, 122, 98), form=0.05)


def stand(
    layer: Image.Image, figure: Figure, at: Point, size: float, light: Lighting, rng: Random
) -> None:
    """Put a figure into a layer, the middle of its head at a point, its head `size` pixels high."""
    tile, (dx, dy) = paint(figure, size, light, rng)
    put(layer, tile, (at[0] + dx, at[1] + dy))


def put(layer: Image.Image, tile: Image.Image, at: Point) -> None:
    """A tile that may begin left of or above the layer."""
    left, top = round(at[0]), round(at[1])
    layer.alpha_composite(tile, (max(0, left), max(0, top)), (max(0, -left), max(0, -top)))
