"""Outlines: smooth closed curves, limbs of changing thickness, and their masks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypeAlias

from PIL import Image, ImageDraw

from images.artwork.light import Point, Size

Outline: TypeAlias = tuple[Point, ...]

SUPERSAMPLED = 3


def smooth(points: Sequence[Point], steps: int = 10) -> Outline:
    """A closed curve through all points (Catmull-Rom)."""
    done = []
    count = len(points)
    for i in range(count):
        a, b, c, d = (points[(i + k) % count] for k in (-1, 0, 1, 2))
        for step in range(steps):
            t = step / steps
            done.append((between(a[0], b[0], c[0], d[0], t), between(a[1], b[1], c[1], d[1], t)))
    return tuple(done)


def points(text: str) -> Outline:
    """An outline as it is written down: pairs of x and y, spaces between them."""
    pairs = (pair.split(",") for pair in text.split())
    return tuple((float(x), float(y)) for x, y in pairs)


def area(text: str) -> Outline:
    """A smooth shape through the points that are written down."""
    return smooth(points(text))


def line(text: str) -> Outline:
    """A limb as it is written down: x, y and width at each of its points."""
    triples = [[float(v) for v in triple.split(",")] for triple in text.split()]
    return limb([(x, y) for x, y, _ in triples], [width for _, _, width in triples])


def between(a: float, b: float, c: float, d: float, t: float) -> float:
    """One coordinate on the curve from b to c."""
    return 0.5 * (
        2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3
    )


def open_curve(points: Sequence[Point], steps: int = 10) -> Outline:
    """A curve from the first point to the last through all between."""
    padded = [points[0], *points, points[-1]]
    done = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for step in range(steps):
            t = step / steps
            done.append((between(a[0], b[0], c[0], d[0], t), between(a[1], b[1], c[1], d[1], t)))
    return (*done, points[-1])


def limb(points: Sequence[Point], widths: Sequence[float]) -> Outline:
    """An arm, a stick, a strap: a curve with a width at each point, and round ends."""
    line = open_curve(points)
    thick = [w for _, w in open_curve([(i, w) for i, w in enumerate(widths)])]
    left, right = [], []
    for i, (x, y) in enumerate(line):
        before, after = line[max(0, i - 1)], line[min(len(line) - 1, i + 1)]
        dx, dy = after[0] - before[0], after[1] - before[1]
        length = math.hypot(dx, dy) or 1.0
        nx, ny = -dy / length * thick[i] / 2, dx / length * thick[i] / 2
        left.append((x + nx, y + ny))
        right.append((x - nx, y - ny))
    return (*left, *cap(line[-1], left[-1]), *reversed(right), *cap(line[0], right[0]))


def cap(end: Point, start: Point) -> list[Point]:
    """Half a circle around an end, from a point at its side."""
    reach = math.hypot(start[0] - end[0], start[1] - end[1])
    turn = math.atan2(start[1] - end[1], start[0] - end[0])
    steps = [turn - math.pi * k / 8 for k in range(1, 8)]
    return [(end[0] + reach * math.cos(t), end[1] + reach * math.sin(t)) for t in steps]


def oval(x: float, y: float, across: float, down: float, turn: float = 0.0) -> Outline:
    """An ellipse by its middle and half-axes, turned by radians."""
    done = []
    for k in range(40):
        u, v = across * math.cos(k * math.pi / 20), down * math.sin(k * math.pi / 20)
        done.append(
            (
                x + u * math.cos(turn) - v * math.sin(turn),
                y + u * math.sin(turn) + v * math.cos(turn),
            )
        )
    return tuple(done)


def board(x: float, y: float, width: float, height: float, turn: float = 0.0) -> Outline:
    """A rectangle around its middle, turned by radians."""
    done = []
    for sx, sy in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        u, v = sx * width / 2, sy * height / 2
        done.append(
            (
                x + u * math.cos(turn) - v * math.sin(turn),
                y + u * math.sin(turn) + v * math.cos(turn),
            )
        )
    return tuple(done)


def moved(outline: Sequence[Point], dx: float, dy: float, size: float = 1.0) -> Outline:
    """The outline scaled about its origin, then shifted."""
    return tuple((x * size + dx, y * size + dy) for x, y in outline)


def mirrored(outline: Sequence[Point]) -> Outline:
    """The outline with left and right exchanged."""
    return tuple((-x, y) for x, y in outline)


def symmetric(half: Sequence[Point]) -> Outline:
    """A smooth shape from its right half, given from top to bottom."""
    left = [(-x, y) for x, y in reversed(half) if x > 0.001]
    return smooth([*half, *left])


def mask(size: Size, outlines: Sequence[Sequence[Point]]) -> Image.Image:
    """What the outlines cover, with smooth edges."""
    many = SUPERSAMPLED
    image = Image.new("L", (size[0] * many, size[1] * many), 0)
    draw = ImageDraw.Draw(image)
    for outline in outlines:
        draw.polygon([(x * many, y * many) for x, y in outline], fill=255)
    return image.reduce(many)
