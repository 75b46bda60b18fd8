"""Reads times, dates, zones and lengths of time as they were typed, or says what is wrong.

As in values.py, each function raises `ValueError` with a sentence that follows the setting's
name.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

import regex as re

from bot.content.values import one_or_more, typed
from bot.slots import crontab
from bot.yamlfile.problems import listed, quoted, suggestion

EVERY_DAY = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_DAYS = {"daily": EVERY_DAY, "weekdays": EVERY_DAY[:5], "weekends": EVERY_DAY[5:]}
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_LONGEST = timedelta(days=3660)
_DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_MOMENT = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2})"
    r"(?:(?:[Tt]|[ ]+)(?P<time>[0-9]{1,2}:[0-9]{2})(?::(?P<second>[0-9]{2}))?"
    r"[ ]?(?P<offset>[Zz]|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*")
_MACHINE_ZONES = ("localtime", "posixrules", "posix/", "right/", "Factory")


class When(NamedTuple):
    """A date, or a date and time, that may name its offset; without one it is local."""

    day: date
    clock: time | None = None
    offset: timezone | None = None


class Hours(NamedTuple):
    """A part of each day; over midnight where `end` is before `start`."""

    start: time
    end: time


def duration(value: object) -> timedelta:
    """Take a number with its unit, like `90s`, `15m`, `2h`, `1d`, `1w`."""
    word = typed(value).strip()
    found = re.fullmatch(r"([0-9]{1,8}) ?([smhdw])", word)
    if not found:
        raise ValueError(
            f"{quoted(word)} is not a length of time; write 90s, 15m, 2h, 1d or 1w "
            "(seconds, minutes, hours, days, weeks)"
        )
    length = timedelta(**{_UNITS[found[2]]: int(found[1])})
    if length > _LONGEST:
        raise ValueError(f"{quoted(word)} is longer than ten years")
    return length


def positive_duration(value: object) -> timedelta:
    """Take a length of time above zero."""
    length = duration(value)
    if not length:
        raise ValueError("must be more than zero")
    return length


def time_of_day(value: object) -> time:
    """Take `HH:MM`."""
    word = typed(value).strip()
    found = re.fullmatch(r"([0-9]{1,2}):([0-9]{2})", word)
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise ValueError(f"{quoted(word)} is not a time; write HH:MM, from 00:00 to 23:59")
    return time(int(found[1]), int(found[2]))


def hours(value: object) -> Hours:
    """Take `HH:MM-HH:MM`, which may go over midnight."""
    word = typed(value).strip()
    start, dash, end = word.replace("–", "-").partition("-")
    if not dash:
        raise ValueError(f'{quoted(word)} is not a span of time; write "23:00-07:00"')
    span = Hours(time_of_day(start), time_of_day(end))
    if span.start == span.end:
        raise ValueError(f"{quoted(word)} begins and ends at the same time")
    return span


def days(value: object) -> tuple[str, ...]:
    """Take weekdays, or `daily`, `weekdays`, `weekends`; in the order of the week."""
    names = one_or_more(value)
    if not isinstance(names, list) or not names:
        raise ValueError("is not a list of days; write [mon, wed] or daily, weekdays, weekends")
    chosen: set[str] = set()
    for name in names:
        word = typed(name).strip()
        if word not in EVERY_DAY and word not in _DAYS:
            known = (*EVERY_DAY, *_DAYS)
            hint = suggestion(word, known) or f"; write {listed(known)}"
            raise ValueError(f"{quoted(word)} is not a day{hint}")
        chosen.update(_DAYS.get(word, (word,)))
    return tuple(day for day in EVERY_DAY if day in chosen)


_OFFSET = re.compile(r"(?:Etc/)?(?:GMT|UTC)\s*[+-]", re.IGNORECASE)


def zone(value: object) -> ZoneInfo:
    """Take a time zone by its IANA name."""
    name = typed(value).strip()
    if _ZONE.fullmatch(name) and len(name) < 64 and not name.startswith(_MACHINE_ZONES):
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            pass  # told below, with a suggestion
    if _OFFSET.match(name):
        # Etc/GMT+1 is an hour *behind* UTC: nothing to suggest to anybody.
        raise ValueError(f"{quoted(name)} is not a time zone; write a place, like Europe/Berlin")
    known = {z for z in available_timezones() if not z.startswith("Etc/")}
    ending = [z for z in sorted(known) if z.casefold().endswith("/" + name.casefold())]
    hint = f" - did you mean {quoted(ending[0])}?" if ending else suggestion(name, sorted(known))
    hint = hint or "; write an IANA name, like Europe/London"
    raise ValueError(f"{quoted(name)} is not a time zone{hint}")


def _date(word: str) -> date:
    found = _DATE.fullmatch(word)
    try:
        day = date(*(int(part) for part in found.groups())) if found else None
    except ValueError as error:
        raise ValueError(f"{quoted(word)} is not a date: {error}") from error
    if day is None:
        raise ValueError(f"{quoted(word)} is not a date; write YYYY-MM-DD")
    if not 1970 <= day.year <= 2199:
        raise ValueError(f"{quoted(word)} is not a date between 1970 and 2199")
    return day


def calendar_day(value: object) -> date:
    """Take `YYYY-MM-DD`."""
    return _date(typed(value).strip())


def day_span(value: object) -> tuple[date, date]:
    """Take `YYYY-MM-DD`, or two of these with ` - ` between: the first and the last day."""
    word = typed(value).strip()
    first, *rest = re.split(r"\s+[-–]\s+|\s*\.\.\s*", word)
    if len(rest) > 1:
        raise ValueError(f'{quoted(word)} is not a span of days; write "2026-12-24 - 2027-01-02"')
    span = _date(first), _date(rest[0] if rest else first)
    if span[1] < span[0]:
        raise ValueError(f"{quoted(word)} ends before it begins")
    return span


def when(value: object) -> When:
    """Take `YYYY-MM-DD`, or that with `HH:MM` and maybe an offset."""
    word = typed(value).strip()
    found = _MOMENT.fullmatch(word)
    if not found:
        raise ValueError(f"{quoted(word)} is not a date; write YYYY-MM-DD or YYYY-MM-DD HH:MM")
    day = _date(found["day"])
    if found["time"] is None:
        return When(day)
    clock = time_of_day(found["time"])
    if int(found["second"] or 0):
        raise ValueError(f"{quoted(word)} has seconds; minutes are as fine as it gets")
    return When(day, clock, _offset(found["offset"]))


def _offset(word: str | None) -> timezone | None:
    if not word or word in "Zz":
        return UTC if word else None
    sign = -1 if word[0] == "-" else 1
    length = timedelta(hours=int(word[1:3]), minutes=int(word[-2:]))
    if length > timedelta(hours=14):
        raise ValueError(f"{quoted(word)} is not an offset from UTC")
    return timezone(sign * length)


def cron(value: object) -> str:
    """Take a cron expression of five fields."""
    word = " ".join(typed(value).split())
    try:
        trigger = crontab(word)
    except (ValueError, OverflowError) as error:
        advice = '; write minute, hour, day, month and weekday, like "0 9 * * mon-fri"'
        reason = str(error).replace("Error validating expression", "in")
        raise ValueError(f"{quoted(word)} is not a cron expression: {reason}{advice}") from error
    # From any day: the calendar repeats within 400 years.
    if trigger.get_next_fire_time(None, datetime(2000, 1, 1, tzinfo=UTC)) is None:
        raise ValueError(f"{quoted(word)} never comes: no year has such a day")
    return word
