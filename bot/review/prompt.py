"""Typing a line at the foot of the screen."""

from __future__ import annotations

from enum import Enum

from bot.review.keys import PASTE
from bot.review.rows import Look, Row
from bot.review.safe import shown, width
from bot.text import graphemes

_LONGEST = 2000


class Typing(Enum):
    """Where typing a line stands."""

    GOES_ON = "goes on"
    DONE = "done"
    LEFT = "left"
    """The person wants to type nothing after all."""


class Prompt:
    """A line that is being typed."""

    def __init__(self, label: str, text: str = "") -> None:
        self.label = label
        self.text = text

    def press(self, key: str) -> Typing:
        """Take a key."""
        if key in ("esc", "interrupt"):
            return Typing.LEFT
        if key == "enter":
            return Typing.DONE
        if key == "clear-line":
            self.text = ""
        elif key == "backspace":
            self.text = "".join(list(graphemes(self.text))[:-1])
        elif key.startswith(PASTE):
            self._add(" ".join(key.removeprefix(PASTE).split()))
        elif len(key) == 1:
            self._add(key)
        return Typing.GOES_ON

    def _add(self, words: str) -> None:
        self.text = (self.text + "".join(c for c in words if c.isprintable()))[:_LONGEST]

    def row(self, columns: int) -> Row:
        """Show it; of a long line, the end."""
        label = f"{self.label} "
        seen = list(graphemes(shown(self.text)))
        room = max(4, columns - width(label) - 2)
        while width("".join(seen)) > room:
            seen.pop(0)
        return Row(((label, Look.STRONG), ("".join(seen), Look.PLAIN), ("_", Look.STRONG)))
