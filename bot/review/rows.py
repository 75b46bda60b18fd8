"""What is shown, before it has a width (rows), and once it has one (lines)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias

from bot.review.safe import cut, pieces, shown, width


class Look(StrEnum):
    """How words stand out. Each is told by words or signs, too: colour is never needed."""

    PLAIN = "plain"
    STRONG = "strong"
    FAINT = "faint"
    WRONG = "wrong"
    CARE = "care"
    GONE = "gone"
    NEW = "new"


Span: TypeAlias = tuple[str, Look]


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph: it is wrapped, and broken where its words have a line feed."""

    spans: tuple[Span, ...] = ()
    indent: int = 0
    """Columns left free, of lines that follow the first one too."""
    lead: str = ""
    """What stands in the indent of the first line."""
    bar: bool = False
    """These are somebody's words, not ours: each line has a bar before it."""
    picture: Path | None = None
    """A picture stands here, where the terminal can show it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the screen; its words are safe."""

    spans: tuple[Span, ...] = ()
    picture: tuple[Path, int, int] | None = None
    """A part of a picture: its file, which line of it this is, and how many it has."""


def row(text: str, look: Look = Look.PLAIN, *, indent: int = 0, lead: str = "") -> Row:
    """Make a row that looks the same throughout."""
    return Row(((text, look),), indent, lead)


def quoted(text: str, look: Look = Look.PLAIN) -> Row:
    """Make a row of somebody else's words."""
    return Row(((text, look),), bar=True)


def head(text: str, more: str = "") -> Row:
    """Make the headline of a part."""
    return Row(((text, Look.STRONG), (f"  {more}" if more else "", Look.PLAIN)))


def lines(
    rows: Iterable[Row], columns: int, picture_lines: int = 0, *, bar: str = "│ "
) -> list[Line]:
    """Wrap rows to a width.

    Args:
        rows: what to show.
        columns: the width.
        picture_lines: how many lines a picture takes; 0 where none can be shown.
        bar: what stands before others' words.
    """
    made: list[Line] = []
    for one in rows:
        if one.picture is not None:
            path, many = one.picture, picture_lines
            made += [Line(picture=(path, number, many)) for number in range(many)]
        else:
            made += _wrapped(one, columns, bar)
    return made


def _wrapped(one: Row, columns: int, bar: str) -> Iterator[Line]:
    begin = bar if one.bar else " " * one.indent
    room = max(8, columns - width(begin))
    first = shown(one.lead).ljust(one.indent) if one.lead else begin
    for line in _broken(one.spans, room):
        yield Line(((first, Look.FAINT if one.bar else _lead_look(one)), *line))
        first = begin


def _lead_look(one: Row) -> Look:
    return one.spans[0][1] if one.lead and one.spans else Look.PLAIN


def _broken(spans: Iterable[Span], room: int) -> Iterator[tuple[Span, ...]]:
    line: list[Span] = []
    used = 0
    for text, look in spans:
        for number, paragraph in enumerate(shown(text).split("\n")):
            if number:
                yield tuple(line)
                line, used = [], 0
            for piece in pieces(paragraph):
                word = piece.rstrip(" ")
                if used and used + width(word) > room:
                    yield tuple(line)
                    line, used = [], 0
                    if not word:
                        continue  # blanks at a break are not carried over
                *whole, last = cut(word, room) if width(word) > room else (word,)
                for part in whole:
                    yield (*line, (part, look))
                    line, used = [], 0
                blanks = " " * min(len(piece) - len(word), max(0, room - used - width(last)))
                line.append((last + blanks, look))
                used += width(last) + len(blanks)
    yield tuple(line)
