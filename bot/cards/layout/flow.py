"""The box model: where each element of a card stands, and how large it is.

    lay(node, card, room) -> Frame

In a column the elements of a set size are measured first; growing text takes what is
left of the height, as much as it can use; what then remains goes to elements with `grow`, or
is spread as `justify` says. In a row the same is done with widths.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from bot.cards.layout import nodes
from bot.cards.layout.card import Card
from bot.cards.layout.frames import Frame, NoRoom, Room, ShapeMark
from bot.cards.layout.leaves import lay_leaf
from bot.cards.layout.nodes import BoxNode, ChoiceNode, Node, SpaceNode, TextNode, at_step
from bot.cards.layout.texts import lay_text
from bot.cards.layout.widths import SLACK, across, gaps_before, grow, row_widths

_ALIGNS = ("start", "center", "end")


def lay(node: Node, card: Card, room: Room) -> Frame:
    """Measure an element and all that is in it.

    Raises:
        NoRoom: words in it do not fit.
    """
    if node.set.height is not None and not isinstance(node, SpaceNode):
        own = card.px(at_step(node.set.height, room.step), down=True)
        if node.set.grow:
            own = max(own, room.least)
        own = own if room.most is None else min(own, room.most)
        room = room.of(room.width, own, own)
    if isinstance(node, TextNode):
        return lay_text(node, card, room)
    if isinstance(node, ChoiceNode):
        return _first(node, card, room)
    if isinstance(node, BoxNode):
        return _box(node, card, room)
    return lay_leaf(node, card, room)


def _first(node: ChoiceNode, card: Card, room: Room) -> Frame:
    there = [child for child in node.children if card.there(child)]
    for child in there[:-1]:
        try:
            return lay(child, card, across(child, card, room))
        except NoRoom:
            continue
    return lay(there[-1], card, across(there[-1], card, room))


def _box(node: BoxNode, card: Card, room: Room) -> Frame:
    pad = node.set.padding
    start, end = card.px(pad.start), card.px(pad.end)
    top, bottom = card.px(pad.top, down=True), card.px(pad.bottom, down=True)
    inner = room.of(
        room.width - start - end,
        max(0.0, room.least - top - bottom),
        None if room.most is None else room.most - top - bottom,
    )
    if node.set.align in _ALIGNS and node.flow == "column":
        inner.align = str(node.set.align)
    inside = _FLOWS[node.flow](node, card, inner)
    width = room.width
    frame = Frame(width, max(room.least, inside.height + top + bottom))
    if node.set.fill is not None:
        radius = node.set.radius
        side = min(width, frame.height) / 2
        rounded = side if radius is None else min(side, card.px(radius))
        frame.marks.append(ShapeMark(node.set.fill, 0.0, 0.0, width, frame.height, rounded))
    frame.add(start, top, inside)
    return frame


# --- columns ------------------------------------------------------------------------------


def _aside(align: str, room: float, taken: float) -> float:
    """Find how far from its start something stands in more room than it takes."""
    return {"center": (room - taken) / 2, "end": room - taken}.get(align, 0.0)


def _column(node: BoxNode, card: Card, room: Room) -> Frame:
    kids = [child for child in node.children if card.there(child)]
    gaps = gaps_before(node, kids, card, room.step)
    rooms = [across(kid, card, room, tall=False) for kid in kids]
    frames: list[Frame | None] = [
        None if kid.elastic else lay(kid, card, own) for kid, own in zip(kids, rooms, strict=True)
    ]
    taken = sum(frame.height for frame in frames if frame) + sum(gaps)
    most = card.spec.height if room.most is None else room.most
    taken = _stretch(kids, card, rooms, frames, (room.least, most, taken))
    if taken > most + SLACK:
        raise NoRoom(card.longest(node))
    left = max(0.0, room.least - taken)
    growing = [index for index, kid in enumerate(kids) if grow(kid) and not kid.elastic]
    weight = sum(grow(kids[index]) for index in growing)
    for index in growing:
        before = frames[index]
        high = (before.height if before else 0.0) + left * grow(kids[index]) / weight
        frames[index] = lay(kids[index], card, room.of(rooms[index].width, high, high))
    y, between = _spread(node, 0.0 if growing else left, len(kids))
    whole = Frame(room.width, max(room.least, taken))
    for kid, frame, gap in zip(kids, frames, gaps, strict=True):
        if frame is not None:
            y += gap
            _put(whole, card, kid, _aside(room.align, room.width, frame.width), y, frame)
            y += frame.height + between
    return whole


def _stretch(
    kids: list[Node],
    card: Card,
    rooms: list[Room],
    frames: list[Frame | None],
    bounds: tuple[float, float, float],
) -> float:
    """Let growing text take what is left of a column's height; returns all that is taken."""
    least, most, taken = bounds
    weight = sum(kid.set.grow or 1.0 for kid in kids if kid.elastic)
    for index, kid in enumerate(kids):
        if not kid.elastic:
            continue
        if taken >= most:
            raise NoRoom(card.longest(kid))
        own = (most - taken) * (kid.set.grow or 1.0) / weight
        weight -= kid.set.grow or 1.0
        low = own if kid.set.grow and least >= most else 0.0
        made = frames[index] = lay(kid, card, rooms[index].of(rooms[index].width, low, own))
        taken += made.height
    return taken


def _spread(node: BoxNode, left: float, count: int) -> tuple[float, float]:
    """Say where the first element begins, and what goes between any two."""
    if node.set.justify == "between":
        return 0.0, left / (count - 1) if count > 1 else 0.0
    return _aside(node.set.justify, left, 0.0), 0.0


def _put(whole: Frame, card: Card, node: Node, x: float, y: float, frame: Frame) -> None:
    if node.set.shift:
        x += card.px(node.set.shift[0])
        y += card.px(node.set.shift[1], down=True)
    whole.add(x, y, frame)


# --- rows ---------------------------------------------------------------------------------


def _row(node: BoxNode, card: Card, room: Room) -> Frame:
    """Try a row's steps one after the other, so that its texts keep one size."""
    while True:
        try:
            return _row_at(node, card, room)
        except NoRoom:
            if room.step + 1 >= node.steps:
                raise
            room = room.of(room.width, room.least, room.most)
            room.step += 1


def _row_at(node: BoxNode, card: Card, room: Room) -> Frame:
    kids = [child for child in node.children if card.there(child)]
    gaps = gaps_before(node, kids, card, room.step)
    widths = row_widths(node, card, kids, room.width - sum(gaps), room.step)
    frames = [_early(node, kid, card, room, wide) for kid, wide in zip(kids, widths, strict=True)]
    done = [frame for frame in frames if frame]
    high, first = max([room.least, *(frame.height for frame in done)]), 0.0
    if node.set.align == "baseline" and done:
        first = max(_baseline(frame) for frame in done)
        high = max(high, first + max(frame.height - _baseline(frame) for frame in done))
    if room.most is not None and high > room.most + SLACK:
        raise NoRoom(card.longest(node))
    taken = sum(widths) + sum(gaps)
    whole, x = Frame(room.width, high), _aside(node.set.justify, room.width, taken)
    for kid, wide, early, gap in zip(kids, widths, frames, gaps, strict=True):
        x += gap
        frame = early or lay(kid, card, room.of(wide, high, high))
        y = _aside(node.set.align or "center", high, frame.height)
        if node.set.align == "baseline":
            y = first - _baseline(frame)
        _put(whole, card, kid, x, y, frame)
        x += wide
    return whole


def _early(row: BoxNode, kid: Node, card: Card, room: Room, width: float) -> Frame | None:
    """Measure what does not depend on the height of its row."""
    if isinstance(kid, SpaceNode):
        return Frame(width, 0.0)
    if _stretches(row, kid):
        return None
    if not kid.elastic:
        return lay(kid, card, room.of(width))
    return lay(kid, card, room.of(width, room.least * (row.set.align == "stretch"), room.most))


def _baseline(frame: Frame) -> float:
    return frame.height if frame.baseline is None else frame.baseline


def _stretches(row: BoxNode, kid: Node) -> bool:
    """Whether an element is as high as its row, once that is known."""
    if kid.set.height is not None:
        return False
    if isinstance(kid, nodes.RuleNode | nodes.PhotoNode | nodes.ShapeNode):
        return True
    return row.set.align == "stretch" and isinstance(kid, BoxNode) and not kid.elastic


# --- layers -------------------------------------------------------------------------------


def _layers(node: BoxNode, card: Card, room: Room) -> Frame:
    kids = [child for child in node.children if card.there(child)]
    rooms = [across(kid, card, room) for kid in kids]
    frames = [
        None if _loose(kid) else lay(kid, card, own) for kid, own in zip(kids, rooms, strict=True)
    ]
    high = max([room.least, *(frame.height for frame in frames if frame)])
    whole = Frame(room.width, high)
    for kid, own, early in zip(kids, rooms, frames, strict=True):
        frame = early
        if frame is None or (isinstance(kid, BoxNode) and frame.height < high):
            frame = lay(kid, card, own.of(own.width, high, high))
        _put(whole, card, kid, _aside(room.align, room.width, frame.width), 0.0, frame)
    return whole


def _loose(kid: Node) -> bool:
    """Whether a layer is as high as the others."""
    return isinstance(kid, nodes.PhotoNode | nodes.ShapeNode) and kid.set.height is None


_FLOWS: Final[dict[str, Callable[[BoxNode, Card, Room], Frame]]] = {
    "column": _column,
    "row": _row,
    "layers": _layers,
}
