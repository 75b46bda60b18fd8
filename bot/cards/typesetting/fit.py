"""The size and the lines with which a text fills its place best.

    at_size   the size is given: the most even lines at it
    fill      the size is looked for: the best of size and lines that the place allows
    fits      whether `fill` would find anything
    cut       how much of a text is too much

The largest size for a number of lines needs no search: it is the place's width over the
narrowest width at which the text stands in so many lines, or what its height allows.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.cards.typesetting.blocks import EMPTY, NO_BLOCK, height_of, set_lines, stack
from bot.cards.typesetting.clean import settled
from bot.cards.typesetting.direction import runs_rtl
from bot.cards.typesetting.fonts import Library
from bot.cards.typesetting.nouns import Block, Font
from bot.cards.typesetting.paragraph import (
    Lines,
    Measured,
    balanced,
    greedy,
    measured,
    narrowest,
    spans,
    within,
)
from bot.text.unicode import graphemes

_RAGGED = 3.0
"""What raggedness counts beside the logarithm of the size."""
_NARROW = 0.1
"""What a column narrower than its place counts, likewise: a tall narrow one looks lost."""
_FILLED = 0.12
"""What a block smaller than its place counts, likewise: where type cannot get any larger."""
_SLACKS = (1.0, 1.06, 1.13, 1.25)
"""How much wider than the narrowest a column may be: smaller type, but better breaks."""
_MANY = 12
"""Lines of a text that is read and not looked at: one setting of each number will do."""
SMALLER = 0.7
"""`fill` gives up no more of the largest possible size than this leaves, for looks."""
_KERNED = 0.06
"""By how much parts of a word may be wider together than each for itself, in em."""
_PIXEL = 0.01
"""What is too little to be seen, in pixels."""


@lru_cache(maxsize=256)
def at_size(
    text: str,
    font: Font,
    library: Library,
    *,
    width: float,
    size: float,
    leading: float,
    most: int,
    whole: bool = False,
) -> Block | None:
    """Set `text` at `size` in as few lines as it takes, as even as they can be.

    `width` and `size` are in pixels, `leading` in em, at least; tall scripts get more. `whole`
    refuses what `width` can hold only by tearing a word. None where it takes more than `most`
    lines, or where a single character is too wide.
    """
    text = settled(text)
    if not text:
        return NO_BLOCK
    rtl = runs_rtl(text, font.language)
    limit = (width + _PIXEL) / size
    if whole:
        pieces = measured(text, font, library, rtl)
    else:
        pieces = within(text, font, library, rtl, limit)
    for _ in range(3):
        fewest = greedy(pieces, limit, most)
        if fewest is None:
            return None
        found = balanced(pieces, limit, len(fewest))
        block = set_lines(pieces, found[0] if found else fewest, font, library, size, leading, rtl)
        if block.width <= width + _PIXEL:
            return block
        # Shaped together, pieces may be wider than each by itself: by a hair.
        limit -= (block.width - width + _PIXEL) / size
    return None


def fits(
    text: str,
    font: Font,
    library: Library,
    *,
    width: float,
    height: float,
    smallest: float,
    leading: float,
) -> bool:
    """Tell whether `text` fits a place at its smallest size, which is when `fill` finds a block."""
    text = settled(text)
    if not text:
        return True
    place = _Place(width, height, smallest, smallest, leading)
    rtl = runs_rtl(text, font.language)
    pieces = within(text, font, library, rtl, place.limit)
    return _smallest(pieces, place) is not None


@lru_cache(maxsize=256)
def fill(
    text: str,
    font: Font,
    library: Library,
    *,
    width: float,
    height: float,
    smallest: float,
    largest: float,
    leading: float,
) -> Block | None:
    """Set `text` as large and as evenly as a place allows; None where `fits` says no.

    All in pixels, but `leading` in em, at least. Neither the largest type wins (it may leave a
    narrow column) nor the evenest lines: each number of lines is judged by its size, how much
    of the width it fills, and its raggedness. Sizes are whole pixels where there is room; the
    size is never under `SMALLER` of the largest at which the text fits. A larger place may
    thus get smaller type, but not under `SMALLER` of the smaller place's; unless it holds a
    word whole that the smaller one had to tear, which is done only at the smallest size.

    Raises:
        CardError: there is no such font, or its file is missing or damaged.
    """
    text = settled(text)
    if not text:
        return NO_BLOCK
    place = _Place(width, height, smallest, largest, leading)
    rtl = runs_rtl(text, font.language)
    pieces = within(text, font, library, rtl, place.limit)
    last_resort = _smallest(pieces, place)
    if last_resort is None:
        return None
    for lines, size in (*_best(pieces, place), (last_resort, smallest)):
        block = set_lines(pieces, lines, font, library, size, leading, rtl)
        if block.width > width + _PIXEL:
            size = max(smallest, math.floor(size * width / block.width))
            block = set_lines(pieces, lines, font, library, size, leading, rtl)
        if block.width <= width + _PIXEL and block.height <= height + _PIXEL:
            return block
    return None


def cut(text: str, fits: Callable[[str], bool]) -> int:
    """Tell how many characters must go from the end of `text` so that it fits; 0 where it does.

    Nothing that a reader sees as one character is cut in two. All must go where nothing fits.
    """
    if fits(text):
        return 0
    ends = [0]
    for part in graphemes(text):
        ends.append(ends[-1] + len(part))
    low, high = 0, len(ends) - 1
    while high - low > 1:
        middle = (low + high) // 2
        if fits(text[: ends[middle]]):
            low = middle
        else:
            high = middle
    return len(text) - ends[low]


@dataclass(frozen=True, slots=True)
class _Place:
    width: float
    height: float
    smallest: float
    largest: float
    leading: float

    @property
    def limit(self) -> float:
        """The width of its widest line, in em."""
        return (self.width + _PIXEL) / self.smallest

    def size(self, text: Measured, lines: Lines) -> float:
        """Find the largest size for these lines, in whole pixels if it can; 0 for none."""
        top, step, tail = stack(text, lines, self.leading)
        wide = max(text.width(first, after) for first, after in spans(lines))
        tall = top + step * (len(lines) - 1 + text.empty * EMPTY) + tail
        size = min(
            self.largest,
            (self.width + _PIXEL) / wide if wide else math.inf,
            (self.height + _PIXEL) / tall if tall else math.inf,
        )
        whole = math.floor(size)
        while whole >= self.smallest:
            if height_of(text, whole, top, step, tail, len(lines)) <= self.height + _PIXEL:
                return whole
            whole -= 1
        tall = height_of(text, self.smallest, top, step, tail, len(lines))
        fitting = size >= self.smallest and tall <= self.height + _PIXEL
        return self.smallest if fitting else 0.0


def _smallest(text: Measured, place: _Place) -> Lines | None:
    """Break into the fewest lines at the smallest size; None where they do not fit."""
    most = int(place.height / (place.leading * place.smallest)) + 2
    lines = greedy(text, place.limit - (_KERNED if text.torn else 0.0), most)
    if lines is None:
        return None
    height = height_of(text, place.smallest, *stack(text, lines, place.leading), len(lines))
    return lines if height <= place.height + _PIXEL else None


def _best(text: Measured, place: _Place) -> Iterator[tuple[Lines, float]]:
    """Give the best lines and their size; nothing where a more even setting is none that fits."""
    found: list[tuple[float, float, Lines]] = []
    highest = -math.inf
    for bound, number in sorted(_bounds(text, place), reverse=True):
        if bound <= highest:
            break
        for lines, cost in _settings(text, place, number):
            size = place.size(text, lines)
            if not size:
                continue
            wide = max(text.width(first, after) for first, after in spans(lines)) * size
            tall = size * (place.leading * (len(lines) - 1) + 1)
            score = math.log(size) - _RAGGED * cost
            score += (_NARROW + _FILLED) * math.log(max(wide, 1.0) / place.width)
            score += _FILLED * min(0.0, math.log(tall / place.height))
            found.append((score, size, lines))
            highest = max(highest, score)
    if found:
        enough = SMALLER * max(size for _, size, _ in found)
        _, size, lines = max(one for one in found if one[1] >= enough)
        yield lines, size


def _bounds(text: Measured, place: _Place) -> Iterator[tuple[float, int]]:
    """Give each number of lines that is possible, with a score that it cannot exceed."""
    gains = sorted(piece.cost for piece in text.pieces if piece.cost < 0)
    printed = sum(end - start for start, end in zip(text.starts, text.ends, strict=True))
    top = min(text.tops)
    earned = 0.0
    for number in range(len(set(text.paragraphs)), len(text.pieces) + 1):
        if 1 < number <= len(gains) + 1:
            earned -= gains[number - 2]
        tall = top + place.leading * (number - 1 + text.empty * EMPTY)
        size = min(place.largest, (place.height + _PIXEL) / tall if tall else math.inf)
        if size < place.smallest:
            break
        size = min(size, (place.width + _PIXEL) * number / printed if printed else math.inf)
        if size >= place.smallest:
            yield math.log(size) + _RAGGED * earned / number, number


def _settings(text: Measured, place: _Place, number: int) -> Iterator[tuple[Lines, float]]:
    """Give ways to break into so many lines, with their cost."""
    column = narrowest(text, number)
    tall = min(text.tops) + place.leading * (number - 1 + text.empty * EMPTY)
    tall = min(place.largest, place.height / (tall or 1.0))
    if column > place.limit:
        return
    # Where the height is what limits the size, the lines may be as wide as the place.
    limit = min(max(column, (place.width + _PIXEL) / tall), column * (1 + 1 / number))
    for slack in _SLACKS if number <= _MANY else _SLACKS[:1]:
        setting = balanced(text, min(place.limit, limit * slack), number, column * slack)
        if setting is not None:
            yield setting
