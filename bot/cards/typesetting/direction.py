"""Which way a text runs, and how its lines keep the order that they have in the whole of it."""

from __future__ import annotations

from itertools import product

import regex

from bot.cards.typesetting import bidi

_RTL_LANGUAGES = regex.compile(
    r"(?i)(?:ar|arc|azb|bal|ckb|dv|fa|glk|he|iw|ji|ks|lrc|mzn|nqo|pnb|prs|ps|sd|skr|syr|ug|ur|yi)"
    r"(?:[-_]|$)|.*[-_](?:Arab|Hebr|Thaa|Syrc|Nkoo|Adlm|Rohg)(?:[-_]|$)"
)
_LTR_SCRIPT = regex.compile(r"(?i).*[-_](?:Latn|Cyrl|Deva|Guru)(?:[-_]|$)")
_RIGHT = regex.compile(r"[\p{bc=R}\p{bc=AL}]")
_LEFT = regex.compile(r"\p{bc=L}")
_STEERED = regex.compile(r"[\p{bc=R}\p{bc=AL}\p{bc=AN}\u2066-\u2069]")
# Marks that are as strong as a letter: none, Latin, Hebrew, Arabic.
_MARKS = ("", "\u200e", "\u200f", "\u061c")


def is_rtl_language(language: str) -> bool:
    """Tell whether a language (a BCP 47 tag) is written from right to left."""
    return bool(_RTL_LANGUAGES.match(language)) and not _LTR_SCRIPT.match(language)


def runs_rtl(text: str, language: str) -> bool:
    """Tell whether `text` is set from right to left.

    As its language says, if it has a letter of that direction or no letter at all; else by its
    first letter (UAX #9, P2 and P3). So a name in another script that happens to come first
    turns nothing round, and a text in another language than said is set as it must be.
    """
    rtl = is_rtl_language(language)
    if (_RIGHT if rtl else _LEFT).search(text):
        return rtl
    if not (_LEFT if rtl else _RIGHT).search(text):
        return rtl
    return bidi.base_level(text) == 1


def in_context(text: str, lines: list[tuple[int, int]], rtl: bool) -> list[str]:
    """Cut a paragraph into lines that, each for itself, have the order they have in it.

    What a line's order owes to the lines around it (an isolate that goes on, a number that
    follows an Arabic word) is said by marks that are not seen, at its ends.
    """
    parts = [text[start:end] for start, end in lines]
    if len(parts) == 1 or not _STEERED.search(text):
        return parts
    whole = bidi.levels(text, int(rtl))
    return [
        _marked(text, part, start, whole[start:end], int(rtl))
        for part, (start, end) in zip(parts, lines, strict=True)
    ]


def _marked(text: str, part: str, start: int, levels: list[int], base: int) -> str:
    opened = _opened(text[:start])
    after = _opened(opened + part)
    for before, behind in product(_MARKS, _MARKS[:3]):
        prefix, suffix = opened + before, behind + "\u2069" * len(after)
        found = bidi.levels(prefix + part + suffix, base)[len(prefix) :]
        if all(
            want == got or char in "\u2066\u2067\u2068\u2069\u200e\u200f\u061c "
            for char, want, got in zip(part, levels, found, strict=False)
        ):
            return prefix + part + suffix
    return part


def _opened(text: str) -> str:
    """List the isolates that are open at the end of `text`."""
    opened: list[str] = []
    for char in text:
        if char in "\u2066\u2067\u2068":
            opened.append(char)
        elif char == "\u2069" and opened:
            opened.pop()
    return "".join(opened)
