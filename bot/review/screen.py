"""Rows -> one screenful: a head, a window on the rows that scrolls, a foot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from bot.review.rows import Line, Look, Row, Span, lines
from bot.review.safe import shortened
from bot.review.terminal import Size

_SGR = {
    Look.PLAIN: "", Look.STRONG: "1", Look.FAINT: "2", Look.WRONG: "1;31", Look.CARE: "33",
    Look.GONE: "31;9", Look.NEW: "1;32",
}  # fmt: skip
_WITHOUT_COLOUR = {Look.STRONG: "1", Look.WRONG: "1", Look.NEW: "1"}
_MARGIN = 1
"""Columns left free: terminals disagree on how wide some signs are."""
_WIDEST = 100
"""Columns; longer lines are hard to read."""


class Writes(Protocol):
    """What a screen needs of a terminal."""

    def size(self) -> Size:
        """Tell how large it is now."""
        ...

    def write(self, text: str) -> None:
        """Write what is safe and complete."""
        ...


Painter = Callable[[Path, int, int], str]
"""Gives what shows a picture in so many lines and at most so many columns; "" if it cannot."""


class Screen:
    """What is on the terminal, and which part of the rows."""

    def __init__(
        self, terminal: Writes, *, colour: bool, paint: Painter | None = None, clear: str = ""
    ) -> None:
        self._terminal = terminal
        self._sgr = _SGR if colour else _WITHOUT_COLOUR
        self._paint = paint
        self._clear = clear
        self._top = 0
        self._lines: list[Line] = []
        self._seen = 0
        self._window = 1
        self.size = terminal.size()

    def now(self) -> Size:
        """Tell how large the terminal is now; `size` is what the last frame was made for."""
        return self._terminal.size()

    def open(self) -> None:
        """Begin at the top of other rows."""
        self._top = 0
        self._seen = 0

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Show other rows for a while; then be where one was."""
        before = self._top, self._seen
        self.open()
        yield
        self._top, self._seen = before

    @property
    def is_read(self) -> bool:
        """Tell whether all of the rows, since `open`, have been on the screen."""
        return self._seen >= len(self._lines)

    def scroll(self, by: int) -> bool:
        """Move the window by so many lines; tells whether it moved."""
        before = self._top
        self._top = max(0, min(self._top + by, len(self._lines) - self._window))
        return self._top != before

    @property
    def page(self) -> int:
        """How far a page goes: a line of the last one stays in sight."""
        return max(1, self._window - 1)

    def draw(self, head: str, rows: Iterable[Row], foot: Sequence[Row]) -> None:
        """Show a frame; `head` is one line, the foot stands at the bottom."""
        self.size = self._terminal.size()
        columns = max(10, min(self.size.columns - _MARGIN, _WIDEST))
        below = lines(foot, columns)[-max(1, self.size.rows - 4) :]  # its end is what asks
        self._window = max(1, self.size.rows - 2 - len(below))
        self._lines = lines(rows, columns, self._picture_lines(columns))
        self.scroll(0)
        seen = self._lines[self._top : self._top + self._window]
        if self._top <= self._seen:
            self._seen = max(self._seen, self._top + len(seen))
        rule = "─" * columns
        more = len(self._lines) - self._top - len(seen)
        if more > 0:
            rule = f"── {more} more line{'s' * (more > 1)}: space ".ljust(columns, "─")
        frame = [
            self._styled(((shortened(head, columns), Look.STRONG),)),
            *(self._styled(line.spans) for line in seen),
            *[""] * (self._window - len(seen)),
            self._styled(((rule[:columns], Look.FAINT),)),
            *(self._styled(line.spans) for line in below),
        ]
        # Every line is written anew and its rest erased, so that nothing of before stays.
        text = "\r\n".join(f"{line}\x1b[K" for line in frame[: self.size.rows])
        self._terminal.write(f"{self._clear}\x1b[H{text}\x1b[J{self._pictures(seen, columns)}")

    def _picture_lines(self, columns: int) -> int:
        if self._paint is None:
            return 0
        wide, high = self.size.cell or (1, 2)
        across = int((columns - 2) * wide / high * 9 / 16)
        return max(4, min(self._window - 3, across, 22))

    def _pictures(self, seen: Sequence[Line], columns: int) -> str:
        """Paint the pictures that are wholly in sight."""
        painted = []
        for number, line in enumerate(seen):
            if line.picture is None or line.picture[1] != 0 or self._paint is None:
                continue
            path, _, many = line.picture
            if number + many <= len(seen) and (data := self._paint(path, many, columns)):
                painted.append(f"\x1b[{number + 2};3H{data}")
        return "".join(painted)

    def _styled(self, spans: Iterable[Span]) -> str:
        return "".join(self._span(text, look) for text, look in spans if text)

    def _span(self, text: str, look: Look) -> str:
        code = self._sgr.get(look, "")
        return f"\x1b[{code}m{text}\x1b[0m" if code else text
