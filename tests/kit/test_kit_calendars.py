"""Calendar files, read again by the library: the right moment, on every device."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from bot.kit.calendars import calendar
from bot.model import Action
from tests.kit.stage import CAMPAIGN, DAY, MARCH, NOW, site_of, utc


def event_of(file: bytes) -> Event:
    """The one event of a calendar."""
    (event,) = Calendar.from_ical(file).walk("VEVENT")
    assert isinstance(event, Event)
    return event


def written(action: Action = MARCH, title: str = "March", made: datetime = NOW) -> bytes:
    """An event's file."""
    return calendar(action, CAMPAIGN, title, ("Fountain Square", "Town hall"), made)


def test_an_hour_is_a_moment_everywhere() -> None:
    """14:00 in Mexico City is 20:00 UTC, whatever the reader's device thinks of zones."""
    event = event_of(written())
    assert (event.start, event.end) == (utc(MARCH.starts or NOW), utc(MARCH.ends or NOW))
    assert b"DTSTART:20260711T200000Z\r\n" in written()
    assert event["LOCATION"] == "Fountain Square; Town hall"


def test_whole_days_are_dates_and_end_the_day_after() -> None:
    """As RFC 5545 has it: DTEND is the first day that is free again."""
    start = datetime(2026, 7, 11, tzinfo=ZoneInfo("Pacific/Auckland"))
    for ends, last in ((None, date(2026, 7, 12)), (start + DAY, date(2026, 7, 13))):
        event = event_of(written(replace(MARCH, starts=start, ends=ends, all_day=True)))
        assert (event.start, event.end) == (date(2026, 7, 11), last)


def test_a_later_kit_corrects_the_event_and_adds_none() -> None:
    """The UID stays, whatever is changed; another event has another."""
    first = event_of(written())
    moved = replace(MARCH, starts=(MARCH.starts or NOW) + DAY, ends=None)
    later = event_of(written(moved, "March, moved", NOW + DAY))
    assert first["UID"] == later["UID"]
    assert (first.stamp, later.stamp) == (utc(NOW), utc(NOW + DAY))
    assert event_of(written(replace(MARCH, id="vigil")))["UID"] != first["UID"]


def test_lines_are_folded_and_texts_cannot_add_any() -> None:
    """75 octets and CRLF (RFC 5545, 3.1); a line break in a title stays within it."""
    title = (
        "Wir gehen über die Brücke, zum Rathaus; alle\r\nATTACH:https://evil.example " + "ü" * 99
    )
    file = written(title=title)
    lines = file.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in b"".join(lines)
    event = event_of(file)
    assert "ATTACH" not in event
    assert str(event["SUMMARY"]).replace("\r", "") == title.replace("\r", "")


def test_each_language_has_its_own(tmp_path: Path) -> None:
    """With the title and the places of that language, and one UID for all."""
    site = site_of(tmp_path)
    english = event_of(site["events/march-en.ics"])
    spanish = event_of(site["events/march-es.ics"])
    assert english["UID"] == spanish["UID"]
    assert english["SUMMARY"] == "March to the town hall"
    assert spanish["LOCATION"] == "Plaza de la Fuente"
