"""Alt text: says what the card says, in its language, within the limit."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import accumulate
from zoneinfo import ZoneInfo

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from bot.cards import alt_text, wording
from bot.cards.alt import shortened
from bot.model import CardKind, CardSpec
from tests.cards.examples import EXAMPLES, LINKED, LONDON, card

PETITION = card(
    CardKind.PETITION,
    headline="Release him",
    target="Home Secretary",
    goal=50000,
    count=31416,
    as_of=date(2022, 2, 15),
)


@pytest.mark.parametrize("spec", EXAMPLES.values(), ids=EXAMPLES)
def test_alt_text_has_all_the_words(spec: CardSpec) -> None:
    """Who cannot see the card gets each of its words."""
    text = alt_text(spec, 1000)
    for words in (*spec.words.values(), *spec.places):
        assert words.rstrip(".!?") in text
    assert len(text) <= 1000


@pytest.mark.parametrize(
    ("language", "standing"),
    [
        ("en", "31,416 of 50,000 signatures (as of February 15, 2022)."),
        ("en-GB", "31,416 of 50,000 signatures (as of 15 February 2022)."),
        ("es", "31.416 de 50.000 firmas (a 15 de febrero de 2022)."),
        ("pt", "31.416 de 50.000 assinaturas (em 15 de fevereiro de 2022)."),
        ("fr", "31\u202f416 signatures sur 50\u202f000 (au 15 février 2022)."),
        ("de", "31.416 von 50.000 Unterschriften (Stand: 15. Februar 2022)."),
        ("it", "31.416 firme su 50.000 (al 15 febbraio 2022)."),
        ("pl", "31,416 of 50,000 signatures (as of February 15, 2022)."),
    ],
)
def test_figures_and_dates_are_in_the_cards_language(language: str, standing: str) -> None:
    """Counts and dates are written as the language does; no phrase mixes two languages."""
    assert standing in alt_text(replace(PETITION, language=language), 1000)


@pytest.mark.parametrize(
    "spec",
    [
        replace(PETITION, count=None, as_of=None),
        replace(PETITION, count=0),
        replace(PETITION, as_of=None),
    ],
)
def test_a_petition_without_a_dated_count_shows_its_goal(spec: CardSpec) -> None:
    """There is never "0 of 50,000", and never a count whose day nobody knows."""
    assert "Goal: 50,000 signatures." in alt_text(spec, 1000)
    assert " of " not in alt_text(spec, 1000)
    assert wording.share_reached(spec) is None


def test_a_goal_that_is_passed_is_said_so() -> None:
    """More signatures than the goal do not read as a fraction of it."""
    text = alt_text(replace(PETITION, count=51000), 1000)
    assert "51,000 signatures, past the goal of 50,000" in text


@pytest.mark.parametrize(
    ("language", "starts", "ends", "all_day", "said"),
    [
        ("en", datetime(2022, 2, 25, tzinfo=LONDON), None, True, "Friday, February 25, 2022"),
        (
            "es",
            datetime(2022, 2, 15, tzinfo=LONDON),
            datetime(2022, 2, 25, tzinfo=LONDON),
            True,
            "15–25 de febrero de 2022",
        ),
        (
            "en",
            datetime(2022, 2, 2, tzinfo=LONDON),
            datetime(2022, 2, 20, tzinfo=LONDON),
            True,
            "February 2–20, 2022",
        ),
        (
            "fr",
            datetime(2022, 2, 25, tzinfo=LONDON),
            datetime(2022, 3, 1, tzinfo=LONDON),
            True,
            "25 février 2022 – 1 mars 2022",
        ),
        (
            "fr",
            datetime(2022, 2, 25, 18, tzinfo=LONDON),
            datetime(2022, 2, 25, 20, 30, tzinfo=UTC),
            False,
            "Vendredi 25 février 2022, 18:00–20:30 GMT",
        ),
        (
            "pt",
            datetime(2022, 2, 25, 18, 30, tzinfo=ZoneInfo("Asia/Kolkata")),
            None,
            False,
            "Sexta-feira, 25 de fevereiro de 2022, 18:30 UTC+5:30",
        ),
        (
            "ja",
            datetime(2022, 2, 2, tzinfo=LONDON),
            datetime(2022, 2, 20, tzinfo=LONDON),
            True,
            "2022年2月2日 – 2022年2月20日",
        ),
    ],
)
def test_event_dates(
    language: str, starts: datetime, ends: datetime | None, all_day: bool, said: str
) -> None:
    """An event says its days, or its hour with the zone, as its language does."""
    spec = card(
        CardKind.EVENT, language, headline="Come", starts=starts, ends=ends, all_day=all_day
    )
    assert wording.when(spec) == said


def test_dates_of_the_author_come_first() -> None:
    """A date in the card's own words replaces the action's."""
    spec = card(
        CardKind.EVENT,
        headline="Come",
        date="Every Friday",
        starts=datetime(2022, 2, 25, tzinfo=UTC),
        all_day=True,
    )
    assert alt_text(spec, 1000) == "Come. Every Friday."


def test_printed_link_is_in_the_alt_text() -> None:
    """An address that only the picture shows is told to those who cannot see it."""
    spec = card(CardKind.ANNOUNCEMENT, look=LINKED, headline="Sign now!")
    assert alt_text(spec, 1000) == "Sign now! amnesty.org/en/petition."


@pytest.mark.parametrize(
    ("quote", "said"),
    [
        ("“Publish!”", "“Publish!”"),
        ('"Publish!"', "“Publish!”"),
        ("He said “no”", "“He said “no””."),
        ("“One” and “two”", "““One” and “two””."),
    ],
)
def test_quotation_marks_stand_once(quote: str, said: str) -> None:
    """Marks that the author wrote around the quotation are not doubled."""
    assert alt_text(card(CardKind.QUOTE, quote=quote), 1000) == said


@pytest.mark.parametrize(
    ("limit", "short"),
    [
        (200, "One sentence here. And another one, longer than the first."),
        (58, "One sentence here. And another one, longer than the first."),
        (57, "One sentence here. And another one, longer than the…"),
        (34, "One sentence here."),
        (18, "One sentence here."),
        (17, "One sentence…"),
        (3, "On…"),
        (1, "…"),
        (0, ""),
    ],
)
def test_a_long_text_ends_cleanly(limit: int, short: str) -> None:
    """What is cut ends after a sentence or a word, never in the middle of one if it can."""
    text = "One sentence here. And another one, longer than the first."
    assert shortened(text, limit) == short


@given(st.text(), st.integers(0, 300))
def test_limit_is_kept(text: str, limit: int) -> None:
    """Whatever the words are, the alt text is within the limit."""
    spec = card(CardKind.QUOTE, quote=text, attribution=text)
    assert len(alt_text(spec, limit)) <= limit


@given(st.text("ab .,👩‍👧🇬🇧é", max_size=80), st.integers(2, 60))
def test_no_grapheme_is_cut(text: str, limit: int) -> None:
    """A flag or a family is kept whole or left out."""
    short = shortened(text, limit)
    if short != text:
        kept = short.removesuffix("…")
        assert text.startswith(kept)
        ends = accumulate(map(len, regex.findall(r"\X", text)), initial=0)
        assert len(kept) in ends
