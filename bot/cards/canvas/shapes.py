"""Shapes to pixels: what of a shape covers whole pixels, and the soft rest of it.

Upright and level edges are set on whole pixels, so that they are crisp and cost nothing. Only
corners and slanted edges are antialiased: drawn larger, in small pieces, and reduced.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, floor
from typing import TypeAlias

from PIL import Image, ImageDraw

from bot.cards.scene import Box, Point, Shape

Area: TypeAlias = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels; right and bottom are outside."""

_FINER = 8
"""Samples each way in which an antialiased pixel is drawn."""
_TILE = 32
_LEVEL = 1e-6
"""Pixels that the ends of an edge may differ in and still be at one height."""
_SHARP = 0.5
"""A corner of a smaller radius is none."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Coverage of pixels, and where it goes."""

    image: Image.Image
    """Mode L."""
    left: int
    top: int


@dataclass(frozen=True, slots=True)
class Pieces:
    """A shape, taken apart."""

    solid: tuple[Area, ...]
    soft: tuple[Stamp, ...]


def has_soft_edges(shape: Shape) -> bool:
    """Tell whether any of the shape's pixels are covered in part."""
    return bool(shape.points) or shape.radius >= _SHARP


def pieces(shape: Shape, width: int, height: int) -> Pieces:
    """Take a shape apart on a canvas of that size."""
    if shape.points:
        return _polygon(_settled(shape.points), width, height)
    return _rectangle(shape.box, shape.radius)


def area_of(box: Box, radius: float = 0.0) -> Area:
    """Set a rectangle on whole pixels; one that is there at all is a pixel wide at least."""
    left, top = round(box.x), round(box.y)
    if radius > 0:  # its size is what shows: a circle stays round
        right, bottom = left + round(box.width), top + round(box.height)
    else:  # its edges are: neighbours meet
        right, bottom = round(box.x + box.width), round(box.y + box.height)
    if box.width > 0:
        right = max(right, left + 1)
    if box.height > 0:
        bottom = max(bottom, top + 1)
    return left, top, right, bottom


def _rectangle(box: Box, radius: float) -> Pieces:
    left, top, right, bottom = area_of(box, radius)
    if right <= left or bottom <= top:
        return Pieces((), ())
    radius = min(radius, (right - left) / 2, (bottom - top) / 2)
    if radius < _SHARP:
        return Pieces(((left, top, right, bottom),), ())
    side = ceil(radius)
    solid = tuple(
        (x, y, far, below)
        for x, y, far, below in (
            (left + side, top, right - side, bottom),
            (left, top + side, min(left + side, right), bottom - side),
            (max(right - side, left + side), top + side, right, bottom - side),
        )
        if x < far and y < below
    )
    soft = tuple(
        Stamp(image, right - side if at % 2 else left, bottom - side if at // 2 else top)
        for at, image in enumerate(_corners(radius))
    )
    return Pieces(solid, soft)


@lru_cache(maxsize=64)
def _corners(radius: float) -> tuple[Image.Image, ...]:
    """Draw the corners of a rounded rectangle: top left, top right, bottom left, bottom right."""
    side = ceil(radius)
    finer = Image.new("L", (side * _FINER, side * _FINER), 0)
    far = 3 * side * _FINER
    ImageDraw.Draw(finer).rounded_rectangle((0, 0, far, far), radius * _FINER, fill=255)
    corner = finer.reduce(_FINER)
    mirror, upside = Image.Transpose.FLIP_LEFT_RIGHT, Image.Transpose.FLIP_TOP_BOTTOM
    right = corner.transpose(mirror)
    return corner, right, corner.transpose(upside), right.transpose(upside)


def _settled(points: tuple[Point, ...]) -> tuple[Point, ...]:
    """Set a polygon's upright and level edges on whole pixels, as those of rectangles are.

    Both kinds are put together to one figure, and are crisp where they can be.
    """
    settled = []
    for at, (x, y) in enumerate(points):
        beside = points[at - 1], points[(at + 1) % len(points)]
        upright = any(abs(x - other) < _LEVEL for other, _ in beside)
        level = any(abs(y - other) < _LEVEL for _, other in beside)
        settled.append((float(round(x)) if upright else x, float(round(y)) if level else y))
    return tuple(settled)


@lru_cache(maxsize=16)
def _polygon(points: tuple[Point, ...], width: int, height: int) -> Pieces:
    """Draw a polygon: inside as it is, along its edges tile by tile, finer."""
    left, top = max(0, floor(min(x for x, _ in points))), max(0, floor(min(y for _, y in points)))
    right = min(width, ceil(max(x for x, _ in points)))
    bottom = min(height, ceil(max(y for _, y in points)))
    if right <= left or bottom <= top:
        return Pieces((), ())
    image = Image.new("L", (right - left, bottom - top), 0)
    moved = tuple((x - left, y - top) for x, y in points)
    _fill(image, moved, 1)
    for x, y in sorted(set(_edge_tiles(moved, image.size))):
        tile = Image.new("L", (_TILE * _FINER, _TILE * _FINER), 0)
        _fill(tile, tuple((a - x * _TILE, b - y * _TILE) for a, b in moved), _FINER)
        image.paste(tile.reduce(_FINER), (x * _TILE, y * _TILE))
    return Pieces((), (Stamp(image, left, top),))


def _fill(image: Image.Image, points: tuple[Point, ...], finer: int) -> None:
    """Fill a polygon given in pixels, `finer` samples a pixel.

    Pillow includes both ends of each row and column of samples; the far ones are taken back.
    """
    middle_x = (min(x for x, _ in points) + max(x for x, _ in points)) / 2
    middle_y = (min(y for _, y in points) + max(y for _, y in points)) / 2
    ImageDraw.Draw(image).polygon(
        [
            (floor(x * finer + 0.5) - (x > middle_x), floor(y * finer + 0.5) - (y > middle_y))
            for x, y in points
        ],
        fill=255,
    )


def _edge_tiles(points: tuple[Point, ...], size: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Name the tiles that an edge passes, but for edges that lie between whole pixels."""
    columns, rows = -(-size[0] // _TILE), -(-size[1] // _TILE)
    for (x0, y0), (x1, y1) in zip(points, points[1:] + points[:1], strict=True):
        if (x0 == x1 and x0 == round(x0)) or (y0 == y1 and y0 == round(y0)):
            continue
        first, last = floor(min(y0, y1) / _TILE), floor(max(y0, y1) / _TILE)
        for row in range(max(0, first), min(rows - 1, last) + 1):
            # The edge's part within this row of tiles, and a pixel more.
            ends = []
            for y in (row * _TILE - 1, (row + 1) * _TILE + 1):
                share = (y - y0) / (y1 - y0) if y1 != y0 else 0.0
                ends.append(x0 + min(max(share, 0.0), 1.0) * (x1 - x0))
            if y1 == y0:
                ends = [x0, x1]
            near, far = floor((min(ends) - 1) / _TILE), floor((max(ends) + 1) / _TILE)
            for column in range(max(0, near), min(columns - 1, far) + 1):
                yield column, row
