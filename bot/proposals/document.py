"""A document as a reader sees it: paragraphs in order, and where each stands in its source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import regex


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Lines of the source, from 1; `column` is 0 where only the line is known."""

    line: int
    column: int = 0
    last: int = 0

    def __str__(self) -> str:
        """Write it as people and editors do: `12`, `12:5`, `12-14`."""
        if self.last > self.line:
            return f"{self.line}-{self.last}"
        return f"{self.line}:{self.column}" if self.column else str(self.line)


class Part(StrEnum):
    """What a paragraph is in its document."""

    HEADING = "heading"
    TEXT = "text"
    ITEM = "item"
    QUOTE = "quote"
    """A block that is set as a quotation."""


Mark = tuple[int, int, int]
"""An offset in a paragraph's text, and the line and column (0: unknown) it has in the source."""


@dataclass(frozen=True, slots=True)
class Link:
    """An address, and the words that lead to it: `text[start:end]` of its paragraph."""

    start: int
    end: int
    address: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words in one run: white space is single, markup gone, all else to the letter."""

    text: str
    marks: tuple[Mark, ...]
    part: Part = Part.TEXT
    strong: bool = False
    """Whether all of it is set in bold."""
    lead: int = 0
    """Where its words begin after a label in bold or capitals: `**MOBILIZE** – Take …`."""
    links: tuple[Link, ...] = ()

    def place(self, start: int, end: int) -> Place:
        """Tell where `text[start:end]` stands in the source."""
        line, column = self._at(start)
        return Place(line, column, self._at(max(start, end - 1))[0])

    def _at(self, offset: int) -> tuple[int, int]:
        index = bisect_right(self.marks, (offset, 1 << 40, 0)) - 1
        if index < 0:
            return 1, 0
        at, line, column = self.marks[index]
        return line, column + offset - at if column else 0


@dataclass(frozen=True, slots=True)
class Document:
    """What was read, and what it says of itself."""

    paragraphs: tuple[Paragraph, ...]
    title: str = ""
    organisation: str = ""
    published: date | None = None
    language: str = ""
    """As the document itself states it; only told, never used."""
    warnings: tuple[str, ...] = ()
    """What the reader of the document should know: what was left out in reading it."""


_SPACES = regex.compile(r"[^\S\u00a0\u202f]+")


class Builder:
    """Puts a paragraph together of pieces of its source."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._length = 0
        self._marks: list[Mark] = []
        self._links: list[Link] = []
        self._gap = False

    def add(self, words: str, line: int, column: int = 0) -> None:
        """Append words that stand in the source from there on; line breaks in them count."""
        for number, part in enumerate(words.split("\n")):
            if number:
                line, column, self._gap = line + 1, 0, True
            lead = len(part) - len(part.lstrip())
            plain = _SPACES.sub(" ", part)
            if not plain.strip():
                self._gap = self._gap or bool(plain)
                continue
            if self._text and (self._gap or plain[0] == " "):
                self._text.append(" ")
                self._length += 1
            self._marks.append((self._length, line, column + lead if column else 0))
            self._text.append(plain.strip(" "))
            self._length += len(self._text[-1])
            self._gap = plain[-1] == " "

    def link(self, start: int, address: str) -> None:
        """Say that the words from offset `start` on lead to an address."""
        self._links.append(Link(start, self._length, address))

    @property
    def length(self) -> int:
        """The offset that the next words will have, but for a space before them."""
        return self._length

    def paragraph(self, part: Part = Part.TEXT, *, strong: bool = False) -> Paragraph | None:
        """Give what was added, and begin anew; None if it was blank."""
        text, marks, links = "".join(self._text), tuple(self._marks), tuple(self._links)
        self.__init__()  # type: ignore[misc] # the same object begins anew
        if not text.strip():
            return None
        return Paragraph(text, marks, part, strong=strong, links=links)


_ENDED = regex.compile(r"[.!?…:;。！？][\p{Pe}\p{Pf}\"'*)]*$")
_LONG = 40


def joined(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """Put together what a page break tore apart: `… which together` and `carry a total …`."""
    held: Paragraph | None = None
    for paragraph in paragraphs:
        if held is not None and _goes_on(held, paragraph):
            held = _both(held, paragraph)
            continue
        if held is not None:
            yield held
        held = paragraph
    if held is not None:
        yield held


def _goes_on(one: Paragraph, other: Paragraph) -> bool:
    return (
        one.part is other.part
        and one.part in (Part.TEXT, Part.QUOTE)
        and len(one.text) >= _LONG
        and len(one.text) < 10_000
        and other.text[:1].islower()
        and not _ENDED.search(one.text[-12:])
    )


def _both(one: Paragraph, other: Paragraph) -> Paragraph:
    shift = len(one.text) + 1
    return replace(
        one,
        text=f"{one.text} {other.text}",
        marks=one.marks + tuple((at + shift, line, column) for at, line, column in other.marks),
        strong=one.strong and other.strong,
        links=one.links
        + tuple(Link(k.start + shift, k.end + shift, k.address) for k in other.links),
    )
