"""From a text to proposals: whose words, how long, for which action, and what is left out."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import NetworkName
from bot.proposals.proposal import FindingKind, ProposalKind
from bot.text import count_mastodon, count_x
from tests.proposals.samples import PROSE, SEEDS, proposed, texts

CALLS = {
    "en": "Sign the petition to freeze the rents in our town!",
    "es": "Firma la petición para congelar los alquileres de la ciudad.",
    "pt": "Assine a petição para congelar os aluguéis da cidade.",
    "fr": "Signez la pétition pour geler les loyers de notre ville.",
    "de": "Unterschreibt die Petition gegen die hohen Mieten der Stadt!",
    "it": "Firma la petizione per bloccare gli affitti della città.",
}


@pytest.mark.parametrize("language", sorted(CALLS))
def test_a_call_in_six_languages_finds_the_petition(language: str) -> None:
    """Imperatives are known in six languages, and the campaign's only petition is what is meant."""
    (one,) = proposed(CALLS[language], language).proposals
    assert one.text == CALLS[language]
    assert (one.kind, one.action, one.language) == (ProposalKind.CALL, "sign", language)


@pytest.mark.parametrize(
    "text",
    [
        "Demand for homes grows every year in our town.",
        "March 2022 was a cold month for all of us here.",
        "Share of rent in incomes is at an all-time high.",
        "Please do not send letters to the landlords of our houses.",
    ],
)
def test_nouns_and_prohibitions_are_no_calls(text: str) -> None:
    """`Demand for`, `March 2022`: written like imperatives, and none."""
    found = proposed(text)
    assert not any(f.kind is FindingKind.CALL for f in found.findings)


def test_no_action_is_made_up() -> None:
    """A letter, where the campaign has none: the call goes without an action."""
    (one,) = proposed("Write a letter to the mayor about the rents today.").proposals
    assert one.action is None
    assert one.link is None


def test_a_calls_own_link_is_taken_where_the_campaign_allows_it() -> None:
    """A link behind a word goes into the settings, one to elsewhere is for the reviewer."""
    page = "[Write a letter](https://{}/a) to the mayor about the rents of our homes."
    (one,) = proposed(page.format("example.org")).proposals
    assert one.link == "https://example.org/a"
    other = proposed(page.format("evil.example"))
    assert other.proposals[0].link is None
    (link,) = [f for f in other.findings if f.kind is FindingKind.LINK]
    assert "evil.example" in link.detail


def test_a_text_with_a_link_to_elsewhere_is_not_proposed() -> None:
    """It would be refused as a message; the reviewer is told where it stands."""
    found = proposed("Sign the petition at https://evil.example/now today, all of you!")
    assert found.proposals == ()
    assert any(w.startswith("line 1") and "evil.example" in w for w in found.warnings)


def test_what_leans_on_another_sentence_is_not_said_alone() -> None:
    """`He has been …` without its `he` says nothing; together they are one proposal."""
    text = "The council has sold the houses on the hill. It never asked those who live there."
    assert texts(proposed(text)) == [text]
    long = " ".join(["They", *["really"] * 30, "never asked the people who live there."])
    assert texts(proposed(f"The council has sold the houses on the hill. {long}")) == [
        "The council has sold the houses on the hill."
    ]


def test_sentences_in_the_first_person_are_the_letters_not_ours() -> None:
    """An organisation does not say `I`."""
    assert texts(proposed("As a tenant, I ask the council to freeze the rents of this town.")) == []


def test_personal_data_is_left_out_and_told() -> None:
    """Neither in a text, nor in what is shown: only that it was there, and in which line."""
    page = (
        "Sign the petition to freeze the rents!\n\n"
        "Call Maria on +44 20 7946 0958 or write to maria.b@example.org today, all of you."
    )
    found = proposed(page)
    shown = " ".join([*texts(found), *(f.text + f.detail for f in found.findings)])
    assert "7946" not in shown
    assert "maria.b" not in shown
    told = [w for w in found.warnings if "left out" in w]
    assert [w.split(": ")[0] for w in told] == ["line 3:15", "line 3:44"]


def test_a_quotation_with_a_telephone_number_is_not_proposed() -> None:
    """Its speaker may have said it; we do not spread it."""
    found = proposed("The town meets\n\n“Call me on 0171 555 01234 today,” said Ana Berg, lawyer.")
    assert found.proposals == ()


def test_half_a_quotation_is_not_proposed_as_our_own_words() -> None:
    """A sentence from inside somebody's words would lose that it is theirs."""
    page = "The town meets\n\n“Nobody in this town can pay. The houses here are ours,” one said."
    assert proposed(page).proposals == ()


def test_a_page_on_something_else_gets_no_action() -> None:
    """That there is but one petition does not make every page a page for it."""
    (one,) = proposed("The whales of the northern seas must be protected from all ships.").proposals
    assert (one.kind, one.action) == (ProposalKind.DEMAND, None)


def test_a_private_person_named_once_is_on_no_list() -> None:
    """Only who has a role, or is named again, is listed as a name."""
    page = "Anna Berg lives in the house on the hill. The lawyer Ben Stone speaks for all tenants."
    names = [f.text for f in proposed(page).findings if f.kind is FindingKind.NAME]
    assert names == ["Ben Stone"]


def test_nothing_is_proposed_twice() -> None:
    """Near repeats within a page, and of what the campaign has already."""
    text = "Sign the petition to freeze the rents in our town now!"
    again = "Sign the petition to freeze the rents in our town today!"
    assert len(proposed(f"{text}\n\nThe town\n\n{again}").proposals) == 1
    found = proposed(text, said={"messages rent-strike/a": again})
    assert (found.proposals, found.repeats) == ((), 1)


def test_what_has_no_room_on_x_is_for_mastodon_and_says_so() -> None:
    """A call of 300 characters is not cut: the reviewer decides."""
    text = f"Sign the petition to freeze the rents in {'this and '.join(['our town, '] * 13)}now!"
    (one,) = proposed(text).proposals
    assert one.networks == (NetworkName.MASTODON,)
    assert "too long for X" in one.notes[0]
    assert one.text == text


def test_a_figure_becomes_a_statistic_with_its_own_words() -> None:
    """The figure, and as label what the page says of it."""
    page = (
        "Homes for all now\n\nFor more than ten years, the tenants of this town have paid too much."
    )
    (one,) = proposed(page).proposals
    assert one.card == {
        "kind": "statistic",
        "figure": "more than ten years",
        "label": "the tenants of this town have paid too much",
        "source": "“Homes for all now”",
    }


@pytest.mark.parametrize("field", ["{count}", "{{name}}", "%%FIRST NAME%%"])
def test_fields_of_a_form_letter_are_not_proposed(field: str) -> None:
    """`{count}` would be a figure of ours in somebody else's sentence."""
    assert proposed(f"More than {field} tenants of this town have signed by now.").proposals == ()


def test_what_is_true_for_a_while_is_noted() -> None:
    """`Still`, `currently`: the reviewer is asked whether it is still so."""
    (one,) = proposed("The houses on the hill are currently being sold to a fund.").proposals
    assert "currently" in one.notes[0]


def test_a_language_without_words_of_ours_says_so() -> None:
    """Only what needs no words is found there."""
    found = proposed("Podepište petici za levné bydlení ve městě!", "cs")
    assert any("cs" in w and "only what needs no words" in w for w in found.warnings)


@settings(max_examples=150)
@given(PROSE, st.sampled_from(["en", "de", "es", "fr", "xx"]))
def test_every_word_is_the_documents(text: str, language: str) -> None:
    """Any text: each proposal's paragraphs stand in it, and have room where they may go."""
    if not text.strip() or "<" in text:
        return
    # Markup is taken off before words are compared: it is no part of them.
    plain = "".join(c for c in text if c.isalnum())
    for one in proposed(f"x {text}", language).proposals:
        if one.kind is ProposalKind.QUOTATION:
            assert "".join(c for c in one.card["quote"] if c.isalnum()) in plain
            continue
        for paragraph in one.text.split("\n\n"):
            assert "".join(c for c in paragraph if c.isalnum()) in f"x{plain}"
        assert count_mastodon(one.text).valid
        assert one.networks or count_x(one.text).length <= 280


HOSTILE = {
    "quotes": "“" * 50_000,
    "straight": '"a ' * 20_000,
    "quoted": "“Free them now please” " * 2_000,
    "names": "Anna Berg " * 6_000,
    "dates": "on 25 February 2022 " * 3_000,
    "abbreviations": "Ab. " * 12_000,
    "brackets": "[" * 60_000,
    "stars": "**a " * 15_000,
    "angles": "<" * 60_000,
    "deep": "<div>" * 50_000 + "Sign now!" + "</div>" * 50_000,
    "lines": "a\n" * 15_000,
}


@pytest.mark.parametrize("kind", sorted(HOSTILE))
def test_hostile_texts_take_seconds_at_most(kind: str) -> None:
    """Linear in size: none of these takes minutes, as some did while this was written."""
    start = time.process_time()
    try:
        proposed(HOSTILE[kind], name="a.html" if kind == "deep" else "a.md")
    except Exception as error:  # noqa: BLE001 # which error does not matter here, that it ends does
        assert "words" in str(error)
    assert time.process_time() - start < 6


@pytest.mark.skipif(not SEEDS.exists(), reason="the five documents are not beside the repository")
def test_a_book_is_looked_through_up_to_a_bound() -> None:
    """2 MB of real prose: the first part of it, in seconds, and it says so."""
    page = "\n\n".join(path.read_text() for path in sorted(SEEDS.glob("*.txt"))) + "\n\n"
    start = time.process_time()
    found = proposed((page * 200)[:2_000_000])
    assert time.process_time() - start < 30
    assert any("long" in w for w in found.warnings)
    assert found.proposals
