"""Figures with what they count: `more than 500,000 signatures`, `175 years`, `85%`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import regex

from bot.proposals.words import Vocabulary


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it is written, with what it counts."""

    start: int
    end: int
    text: str
    counts: bool
    """Whether it says what it counts (or is a share or a sum of money)."""
    in_figures: bool
    zero: bool = False


_NUMBER = r"(?:\d{1,3}(?:[,.\u00a0\u202f' ]\d{3})+|\d+(?:[.,]\d+)?)"
_SHARES = r"%|percent\b|per cent\b|por ciento|por cento|pour cent|prozent|per cento"
_LONGEST_UNIT = 24
_YEAR = regex.compile(r"(?:1[5-9]|20|21)\d\d")
_FEW = 100
"""Below it a bare number tells nothing: `page 12`, `No. 5`."""


@lru_cache(maxsize=16)
def _pattern(words: Vocabulary) -> regex.Pattern[str]:
    unit = rf"(?!(?:{words.no_unit})(?!\p{{L}}))\p{{L}}[\p{{L}}\-’']{{1,{_LONGEST_UNIT}}}+"
    scale = rf"(?:[-\s](?:{words.scales})(?!\p{{L}}))?"
    return regex.compile(
        rf"(?i)(?<![\p{{L}}\p{{N}}#@.,:/\-–])(?:(?:{words.about})\s+)?"
        rf"(?:(?P<money>[$£€]\s?{_NUMBER}){scale}"
        rf"|(?:(?P<number>{_NUMBER})|(?P<word>(?:{words.numbers})(?!\p{{L}}))){scale}"
        rf"(?:\s?(?P<share>{_SHARES}|[€£$])|\s+(?:(?:de|di)\s+)?(?P<unit>{unit}))?)"
    )


def figures(text: str, words: Vocabulary, taken: list[tuple[int, int]]) -> list[Figure]:
    """Find the figures in a paragraph that are no dates, times or years.

    `taken` are the spans of dates, in order, in which numbers are parts of these.
    """
    found = []
    index = 0
    for match in _pattern(words).finditer(text):
        while index < len(taken) and taken[index][1] <= match.start():
            index += 1
        if index < len(taken) and taken[index][0] < match.end():
            continue
        if figure := _figure(match, words):
            found.append(figure)
    return found


def _figure(match: regex.Match[str], words: Vocabulary) -> Figure | None:
    number, unit = match["number"], match["unit"]
    end = match.end()
    if unit and unit[0].isupper() and not words.large_nouns:
        unit, end = None, match.start("unit") - 1  # `in 17 London courts`: no name is counted
    worth = bool(match["share"] or match["money"])
    if number and not worth:
        if _YEAR.fullmatch(number) and not (unit and unit.islower()):
            return None  # in 2010, 2019 Belmarsh
        plain = regex.sub(r"\D", "", number)
        if number != "0" and (number == "1" or (not unit and int(plain[:6]) < _FEW)):
            return None
    if match["word"] and not unit:
        return None
    return Figure(
        match.start(),
        end,
        match.string[match.start() : end],
        counts=bool(unit) or worth,
        in_figures=not match["word"],
        zero=number == "0",
    )
