"""Normal forms and graphemes, in linear time whatever the text.

Both CPython's `normalize()` and the grapheme pattern of `regex` are quadratic on some hostile
texts: a long run of combining marks in the wrong order, a long run of regional indicators. Neither
occurs in writing, so both are defused before the library sees them; the results are its own.
"""

from __future__ import annotations

import unicodedata
from typing import Literal

import regex

LATIN_ACCENTS = (
    "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0253\u0254\u0256\u0257\u0259\u025b\u0263\u0268"
    "\u026f\u0272\u0289\u028b\u02bb\u0300-\u036f\u1e00-\u1eff"
)
"""twitter-text's "Latin accents", as the inside of a character class."""

DIRECTIONAL = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""Marks that steer writing direction, as the inside of a character class."""

INVALID = "\ufffe\ufeff\uffff"
"""Characters that X refuses, as the inside of a character class."""

# More marks than any writing system stacks (Unicode's stream-safe format allows 30).
_MANY_MARKS = regex.compile(r"\P{ccc=0}{31,}")

_GRAPHEME = regex.compile(
    r"\p{Regional_Indicator}{1,2}[\p{GCB=Extend}\p{GCB=SpacingMark}\u200d]*|\X"
)


def nfc(text: str) -> str:
    """Return `text` in Unicode's Normalization Form C."""
    return _normalise("NFC", text)


def nfkc(text: str) -> str:
    """Return `text` in Normalization Form KC: also full-width letters, ligatures and the like."""
    return _normalise("NFKC", text)


def _normalise(form: Literal["NFC", "NFKC"], text: str) -> str:
    if text.isascii():
        return text
    decomposed: Literal["NFD", "NFKD"] = "NFD" if form == "NFC" else "NFKD"

    def in_order(run: regex.Match[str]) -> str:
        # Decomposing and sorting by class is the first half of normalising (UAX 15); done here,
        # the library has nothing left to sort, and its insertion sort is linear.
        marks = (part for mark in run[0] for part in unicodedata.normalize(decomposed, mark))
        return "".join(sorted(marks, key=unicodedata.combining))

    return unicodedata.normalize(form, _MANY_MARKS.sub(in_order, text))


def graphemes(text: str) -> list[str]:
    """Split into what a reader sees as single characters (UAX 29 extended grapheme clusters)."""
    return [found[0] for found in _GRAPHEME.finditer(text)]


def count_graphemes(text: str) -> int:
    """Count what a reader sees as single characters."""
    if text.isascii():
        return len(text) - text.count("\r\n")
    return sum(1 for _ in _GRAPHEME.finditer(text))
