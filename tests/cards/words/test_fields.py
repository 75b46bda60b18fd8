"""The words of a card by name: the author's, and those made of its figures and dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards.words import fields, places, recipients, share_reached, unquoted, when
from bot.model import CardKind, CardSpec, Look
from tests.cards.examples import BRAND, LINKED, LONDON, card
from tests.cards.words.test_phrases import TAGS

PETITION = card(
    CardKind.PETITION,
    headline="Release him",
    target="Home Secretary",
    goal=50_000,
    count=31_416,
    as_of=date(2022, 2, 15),
)
EVENING = card(
    CardKind.EVENT,
    "en-GB",
    headline="Come",
    starts=datetime(2027, 2, 25, 18, tzinfo=LONDON),
    ends=datetime(2027, 2, 25, 20, 30, tzinfo=LONDON),
    places=("Leeds", "York", "Hull"),
)


def test_a_petitions_words() -> None:
    """What stands beside its bar, each figure also alone."""
    assert fields(PETITION) == {
        "headline": "Release him",
        "target": "Home Secretary",
        "petition": "Petition",
        "standing": "31,416 of 50,000 signatures",
        "day": "as of February 15, 2022",
        "count": "31,416",
        "goal": "50,000",
        "percent": "62%",
        "name": "Free Assange Now",
        "hashtag": "#FreeAssangeNOW",
    }
    assert share_reached(PETITION) == pytest.approx(0.62832)


def test_an_events_words() -> None:
    """One line for all, and the parts of a calendar's leaf."""
    found = fields(EVENING)
    assert found["when"] == "Thursday, 25 February 2027, 18:00–20:30 GMT"
    assert [found[name] for name in ("weekday", "day_number", "month", "year", "hour")] == [
        "Thursday",
        "25",
        "February",
        "2027",
        "18:00–20:30 GMT",
    ]
    assert found["places"] == "Leeds, York and Hull"
    assert places(EVENING) == ("Leeds", "York", "Hull")


def test_other_kinds_words() -> None:
    """Source, addressees, credit and quotation marks, in the card's language."""
    source = fields(card(CardKind.STATISTIC, "fr", figure="175", source="Reuters"))
    assert source["source_line"] == "Source\u00a0: Reuters"
    letter = card(CardKind.LETTER, "de", headline="H", to="Frau Bär; Herr Wolf", salutation="S,")
    assert fields(letter)["to_line"] == "An: Frau Bär; Herr Wolf"
    assert fields(letter)["letter"] == "Brief"
    assert recipients(letter) == ("Frau Bär", "Herr Wolf")
    photo = card(CardKind.PHOTO, "ja", headline="H", credit="山田", image=Path("a.jpg"))
    assert fields(photo)["credit_line"] == "写真：山田"
    quote = fields(card(CardKind.QUOTE, "de", quote="„Nie wieder“"))
    assert [quote[name] for name in ("open_quote", "quote", "close_quote")] == [
        "„",
        "Nie wieder",
        "“",
    ]


def test_a_printed_link_has_no_scheme() -> None:
    """As people write an address on a poster."""
    spec = card(CardKind.POSTER, look=LINKED, headline="H")
    assert fields(spec)["link"] == "amnesty.org/en/petition"


def test_an_authors_date_replaces_all_made_of_the_actions() -> None:
    """A leaf that shows another day than the words would be worse than none."""
    found = fields(replace(EVENING, words={"headline": "Come", "date": "Every Friday"}))
    assert found["when"] == "Every Friday"
    assert not {"weekday", "day_number", "month", "year", "hour"} & found.keys()


def test_an_authors_place_replaces_the_actions() -> None:
    """One place for this message instead of all."""
    spec = replace(EVENING, words={"headline": "Come", "place": "The Guildhall"})
    assert fields(spec)["places"] == "The Guildhall"
    assert places(spec) == ("The Guildhall",)


@pytest.mark.parametrize(
    ("last", "day_number", "month"),
    [
        (datetime(2027, 2, 27, tzinfo=LONDON), "25–27", "February"),
        (datetime(2027, 3, 2, tzinfo=LONDON), None, None),
    ],
)
def test_several_days_are_one_leaf_within_a_month(
    last: datetime, day_number: str | None, month: str | None
) -> None:
    """Across months only the line with both says it truly."""
    found = fields(replace(EVENING, ends=last, all_day=True))
    assert (found.get("day_number"), found.get("month")) == (day_number, month)
    assert "weekday" not in found
    assert "hour" not in found


@pytest.mark.parametrize(
    ("count", "goal", "said"),
    [
        (49_999, 50_000, "99%"),
        (50_000, 50_000, "100%"),
        (75_000, 50_000, "150%"),
        (500, 50_000, "1%"),
        (499, 50_000, None),
        (10**12 - 1, 10**12, "99%"),
        (499_999, 50_000, "999%"),
        (500_000, 50_000, None),
    ],
)
def test_percent_is_never_flattered(count: int, goal: int, said: str | None) -> None:
    """All of it is said when it is all of it; less than one percent, or tenfold, goes without."""
    assert fields(replace(PETITION, count=count, goal=goal)).get("percent") == said


@pytest.mark.parametrize(
    ("language", "said"),
    [("de", "62\u00a0%"), ("tr", "%62"), ("fa", "۶۲٪"), ("bn", "৬২%"), ("ar-EG", "٦٢٪\u061c")],
)
def test_percent_in_other_languages(language: str, said: str) -> None:
    """Sign, blank and digits are the language's."""
    assert fields(replace(PETITION, language=language))["percent"] == said


@pytest.mark.parametrize(
    "spec",
    [replace(PETITION, count=None), replace(PETITION, count=0), replace(PETITION, as_of=None)],
)
def test_a_count_without_its_day_is_not_said(spec: CardSpec) -> None:
    """Never "0 of 50,000", and never a count whose day nobody knows."""
    found = fields(spec)
    assert found["standing"] == "Goal: 50,000 signatures"
    assert not {"count", "percent", "day"} & found.keys()
    assert share_reached(spec) is None


def test_a_goal_that_is_passed_is_said_so() -> None:
    """More signatures than the goal do not read as a fraction of it; the bar is full."""
    spec = replace(PETITION, count=51_000)
    assert fields(spec)["standing"] == "51,000 signatures, past the goal of 50,000"
    assert share_reached(spec) == 1.0


@pytest.mark.parametrize(
    ("language", "starts", "ends", "said"),
    [
        (
            "fr",
            datetime(2022, 2, 25, 18, tzinfo=LONDON),
            datetime(2022, 2, 25, 20, 30, tzinfo=UTC),
            "Vendredi 25 février 2022, 18:00\u2009–\u200920:30 GMT",
        ),
        (
            "pt",
            datetime(2022, 2, 25, 18, 30, tzinfo=ZoneInfo("Asia/Kolkata")),
            None,
            "Sexta-feira, 25 de fevereiro de 2022, 18:30 UTC+5:30",
        ),
        (
            "en",
            datetime(2022, 2, 25, 9, tzinfo=ZoneInfo("America/New_York")),
            datetime(2022, 2, 25, 12, tzinfo=ZoneInfo("America/New_York")),
            "Friday, February 25, 2022, 9:00\u202fAM\u2009–\u200912:00\u202fPM EST",
        ),
        (
            "en-GB",
            datetime(2022, 2, 25, 22, tzinfo=LONDON),
            datetime(2022, 2, 26, 2, tzinfo=LONDON),
            "Friday, 25 February 2022, 22:00–02:00 GMT",
        ),
        (
            "en-GB",
            datetime(2022, 2, 25, 10, tzinfo=LONDON),
            datetime(2022, 2, 26, 16, tzinfo=LONDON),
            "25–26 February 2022, 10:00 GMT",
        ),
        (
            "de",
            datetime(2026, 3, 28, 22, tzinfo=ZoneInfo("Europe/Berlin")),
            datetime(2026, 3, 29, 4, tzinfo=ZoneInfo("Europe/Berlin")),
            "Samstag, 28. März 2026, 22:00\u00a0MEZ\u2009– 04:00\u00a0MESZ",
        ),
        (
            "en-US",
            datetime(2026, 10, 31, 22, tzinfo=ZoneInfo("America/New_York")),
            datetime(2026, 11, 1, 4, tzinfo=ZoneInfo("America/New_York")),
            "Saturday, October 31, 2026, 10:00\u202fPM\u00a0EDT\u2009– 4:00\u202fAM\u00a0EST",
        ),
        (
            "zh-TW",
            datetime(2022, 2, 25, 9, tzinfo=ZoneInfo("Asia/Taipei")),
            datetime(2022, 2, 25, 14, tzinfo=ZoneInfo("Asia/Taipei")),
            "2022年2月25日 星期五 上午9:00至下午2:00 UTC+8",
        ),
        (
            "ar-EG",
            datetime(2022, 2, 25, 18, tzinfo=ZoneInfo("Africa/Cairo")),
            None,
            "الجمعة، ٢٥ فبراير ٢٠٢٢، ٦:٠٠ م UTC+2",
        ),
    ],
)
def test_hours_have_their_zone(
    language: str, starts: datetime, ends: datetime | None, said: str
) -> None:
    """From when to when, where it takes place, as the language writes it."""
    assert when(card(CardKind.EVENT, language, starts=starts, ends=ends)) == said


@pytest.mark.parametrize(
    ("quote", "bare"),
    [
        ("“Publish!”", "Publish!"),
        ('"Publish!"', "Publish!"),
        ("「公開せよ」", "公開せよ"),
        ("«\u00a0Publiez\u00a0!\u00a0»", "Publiez\u00a0!"),
        ("He said “no”", "He said “no”"),
        ("“One” and “two”", "“One” and “two”"),
        ("'Tis so", "'Tis so"),
        ("“”", "“”"),
    ],
)
def test_quotation_marks_around_the_whole_are_taken_off(quote: str, bare: str) -> None:
    """A template sets its own marks; those within stay."""
    assert unquoted(quote) == bare


@given(
    kind=st.sampled_from([*CardKind]),
    language=st.sampled_from([*TAGS, "sw", "", "en-"]),
    words=st.dictionaries(
        st.sampled_from(["headline", "quote", "figure", "to", "source", "credit", "date", "place"]),
        st.text(max_size=40),
    ),
    goal=st.none() | st.integers(1, 10**9),
    count=st.none() | st.integers(0, 10**9),
    starts=st.none() | st.datetimes(timezones=st.just(UTC)),
    ends=st.none() | st.datetimes(timezones=st.just(UTC)),
)
def test_any_words_give_fields_without_an_empty_one(
    kind: CardKind,
    language: str,
    words: dict[str, str],
    goal: int | None,
    count: int | None,
    starts: datetime | None,
    ends: datetime | None,
) -> None:
    """Whatever was written, a template can tell by a name whether there is something to show."""
    spec = CardSpec(
        kind, language, words, Look(BRAND), goal, count, date(2022, 2, 15), starts, ends
    )
    found = fields(spec)
    assert all(text and text == text.strip() for text in found.values())
    assert all(recipients(spec)) and all(places(spec))
