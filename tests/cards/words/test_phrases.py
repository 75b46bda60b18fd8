"""Phrases: each language says the same, with the same gaps."""

from __future__ import annotations

import string
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import regex
from babel.localedata import locale_identifiers

from bot.cards.words import alt_text, fields, when
from bot.cards.words.locales import locale_of
from bot.cards.words.phrases import LANGUAGES, phrase, phrases, spoken
from bot.cards.words.wording import quotation_marks
from bot.model import CardKind
from tests.cards.examples import card
from tests.cards.words.examples import EXAMPLES

PARIS = ZoneInfo("Europe/Paris")
TAGS = sorted(path.stem for path in LANGUAGES.glob("*.yaml"))


def gaps(wording: str) -> set[str]:
    """The placeholders of a wording."""
    return {name for _, name, _, _ in string.Formatter().parse(wording) if name is not None}


def wordings(tag: str, name: str) -> dict[str, str]:
    """A phrase's wordings by plural category; one that has but one has it as `other`."""
    found = phrases(tag)[name]
    return {"other": found} if isinstance(found, str) else dict(found)


def test_there_are_as_many_languages_as_promised() -> None:
    """Those named in docs/reference.md, and some more."""
    promised = "en es pt fr de it nl pl cs sv tr ru uk el ar fa he hi bn ur zh-Hans zh-Hant ja ko"
    assert {*promised.split(), "id", "vi", "th"} <= set(TAGS)
    assert set(TAGS) == set(EXAMPLES)


@pytest.mark.parametrize("tag", TAGS)
def test_each_language_has_each_phrase_with_its_gaps(tag: str) -> None:
    """A translation can neither lose a figure nor ask for one that is not given."""
    assert phrases(tag).keys() == phrases("en").keys()
    for name in phrases("en"):
        expected = gaps(wordings("en", name)["other"])
        for wording in wordings(tag, name).values():
            assert gaps(wording) == expected, (tag, name)
            assert wording.strip() or name == "stop"


@pytest.mark.parametrize("tag", TAGS)
def test_plural_forms_are_the_languages_own(tag: str) -> None:
    """A form that CLDR does not know there would never be said."""
    locale = locale_of(tag)
    assert locale.language == tag.split("-")[0]
    for name in phrases(tag):
        forms = wordings(tag, name)
        assert "other" in forms
        assert set(forms) <= {*locale.plural_form.tags, "other"}, (tag, name)


@pytest.mark.parametrize("tag", TAGS)
def test_standing_and_dates_read_as_people_write_them(tag: str) -> None:
    """Figures, dates and hours are in the language's own form, in the Gregorian calendar."""
    standing, evening, tour = EXAMPLES[tag]
    petition = card(CardKind.PETITION, tag, goal=50_000, count=31_416, as_of=date(2022, 2, 15))
    assert standing in alt_text(petition, 1000)
    starts = datetime(2027, 2, 25, 18, tzinfo=PARIS)
    ends = datetime(2027, 2, 25, 20, 30, tzinfo=PARIS)
    assert when(card(CardKind.EVENT, tag, starts=starts, ends=ends)) == evening
    last = datetime(2027, 3, 2, tzinfo=PARIS)
    first = starts.replace(hour=0)
    assert when(card(CardKind.EVENT, tag, starts=first, ends=last, all_day=True)) == tour


@pytest.mark.parametrize(
    ("language", "number", "said"),
    [
        ("en", 1, "1 signature"),
        ("en", 2, "2 signatures"),
        ("es", 1_000_000, "1.000.000 de firmas"),
        ("fr", 0, "0 signature"),
        ("pl", 22, "22 podpisy"),
        ("pl", 25, "25 podpisów"),
        ("ru", 21, "21 подпись"),
        ("ru", 22, "22 подписи"),
        ("ru", 25, "25 подписей"),
        ("ro", 20, "20 de semnături"),
        ("ja", 1, "1筆の署名"),
    ],
)
def test_nouns_follow_their_number(language: str, number: int, said: str) -> None:
    """No "1 signatures", in any of the ways that languages count."""
    shown = f"{number:,}".replace(",", "." if language == "es" else ",")
    assert phrase(language, "counted", number, count=shown) == said


@pytest.mark.parametrize(
    ("language", "tag"),
    [
        ("en-GB", "en"),
        ("pt_BR", "pt"),
        ("zh", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("zh-TW", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zh-Hant-HK", "zh-Hant"),
        ("no", "nb"),
        ("iw", "he"),
        ("sw", "en"),
        ("x-nonsense", "en"),
        ("", "en"),
    ],
)
def test_the_nearest_language_speaks(language: str, tag: str) -> None:
    """A region says what its language says; a language that is not there says English."""
    assert spoken(language) == tag


def test_a_language_without_phrases_has_english_figures_in_them() -> None:
    """No phrase mixes two languages; the date of an event is still in its own."""
    petition = card(CardKind.PETITION, "sw", goal=50_000, count=31_416, as_of=date(2022, 2, 15))
    assert fields(petition)["day"] == "as of February 15, 2022"
    event = card(CardKind.EVENT, "sw", starts=datetime(2027, 2, 25, tzinfo=PARIS), all_day=True)
    assert when(event) == "Alhamisi, 25 Februari 2027"


def test_months_stay_in_their_language_after_hebrew() -> None:
    """Babel 2.18 gives months that stand alone in the language of another locale (issue 1234)."""
    starts = datetime(2027, 2, 25, tzinfo=PARIS)
    for language, month in (
        ("he", "פברואר"),
        ("hi", "फ़रवरी"),
        ("de", "Februar"),
        ("ru", "февраля"),
    ):
        spec = card(CardKind.EVENT, language, starts=starts, all_day=True)
        assert fields(spec)["month"] == month


def test_every_locale_can_say_a_date_and_a_standing() -> None:
    """Whatever language a campaign writes in, its cards have their dates and figures."""
    starts = datetime(2027, 2, 25, 9, 30, tzinfo=PARIS)
    for name in locale_identifiers():
        for ends in (None, starts.replace(hour=15), starts.replace(month=3)):
            event = card(CardKind.EVENT, name, starts=starts, ends=ends, places=("A", "B", "C"))
            assert fields(event)["when"], name
            assert alt_text(event, 1000), name
        petition = card(CardKind.PETITION, name, goal=9, count=7, as_of=date(2022, 2, 15))
        assert {"standing", "day", "percent", "count", "goal"} <= fields(petition).keys(), name


@pytest.mark.parametrize("tag", TAGS)
def test_quotation_marks_are_a_pair_without_blanks(tag: str) -> None:
    """A template may set the opening mark alone, in large."""
    opening, closing = quotation_marks(tag)
    assert regex.fullmatch(r"[\p{Pi}\p{Pf}\p{Ps}\p{Pe}]", opening), tag
    assert regex.fullmatch(r"[\p{Pi}\p{Pf}\p{Ps}\p{Pe}]", closing), tag
