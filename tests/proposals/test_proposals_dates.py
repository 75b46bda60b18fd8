"""Dates, times and figures, as six languages write them."""

from __future__ import annotations

from datetime import date

import pytest
from babel import Locale

from bot.proposals.dates import clocks, dates, with_year
from bot.proposals.figures import figures
from bot.proposals.words import LANGUAGES, vocabulary
from tests.proposals.samples import proposed


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_names_of_months_and_days_are_those_of_cldr(language: str) -> None:
    """Our lists hold every full name that Unicode's locale data has."""
    locale, words = Locale.parse(language), vocabulary(language)
    for number, name in locale.months["format"]["wide"].items():
        assert name.lower() in words.months[number - 1].split("|")
    for number, name in locale.days["format"]["wide"].items():
        assert name.lower() in words.weekdays[number].split("|")


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "on Friday February 25, 2022 at 6 pm CET", (2022, 2, 25, 4, "18:00", "CET")),
        ("en", "Tuesday, February 15th, 2022 at 1:28 pm and", (2022, 2, 15, 1, "13:28", "")),
        ("en", "the 25th of February", (None, 2, 25, None, "", "")),
        ("en", "on 2022-02-25.", (2022, 2, 25, None, "", "")),
        ("de", "am Freitag, den 25. Februar um 18 Uhr", (None, 2, 25, 4, "18:00", "")),
        ("de", "am 25.02.2022", (2022, 2, 25, None, "", "")),
        ("es", "el viernes 25 de febrero de 2022 a las 18:00 h", (2022, 2, 25, 4, "18:00", "")),
        ("fr", "le vendredi 25 février à 18h30 devant", (None, 2, 25, 4, "18:30", "")),
        ("fr", "le 1er mars 2022", (2022, 3, 1, None, "", "")),
        ("it", "venerdì 25 febbraio alle ore 18:00", (None, 2, 25, 4, "18:00", "")),
        ("it", "venerdì 25 febbraio alle ore 18 ci vediamo", (None, 2, 25, 4, "18:00", "")),
        ("en", "on 25 February at 12 places", (None, 2, 25, None, "", "")),
        ("pt", "sexta-feira, 25 de fevereiro, às 18h", (None, 2, 25, 4, "18:00", "")),
    ],
)
def test_dates(language: str, text: str, expected: tuple[object, ...]) -> None:
    """Day, month, year if it is written, weekday, hour and zone."""
    (one,) = dates(text, vocabulary(language))
    hour = f"{one.clock:%H:%M}" if one.clock else ""
    assert (one.year, one.month, one.day, one.weekday, hour, one.zone) == expected


@pytest.mark.parametrize(
    "text", ["We may go.", "175 years in prison", "February 31, 2022", "12 people march", "now"]
)
def test_what_is_no_date(text: str) -> None:
    """What a date parser that is made to find dates anywhere found in real calls."""
    assert dates(text, vocabulary("en")) == []


def test_clock_times_beside_no_date() -> None:
    """`6 pm` and `18h30` are hours; a bare number is none."""
    assert clocks("Come at 6 pm to room 12.", vocabulary("en")) == ["6 pm"]
    assert clocks("Rendez-vous à 18h30 place 4", vocabulary("fr")) == ["18h30"]


def test_a_missing_year_is_filled_in_by_weekday_and_day() -> None:
    """The next such day; with its weekday, the year in which it falls on that."""
    (plain,) = dates("25 February", vocabulary("en"))
    (friday,) = dates("Friday 25 February", vocabulary("en"))
    assert with_year(plain, date(2022, 2, 15)) == date(2022, 2, 25)
    assert with_year(plain, date(2021, 6, 1)) == date(2022, 2, 25)
    assert with_year(friday, date(2021, 12, 1)) == date(2022, 2, 25)
    assert with_year(friday, date(2030, 1, 1)) is None  # on no Friday near


def test_an_assumed_year_is_told_with_its_reason() -> None:
    """Never silently: what was written, what was taken, from which date."""
    page = "Homes for all of us\n\n{}\n\nCome to the march for homes on Friday 25 February!"
    (dated,) = proposed(page.format("15 February 2022")).proposals
    assert dated.true_until == date(2022, 2, 25)
    assert dated.action == "march"
    assert "no year" in dated.notes[0]
    assert "2022-02-15" in dated.notes[0]
    (undated,) = proposed(page.format("By the council"), today=date(2022, 1, 3)).proposals
    assert undated.true_until == date(2022, 2, 25)
    assert "the document has no date" in undated.notes[0]


def test_a_weekday_alone_is_the_one_that_the_page_gives_a_date_for() -> None:
    """`Can't come on Friday?` ends when Friday does."""
    page = (
        "Homes for all\n\n15 February 2022\n\nCome to the march on Friday 25 February 2022!\n\n"
        "Can't come to the march on Friday? Follow our social media from your home."
    )
    found = {one.action: one for one in proposed(page).proposals}
    assert found["follow"].true_until == date(2022, 2, 25)
    assert "taken for 2022-02-25, from line 5" in found["follow"].notes[0]


def test_a_wrong_weekday_is_told() -> None:
    """25 February 2022 is no Monday: one of the two is a mistake."""
    (one,) = proposed("15 February 2022\n\nCome to the march on Monday 25 February 2022!").proposals
    assert "another weekday" in one.notes[0]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "more than 500,000 signatures", ["more than 500,000 signatures"]),
        ("en", "up to 175 years in prison and 18 counts", ["up to 175 years", "18 counts"]),
        ("en", "85% of them, $5 million, two thirds", ["85%", "$5 million", "two thirds"]),
        ("en", "In 2010 and 2011, at No. 5, room 12, one man", []),
        ("de", "mehr als 500.000 Unterschriften", ["mehr als 500.000 Unterschriften"]),
        ("es", "más de 500.000 firmas y 3 millones de personas",
         ["más de 500.000 firmas", "3 millones de personas"]),
    ],
)  # fmt: skip
def test_figures(language: str, text: str, expected: list[str]) -> None:
    """With what they count; years, numbers of rooms and the like are none."""
    assert [f.text for f in figures(text, vocabulary(language), [])] == expected


def test_a_counter_that_had_not_loaded_is_no_figure() -> None:
    """`0 have signed` is a page before its counter was drawn."""
    found = proposed("Freeze the rents in our town\n\n0 have signed. Let’s get to 50,000!")
    assert not any("0 have signed" in one.text for one in found.proposals)
    assert any("not loaded" in f.detail for f in found.findings)
