"""Quotations and whose they are."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given

from bot.proposals.proposal import ProposalKind
from bot.proposals.quotations import quotations
from bot.proposals.speakers import speaker_of
from bot.proposals.words import vocabulary
from tests.proposals.samples import PROSE, proposed


def quoted(text: str) -> list[str]:
    """The words between the outermost marks."""
    return [text[q.start : q.end] for q in quotations(text)[0]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Free him,” she said.", ["Free him,"]),
        ("Er sagte: „Lasst ihn frei.“ Dann ging er.", ["Lasst ihn frei."]),
        ("Il dit : « Libérez-le » et partit.", ["Libérez-le"]),
        ("»Frei«, sagte sie, und «libre», dijo.", ["Frei", "libre"]),
        ('He said "no" and "yes".', ["no", "yes"]),
        ("‘It’s the journalists’ turn,’ he said.", ["It’s the journalists’ turn,"]),
        ("„Er sagte ‚nie‘ und «nie» zu mir“, sagt sie.", ["Er sagte ‚nie‘ und «nie» zu mir"]),
        ("“He said ‘never’ to me,” she said.", ["He said ‘never’ to me,"]),
        ("Assange's lawyers' right, the '90s, ’tis so.", []),
        ("journalists’ right to do their jobs", []),
        ("She wrote “open and left. Then “closed” came.", ["closed"]),
        ("“”", []),
    ],
)
def test_marks_of_all_kinds_are_paired(text: str, expected: list[str]) -> None:
    """Nested marks belong to the outer quotation; apostrophes are none."""
    assert quoted(text) == expected


def test_a_mark_that_nothing_closes_is_told() -> None:
    """What is quoted there cannot be known, so nothing is."""
    assert quotations("She said “go on.") == ([], [9])
    found = proposed(
        "Report of the day\n\nThe council said “we will not stop now.\n\nStop the rents!"
    )
    assert any("not closed" in warning for warning in found.warnings)


def test_a_mark_that_may_be_an_apostrophe_is_doubtful() -> None:
    """`the journalists’ said` is both; a later mark that can only close settles it."""
    (found,) = quotations("‘the journalists’ said nobody")[0]
    assert found.doubtful
    (found,) = quotations("‘the journalists’ right to know’")[0]
    assert not found.doubtful
    assert found.end == 31


@given(PROSE)
def test_quotations_are_apart_and_between_their_marks(text: str) -> None:
    """Any text: spans in order, without overlap, marks outside, white space trimmed."""
    found, unclosed = quotations(text)
    assert all(a.end < b.start for a, b in itertools.pairwise(found))
    for q in found:
        assert text[q.start : q.end].strip() == text[q.start : q.end] != ""
        assert (text[q.opened], text[q.closed]) == (q.opening, q.closing)
        assert not (text[q.opened + 1 : q.start] + text[q.end : q.closed]).strip()
    assert all(text[at] in '“”„‟«»‹›‚"「『' for at in unclosed)


@pytest.mark.parametrize("mark", ["“", '"', "„“", "«„“‚", "'", "a”", '"a ', "‘a’s "])
def test_a_hundred_thousand_marks_take_no_time(mark: str) -> None:
    """Linear: ten times the marks, about ten times the time, and seconds at most."""
    start = time.process_time()
    quotations(mark * (100_000 // len(mark)))
    assert time.process_time() - start < 3


@pytest.mark.parametrize(
    ("language", "text", "name", "role"),
    [
        ("en", "“Go,” said Nils Melzer, UN Special Rapporteur on Torture. He left.",
         "Nils Melzer", "UN Special Rapporteur on Torture"),
        ("en", "“Go,” Rebecca Vincent of Reporters Without Borders said.",
         "Rebecca Vincent", "Reporters Without Borders"),
        ("en", "Stella Assange, a lawyer, told the court: “Go.”", "Stella Assange", "lawyer"),
        ("en", "UN Special Rapporteur Nils Melzer warned that it was “torture”.",
         "Nils Melzer", "UN Special Rapporteur"),
        ("en", "According to Human Rights Watch, “it must end”.", "Human Rights Watch", ""),
        ("en", "Dr. James O'Neill of Shelter told us that it was “a shame”.",
         "James O'Neill", "Shelter"),
        ("fr", "« Nous ne partirons pas ! », a prévenu Nicolas Girod, porte-parole des fermes.",
         "Nicolas Girod", "porte-parole des fermes"),
        ("pt", "“Basta”, afirmou o presidente da ABI, Paulo Jeronimo.",
         "Paulo Jeronimo", "presidente da ABI"),
        ("en", "“Go” — John Pilger, journalist and film-maker",
         "John Pilger", "journalist and film-maker"),
        ("de", "„Geht“, sagte der UN-Sonderberichterstatter Nils Melzer.",
         "Nils Melzer", "UN-Sonderberichterstatter"),
        ("es", "«Ya», dijo el presidente Andrés Manuel López Obrador.",
         "Andrés Manuel López Obrador", "presidente"),
        ("es", "Según Irene Khan, relatora especial de la ONU, “es grave”.",
         "Irene Khan", "relatora especial de la ONU"),
        ("fr", "« Il faut partir », a déclaré Antoine Bernard, directeur de RSF.",
         "Antoine Bernard", "directeur de RSF"),
        ("pt", "“Basta”, disse Chico Buarque, escritor.", "Chico Buarque", "escritor"),
        ("it", "«Basta», ha detto Riccardo Noury, portavoce di Amnesty.",
         "Riccardo Noury", "portavoce di Amnesty"),
    ],
)  # fmt: skip
def test_speakers_and_their_roles(language: str, text: str, name: str, role: str) -> None:
    """The ways in which six languages name a speaker."""
    (quote,) = quotations(text)[0][:1]
    speaker = speaker_of(text, quote, vocabulary(language))
    assert speaker is not None
    assert (speaker.name, speaker.role) == (name, role)


@pytest.mark.parametrize(
    "text",
    [
        "“We go on,” she said.",
        "“We go on,” said nobody.",
        "“We go on,” said the president of France.",
        "Signs read “We go on”.",
    ],
)
def test_no_speaker_is_made_up(text: str) -> None:
    """`She said` names nobody: no guess at who is meant."""
    (quote,) = quotations(text)[0]
    assert speaker_of(text, quote, vocabulary("en")) is None
    kinds = [one.kind for one in proposed(f"The rents of our town\n\n{text}").proposals]
    assert ProposalKind.QUOTATION not in kinds


def test_a_quotation_becomes_a_card_and_a_frame() -> None:
    """To the letter, with name and role, in its own marks."""
    text = 'The town meets\n\n"Nobody can pay this," said Ana Berg, director of Homes First.'
    (one,) = proposed(text).proposals
    assert one.text == "Ana Berg, director of Homes First: “Nobody can pay this”"
    assert one.card == {
        "kind": "quote",
        "quote": "Nobody can pay this",
        "attribution": "Ana Berg",
        "role": "director of Homes First",
    }


def test_a_long_quotation_is_cut_between_its_sentences_and_says_so() -> None:
    """Whole sentences from its beginning, as many as there is room for."""
    sentence = "Nobody in this town can pay what the landlords now ask of us every month."
    text = f"The town meets\n\nAna Berg, a lawyer, said: “{' '.join([sentence] * 6)}”"
    (one,) = proposed(text).proposals
    assert sentence in one.text
    assert one.card["quote"] in text
    assert one.card["quote"].endswith("month.")
    assert any("longer quotation" in note for note in one.notes)


def test_a_block_and_the_line_below_it() -> None:
    """Quotations that are set as blocks, in Markdown and in HTML."""
    markdown = "# The town meets here\n\n> We will not pay one cent more.\n> — Ana Berg, lawyer\n"
    html = (
        "<h1>The town meets here</h1><figure><blockquote><p>We will not pay one cent more.</p>"
        "</blockquote><figcaption>— Ana Berg, lawyer</figcaption></figure>"
    )
    for text, name in ((markdown, "a.md"), (html, "a.html")):
        (one,) = proposed(text, name=name).proposals
        assert one.text == "Ana Berg, lawyer: “We will not pay one cent more.”"
