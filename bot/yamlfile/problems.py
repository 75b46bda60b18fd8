"""What is wrong, where, and what to do: one `Problem` for each thing to mend."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Severity = Literal["error", "warning"]

_LONGEST_QUOTE = 60


class ContentError(Exception):
    """A person asked for something that cannot be done; its text says what to do instead."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend in a file, or (a warning) to look at.

    `path` is relative to the root; `line` and `column` count from 1.
    """

    path: str
    line: int
    column: int
    text: str
    severity: Severity = "error"

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.text}"


def printable(text: str) -> str:
    """Escape what would break a line or play tricks on a terminal."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def quoted(value: str) -> str:
    """Show a file's own words in a problem's text: quoted, on one line, not too long."""
    short = value if len(value) <= _LONGEST_QUOTE else value[: _LONGEST_QUOTE - 1] + "…"
    return f'"{printable(short)}"'


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return ` - did you mean "…"?` for the known word nearest to `word`, or nothing."""
    near = nearest(word, known)
    return f" - did you mean {quoted(near)}?" if near else ""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Find the known word most like `word`, if there is one at all like it."""
    return _nearest(word[:100], tuple(known))


@lru_cache(maxsize=1024)
def _nearest(word: str, known: tuple[str, ...]) -> str | None:
    by_fold = {name.casefold(): name for name in known}
    near = difflib.get_close_matches(word.casefold(), by_fold, n=1, cutoff=0.6)
    return by_fold[near[0]] if near else None


def listed(names: Iterable[str]) -> str:
    """Join names for a sentence: `a, b or c`."""
    *first, last = names
    return f"{', '.join(first)} or {last}" if first else last
