"""Words of a card that are not the author's: phrases, numbers and dates by language.

Numbers and dates come from Babel (Unicode CLDR). Phrases are our own, for the languages
below; others get English ones, whole phrases at a time, so that no line mixes two languages.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache

import regex
from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time, get_timezone_name
from babel.numbers import format_decimal

from bot.model import CardSpec

PHRASES: dict[str, dict[str, str]] = {
    "en": {
        "petition": "Petition",
        "progress": "{count} of {goal} signatures",
        "reached": "{count} signatures, past the goal of {goal}",
        "counted": "{count} signatures",
        "goal": "Goal: {goal} signatures",
        "as_of": "as of {date}",
        "source": "Source: {source}",
        "quoted": "“{text}”",
    },
    "es": {
        "petition": "Petición",
        "progress": "{count} de {goal} firmas",
        "reached": "{count} firmas, más que la meta de {goal}",
        "counted": "{count} firmas",
        "goal": "Meta: {goal} firmas",
        "as_of": "a {date}",
        "source": "Fuente: {source}",
        "quoted": "«{text}»",
    },
    "pt": {
        "petition": "Petição",
        "progress": "{count} de {goal} assinaturas",
        "reached": "{count} assinaturas, além da meta de {goal}",
        "counted": "{count} assinaturas",
        "goal": "Meta: {goal} assinaturas",
        "as_of": "em {date}",
        "source": "Fonte: {source}",
        "quoted": "“{text}”",
    },
    "fr": {
        "petition": "Pétition",
        "progress": "{count} signatures sur {goal}",
        "reached": "{count} signatures, au-delà de l’objectif de {goal}",
        "counted": "{count} signatures",
        "goal": "Objectif : {goal} signatures",
        "as_of": "au {date}",
        "source": "Source : {source}",
        "quoted": "«\u00a0{text}\u00a0»",
    },
    "de": {
        "petition": "Petition",
        "progress": "{count} von {goal} Unterschriften",
        "reached": "{count} Unterschriften, mehr als das Ziel von {goal}",
        "counted": "{count} Unterschriften",
        "goal": "Ziel: {goal} Unterschriften",
        "as_of": "Stand: {date}",
        "source": "Quelle: {source}",
        "quoted": "„{text}“",
    },
    "it": {
        "petition": "Petizione",
        "progress": "{count} firme su {goal}",
        "reached": "{count} firme, oltre l’obiettivo di {goal}",
        "counted": "{count} firme",
        "goal": "Obiettivo: {goal} firme",
        "as_of": "al {date}",
        "source": "Fonte: {source}",
        "quoted": "«{text}»",
    },
}


_MARKS = '"“”„«»‹›'
_APOSTROPHES = "'‘’‚"


def unquoted(text: str) -> str:
    """Take a quotation out of quotation marks around the whole of it."""
    text = text.strip()
    inner = text[1:-1].strip()
    paired = len(text) > 2 and all(end in _MARKS + _APOSTROPHES for end in (text[0], text[-1]))
    return inner if paired and inner and not any(mark in inner for mark in _MARKS) else text


def phrase(language: str, name: str, **values: str) -> str:
    """Fill in one phrase in `language`, or in English."""
    return PHRASES[_spoken(language)][name].format(**values)


def _spoken(language: str) -> str:
    base = language.replace("_", "-").split("-")[0].lower()
    return base if base in PHRASES else "en"


@lru_cache(maxsize=64)
def locale_of(language: str) -> Locale:
    """Find Babel's locale for a language tag: the tag, its base language, or English."""
    for tag in (language.replace("_", "-"), language.replace("_", "-").split("-")[0]):
        try:
            return Locale.parse(tag, sep="-")
        except (ValueError, UnknownLocaleError):
            continue
    return Locale("en")


def _phrase_locale(language: str) -> Locale:
    """Find the locale for figures and dates in phrases, so that both are one language."""
    return locale_of(language if _spoken(language) != "en" or language[:2] == "en" else "en")


def progress(spec: CardSpec) -> tuple[str, str]:
    """Say a petition's standing and the day it is from, as two lines; either may be empty.

    A count is only shown with its date. Without one (and for a count of nought, which says
    nothing yet) the goal stands alone.
    """
    locale = _phrase_locale(spec.language)
    goal = "" if spec.goal is None else format_decimal(spec.goal, locale=locale)
    if not spec.count or spec.as_of is None:
        return (phrase(spec.language, "goal", goal=goal) if goal else ""), ""
    count = format_decimal(spec.count, locale=locale)
    day = phrase(spec.language, "as_of", date=format_date(spec.as_of, "long", locale=locale))
    if spec.goal is None:
        return phrase(spec.language, "counted", count=count), day
    name = "progress" if spec.count <= spec.goal else "reached"
    return phrase(spec.language, name, count=count, goal=goal), day


def share_reached(spec: CardSpec) -> float | None:
    """Tell how much of its goal a petition has reached, 0 to 1; None where no bar is drawn."""
    if not spec.count or not spec.goal or spec.as_of is None:
        return None
    return min(1.0, spec.count / spec.goal)


def when(spec: CardSpec) -> str:
    """Say an event's date, and its hour with the time zone where it has one.

    The last day of an all-day event is the day that `ends` is on.
    """
    if spec.starts is None:
        return ""
    said = _when(spec.starts, spec.ends or spec.starts, spec.all_day, locale_of(spec.language))
    return said[:1].upper() + said[1:]


def _when(starts: datetime, ends: datetime, all_day: bool, locale: Locale) -> str:
    first, last = starts.date(), ends.astimezone(starts.tzinfo).date()
    hour = format_time(starts, "short", locale=locale)
    zone = _zone(starts, locale)
    if last > first:
        days = _span(first, last, locale)
        return days if all_day else f"{days}, {hour} {zone}"
    day = format_date(first, "full", locale=locale)
    if all_day:
        return day
    if ends > starts:
        hour += "–" + format_time(ends.astimezone(starts.tzinfo), "short", locale=locale)
    return f"{day}, {hour} {zone}"


def _span(first: date, last: date, locale: Locale) -> str:
    """Days from `first` to `last`, with what they share said once where languages agree."""
    long_last = format_date(last, "long", locale=locale)
    if (first.year, first.month) == (last.year, last.month):
        # Day first ("25 de febrero", "25. Februar") or after the month ("February 25, 2022").
        if leading := regex.match(rf"{last.day}(\.?)(?=\D)", long_last):
            return f"{first.day}{leading[1]}–{long_last}"
        if f" {last.day}," in long_last:
            return long_last.replace(f" {last.day},", f" {first.day}–{last.day},", 1)
    return f"{format_date(first, 'long', locale=locale)} – {long_last}"


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
