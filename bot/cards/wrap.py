"""Breaking text into lines that look set by hand.

Widths are in em throughout: at a size of `s` pixels a line of `w` em is `s * w` pixels, so
one measurement serves every size.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

import regex

from bot.cards.fonts import Face

# Breaks are allowed after a space, and after a dash or slash inside a word.
_PIECE = regex.compile(r"[^ ]*?(?<=[^\W\d_])[-‐–—/](?=[^\W\d_]{2})|[^ ]+")
# "Mr." stays with the name that follows.
_TITLE = regex.compile(r"(?<![^ ])(?:Mrs?|Ms|Drs?|Sra?|St|Prof|Mme|Hr|Fr)\. (?=\p{Lu})")
# These stay with the word before them, as French and Spanish set them, and so do lone dashes.
_CLINGS = regex.compile(r" (?=[?!:;»%–—·]( |$))|(?<=(^| )[«¿¡]) ")

ORPHAN = 0.5
"""Cost of a short last line of one word, beside the squared raggedness of a line (0 to 1)."""
SHORT_LAST = 0.08
"""Cost of a last line shorter than a third of the width."""
STRANDED = 0.05
"""Cost of a line that ends in a word of one or two letters."""
AT_HYPHEN = 0.08
"""Cost of a break inside a word that has a hyphen."""
AFTER_STOP = -0.03
"""What a break after punctuation earns."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """A text cut where lines may break; widths in em."""

    texts: tuple[str, ...]
    spaced: tuple[bool, ...]
    """Whether a space stands before the piece when it does not begin a line."""
    starts: tuple[float, ...]
    """Where each piece begins if all stood in one line."""
    ends: tuple[float, ...]
    bonus: tuple[float, ...]
    """Cost of ending a line with the piece."""

    def width(self, first: int, after: int) -> float:
        """Measure a line of the pieces from `first` up to, not with, `after`."""
        return self.ends[after - 1] - self.starts[first]

    def line(self, first: int, after: int) -> str:
        """Put that line's text together."""
        out = self.texts[first]
        for index in range(first + 1, after):
            out += (" " if self.spaced[index] else "") + self.texts[index]
        return out


@lru_cache(maxsize=4096)
def pieces_of(text: str, face: Face) -> Pieces:
    """Cut `text`, which must be drawable and not empty."""
    texts: list[str] = []
    spaced: list[bool] = []
    text = _TITLE.sub(lambda title: title[0][:-1] + "\u00a0", text)
    for word in _CLINGS.sub("\u00a0", text).split(" "):
        for index, match in enumerate(_PIECE.finditer(word)):
            texts.append(match[0])
            spaced.append(index == 0)
    space = face.width(" ")
    starts: list[float] = []
    ends: list[float] = []
    at = 0.0
    for piece, gap in zip(texts, spaced, strict=True):
        at += space if gap and starts else 0.0
        starts.append(at)
        at += face.width(piece)
        ends.append(at)
    bonus = tuple(map(_cost_after, texts))
    return Pieces(tuple(texts), tuple(spaced), tuple(starts), tuple(ends), bonus)


def _cost_after(piece: str) -> float:
    """Tell what it costs to end a line with `piece`."""
    if piece[-1] in "-‐/":
        return AT_HYPHEN
    if len(piece) <= 2:
        return STRANDED
    return AFTER_STOP if piece[-1] in ".,;:!?…–—" else 0.0


def greedy(pieces: Pieces, limit: float, most: int | None = None) -> int | None:
    """How many lines of at most `limit` the pieces need; None if a piece is wider.

    Stops counting beyond `most`.
    """
    count, first, total = 0, 0, len(pieces.texts)
    while first < total:
        # ends grow, so the last piece that still fits is found by halving.
        after = bisect_right(pieces.ends, pieces.starts[first] + limit + 1e-9, lo=first)
        if after == first:
            return None
        first, count = after, count + 1
        if most is not None and count > most:
            return count
    return count


def narrowest(pieces: Pieces, lines: int) -> float:
    """Find the least width at which the pieces stand in `lines` lines."""
    low = max(e - s for s, e in zip(pieces.starts, pieces.ends, strict=True))
    high = pieces.ends[-1]
    if (needed := greedy(pieces, low, lines)) is not None and needed <= lines:
        return low
    for _ in range(22):
        middle = (low + high) / 2
        needed = greedy(pieces, middle, lines)
        if needed is None or needed > lines:
            low = middle
        else:
            high = middle
    return high


def balanced(pieces: Pieces, limit: float, lines: int) -> tuple[tuple[str, ...], float] | None:
    """Break into exactly `lines` lines of at most `limit`, as evenly as possible.

    Returns the lines and their cost, or None where it cannot be done.
    """
    total = len(pieces.texts)
    best: list[tuple[float, int]] = [(math.inf, 0)] * (total + 1)
    best[0] = (0.0, 0)
    breaks: list[list[tuple[float, int]]] = []
    for number in range(1, lines + 1):
        row: list[tuple[float, int]] = [(math.inf, 0)] * (total + 1)
        for after in range(number, total - (lines - number) + 1):
            if number == lines and after != total:
                continue
            for first in range(after - 1, number - 2, -1):
                width = pieces.width(first, after)
                if width > limit + 1e-9:
                    break
                before = best[first][0]
                if before == math.inf:
                    continue
                cost = before + ((limit - width) / limit) ** 2
                if after == total:
                    cost += _ending(width / limit, after - first, lines)
                else:
                    cost += pieces.bonus[after - 1]
                if cost < row[after][0]:
                    row[after] = (cost, first)
        breaks.append(row)
        best = row
    if best[total][0] == math.inf:
        return None
    out: list[str] = []
    after = total
    for row in reversed(breaks):
        first = row[after][1]
        out.append(pieces.line(first, after))
        after = first
    return tuple(reversed(out)), best[total][0] / lines


def _ending(share: float, words: int, lines: int) -> float:
    if lines == 1:
        return 0.0
    return (ORPHAN if words == 1 and share < 0.6 else 0.0) + (SHORT_LAST if share < 1 / 3 else 0.0)


def paragraph(pieces: Pieces, limit: float) -> tuple[str, ...]:
    """Break into the fewest lines of at most `limit`, evenly. The pieces must fit."""
    lines = greedy(pieces, limit)
    if lines is None:
        raise ValueError("a word is wider than the line")
    found = balanced(pieces, limit, lines)
    if found is None:
        raise ValueError("the pieces do not fit")
    return found[0]
