"""What lies under an item of a flat card, where that is not one colour.

The layout says which colour an item stands on; it says none where the item reaches over
several. Then all that was drawn before and may be seen there counts.
"""

from __future__ import annotations

from bot.cards.colour import RGB
from bot.cards.scene import Box, Item, Logo, Scene, Shape, Words

_INK_OUTSIDE = 0.35
"""In em: how far glyphs may reach out of their block."""


def grounds(scene: Scene, at: int) -> tuple[RGB, ...]:
    """Find the colours that the item `at` may stand on.

    Of shapes the layout names what they must stand out from, which is not all that their edges
    melt into: a bar's fill lies on its track. So they are always looked into.
    """
    item = scene.items[at]
    if isinstance(item, Words | Logo) and item.on is not None:
        return (item.on,)
    box = extent(item)
    found: dict[RGB, None] = {}
    for below in reversed(scene.items[:at]):
        if isinstance(below, Shape) and _overlap(extent(below), box):
            found[below.colour] = None
            if not below.points and below.radius <= 0 and _holds(below.box, box):
                return tuple(found)
    found[scene.ground] = None
    return tuple(found)


def extent(item: Item) -> Box:
    """Measure the rectangle that an item may ink."""
    if isinstance(item, Words):
        out = item.block.size * _INK_OUTSIDE
        left = min(item.lefts, default=0.0) - out
        right = max(
            (
                x + line.width * item.block.size
                for x, line in zip(item.lefts, item.block.lines, strict=True)
            ),
            default=left,
        )
        return Box(left, item.y - out, right + out - left, item.block.height + 2 * out)
    if isinstance(item, Shape) and item.points:
        across, down = zip(*item.points, strict=True)
        return Box(min(across), min(down), max(across) - min(across), max(down) - min(down))
    return item.box


def _overlap(one: Box, other: Box) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def _holds(outer: Box, inner: Box) -> bool:
    return (
        outer.x <= inner.x
        and outer.y <= inner.y
        and outer.x + outer.width >= inner.x + inner.width
        and outer.y + outer.height >= inner.y + inner.height
    )
