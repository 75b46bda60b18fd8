"""Frames of what is no text: rules, bars, the logo, photos, shapes and space."""

from __future__ import annotations

from functools import lru_cache
from math import radians, tan
from pathlib import Path
from typing import TypeAlias

from bot.cards import files
from bot.cards.layout import nodes
from bot.cards.layout.card import Card
from bot.cards.layout.frames import Frame, PhotoMark, Room, ShapeMark
from bot.cards.layout.nodes import at_step
from bot.cards.layout.shapes import Figure
from bot.cards.photos import supplied

Leaf: TypeAlias = (
    nodes.RuleNode
    | nodes.BarNode
    | nodes.LogoNode
    | nodes.PhotoNode
    | nodes.ShapeNode
    | nodes.SpaceNode
)
_Point: TypeAlias = tuple[float, float]

_BAR = 22.0
"""Height of a bar that says none, in u."""
_WIDEST = 3.0
"""Most width of a logo that says none, in heights."""


def leaf_width(node: Leaf, card: Card, step: int, cap: float) -> float:
    """Measure how wide an element is in a row that does not make it wider."""
    if isinstance(node, nodes.RuleNode):
        return card.px(node.set.rule)
    if isinstance(node, nodes.LogoNode):
        return _logo_size(node, card, step)[0]
    if isinstance(node, nodes.SpaceNode):
        return card.px(at_step(node.set.space, step)) if node.set.space else 0.0
    if isinstance(node, nodes.PhotoNode | nodes.ShapeNode) and node.set.height:
        return min(cap, card.px(at_step(node.set.height, step), down=True))
    return cap


def lay_leaf(node: Leaf, card: Card, room: Room) -> Frame:
    """Measure an element that holds no other."""
    if isinstance(node, nodes.SpaceNode):
        own = card.px(at_step(node.set.space, room.step), down=True) if node.set.space else 0.0
        return Frame(room.width, max(own, room.least))
    if isinstance(node, nodes.LogoNode):
        width, height = _logo_size(node, card, room.step)
        logo = card.spec.look.brand.logo
        marks = [PhotoMark(logo, 0.0, 0.0, width, height, scrim=None)] if logo else []
        return Frame(width, height, [*marks])
    if isinstance(node, nodes.RuleNode):
        height = room.least or max(1.0, card.px(node.set.rule))
        return _shape_frame(node, card, room.width, height)
    if isinstance(node, nodes.BarNode):
        return _bar(node, card, room)
    height = room.least or room.most or room.width
    if isinstance(node, nodes.PhotoNode):
        path = _photo_path(node, card)
        radius = _radius(node.set.radius, card, room.width, height)
        mark = PhotoMark(path, 0.0, 0.0, room.width, height, radius, node.set.scrim)
        return Frame(room.width, height, [mark])
    return _shape_frame(node, card, room.width, height)


def _photo_path(node: nodes.PhotoNode, card: Card) -> Path:
    found = card.spec.image if node.set.photo == "image" else card.spec.look.brand.picture
    if found is None:
        raise AssertionError(f"a card without {node.set.photo} has no such element")
    return found


def _radius(given: object, card: Card, width: float, height: float) -> float:
    side = min(width, height) / 2
    return side if given is None else min(side, card.px(given))  # type: ignore[arg-type] # a Length


def _bar(node: nodes.BarNode, card: Card, room: Room) -> Frame:
    """Draw a track, and over it how much of it is reached; never less than can be seen."""
    height, width = room.least or _BAR * card.unit, room.width
    share = card.fields.share or 0.0
    radius = _radius(node.set.radius, card, width, height)
    track = ShapeMark(node.set.track, 0.0, 0.0, width, height, radius)
    done = ShapeMark(
        node.set.fill, 0.0, 0.0, max(height, width * share), height, radius, part_of=track
    )
    return Frame(width, height, [track, done])


# --- the logo -----------------------------------------------------------------------------


def _logo_size(node: nodes.LogoNode, card: Card, step: int) -> tuple[float, float]:
    """Fit the logo into its height, and into its width where it is wide."""
    height = card.px(at_step(node.set.logo, step))
    widest = card.px(at_step(node.set.widest, step)) if node.set.widest else _WIDEST * height
    logo = card.spec.look.brand.logo
    if logo is None:
        return height, height
    wide, high = picture_size(card.root, logo)
    scale = min(height / high, widest / wide)
    return wide * scale, high * scale


def picture_size(root: Path, path: Path) -> tuple[int, int]:
    """Read a picture's width and height without decoding it.

    Raises:
        CardError: it is missing or no picture.
    """
    return _picture_size(root, path, files.digest(root, path))


@lru_cache(maxsize=256)
def _picture_size(root: Path, path: Path, _key: str) -> tuple[int, int]:
    # Of the safe copy: it stands upright, and no stranger's bytes are opened here.
    with supplied.opened(path, root) as image:
        return image.size


# --- shapes -------------------------------------------------------------------------------


def _shape_frame(
    node: nodes.RuleNode | nodes.ShapeNode, card: Card, width: float, height: float
) -> Frame:
    settings = node.set
    radius = _radius(settings.radius, card, width, height)
    if isinstance(settings, Figure):
        if settings.shape == "stripes":
            return Frame(width, height, [*_stripes(settings, card, width, height)])
        if settings.shape == "circle":
            side = min(width, height)
            x, y = (width - side) / 2, (height - side) / 2
            return Frame(width, height, [ShapeMark(settings.fill, x, y, side, side, side / 2)])
        if settings.shape == "polygon":
            points = tuple((x * width, y * height) for x, y in settings.points or ())
            mark = ShapeMark(settings.fill, 0.0, 0.0, width, height, points=points)
            return Frame(width, height, [mark])
    return Frame(width, height, [ShapeMark(settings.fill, 0.0, 0.0, width, height, radius)])


def _stripes(settings: Figure, card: Card, width: float, height: float) -> list[ShapeMark]:
    """Fill a box with slanted bands, cut off at its sides."""
    lean = height * tan(radians(settings.slant))
    # Measured across the band, a slanted one is wider along the line.
    along = (1 + tan(radians(settings.slant)) ** 2) ** 0.5
    band, gap = card.px(settings.thickness) * along, card.px(settings.gap) * along
    marks: list[ShapeMark] = []
    x = -lean
    while x < width and band + gap > 1:
        corners = ((x + lean, 0.0), (x + lean + band, 0.0), (x + band, height), (x, height))
        points = _cut(_cut(corners, 0.0, 1), width, -1)
        if len(points) > 2:
            whole = marks[0] if marks else None
            marks.append(
                ShapeMark(settings.fill, 0.0, 0.0, width, height, points=points, part_of=whole)
            )
        x += band + gap
    return marks


def _cut(points: tuple[_Point, ...], at: float, side: int) -> tuple[_Point, ...]:
    """Keep the part of a polygon to the right (1) or left (-1) of the vertical line x = at."""
    kept: list[_Point] = []
    for before, point in zip((*points[-1:], *points[:-1]), points, strict=True):
        inside, was_inside = (point[0] - at) * side >= 0, (before[0] - at) * side >= 0
        if inside != was_inside:
            share = (at - before[0]) / (point[0] - before[0])
            kept.append((at, before[1] + share * (point[1] - before[1])))
        if inside:
            kept.append(point)
    return tuple(kept)
