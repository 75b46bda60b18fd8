"""What was measured: frames within frames, and the marks that they leave on the card.

Places are logical: x grows in the card's direction of reading, so that a card in Arabic is
laid out like one in English and mirrored as a whole when its scene is made.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from bot.cards.layout.values import Tint
from bot.cards.typesetting.nouns import Block


class NoRoom(Exception):
    """A text does not fit where it should stand; another size or arrangement may do."""

    def __init__(self, field_: str) -> None:
        self.field = field_
        super().__init__(field_)


@dataclass(slots=True)
class Room:
    """What an element is measured for."""

    width: float
    """It will be as wide."""
    least: float = 0.0
    """It will be at least as high."""
    most: float | None = None
    """It may not be higher; None where nothing says so yet."""
    step: int = 0
    """How far sizes and gaps have gone down to make room: `size: [36, 32, 28]`."""
    align: str = "start"
    """How lines of text are aligned that do not say it themselves."""

    def of(self, width: float, least: float = 0.0, most: float | None = None) -> Room:
        """Make a room of another size."""
        return Room(width, least, most, self.step, self.align)


@dataclass(slots=True)
class TextMark:
    """A block of words."""

    field: str
    block: Block
    ink: str
    align: str
    x: float
    y: float
    """Top of the block."""
    width: float
    """Of the room that its lines are aligned in."""
    fields: tuple[str, ...] = ()
    """All fields that its words are made of."""


@dataclass(slots=True)
class ShapeMark:
    """A rectangle, or a polygon where it has points; these from the card's start and top."""

    tint: Tint
    x: float
    y: float
    width: float
    height: float
    radius: float = 0.0
    points: tuple[tuple[float, float], ...] = ()
    part_of: ShapeMark | None = None
    """The shape whose ground it shares, like a bar's track."""


@dataclass(slots=True)
class PhotoMark:
    """A photo, or the logo where `scrim` is None."""

    path: Path
    x: float
    y: float
    width: float
    height: float
    radius: float = 0.0
    scrim: str | None = "none"


Mark: TypeAlias = TextMark | ShapeMark | PhotoMark


@dataclass(slots=True)
class Frame:
    """What an element takes up, and what it draws; its own marks lie below its children's."""

    width: float
    height: float
    marks: list[Mark] = field(default_factory=list)
    inner: list[tuple[float, float, Frame]] = field(default_factory=list)
    baseline: float | None = None
    """Of its first line of words, from its top."""

    def add(self, x: float, y: float, frame: Frame) -> None:
        """Put a frame into this one."""
        self.inner.append((x, y, frame))
        if self.baseline is None and frame.baseline is not None:
            self.baseline = y + frame.baseline


def marks_of(frame: Frame, x: float = 0.0, y: float = 0.0) -> Iterator[Mark]:
    """Return all marks in the order they are drawn, moved to where they stand on the card."""
    for mark in frame.marks:
        mark.x += x
        mark.y += y
        if isinstance(mark, ShapeMark) and mark.points:
            mark.points = tuple((px + x, py + y) for px, py in mark.points)
        yield mark
    for dx, dy, inner in frame.inner:
        yield from marks_of(inner, x + dx, y + dy)
