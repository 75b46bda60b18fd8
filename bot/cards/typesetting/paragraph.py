"""Breaking a text into lines that look set by hand.

Each piece of a text is measured once, in em; what comes after is arithmetic on those numbers:
at a size of `s` pixels a line of `w` em is `s * w` pixels wide.

With a number of lines given, the squares of what they lack in width are least where they are
most even (minimum raggedness, as in Knuth and Plass's paragraph builder without its glue).
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, pairwise

from bot.cards.typesetting.breaks import AT_HYPHEN, LAST_RESORT, Piece, pieces_of, torn
from bot.cards.typesetting.fonts import Library
from bot.cards.typesetting.nouns import Font
from bot.cards.typesetting.shaping import shape_line, width_of

ORPHAN = 0.5
"""Cost of a last line of one short word."""
SHORT_LAST = 0.08
"""Cost of a last line shorter than a third of the width."""
LOOSE_LAST = 0.3
"""How much of its raggedness counts for the last line of a long or divided text."""
HYPHEN = "-"
_FEW = 5
"""Lines of a text that is a heading to the eye: its last line is to be as wide as the others."""
_NOTHING = 1e-9


@dataclass(frozen=True, slots=True)
class Measured:
    """A text's pieces and their measures, in em."""

    pieces: tuple[Piece, ...]
    starts: tuple[float, ...]
    """Where each piece begins if all stood in one line."""
    ends: tuple[float, ...]
    """Where a line ends that ends with it, its hyphen included; never before the one before."""
    tops: tuple[float, ...]
    """What each piece inks above the baseline, and capitals of its face would."""
    aboves: tuple[float, ...]
    belows: tuple[float, ...]
    words: tuple[int, ...]
    """How many words end before each piece."""
    paragraphs: tuple[tuple[int, int], ...]
    """Of each piece: the first piece of its paragraph, and the first after it."""
    empty: int
    """How many lines of the text are empty."""
    widest: float
    """Of the widest piece."""
    torn: bool
    """Whether words had to be cut anywhere, so that lines are wider or less wide than measured."""

    def width(self, first: int, after: int) -> float:
        """Measure a line of the pieces from `first` up to, not with, `after`."""
        return self.ends[after - 1] - self.starts[first]


Lines = tuple[int, ...]
"""A text's lines: where each ends, as the index of the piece after it."""


@lru_cache(maxsize=8192)
def _size(
    text: str, gap: str, font: Font, library: Library, rtl: bool
) -> tuple[float, float, float, float, float]:
    """Measure a piece: its width, its gap's, its top, its ink above and below."""
    line = shape_line(text, font, library, rtl)
    space = (
        width_of(text + gap, font, library, rtl) - line.width
        if gap.isspace() and gap != "\n"
        else 0.0
    )
    return line.width, space, max(line.above, line.cap_height), line.above, line.below


@lru_cache(maxsize=64)
def measured(text: str, font: Font, library: Library, rtl: bool) -> Measured:
    """Measure `text`, which is settled and not empty."""
    return _measured(pieces_of(text, font.language), font, library, rtl)


@lru_cache(maxsize=64)
def within(text: str, font: Font, library: Library, rtl: bool, limit: float) -> Measured:
    """Measure `text`, and tear what is wider than `limit`: at last between any characters."""
    found = measured(text, font, library, rtl)
    for anywhere in (False, True):
        if found.widest <= limit + _NOTHING:
            break
        pieces = [
            part
            for piece, start, end in zip(found.pieces, found.starts, found.ends, strict=True)
            for part in (
                torn(piece, font.language, anywhere) if end - start > limit + _NOTHING else [piece]
            )
        ]
        found = _measured(tuple(pieces), font, library, rtl)
    lengths = [end - start for start, end in zip(found.starts, found.ends, strict=True)]
    if max(lengths) > limit + _NOTHING:  # not even a letter and its hyphen have room
        bare = tuple(replace(piece, hyphen=False) for piece in found.pieces)
        found = _measured(bare, font, library, rtl)
    return found


def _measured(pieces: tuple[Piece, ...], font: Font, library: Library, rtl: bool) -> Measured:
    sizes = [_size(piece.text, piece.gap, font, library, rtl) for piece in pieces]
    starts = (0.0, *accumulate(width + space for width, space, *_ in sizes))[:-1]
    hyphen = 0.0
    if any(piece.hyphen for piece in pieces):
        hyphen = width_of(HYPHEN, font, library, rtl)
    ends = accumulate(
        (
            start + size[0] + hyphen * piece.hyphen
            for start, size, piece in zip(starts, sizes, pieces, strict=True)
        ),
        max,
    )
    bounds = [0, *(at + 1 for at, piece in enumerate(pieces) if piece.forced), len(pieces)]
    return Measured(
        pieces=pieces,
        starts=starts,
        ends=tuple(ends),
        tops=tuple(size[2] for size in sizes),
        aboves=tuple(size[3] for size in sizes),
        belows=tuple(size[4] for size in sizes),
        words=(0, *accumulate(bool(one.gap) or one.cost < AT_HYPHEN for one in pieces))[:-1],
        paragraphs=tuple(span for span in pairwise(bounds) for _ in range(*span)),
        empty=sum(piece.gap == "\n" for piece in pieces),
        widest=max(size[0] for size in sizes),
        torn=any(piece.cost >= LAST_RESORT for piece in pieces),
    )


def greedy(text: Measured, limit: float, most: int | None = None) -> Lines | None:
    """Fill line after line up to `limit`; None where a piece is wider, or beyond `most` lines."""
    lines: list[int] = []
    first, total = 0, len(text.pieces)
    while first < total:
        # Ends grow, so the last piece that still fits is found by halving.
        after = bisect_right(text.ends, text.starts[first] + limit + _NOTHING, lo=first)
        if after == first or (most is not None and len(lines) == most):
            return None
        first = min(after, text.paragraphs[first][1])
        lines.append(first)
    return tuple(lines)


def narrowest(text: Measured, lines: int) -> float:
    """Find the least width at which the text stands in `lines` lines."""
    total = text.ends[-1]
    low = max(text.widest, (total - _spaces(text, lines)) / lines)
    high = total
    if greedy(text, low, lines) is not None:
        return low
    while high - low > 1e-4 * high:
        middle = (low + high) / 2
        if greedy(text, middle, lines) is None:
            low = middle
        else:
            high = middle
    return high


def _spaces(text: Measured, lines: int) -> float:
    """Estimate, from above, what the spaces at the ends of so many lines measure."""
    if len(text.pieces) < 2:
        return 0.0
    gaps = zip(text.ends, text.starts[1:], strict=False)  # none after the last
    return (lines - 1) * max(after - end for end, after in gaps)


def balanced(
    text: Measured, limit: float, lines: int, measure: float | None = None
) -> tuple[Lines, float] | None:
    """Break into exactly `lines` lines of at most `limit`, as evenly as possible.

    `measure` is the width they are to have. Returns the lines and their cost, the mean over
    lines of raggedness and of what `breaks` says, or None where it cannot be done.
    """
    windows = _windows(text, limit, lines)
    if windows is None:
        return None
    starts, ends = text.starts, text.ends
    measure = max(limit if measure is None else measure, _NOTHING)
    # Small pieces make many lines possible that are no use; one that is half empty is none.
    shortest = measure / 2 if text.widest < measure / 4 else 0.0
    last = 1.0 if lines <= _FEW and text.paragraphs[0] == text.paragraphs[-1] else LOOSE_LAST
    costs, low = [0.0], 0
    rows: list[tuple[int, list[int]]] = []
    for window in windows:
        following: list[float] = []
        chosen: list[int] = []
        for after in range(window[0], window[1] + 1):
            end = ends[after - 1]
            begins, stops = text.paragraphs[after - 1]
            first = bisect_left(starts, end - limit - _NOTHING, max(low, begins), after)
            bound = min(low + len(costs), after)
            if after != stops:
                bound = bisect_right(starts, end - shortest, first, bound)
            best, where = math.inf, -1
            for at in range(first, bound):
                cost = costs[at - low] + (1 - (end - starts[at]) / measure) ** 2
                if after == stops:
                    cost += _ending(text, at, after, measure, last)
                if cost < best:
                    best, where = cost, at
            following.append(best + (text.pieces[after - 1].cost if after != stops else 0.0))
            chosen.append(where)
        rows.append((window[0], chosen))
        costs, low = following, window[0]
    if costs[-1] == math.inf:
        return None
    after, out = len(text.pieces), []
    for low, chosen in reversed(rows):
        out.append(after)
        after = chosen[after - low]
    return tuple(reversed(out)), costs[-1] / lines


def _ending(text: Measured, first: int, after: int, measure: float, weight: float) -> float:
    """Tell what a paragraph's last line costs, beside its raggedness as a line."""
    share = text.width(first, after) / measure
    cost = (weight - 1) * (1 - share) ** 2
    if first > text.paragraphs[first][0]:
        if share < 0.6 and text.words[after - 1] == text.words[first]:
            cost += ORPHAN
        if share < 1 / 3:
            cost += SHORT_LAST
    return cost


def _windows(text: Measured, limit: float, lines: int) -> list[tuple[int, int]] | None:
    """Find where each of exactly `lines` lines can end: first and last place.

    It cannot end later than where lines filled from the start end, nor earlier than where lines
    filled from the end begin.
    """
    total = len(text.pieces)
    first, latest = 0, []
    for number in range(lines):
        if first < total:
            after = bisect_right(text.ends, text.starts[first] + limit + _NOTHING, lo=first)
            if after == first:
                return None
            first = min(after, text.paragraphs[first][1])
        latest.append(min(first, total - (lines - 1 - number)))
    after, earliest = total, []
    for number in range(lines):
        earliest.append(max(after, lines - number))
        if after:
            first = bisect_left(text.starts, text.ends[after - 1] - limit - _NOTHING, hi=after)
            after = max(first, text.paragraphs[after - 1][0])
    windows = list(zip(reversed(earliest), latest, strict=True))
    if after or any(low > high for low, high in windows):
        return None
    return windows


def spans(lines: Lines) -> Iterator[tuple[int, int]]:
    """Give the first piece and the piece after the last of each line."""
    return pairwise((0, *lines))
