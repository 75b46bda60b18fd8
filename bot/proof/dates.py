"""Days, hours and spans in words. English, as everything that the bot says to its people."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_INSTANT = timedelta(microseconds=1)
_UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second"))


def in_full(day: date) -> str:
    """`Monday 21 February 2022`."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def short(day: date) -> str:
    """`Mon 21 Feb`."""
    return f"{day:%a} {day.day} {day:%b}"


def weekday(day: date) -> str:
    """`Mon`."""
    return f"{day:%a}"


def hour(moment: datetime) -> str:
    """`08:45`."""
    return f"{moment:%H:%M}"


def zone_name(moment: datetime) -> str:
    """`GMT`, `CET`; `UTC-03:00` in zones that have no letters of their own."""
    name = moment.tzname() or ""
    return name if name[:1].isalpha() else f"UTC{moment:%z}"[:6] + ":" + f"{moment:%z}"[3:5]


def in_utc(moment: datetime) -> str:
    """The moment for whoever reads in another zone: `Monday 21 February 2022, 08:45 UTC`."""
    utc = moment.astimezone(UTC)
    return f"{in_full(utc.date())}, {hour(utc)} UTC"


def days_of(start: datetime, end: datetime, zone: ZoneInfo) -> tuple[date, date]:
    """The first and the last local day of a span whose `end` is not in it."""
    first = start.astimezone(zone).date()
    return first, max(first, (end - _INSTANT).astimezone(zone).date())


def span(first: date, last: date) -> str:
    """`21–27 February 2022`, with as much of the first day as differs."""
    if first == last:
        return f"{first.day} {first:%B %Y}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{last.day} {last:%B %Y}"
    begin = f"{first.day} {first:%B}" if first.year == last.year else f"{first.day} {first:%B %Y}"
    return f"{begin} – {last.day} {last:%B %Y}"


def until(end: datetime) -> str:
    """A moment that is out of bounds itself; midnight is `the end of 24 February 2022`."""
    last = (end - _INSTANT).date()
    if (end.hour, end.minute) == (0, 0):
        return f"the end of {last.day} {last:%B %Y}"
    return f"{end.day} {end:%B %Y}, {hour(end)}"


def duration(length: timedelta) -> str:
    """A length of time in its largest unit that it is a whole number of: `36 hours`, `1 day`."""
    seconds = int(length.total_seconds())
    size, unit = next((s, u) for s, u in _UNITS if seconds % s == 0)
    n = seconds // size
    return f"{n} {unit}" if n == 1 else f"{n} {unit}s"
