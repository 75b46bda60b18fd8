"""One card as it is being laid out: what stands where, in pixels, before anything is drawn.

A sheet is filled from the top and from the bottom; the main words take what is left between.
Its lines and shapes name roles (`ink`, `accent`), not colours: those depend on what the
picture behind them looks like and are settled when it is drawn.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bot.cards import fit, wrap
from bot.cards.drawable import drawable, settable
from bot.cards.errors import CardError, TooLongError
from bot.cards.fonts import Face, face

WIDTH = 1200
"""The width that all lengths here are given for; other sizes scale."""
MARGIN_X = 72
MARGIN_Y = 52
SMALLEST = 24
"""Nothing is set smaller: Mastodon's feed shows a card at 640 px."""
SECOND = 36
THIRD = 28
LEADING = 1.3
"""For the small sizes; large type stands tighter."""


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one baseline, from `x`."""

    text: str
    face: Face
    size: int
    x: float
    baseline: float
    role: str

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of what the line may ink."""
        top = self.baseline - self.face.cap_height * self.size
        width = self.face.width(self.text) * self.size
        return self.x, top, self.x + width, self.baseline + 0.24 * self.size


@dataclass(frozen=True, slots=True)
class Shape:
    """A rectangle with rounded corners."""

    x: float
    y: float
    width: float
    height: float
    radius: float
    role: str

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom."""
        return self.x, self.y, self.x + self.width, self.y + self.height


@dataclass(frozen=True, slots=True)
class LogoPlace:
    """Where the logo goes: a square."""

    x: float
    y: float
    side: float


@dataclass(slots=True)
class Sheet:
    """A card being laid out.

    With `draft` the main words are only tested for room, which is all that a check needs.
    """

    width: int
    height: int
    fonts: Path
    draft: bool = False
    lines: list[Line] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    logo: LogoPlace | None = None
    top: float = 0
    bottom: float = 0

    def __post_init__(self) -> None:
        self.top = self.px(MARGIN_Y)
        self.bottom = self.height - self.px(MARGIN_Y)

    @property
    def left(self) -> float:
        """The left margin."""
        return self.px(MARGIN_X)

    @property
    def room(self) -> float:
        """Width between the margins."""
        return self.width - 2 * self.px(MARGIN_X)

    def px(self, length: float) -> float:
        """Scale a length of the 1200 px design to this sheet."""
        return length * self.width / WIDTH

    def size(self, size: float) -> int:
        """Scale a type size of the 1200 px design to this sheet."""
        return round(self.px(size))

    def face(self, name: str) -> Face:
        """Load one of the faces."""
        return face(self.fonts, name)

    def shape(
        self, x: float, y: float, width: float, height: float, role: str, radius: float = 0
    ) -> None:
        """Place a rectangle, in this sheet's pixels."""
        self.shapes.append(Shape(x, y, width, height, radius, role))

    def line(self, text: str, name: str, size: int, x: float, baseline: float, role: str) -> None:
        """Place one line, in this sheet's pixels."""
        self.lines.append(Line(text, self.face(name), size, x, baseline, role))

    # --- paragraphs of a set size -------------------------------------------------------

    def broken(
        self, label: str, raw: str, name: str, sizes: tuple[int, ...], most: int, width: float
    ) -> tuple[int, tuple[str, ...]]:
        """Break small text at the first of `sizes` at which it needs at most `most` lines.

        Raises:
            CardError: it cannot be drawn, or is too long at the last size.
        """
        font = self.face(name)
        text = settable(label, raw, font)
        if not text:
            raise CardError(f"the card's {label} has no words left to draw: emoji are not drawn")
        for size in sizes:
            pieces = wrap.pieces_of(text, font)
            limit = width / self.size(size)
            needed = wrap.greedy(pieces, limit, most)
            if needed is not None and needed <= most:
                if self.draft:
                    return self.size(size), (text,) * needed
                return self.size(size), wrap.paragraph(pieces, limit)

        def room_for(part: str) -> bool:
            if not (plain := drawable(part, font)):
                return True
            limit = width / self.size(sizes[-1])
            needed = wrap.greedy(wrap.pieces_of(plain, font), limit, most)
            return needed is not None and needed <= most

        raise _too_long(label, raw, room_for)

    def from_top(
        self,
        label: str,
        raw: str,
        name: str,
        role: str,
        *,
        sizes: tuple[int, ...] = (THIRD,),
        most: int = 1,
        after: float = 0,
        indent: float = 0,
    ) -> None:
        """Set small text at the top, and move the top below it."""
        left = self.left + self.px(indent)
        size, lines = self.broken(label, raw, name, sizes, most, self.room - self.px(indent))
        cap = self.face(name).cap_height * size
        for number, text in enumerate(lines):
            self.line(text, name, size, left, self.top + cap + number * LEADING * size, role)
        self.top += cap + (len(lines) - 1) * LEADING * size + self.px(after)

    def from_bottom(
        self,
        label: str,
        raw: str,
        name: str,
        role: str,
        *,
        sizes: tuple[int, ...] = (THIRD,),
        most: int = 2,
        before: float = 0,
        indent: float = 0,
    ) -> None:
        """Set small text at the bottom, and move the bottom above it."""
        left = self.left + self.px(indent)
        size, lines = self.broken(label, raw, name, sizes, most, self.room - self.px(indent))
        for number, text in enumerate(reversed(lines)):
            baseline = self.bottom - 0.24 * size - number * LEADING * size
            self.line(text, name, size, left, baseline, role)
        cap = self.face(name).cap_height * size
        self.bottom -= 0.24 * size + (len(lines) - 1) * LEADING * size + cap + self.px(before)

    # --- the main words -----------------------------------------------------------------

    def main(
        self,
        label: str,
        raw: str,
        name: str,
        role: str,
        *,
        sizes: tuple[int, int],
        leading: float,
        middle: bool = False,
    ) -> None:
        """Fill what is left between top and bottom with the main words.

        Raises:
            CardError: they cannot be drawn, or are too long.
        """
        font = self.face(name)
        text = settable(label, raw, font)
        if not text:
            raise CardError(f"the card's {label} has no words left to draw: emoji are not drawn")
        room = fit.Room(
            self.room, self.bottom - self.top, self.size(sizes[0]), self.size(sizes[1]), leading
        )

        def room_for(part: str) -> bool:
            plain = drawable(part, font)
            return not plain or fit.fits(plain, font, room)

        if not room_for(raw):
            raise _too_long(label, raw, room_for)
        if self.draft:
            return
        block = fit.fill(text, font, room)
        if block is None:  # cannot be: the same test has just passed
            raise _too_long(label, raw, room_for)
        top = self.top + ((room.height - block.height) / 2 if middle else 0)
        for number, words in enumerate(block.lines):
            below = block.head + (font.cap_height + number * leading) * block.size
            self.line(words, name, block.size, self.left, top + below, role)
        self.top = top + block.height


def _too_long(label: str, raw: str, room_for: Callable[[str], bool]) -> TooLongError:
    """Find the longest beginning of `raw` that has room, by halving."""
    low, high = 0, len(raw)
    while high - low > 1:
        middle = (low + high) // 2
        if room_for(raw[:middle]):
            low = middle
        else:
            high = middle
    return TooLongError(label, len(raw), len(raw) - low)
