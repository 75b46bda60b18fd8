"""Where sentences end: not after `Mr.`, `U.S.`, `No. 5`, `3.5` or an ellipsis in mid-sentence."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import regex

from bot.proposals.words import Vocabulary


class Span(NamedTuple):
    """Offsets in a text: `text[start:end]`."""

    start: int
    end: int


_END = regex.compile(
    r"(?P<sign>[.!?…。！？]{1,20}+)"
    r"(?P<close>(?:[\p{Pe}\p{Pf}\p{Pi}\"'”’]|[ \u00a0\u202f][»›](?![\p{L}\p{N}])){0,4}+)"
    r"(?P<space>[\s]++|(?<=[。！？])|$)"
)
_TOKEN = regex.compile(r"[\p{L}\p{N}.'’]{1,24}+")
_OPENING = regex.compile(r"[\p{Ps}\p{Pi}\p{Pf}\"'„‚¿¡\-–—•*#@ \u00a0\u202f]*+")
_INITIALS = regex.compile(r"(?:\p{L}\.){1,4}")
_WORD_BEFORE = 24
_BEFORE_NUMBERS = frozenset(
    ("no", "nos", "nº", "nr", "núm", "n", "art", "arts", "abs", "vol", "p", "pp", "fig", "s", "pág")
)


@lru_cache(maxsize=16)
def _patterns(words: Vocabulary) -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    return (
        regex.compile(rf"(?i)(?:{words.abbreviations})\.?"),
        regex.compile(rf"(?i)(?:{words.starters})(?![\p{{L}}’'])"),
    )


def sentences(text: str, words: Vocabulary) -> list[Span]:
    """Part a paragraph into sentences, without the white space between. Linear time.

    The spans are in order and hold all that is not white space.
    """
    spans: list[Span] = []
    start = 0
    for end in _END.finditer(text):
        if end.end("close") < len(text) and not _ends_here(text, end, words):
            continue
        _add(spans, text, start, end.end("close"))
        start = end.end()
    _add(spans, text, start, len(text))
    return spans


def _add(spans: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append(Span(start, end))


def _ends_here(text: str, end: regex.Match[str], words: Vocabulary) -> bool:
    opening = _OPENING.match(text, end.end())
    after = opening.end() if opening else end.end()
    following = text[after : after + 1]
    if following.islower():
        # `“Stop!” he said` and `Wait … what`: a sentence goes on in small letters.
        return False
    if end["sign"] != ".":
        return True
    return not _is_abbreviation(text, end.start(), after, words)


def _is_abbreviation(text: str, dot: int, after: int, words: Vocabulary) -> bool:
    begin = dot
    floor = max(0, dot - _WORD_BEFORE)
    while begin > floor and (text[begin - 1].isalnum() or text[begin - 1] in ".ºª"):
        begin -= 1
    token = text[begin:dot]
    if not token:
        return False
    shortened, starters = _patterns(words)
    if token.isdigit():
        return words.ordinal_dot and len(token) <= 2 and not starters.match(text, after)
    if _INITIALS.fullmatch(f"{token}."):
        # `U.S. Congress` and `Merrick B. Garland`, but `in the U.S. The court`.
        return not starters.match(text, after)
    if token.casefold() in _BEFORE_NUMBERS:
        return text[after : after + 1].isdigit()  # `No. 5`, but `He said no. Then …`
    return bool(shortened.fullmatch(token))
