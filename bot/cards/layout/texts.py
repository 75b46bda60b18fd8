"""Frames of words: of one size, of the size that fills a room, and in columns.

A frame of words reaches from the top of the capitals to the baseline of the last line, as a
designer measures it, so that spaces between lines and shapes look alike whatever letters are
in them. What sticks out further than a little makes the frame higher.
"""

from __future__ import annotations

from math import ceil

from bot.cards.layout.card import Card
from bot.cards.layout.frames import Frame, NoRoom, Room, TextMark
from bot.cards.layout.nodes import TextNode, at_step
from bot.cards.layout.optical import bearings
from bot.cards.layout.values import Fill
from bot.cards.typesetting import fit
from bot.cards.typesetting.direction import runs_rtl
from bot.cards.typesetting.nouns import Block
from bot.cards.typesetting.shaping import width_of

_OVERHANG = 10.0
"""How far, in u, accents and tails of letters may stand out of a frame."""
_SLACK = 0.5
"""Pixels by which a text may be wider than what was measured for it."""


def natural_width(node: TextNode, card: Card, step: int, cap: float) -> float:
    """Measure how wide a text is in one line, at the size of this step."""
    if isinstance(node.set.size, Fill) or node.set.each:
        return cap
    return min(cap, max(line_width(node, card, text, step) for text in card.words(node)))


def line_width(node: TextNode, card: Card, text: str, step: int) -> float:
    """Measure a text that breaks only where its author broke it."""
    sizes = node.set.size if isinstance(node.set.size, tuple) else (node.set.size.smallest,)
    font = card.font(node)
    widest = max(
        width_of(line, font, card.library, runs_rtl(line, font.language))
        for line in text.split("\n")
    )
    return widest * card.type_size(sizes[min(step, len(sizes) - 1)])


def lay_text(node: TextNode, card: Card, room: Room) -> Frame:
    """Set a text in a room, as large as its height allows where it grows.

    Raises:
        NoRoom: it does not fit.
    """
    if node.set.each:
        return _grid(node, card, room)
    text = card.words(node)[0]
    size = node.set.size
    if isinstance(size, Fill):
        block = _grown(node, card, text, room.width, room.most or card.spec.height, size)
    else:
        block = _fixed(node, card, text, room.width, size[min(room.step, len(size) - 1) :])
    if block is None:
        raise NoRoom(card.field(node))
    return _framed(node, card, block, room.width, room.align)


def _fixed(
    node: TextNode,
    card: Card,
    text: str,
    width: float,
    sizes: tuple[float, ...],
    *,
    torn: bool = True,
) -> Block | None:
    """Set a text at the first of `sizes` at which it fits; a word is torn at none, or the last."""
    settings = node.set
    ways = [(size, True) for size in sizes] + ([(sizes[-1], False)] if torn else [])
    for size, whole in ways:
        block = fit.at_size(
            text,
            card.font(node),
            card.library,
            width=round(width + _SLACK, 2),
            size=card.type_size(size),
            leading=settings.leading,
            most=settings.lines,
            whole=whole,
        )
        if block is not None:
            return block
    return None


def _grown(
    node: TextNode, card: Card, text: str, width: float, height: float, size: Fill
) -> Block | None:
    """Set a text as large as its room allows; in a draft at its smallest size."""
    room = width
    for _ in range(3):
        block = fit.fill(
            text,
            card.font(node),
            card.library,
            width=round(room, 2),
            height=round(height, 2),
            smallest=card.type_size(size.smallest),
            largest=card.type_size(size.smallest if card.draft else size.largest),
            leading=node.set.leading,
        )
        over = 0.0 if block is None else _reach(block, card) - width
        if over <= _SLACK:
            return block
        room -= over
    return block


def _reach(block: Block, card: Card) -> float:
    """Measure how wide a block's ink is: some letters reach out over the line they stand in."""
    ends = ((line.width, *bearings(line, card.library)) for line in block.lines)
    return max(width - before - after for width, before, after in ends) * block.size


def _framed(node: TextNode, card: Card, block: Block, width: float, align: str) -> Frame:
    settings = node.set
    first, last = block.lines[0], block.baselines[-1]
    mark = TextMark(
        field=card.field(node),
        block=block,
        ink=settings.ink,
        align=settings.align or align,
        x=0.0,
        y=0.0,
        width=width,
        fields=(*settings.text.fields, settings.each) if settings.each else settings.text.fields,
    )
    if settings.trim == "ink":
        top = block.baselines[0] - first.above * block.size
        bottom = last + block.lines[-1].below * block.size
    else:
        allowed = _OVERHANG * card.unit
        caps = block.baselines[0] - first.cap_height * block.size
        top = min(caps, allowed)
        bottom = max(last, block.height - allowed)
    mark.y = -top
    return Frame(width, bottom - top, [mark], baseline=block.baselines[0] - top)


def _grid(node: TextNode, card: Card, room: Room) -> Frame:
    """Set one text for each of a list, in as many columns as have room.

    Columns are as wide as what is in them where each of it stands in one line; else they are
    even, and their texts may break.
    """
    texts, settings, step = card.words(node), node.set, room.step
    gap = card.px(at_step(settings.gap, step))
    sizes = settings.size if isinstance(settings.size, tuple) else (settings.size.smallest,)
    rows = ceil(len(texts) / (settings.columns or 1))
    for columns in range(ceil(len(texts) / rows), 0, -1):
        free = room.width - gap * (columns - 1)
        for index in range(min(step, len(sizes) - 1), len(sizes)):
            widths = _columns(node, card, texts, columns, index, free)
            cells = [widths[number % columns] for number in range(len(texts))]
            blocks = [
                _fixed(node, card, text, cell, sizes[index : index + 1], torn=columns == 1)
                for text, cell in zip(texts, cells, strict=True)
            ]
            frames = [
                _framed(node, card, block, cell, room.align)
                for block, cell in zip(blocks, cells, strict=True)
                if block is not None
            ]
            if len(frames) == len(texts):
                return _rows(node, card, frames, room, [width + gap for width in widths])
    raise NoRoom(card.field(node))


def _columns(
    node: TextNode, card: Card, texts: tuple[str, ...], columns: int, step: int, free: float
) -> list[float]:
    """Find the widths of columns: their longest texts', or even ones where those are too wide."""
    across = [line_width(node, card, text, step) for text in texts]
    own = [max(across[column::columns]) for column in range(columns)]
    return own if columns > 1 and sum(own) <= free else [free / columns] * columns


def _rows(
    node: TextNode, card: Card, frames: list[Frame], room: Room, strides: list[float]
) -> Frame:
    whole, y, columns = Frame(room.width, 0.0), 0.0, len(strides)
    for start in range(0, len(frames), columns):
        if start:
            y += card.px(at_step(node.set.row_gap, room.step), down=True)
        row, x = frames[start : start + columns], 0.0
        first = max(frame.baseline or 0.0 for frame in row)
        for frame, stride in zip(row, strides, strict=False):
            # Lines of a row share a baseline even where one has accents that make it higher.
            whole.add(x, y + first - (frame.baseline or 0.0), frame)
            x += stride
        y += max(first - (frame.baseline or 0.0) + frame.height for frame in row)
    whole.height = y
    return whole
