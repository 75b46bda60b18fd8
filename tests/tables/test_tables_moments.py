"""Dates and times as they are typed; what can be meant in two ways is never guessed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from babel.dates import format_date
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.tables import Column, DateOrder, read
from bot.tables.moments import LANGUAGES, Moment, read_date, read_time
from tests.tables.reading import codes, column, csv

CHRISTMAS_EVE = "2026-12-24"


@pytest.mark.parametrize(
    "written",
    [
        "2026-12-24", "2026/12/24", "24.12.2026", "24. 12. 2026", "24.12.26", "24/12/2026",
        "12/24/2026", "24-12-2026", "24 December 2026", "December 24, 2026", "Dec 24 2026",
        "24-Dec-2026", "Thu, 24 Dec 2026", "24th December 2026", "24. Dezember 2026",
        "Do., 24.12.2026", "Donnerstag, 24. Dezember 2026", "24 de diciembre de 2026",
        "jueves, 24 de diciembre de 2026", "24 décembre 2026", "jeu. 24 déc. 2026",
        "24 dicembre 2026", "mar 24 dic 2026", "quinta-feira, 24 de dezembro de 2026",
    ],
)  # fmt: skip
def test_dates_are_read_as_people_write_them(written: str) -> None:
    """All these are one day."""
    table = csv(f'Date;Text\n"{written}";x\n')
    assert (column(table, Column.DATE), codes(table)) == ([CHRISTMAS_EVE], [])


@pytest.mark.parametrize(
    ("written", "clock"),
    [
        ("9:30", "09:30"), ("09:30", "09:30"), ("9.30", "09:30"), ("09h30", "09:30"),
        ("9:30 AM", "09:30"), ("9:30 p.m.", "21:30"), ("9pm", "21:00"), ("12 am", "00:00"),
        ("12:15 pm", "12:15"), ("14:00 Uhr", "14:00"), ("14 Uhr", "14:00"), ("14h", "14:00"),
        ("14 h 05", "14:05"), ("14:00:00", "14:00"), ("0:00", "00:00"), ("9:30Z", "09:30+00:00"),
        ("14:00+01:00", "14:00+01:00"), ("14:00 UTC", "14:00+00:00"),
    ],
)  # fmt: skip
def test_times_are_read_as_people_write_them(written: str, clock: str) -> None:
    """The minute is kept, and an offset where one was written."""
    table = csv(f"Date;Time;Text\n{CHRISTMAS_EVE};{written};x\n")
    assert (column(table, Column.TIME), codes(table)) == ([clock], [])


@pytest.mark.parametrize(
    "written",
    [
        "2026-12-24 14:30", "2026-12-24T14:30:00", "24.12.2026 14:30 Uhr", "24.12.2026, 14.30",
        "24.12.2026 um 14:30 Uhr", "24/12/2026 à 14h30", "Dec 24, 2026 at 2:30 PM",
        "12/24/26 14:30", "24/12/2026 - 14:30",
    ],
)  # fmt: skip
def test_a_cell_may_hold_date_and_time(written: str) -> None:
    """In a column of dates, or in one of times."""
    for heading in ("Date", "Time"):
        table = csv(f'{heading};Text\n"{written}";x\n')
        assert column(table, Column.DATE) == [CHRISTMAS_EVE]
        assert column(table, Column.TIME) == ["14:30"]


@pytest.mark.parametrize(
    ("date_cell", "time_cell", "code"),
    [
        ("24.12.", "10:00", "table-date-no-year"),
        ("24 December", "10:00", "table-date-no-year"),
        ("31.02.2026", "10:00", "table-date-impossible"),
        ("13/13/2026", "10:00", "table-date-impossible"),
        ("2026-12-24 and later", "", "table-date-unreadable"),
        ("26-12-24", "", "table-date-unreadable"),
        ("46380", "", "table-date-unreadable"),
        ("soon", "10:00", "table-date-unreadable"),
        ("10.12", "", "table-date-no-year"),
        ("1926-12-24", "", "table-date-impossible"),
        ("2026-12-24", "25:00", "table-time-unreadable"),
        ("2026-12-24", "9:00-10:00", "table-time-unreadable"),
        ("2026-12-24", "13 pm", "table-time-unreadable"),
        ("2026-12-24", "evening", "table-time-unreadable"),
        ("2026-12-24", "9", "table-time-unreadable"),
        ("2026-12-24", "9:30 CET", "table-time-unreadable"),
        ("2026-12-24", "25.12.2026 10:00", "table-two-dates"),
        ("2026-12-24 09:00", "10:00", "table-two-times"),
        ("", "10:00", "table-time-without-date"),
    ],
)
def test_what_is_no_moment_is_told(date_cell: str, time_cell: str, code: str) -> None:
    """One sentence, at the row; a year, a zone or a half of the day is never made up."""
    table = csv(f"Date;Time;Text;Link\n{date_cell};{time_cell};x;https://example.org\n")
    assert (table.rows, codes(table)) == ((), [(2, code)])


def test_a_column_settles_what_one_date_leaves_open() -> None:
    """13 is no month, so in that file the first number is the day, for every row."""
    rows = "Date,Text\n{},a\n4/12/2026,b\n"
    first = csv(rows.format("13/12/2026"))
    assert (first.date_order, column(first, Column.DATE)[1]) == (DateOrder.DAY_FIRST, "2026-12-04")
    other = csv(rows.format("12/13/2026"))
    assert other.date_order is DateOrder.MONTH_FIRST
    assert column(other, Column.DATE)[1] == "2026-04-12"


def test_where_nothing_settles_it_the_person_is_asked() -> None:
    """Both readings are told; equal numbers need no answer, nor do points."""
    table = csv("Date,Text\n4/12/2026,a\n5/5/2026,b\n04.12.2026,c\n")
    assert codes(table) == [(2, "table-date-unclear")]
    assert "2026-12-04 or 2026-04-12" in str(table.faults[0].reason)
    assert column(table, Column.DATE) == ["2026-05-05", "2026-12-04"]
    for order, day in (("day-first", "2026-12-04"), ("month-first", "2026-04-12")):
        asked = read(b"Date,Text\n4/12/2026,a\n", "a.csv", DateOrder(order))
        assert column(asked, Column.DATE) == [day]


@pytest.mark.parametrize("order", [None, *DateOrder])
def test_a_file_of_both_kinds_settles_nothing(order: DateOrder | None) -> None:
    """Somebody merged two calendars: what is clear is taken, the rest is asked for."""
    raw = b"Date,Text\n13/12/2026,a\n12/14/2026,b\n4/12/2026,c\n"
    table = read(raw, "a.csv", order)
    assert column(table) == ["a", "b"]
    assert codes(table) == [(4, "table-date-unclear")]


@example(day=date(2026, 3, 24), language="en", style="medium")  # "Mar" is a Tuesday elsewhere
@example(day=date(2026, 3, 24), language="fr", style="full")
@settings(max_examples=60)
@given(
    day=st.dates(date(1970, 1, 1), date(2199, 12, 31)),
    language=st.sampled_from(LANGUAGES),
    style=st.sampled_from(["long", "full", "medium"]),
)
def test_dates_in_words_read_back_in_six_languages(day: date, language: str, style: str) -> None:
    """Whatever a spreadsheet program writes out in its user's language."""
    written = format_date(day, style, locale=language)
    found = read_date(written)
    if style == "medium" and "/" in written:
        return  # numbers with slashes, settled by the column
    assert found == Moment(str(day)), written


@given(minutes=st.integers(0, 24 * 60 - 1), mark=st.sampled_from([":", ".", "h"]))
def test_every_minute_of_the_day_reads_back(minutes: int, mark: str) -> None:
    """With each of the marks between hour and minute."""
    hour, minute = divmod(minutes, 60)
    assert read_time(f"{hour}{mark}{minute:02}") == Moment(clock=f"{hour:02}:{minute:02}")


@given(st.text(max_size=40), st.dates(date(1970, 1, 1), date(2199, 12, 31)))
def test_any_words_are_a_moment_or_a_reason(words: str, day: date) -> None:
    """Nothing that is typed raises."""
    for written in (words, f"{day:%d/%m/%Y} {words}", f"{day + timedelta(0)}{words}"):
        if written.strip():
            assert read_date(written)
            assert read_time(written)
