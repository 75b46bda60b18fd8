"""Until when a passage is true, by the dates and weekdays in it; a missing year is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.proposals.dates import Dated, dates, next_on, weekdays, with_year
from bot.proposals.document import Place
from bot.proposals.passages import Passage
from bot.proposals.reading import Reading

_SOON = timedelta(days=400)
"""A date further off than this is no event that a call is for."""


def named_days(reading: Reading) -> dict[int, tuple[date, Place]]:
    """By weekday, the first date of the document that names it, and where."""
    named: dict[int, tuple[date, Place]] = {}
    for sentence in reading.sentences:
        for dated in sentence.dates:
            day = dated.day_if_certain
            if day and dated.weekday == day.weekday():
                named.setdefault(day.weekday(), (day, sentence.place))
    return named


@dataclass(frozen=True, slots=True)
class Timing:
    """The last day on which a passage is true, or None; and what was assumed."""

    until: date | None = None
    notes: tuple[str, ...] = ()


def timing(
    passage: Passage,
    reading: Reading,
    named: Mapping[int, tuple[date, Place]],
    published: date | None,
    today: date,
) -> Timing:
    """Find the last day that a passage speaks of, at or after the document's own.

    `named` is what `named_days` gives for the document.
    """
    near = published or today
    if not (passage.calls or any(s.kind for s in passage.sentences)):
        return Timing()
    found: list[date] = []
    notes: list[str] = []
    for sentence in passage.sentences:
        for dated in sentence.dates:
            text = reading.paragraphs[sentence.paragraph].text
            beside = next((d.year for d in sentence.dates if d.year), None)
            day, note = _day(dated, text, near, published, beside)
            if day is not None and near <= day <= near + _SOON:
                found.append(day)
                notes += [note] if note else []
    if not found and (resolved := _by_weekday(passage, reading, named, near, published)):
        found, notes = [resolved[0]], [resolved[1]]
    if not found and (inherited := _of_paragraph(passage, reading, near)):
        line = passage.sentences[0].place.line
        note = f"`true_until` is from the date beside it in line {line}"
        return Timing(inherited, (note,))
    if not found:
        return Timing()
    return Timing(max(found), tuple(dict.fromkeys(notes)))


def _day(
    dated: Dated, text: str, near: date, published: date | None, beside: int | None
) -> tuple[date | None, str]:
    certain = dated.day_if_certain
    written = text[dated.start : dated.end]
    if certain is not None:
        if dated.weekday is not None and certain.weekday() != dated.weekday:
            return certain, f"“{written}”: that day is another weekday; check the date"
        return certain, ""
    if beside is not None and (day := replace(dated, year=beside).day_if_certain):
        return day, f"“{written}” has no year: taken for {beside}, which stands beside it"
    day = with_year(dated, near)
    if day is None:
        return None, ""
    return day, f"“{written}” has no year: taken for {day.isoformat()}{_because(published)}"


def _because(published: date | None) -> str:
    if published is None:
        return ", the next from today on, as the document has no date"
    return f", the next from the document's date on ({published.isoformat()})"


def _by_weekday(
    passage: Passage,
    reading: Reading,
    named: Mapping[int, tuple[date, Place]],
    near: date,
    published: date | None,
) -> tuple[date, str] | None:
    """`on Friday`: the Friday that the document gives a date for, else the next one."""
    for sentence in passage.sentences:
        for weekday in weekdays(sentence.text, reading.words)[:1]:
            word = sentence.text[weekday.start : weekday.end]
            if (there := named.get(weekday.weekday)) and there[0] >= near:
                day, place = there
                return day, f"“{word}” is taken for {day.isoformat()}, from line {place.line}"
            if not passage.calls:
                return None
            day = next_on(weekday.weekday, near)
            return day, f"“{word}” is taken for {day.isoformat()}{_because(published)}"
    return None


def _of_paragraph(passage: Passage, reading: Reading, near: date) -> date | None:
    """The date of a call that stands in the same paragraph, for what is said of the same event."""
    first = passage.sentences[0]
    if not any(s.kind for s in passage.sentences):
        return None
    paragraph = reading.paragraphs[first.paragraph]
    if len(paragraph.text) > 2_000:
        return None
    days = [
        day
        for dated in dates(paragraph.text, reading.words)
        if (day := dated.day_if_certain) and near <= day <= near + _SOON
    ]
    return max(days, default=None)
