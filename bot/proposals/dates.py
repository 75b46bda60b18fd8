"""Dates and times of day, as they are written in six languages and in figures.

Own rules on lists of names rather than a library: a date parser that is made to find dates
anywhere took `we`, `may` and `175 years in` for dates, and filled in years by the clock.
A missing year is never filled in here; `with_year` does it, for a caller who then says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import lru_cache

import regex

from bot.proposals.words import Vocabulary
from bot.proposals.words.vocabulary import NOTHING

_ZONE = (
    r"(?-i:UTC|GMT|BST|CET|CEST|MEZ|MESZ|EST|EDT|ET|CST|CDT|PST|PDT|BRT|ART|IST|AEST|AEDT)(?!\w)"
    r"(?:\s?[+-]\d{1,2}(?::?\d{2})?)?"
)
_ISO = r"(?P<iso>(?P<y3>\d{4})-(?P<m3>\d{1,2})-(?P<d3>\d{1,2}))(?![\d-])"


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in a text, as far as it is written there."""

    start: int
    end: int
    day: int
    month: int
    year: int | None
    weekday: int | None = None
    """0 is Monday, where one is named."""
    clock: time | None = None
    zone: str = ""
    """As written: `CET`, `UTC+1`."""

    @property
    def day_if_certain(self) -> date | None:
        """The day, where its year is written."""
        return _day(self.year, self.month, self.day) if self.year else None


@dataclass(frozen=True, slots=True)
class Weekday:
    """A bare weekday, as in `on Friday`."""

    start: int
    end: int
    weekday: int


@lru_cache(maxsize=16)
def _patterns(words: Vocabulary) -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    months = "|".join(f"(?P<mon{n}>{names})" for n, names in enumerate(words.months, 1)) or NOTHING
    again = "|".join(f"(?P<mom{n}>{names})" for n, names in enumerate(words.months, 1)) or NOTHING
    days = "|".join(f"(?P<wd{n}>{names})" for n, names in enumerate(words.weekdays)) or NOTHING
    # Longest first, so that `mar` does not stand for `marzo`: a word must end after the name.
    of = rf"(?:(?:{words.before_month})\s+)?" if words.before_month else ""
    clock = (
        rf"(?P<when>,?\s+(?:(?P<at>{words.clock})\s?)?"
        r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?\s?"
        rf"(?P<half>[ap]\.?\s?m\.?)?(?P<hours>\s?(?:{words.hours})(?!\p{{L}}))?"
        rf"(?:\s\(?(?P<zone>{_ZONE})\)?)?)?"
    )
    weekday = rf"(?:\b(?:{days})\.?,?\s+(?:(?:{words.before_day})\s+)?)?"
    european = (
        rf"(?<![\d.])(?P<d1>\d{{1,2}})(?:\.|º|°|st|nd|rd|th|er)?\s+{of}(?:{months})\b\.?"
        rf"(?:,?\s+{of}(?P<y1>\d{{4}})(?!\d))?"
    )
    american = (
        rf"\b(?:{again})\b\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:.]\d|\d)"
        r"(?:,?\s+(?P<y2>\d{4})(?!\d))?"
    )
    numeric = r"(?<![\d./])(?P<d4>\d{1,2})[./](?P<m4>\d{1,2})[./](?P<y4>\d{4})(?![\d/])"
    date_pattern = regex.compile(rf"(?i){weekday}(?:{_ISO}|{numeric}|{european}|{american}){clock}")
    return date_pattern, regex.compile(rf"(?i)\b(?:{days})\b(?!\.?-)")


def dates(text: str, words: Vocabulary) -> list[Dated]:
    """Find the dates in a paragraph: with day and month at least."""
    pattern, _ = _patterns(words)
    return [dated for match in pattern.finditer(text) if (dated := _dated(match)) is not None]


_CLOCK_FIGURES = r"(?<![\d:.,])(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?"


@lru_cache(maxsize=16)
def _clocks(words: Vocabulary) -> regex.Pattern[str]:
    return regex.compile(
        rf"(?i){_CLOCK_FIGURES}\s?(?:(?P<half>[ap]\.?\s?m\b\.?)"
        rf"|(?P<hours>(?:{words.hours})(?!\p{{L}}))|(?<=\d[h:]\d\d))(?:\s\(?(?P<zone>{_ZONE})\)?)?"
        rf"|(?<=\b(?:{words.clock})\s)(?P<hour2>\d{{1,2}}):(?P<minute2>\d{{2}})(?!\d)"
    )


def clocks(text: str, words: Vocabulary) -> list[str]:
    """Find times of day, as they are written."""
    return [match[0].strip() for match in _clocks(words).finditer(text)]


def weekdays(text: str, words: Vocabulary) -> list[Weekday]:
    """Find weekdays by their full names, dates' own included."""
    _, pattern = _patterns(words)
    return [
        Weekday(m.start(), m.end(), n)
        for m in pattern.finditer(text)
        for n, names in enumerate(words.weekdays)
        if m[0].casefold() in names.split("|") and len(m[0]) > 3
    ]


def with_year(dated: Dated, near: date) -> date | None:
    """Fill in a year: the first on which the day falls at `near` or after, weekday observed.

    Looks back a month first, for a page that speaks of what has just been.
    """
    for year in (near.year, near.year + 1, near.year - 1, near.year + 2):
        day = _day(year, dated.month, dated.day)
        if day is None or (dated.weekday is not None and day.weekday() != dated.weekday):
            continue
        if dated.weekday is not None or day >= near - timedelta(days=31):
            return day
    return None


def next_on(weekday: int, near: date) -> date:
    """Give the first such weekday at `near` or after."""
    return near + timedelta(days=(weekday - near.weekday()) % 7)


def _day(year: int | None, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year else None
    except ValueError:
        return None


def _dated(match: regex.Match[str]) -> Dated | None:
    groups = match.groupdict()
    number = next((n for n in "1234" if groups.get(f"d{n}")), "")
    day = int(groups[f"d{number}"])
    month = next((n for n in range(1, 13) if groups.get(f"mon{n}") or groups.get(f"mom{n}")), 0)
    if number in "34":
        month = int(groups[f"m{number}"])
    if number == "4" and month > 12 >= day:  # 2/25/2022 can only be American
        day, month = month, day
    year = int(groups[f"y{number}"]) if groups.get(f"y{number}") else None
    if not (1 <= month <= 12 and 1 <= day <= 31) or (year and not 1500 <= year <= 2200):
        return None
    if _day(year or 2000, month, day) is None:  # 2000 has a 29 February
        return None
    end, clock, zone = match.end(), None, ""
    if groups.get("hour"):
        clock = _clock(groups)
        if clock is None:
            end = match.start("when")
        else:
            zone = (groups.get("zone") or "").strip()
    weekday = next((n for n in range(7) if groups.get(f"wd{n}")), None)
    text = match.string
    while end > match.start() and text[end - 1] in " ,.":
        end -= 1
    return Dated(match.start(), end, day, month, year, weekday, clock, zone)


_NOT_ONLY_HOURS = frozenset(("at", "from", "@", "à"))
"""`at 12` may go on `places`; `alle ore 18`, `a las 18` are hours."""


def _clock(groups: dict[str, str | None]) -> time | None:
    """Read a time of day; None for a bare number, which counts something else."""
    hour, minute = int(groups["hour"] or 0), int(groups["minute"] or 0)
    half = (groups["half"] or "").casefold()
    told = groups["minute"] or half or groups["hours"]
    if not told and (groups["at"] or "at").casefold() in _NOT_ONLY_HOURS:
        return None
    if half.startswith("p") and hour < 12:
        hour += 12
    elif half.startswith("a") and hour == 12:
        hour = 0
    try:
        return time(hour, minute)
    except ValueError:
        return None
