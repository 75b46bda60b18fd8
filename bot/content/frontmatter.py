"""Parts a message's file into its settings and its text.

    ---
    language: es         <- front matter: settings, in YAML
    ---
    ¡Libertad!           <- the text

Whatever looks like a heading gone wrong is refused: a header must never go out as text.
"""

from __future__ import annotations

import re
from typing import NamedTuple

FENCE = "---"

_DASHES = frozenset("-=~+\u2010\u2011\u2012\u2013\u2014\u2015\u2212")
"""What word processors and hurried fingers make a fence of."""
_SETTING = re.compile(r"([a-z_]+):(\s|$)")


class Parts(NamedTuple):
    """A file in two; lines count from 1."""

    head: str | None
    """The YAML between the fences; None where there is none."""
    body: str
    body_line: int
    """The line that the body begins in."""


class BadHead(Exception):
    """The front matter's fences are not right; `line` is where."""

    def __init__(self, line: int, text: str) -> None:
        super().__init__(text)
        self.line = line


def split(text: str, known: frozenset[str]) -> Parts:
    """Part a file whose lines end in line feeds; `known` are the names of the settings.

    Raises:
        BadHead: the front matter is not closed, or something looks like a broken one.
    """
    lines = text.split("\n")
    if lines[0].rstrip() == FENCE:
        for number in range(1, len(lines)):
            if lines[number].rstrip() == FENCE:
                head = "\n".join(lines[1:number])
                return Parts(head, "\n".join(lines[number + 1 :]), number + 2)
        raise BadHead(1, 'the front matter is not closed; put a line "---" behind its settings')
    first = next((n for n, line in enumerate(lines) if line.strip()), 0)
    if lines[first].strip() == FENCE:
        what = "above it" if first else "before it"
        raise BadHead(first + 1, f'the "---" must be the very first in the file; nothing {what}')
    if lines[first].strip() and _DASHES.issuperset(lines[first].strip()):
        raise BadHead(first + 1, 'front matter begins with exactly three hyphens: "---"')
    found = _SETTING.match(lines[first])
    if found and found[1] in known and FENCE in (line.rstrip() for line in lines):
        raise BadHead(first + 1, 'front matter needs a line "---" above its settings, too')
    return Parts(None, text, 1)


def looks_like_setting(body: str, known: frozenset[str]) -> str | None:
    """Name the setting that a text without front matter seems to begin with."""
    found = _SETTING.match(body.lstrip())
    return found[1] if found and found[1] in known else None
