"""When an event is: days, hours and zones in the card's language, in the Gregorian calendar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

import regex
from babel import Locale
from babel.dates import format_date, format_time, get_timezone_name

from bot.cards.words.locales import capitalised, in_digits, joint, locale_of
from bot.model import CardSpec


def day(moment: date, locale: Locale) -> str:
    """Write a date in full: 15 February 2022."""
    return in_digits(format_date(moment, "long", locale=locale), locale)


def when(spec: CardSpec) -> str:
    """Say an event's date, and its hour with the time zone where it has one.

    The last day of an all-day event is the day that `ends` is on.
    """
    if spec.starts is None:
        return ""
    locale = locale_of(spec.language)
    first, last = _days(spec.starts, spec.ends)
    if last > first:
        days = _span(first, last, locale)
    else:
        days = in_digits(format_date(first, "full", locale=locale), locale)
    return capitalised(joint(locale).join(filter(None, (days, hour(spec)))))


def hour(spec: CardSpec) -> str:
    """Say from when to when on its first day, with the zone; nothing for whole days."""
    if spec.starts is None or spec.all_day:
        return ""
    locale = locale_of(spec.language)
    first, last = _days(spec.starts, spec.ends)
    ends = spec.ends.astimezone(spec.starts.tzinfo) if spec.ends and first == last else None
    if ends and ends.utcoffset() != spec.starts.utcoffset():
        # Clocks are changed in between: each hour has a zone of its own.
        spans = [_hour_in_zone(moment, None, locale) for moment in (spec.starts, ends)]
        parted = [span.replace(" ", "\u00a0") for span in spans]
        # The one place to break it in two lines is after the dash.
        return str(locale.interval_formats[None].format(*parted)).replace("–\u2009", "– ")
    return _hour_in_zone(spec.starts, ends, locale)


def _hour_in_zone(starts: datetime, ends: datetime | None, locale: Locale) -> str:
    return f"{in_digits(_hours(starts, ends, locale), locale)} {_zone(starts, locale)}"


def leaf(spec: CardSpec) -> Mapping[str, str]:
    """Part a date as a calendar's leaf shows it: weekday, day's number, month and year.

    Several days within one month are one leaf, without a weekday; across months there is none.
    """
    if spec.starts is None:
        return {}
    locale = locale_of(spec.language)
    first, last = _days(spec.starts, spec.ends)
    if (first.year, first.month) != (last.year, last.month):
        return {}
    number = str(first.day) if first == last else f"{first.day}–{last.day}"
    # The month's form beside a day ("25 февраля"), never the one for a month alone: Babel 2.18
    # gives that in the language of another locale once Hebrew was used (its issue 1234).
    leaf = {
        "day_number": in_digits(number, locale),
        "month": format_date(first, "MMMM", locale=locale),
        "year": in_digits(str(first.year), locale),
    }
    if first == last:
        leaf["weekday"] = capitalised(format_date(first, "EEEE", locale=locale))
    return leaf


_NIGHT = timedelta(hours=18)
_NOON = time(12)


def _days(starts: datetime, ends: datetime | None) -> tuple[date, date]:
    """Find the first and the last day, both where the event is.

    A night that ends by the next noon belongs to the evening it began on.
    """
    first, there = starts.date(), (ends or starts).astimezone(starts.tzinfo)
    if there - starts <= _NIGHT and there.time() <= _NOON:
        return first, first
    return first, max(first, there.date())


def _span(first: date, last: date, locale: Locale) -> str:
    """Days from `first` to `last`, with what they share said once, as CLDR's intervals do.

    CLDR has them with short months for each language; as its rules allow, the months are
    widened (Unicode Technical Standard 35, part 4, "Matching Skeletons").
    """
    field = "y" if first.year != last.year else "M" if first.month != last.month else "d"
    intervals = locale.interval_formats
    patterns = intervals.get("yMMMMd", intervals["yMMMd"])[field]
    days = "".join(
        format_date(moment, _widened(pattern), locale=locale)
        for moment, pattern in zip((first, last), patterns, strict=True)
    )
    return in_digits(days, locale)


def _widened(pattern: str) -> str:
    """Make a pattern say the month's name in full, and no nought before a day.

    Czech has months as numbers with a full stop there ("25. 2. 2027"); those of Chinese and
    Japanese ("2月") have none and stay.
    """
    return regex.sub(r"(?<!M)(?:MMM|M\.)(?!M)", "MMMM", pattern.replace("dd", "d"))


def _hours(starts: datetime, ends: datetime | None, locale: Locale) -> str:
    """Hours from `starts` to `ends`, in one zone; in halves of the day if the language does so."""
    halves = _counts_halves(locale)
    if ends is None or ends <= starts:
        pattern = locale.time_formats["short"] if halves else locale.datetime_skeletons["Hm"]
        return format_time(starts, pattern.pattern, locale=locale)
    patterns = locale.interval_formats["hm" if halves else "Hm"]
    field = "H"
    if halves:
        same = (starts.hour < 12) == (ends.hour < 12)
        field = "h" if same else "B" if "B" in patterns else "a"
    return "".join(
        format_time(moment, pattern, locale=locale)
        for moment, pattern in zip((starts, ends), patterns[field], strict=True)
    )


def _counts_halves(locale: Locale) -> bool:
    """Tell whether hours are counted to twelve, in words of the language's own script.

    Where CLDR has but a Latin "PM" for another script (Korean, Hindi, Bengali, Urdu), 24 hours
    are read as well and look better.
    """
    pattern = locale.time_formats["short"].pattern
    if not any(mark in pattern for mark in "aB"):
        return False
    noon, month = time(12), date(2000, 1, 1)
    latin = regex.search("[A-Za-z]", format_time(noon, "a", locale=locale))
    return not latin or bool(regex.search("[A-Za-z]", format_date(month, "MMMM", locale=locale)))


def _zone(moment: datetime, locale: Locale) -> str:
    """Name the zone in short, `GMT`, or by its offset, `UTC−3`."""
    name = get_timezone_name(moment, width="short", locale=locale)
    if name[:1] not in "+-":
        return name
    offset = moment.utcoffset() or timedelta(0)
    minutes = round(abs(offset).total_seconds() / 60)
    sign = "−" if offset < timedelta(0) else "+"
    if not minutes:
        return "UTC"
    return f"UTC{sign}{minutes // 60}" + (f":{minutes % 60:02d}" if minutes % 60 else "")
