"""Lines below each other: how far apart, how high, and with which glyphs."""

from __future__ import annotations

import math
from itertools import pairwise

from bot.cards.typesetting.direction import in_context
from bot.cards.typesetting.fonts import Library
from bot.cards.typesetting.nouns import Block, Font
from bot.cards.typesetting.paragraph import HYPHEN, Lines, Measured, spans
from bot.cards.typesetting.shaping import shape_line

GAP = 0.05
"""What parts the ink of neighbouring lines, in em."""
EMPTY = 0.5
"""What an empty line is high, as a share of the others."""
NO_BLOCK = Block((), 0.0, (), 0.0, 0.0, False)
"""Of no text."""


def stack(text: Measured, lines: Lines, leading: float) -> tuple[float, float, float]:
    """Tell how lines stand, in em: the first one's top, the step, what hangs below the last.

    The step is one for all lines: what is asked for, or what keeps their ink apart.
    """
    ink = [(max(text.aboves[a:b]), max(text.belows[a:b])) for a, b in spans(lines)]
    step = max((below + above + GAP for (_, below), (above, _) in pairwise(ink)), default=0.0)
    return max(text.tops[: lines[0]]), max(leading, step), max(ink[-1][1], 0.0)


def height_of(
    text: Measured, size: float, top: float, step: float, tail: float, lines: int
) -> float:
    """Measure lines in pixels. Their baselines are on whole ones, at equal distances."""
    pitch = math.ceil(step * size)
    parted = text.empty * math.ceil(pitch * EMPTY)
    return math.ceil(top * size) + pitch * (lines - 1) + parted + tail * size


def set_lines(
    text: Measured,
    lines: Lines,
    font: Font,
    library: Library,
    size: float,
    leading: float,
    rtl: bool,
) -> Block:
    """Shape lines and stack them."""
    top, step, tail = stack(text, lines, leading)
    pitch, at = math.ceil(step * size), math.ceil(top * size)
    baselines = [at]
    for _, after in spans(lines[:-1]):
        at += pitch + math.ceil(pitch * EMPTY) * (text.pieces[after - 1].gap == "\n")
        baselines.append(at)
    shaped = tuple(shape_line(one, font, library, rtl) for one in _texts(text, lines, rtl))
    return Block(
        lines=shaped,
        size=size,
        baselines=tuple(map(float, baselines)),
        width=max(line.width for line in shaped) * size,
        height=height_of(text, size, top, step, tail, len(lines)),
        rtl=rtl,
    )


def _texts(text: Measured, lines: Lines, rtl: bool) -> list[str]:
    """Put the lines' texts together, paragraph by paragraph."""
    texts: list[str] = []
    paragraph = ""
    cuts: list[tuple[int, int]] = []
    for first, after in spans(lines):
        start = len(paragraph)
        for piece in text.pieces[first:after]:
            end = len(paragraph) + len(piece.text)
            paragraph += piece.text + piece.gap
        cuts.append((start, end))
        if after == text.paragraphs[first][1]:
            parts = in_context(paragraph, cuts, rtl)
            ends = [text.pieces[at - 1] for at in lines[len(texts) : len(texts) + len(parts)]]
            texts += [
                part + HYPHEN * (piece.hyphen and not rtl)
                for part, piece in zip(parts, ends, strict=True)
            ]
            paragraph, cuts = "", []
    return texts
