"""How wide things are: in a row by what they hold, across a column as wide as it is."""

from __future__ import annotations

from bot.cards.layout import nodes
from bot.cards.layout.card import Card
from bot.cards.layout.frames import NoRoom, Room
from bot.cards.layout.leaves import leaf_width
from bot.cards.layout.nodes import BoxNode, ChoiceNode, Node, SpaceNode, TextNode, at_step
from bot.cards.layout.texts import natural_width
from bot.cards.layout.values import Fill

SLACK = 0.5
"""Pixels by which something may be larger than its room."""


def natural(node: Node, card: Card, step: int, cap: float) -> float:
    """Measure how wide an element is where nothing makes it wider or narrower."""
    if node.set.width:
        return min(cap, card.px(at_step(node.set.width, step)))
    if isinstance(node, TextNode):
        return natural_width(node, card, step, cap)
    if not isinstance(node, BoxNode | ChoiceNode):
        return min(cap, leaf_width(node, card, step, cap))
    there = [child for child in node.children if card.there(child)]
    if isinstance(node, ChoiceNode):
        return natural(there[0], card, step, cap)
    pad = card.px(node.set.padding.start) + card.px(node.set.padding.end)
    widths = [natural(child, card, step, cap) for child in there]
    if node.flow == "row":
        return min(cap, sum(widths) + sum(gaps_before(node, there, card, step)) + pad)
    return min(cap, max(widths) + pad)


def across(node: Node, card: Card, room: Room, *, tall: bool = True) -> Room:
    """Narrow the room across a column to an element's own width."""
    width = room.width
    if node.set.width is None or node.set.width:
        width = natural(node, card, room.step, width)
    return room.of(width, room.least, room.most) if tall else room.of(width)


def grow(node: Node) -> float:
    """Say what part of its box's left-over room an element takes."""
    if node.set.grow:
        return node.set.grow
    return 1.0 if isinstance(node, SpaceNode) and node.set.space is None else 0.0


def gaps_before(node: BoxNode, kids: list[Node], card: Card, step: int) -> list[float]:
    """Measure the gap before each element of a column or row; none before the first."""
    down = node.flow == "column"
    each = card.px(at_step(node.set.gap, step), down=down)
    gaps = [
        card.px(at_step(kid.set.before, step), down=down) if kid.set.before else each
        for kid in kids
    ]
    return [0.0, *gaps[1:]]


def takes_rest(node: Node) -> bool:
    """Whether an element without a width of its own takes what a row has left."""
    if grow(node):
        return True
    if node.set.width != ():
        return False
    if isinstance(node, TextNode):
        return isinstance(node.set.size, Fill) or node.set.each is not None
    return isinstance(node, nodes.BarNode | nodes.PhotoNode) or (
        isinstance(node, BoxNode) and node.elastic
    )


def row_widths(row: BoxNode, card: Card, kids: list[Node], room: float, step: int) -> list[float]:
    """Share out a row's width; `room` is what there is without the gaps."""
    widths = [
        natural(kid, card, step, room) if kid.set.width or not takes_rest(kid) else 0.0
        for kid in kids
    ]
    over = sum(widths) - room
    if over > SLACK:
        soft = [
            index
            for index, kid in enumerate(kids)
            if isinstance(kid, TextNode) and kid.set.lines > 1 and widths[index]
        ]
        total = sum(widths[index] for index in soft)
        if step + 1 < row.steps or over >= total:
            raise NoRoom(card.longest(row))
        for index in soft:
            widths[index] -= over * widths[index] / total
        return widths
    rest = max(0.0, -over)
    weight = sum(grow(kid) or 1.0 for kid in kids if takes_rest(kid))
    return [
        wide + rest * (grow(kid) or 1.0) / weight if takes_rest(kid) else wide
        for kid, wide in zip(kids, widths, strict=True)
    ]
