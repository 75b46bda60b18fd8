"""The size and lines with which text fills a room best.

The largest size for a number of lines needs no search: it is the room's width over the
narrowest width at which the text stands in so many lines.
"""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import regex

from bot.cards.fonts import Face
from bot.cards.wrap import Pieces, balanced, greedy, narrowest, pieces_of

_SLACKS = (1.0, 1.05, 1.12)
_MOST_LINES = 14
_FILLED = 0.35
_RAGGED = 5.0
_HEAD = 0.15
"""What accents stand above capitals, in em."""
_TAIL = 0.24
"""What letters like g and p hang below the baseline, in em."""
_NO_TAIL = 0.06
_HANGS = regex.compile(r"[^\p{Lu}\p{Nd}abcdefhiklmnorstuvwxz%.:!?’“”\s+−–-]")
_ACCENTED_CAPITAL = regex.compile(r"\p{Lu}\p{Mn}")


@dataclass(frozen=True, slots=True)
class Room:
    """A box for text, in pixels, and how it is set there."""

    width: float
    height: float
    smallest: int
    largest: int
    leading: float
    """From baseline to baseline, in em."""


@dataclass(frozen=True, slots=True)
class Block:
    """Text as it was fitted."""

    size: int
    lines: tuple[str, ...]
    head: float
    """From the block's top to the first line's capitals, in pixels."""
    height: float
    """All of it, accents above and tails below included, in pixels."""


def fits(text: str, face: Face, room: Room) -> bool:
    """Tell whether `text` fits at the smallest size: what `fill` asks first, and a check only."""
    lines = greedy(pieces_of(text, face), room.width / room.smallest, 2 * _MOST_LINES)
    if lines is None or lines > _MOST_LINES:
        return False
    return _Height(text, face, room).of(lines) * room.smallest <= room.height


@lru_cache(maxsize=2048)
def fill(text: str, face: Face, room: Room) -> Block | None:
    """Fit `text`, or return None where it does not fit at the smallest size.

    Neither the largest type (it leaves a narrow column) nor the evenest lines win alone:
    each number of lines is scored by size, by how much of the room it fills, and by its
    raggedness.
    """
    if not fits(text, face, room):
        return None
    pieces, height = pieces_of(text, face), _Height(text, face, room)
    best: tuple[float, int, tuple[str, ...]] | None = None
    for lines in range(1, min(len(pieces.texts), _MOST_LINES) + 1):
        tall = room.height / height.of(lines)
        if tall < room.smallest:
            break
        for size, broken, cost in _settings(pieces, room, lines, tall):
            filled = sum(map(face.width, broken)) * room.leading * size * size
            share = filled / (room.width * room.height)
            score = math.log(size) + _FILLED * math.log(share) - _RAGGED * cost
            if best is None or score > best[0]:
                best = (score, size, broken)
    if best is None:
        return None
    _, size, broken = best
    head = height.head if _has_head(broken[0]) else 0.0
    whole = head + face.cap_height + room.leading * (len(broken) - 1) + _tail(broken[-1])
    return Block(size, broken, head * size, whole * size)


def _settings(
    pieces: Pieces, room: Room, lines: int, tall: float
) -> list[tuple[int, tuple[str, ...], float]]:
    """List what can be done with so many lines: size, lines, cost."""
    found = []
    column = narrowest(pieces, lines)
    for slack in _SLACKS:
        size = math.floor(min(room.largest, tall, room.width / (column * slack)))
        size = max(size, room.smallest)
        # Half a pixel is what halving leaves open.
        if column * size > room.width + 0.5:
            continue
        broken = balanced(pieces, max(column, min(room.width / size, column * slack)), lines)
        if broken is not None:
            found.append((size, *broken))
    return found


class _Height:
    """How high a text stands in how many lines, in em; before it is known how they break."""

    def __init__(self, text: str, face: Face, room: Room) -> None:
        self.head = _HEAD if _has_head(text) else 0.0
        self._rest = self.head + face.cap_height + _tail(text)
        self._leading = room.leading

    def of(self, lines: int) -> float:
        return self._rest + self._leading * (lines - 1)


def _has_head(text: str) -> bool:
    return _ACCENTED_CAPITAL.search(unicodedata.normalize("NFD", text)) is not None


def _tail(text: str) -> float:
    return _TAIL if _HANGS.search(text) else _NO_TAIL
