"""Where sentences end, and where not."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.proposals.sentences import sentences
from bot.proposals.words import LANGUAGES, vocabulary
from tests.proposals.samples import PROSE


def parts(text: str, language: str) -> list[str]:
    """The sentences' words."""
    return [text[span.start : span.end] for span in sentences(text, vocabulary(language))]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Mr. Smith met Dr. No. He left.", ["Mr. Smith met Dr. No.", "He left."]),
        (
            "en",
            "War crimes by the U.S. military. Stop.",
            ["War crimes by the U.S. military.", "Stop."],
        ),
        ("en", "In the U.S. The court said no.", ["In the U.S.", "The court said no."]),
        ("en", "There is no plan B. The court knows.", ["There is no plan B.", "The court knows."]),
        ("en", "Merrick B. Garland signs.", ["Merrick B. Garland signs."]),
        (
            "en",
            "It rose 3.5 % at No. 5 Main St. today.",
            ["It rose 3.5 % at No. 5 Main St. today."],
        ),
        ("en", "Wait … what? Yes… No.", ["Wait … what?", "Yes…", "No."]),
        ("en", "“Stop!” she said. “Now.” He left.", ["“Stop!” she said.", "“Now.”", "He left."]),
        ("en", "In 2010 and 2011. Julian", ["In 2010 and 2011.", "Julian"]),
        ("de", "Am 25. Februar kam Dr. Müller. Gut.", ["Am 25. Februar kam Dr. Müller.", "Gut."]),
        ("de", "Das ist z. B. gut. Ja.", ["Das ist z. B. gut.", "Ja."]),
        ("es", "La Sra. Pérez vino. ¿Por qué? ¡Ya!", ["La Sra. Pérez vino.", "¿Por qué?", "¡Ya!"]),
        ("es", "EE. UU. pide su extradición. No.", ["EE. UU. pide su extradición.", "No."]),
        ("fr", "M. Dupont dit non. Mme Roy aussi.", ["M. Dupont dit non.", "Mme Roy aussi."]),
        (
            "fr",
            "« Non ! », dit-il. « Oui. » Il part.",
            ["« Non ! », dit-il.", "« Oui. »", "Il part."],
        ),
        ("de", "»Nein!« Er ging. »Doch.«", ["»Nein!«", "Er ging.", "»Doch.«"]),
        ("it", "Il sig. Rossi firma. Anche noi.", ["Il sig. Rossi firma.", "Anche noi."]),
        ("pt", "A Dra. Lima assinou. E você?", ["A Dra. Lima assinou.", "E você?"]),
    ],
)
def test_abbreviations_decimals_and_ellipses_end_no_sentence(
    language: str, text: str, expected: list[str]
) -> None:
    """A quotation cut at `Mr.` would be a wrong quotation."""
    assert parts(text, language) == expected


@given(PROSE, st.sampled_from(sorted(LANGUAGES)))
def test_sentences_hold_every_word_once_and_in_order(text: str, language: str) -> None:
    """Nothing is lost, doubled or moved when a text is parted."""
    spans = sentences(text, vocabulary(language))
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    assert "".join("".join(parts(text, language)).split()) == "".join(text.split())
