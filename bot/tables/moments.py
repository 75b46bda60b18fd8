"""Dates and times as people and their programs write them in spreadsheets.

What can be meant in two ways is never guessed: 4/12/2026 waits for a date of the same column
that settles which of the two is the day, or for the person to say it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

import regex
from babel import Locale

from bot.reasons import Reason
from bot.tables.model import DateOrder
from bot.tables.names import plain

LANGUAGES: Final = ("en", "es", "pt", "fr", "de", "it")
FIRST_YEAR: Final = 1970
LAST_YEAR: Final = 2199

_LONGEST: Final = 100
"""Letters of a cell that are looked at: no date is longer, and cut off it is none."""

_YEAR_FIRST = regex.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_NUMBERS = regex.compile(r"(\d{1,2})([./-]) ?(\d{1,2})\2 ?(\d{4}|\d{2}(?!\d))")
_DAY_WORD = regex.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er|º|°|\.)?[ -]*(?:de |di |of )?"
    r"([^\W\d_]+)\.?,?[ -]*(?:de |del )?(\d{4})",
    regex.IGNORECASE,
)
_WORD_DAY = regex.compile(r"([^\W\d_]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", regex.IGNORECASE)
_WEEKDAY = regex.compile(r"([^\W\d_]+(?:-feira)?)\.?,? +", regex.IGNORECASE)
_WITHOUT_YEAR = regex.compile(
    r"(?:\d{1,2}[./-] ?\d{1,2}[./-]?|\d{1,2}\.? *(?:de |di )?[^\W\d_]+\.?|[^\W\d_]+\.? \d{1,2})",
    regex.IGNORECASE,
)
_BETWEEN = regex.compile(
    r"[Tt](?=\d)|[ ,]*(?:(?:\b(?:um|at|à|a las|às|as|alle|ore)|[@–-])(?= ))?[ ,]*", regex.IGNORECASE
)
_CLOCK = regex.compile(
    r"(?P<hour>\d{1,2})"
    r"(?:(?:[:.]|[ ]?h[ ]?)(?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?)?"
    r"[ ]?(?P<unit>[ap]\.?[ ]?m\b\.?|uhr\b|hrs?\b|hs\b|h\b|ore\b)?"
    r"[ ]?(?P<offset>Z|UTC|GMT|[+-]\d{2}:?\d{2})?",
    regex.IGNORECASE,
)


class Moment(NamedTuple):
    """A date, a time, or both, in the form that `Row.cells` has."""

    day: str = ""
    clock: str = ""


class Unclear(NamedTuple):
    """A date with two readings: which number is the day is for others to settle."""

    first: int
    second: int
    year: int
    clock: str
    written: str

    def settled(self, order: DateOrder | None) -> Moment | Reason:
        """Read it in the given order; without one, say what the two readings are."""
        days = [_day(self.year, self.second, self.first), _day(self.year, self.first, self.second)]
        if order is None:
            return Reason.of(
                "table-date-unclear", value=self.written, one=str(days[0]), other=str(days[1])
            )
        found = days[0] if order is DateOrder.DAY_FIRST else days[1]
        if found is None:
            return Reason.of("table-date-impossible", value=self.written)
        return Moment(str(found), self.clock)


def read_time(written: str) -> Moment | Unclear | Reason:
    """Read a time, or what `read_date` reads; `written` is cleaned and not empty."""
    words = " ".join(written[:_LONGEST].split())
    if (clock := _clock(words)) is not None:
        return Moment(clock=clock)
    found = read_date(written)
    if isinstance(found, Reason):
        return Reason.of("table-time-unreadable", value=written)
    return found


def read_date(written: str) -> Moment | Unclear | Reason:
    """Read a date, or one with a time behind it; `written` is cleaned and not empty."""
    words = " ".join(written[:_LONGEST].split())
    # As it stands first: "Mar 1, 2026" begins with March, "mar 1/3/2026" with a Tuesday.
    for form in dict.fromkeys((words, _without_weekday(words))):
        for pattern, reader in (
            (_YEAR_FIRST, _from_year_first),
            (_NUMBERS, _from_numbers),
            (_DAY_WORD, _from_day_and_word),
            (_WORD_DAY, _from_word_and_day),
        ):
            found = pattern.match(form)
            clock = _rest(form[found.end() :]) if found else None
            if found and clock is not None:
                return reader(found, clock, written)
    if _WITHOUT_YEAR.fullmatch(_without_weekday(words)):
        return Reason.of("table-date-no-year", value=written)
    return Reason.of("table-date-unreadable", value=written)


def orders_of(dates: Iterable[object]) -> set[DateOrder]:
    """Tell in which orders the numbers of a file's dates can only be meant: one, none or both."""
    orders = set()
    for found in dates:
        if isinstance(found, Unclear):
            if found.first > 12 >= found.second:
                orders.add(DateOrder.DAY_FIRST)
            elif found.second > 12 >= found.first:
                orders.add(DateOrder.MONTH_FIRST)
    return orders


def settle(found: Moment | Unclear | Reason, order: DateOrder | None) -> Moment | Reason:
    """Decide a date by the order of its column, where that is needed."""
    if not isinstance(found, Unclear):
        return found
    if found.first == found.second or max(found.first, found.second) > 12:
        own = DateOrder.MONTH_FIRST if found.second > 12 else DateOrder.DAY_FIRST
        return found.settled(own)
    return found.settled(order)


def _from_year_first(found: regex.Match[str], clock: str, written: str) -> Moment | Reason:
    return _made(int(found[1]), int(found[3]), int(found[4]), clock, written)


def _from_numbers(found: regex.Match[str], clock: str, written: str) -> Moment | Unclear | Reason:
    first, mark, second, year = int(found[1]), found[2], int(found[3]), int(found[4])
    if len(found[4]) == 2:
        if mark == "-":  # 26-12-24 may begin with its year
            return Reason.of("table-date-unreadable", value=written)
        year += 2000
    if mark == ".":
        return _made(year, second, first, clock, written)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return Reason.of("table-date-impossible", value=written)
    if not (_day(year, second, first) or _day(year, first, second)):
        return Reason.of("table-date-impossible", value=written)
    return Unclear(first, second, year, clock, written)


def _from_day_and_word(found: regex.Match[str], clock: str, written: str) -> Moment | Reason:
    month = _months().get(plain(found[2]))
    if month is None:
        return Reason.of("table-date-unreadable", value=written)
    return _made(int(found[3]), month, int(found[1]), clock, written)


def _from_word_and_day(found: regex.Match[str], clock: str, written: str) -> Moment | Reason:
    month = _months().get(plain(found[1]))
    if month is None:
        return Reason.of("table-date-unreadable", value=written)
    return _made(int(found[3]), month, int(found[2]), clock, written)


def _made(year: int, month: int, day: int, clock: str, written: str) -> Moment | Reason:
    found = _day(year, month, day)
    if found is None:
        return Reason.of("table-date-impossible", value=written)
    return Moment(str(found), clock)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None


def _rest(words: str) -> str | None:
    """Read what stands behind a date: a time or nothing; None if it is neither."""
    joint = _BETWEEN.match(words)
    rest = words[joint.end() :] if joint else words
    if not words.strip(" ,"):
        return ""
    return _clock(rest, iso=joint[0] in "Tt") if joint and joint.end() else None


def _clock(words: str, *, iso: bool = False) -> str | None:
    found = _CLOCK.fullmatch(words)
    if found is None or (found["minute"] is None and found["unit"] is None):
        return None
    hour, minute, second = (int(found[name] or 0) for name in ("hour", "minute", "second"))
    half = (found["unit"] or "")[:1].lower()
    if half in ("a", "p"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    offset = (found["offset"] or "").upper()
    if offset.startswith("-") and not iso:  # 9:00-10:00 is a span of time to most people
        return None
    if offset in ("Z", "UTC", "GMT"):
        offset = "+00:00"
    elif offset and ":" not in offset:
        offset = f"{offset[:3]}:{offset[3:]}"
    return f"{hour:02}:{minute:02}{offset}"


def _without_weekday(words: str) -> str:
    found = _WEEKDAY.match(words)
    return words[found.end() :] if found and plain(found[1]) in _weekdays() else words


@lru_cache(maxsize=1)
def _months() -> Mapping[str, int]:
    return _names("months")


@lru_cache(maxsize=1)
def _weekdays() -> Mapping[str, int]:
    return _names("days")


def _names(what: str) -> Mapping[str, int]:
    names: dict[str, int] = {}
    for language in LANGUAGES:
        wide = Locale(language).months["format"]["wide"] if what == "months" else {}
        begins = [plain(name)[:3] for name in wide.values()]
        contexts = getattr(Locale(language), what)
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated", "short"):
                for number, name in contexts[context].get(width, {}).items():
                    names[plain(name)] = number
                    # Many cut a name to three letters where CLDR has another short form.
                    if begins.count(plain(name)[:3]) == 1:  # "jui" is juin and juillet
                        names.setdefault(plain(name)[:3], number)
    return names
