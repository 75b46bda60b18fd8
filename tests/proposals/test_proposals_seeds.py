"""The five documents that the shipped campaign was made from: what a comms person would draw.

They are used where they lie and are not part of the repository.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from bot.content import load
from bot.content.waiting import put
from bot.content.writing import message_file
from bot.model import Campaign
from bot.proposals.propose import Proposed
from bot.proposing import stem
from bot.text import count_mastodon, count_x
from tests.proposals.samples import SEEDS, proposed, texts

ROOT = Path(__file__).resolve().parents[2]
LETTER, PETITION, CALL, CHANGE, COPY = "000", "001", "002", "003", "004"

pytestmark = pytest.mark.skipif(
    not SEEDS.exists(), reason="the five documents are not beside the repository"
)


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    """The shipped campaign, made from these documents."""
    return load(ROOT).catalog.campaigns["free-assange"]


def document(number: str) -> str:
    """One of the five, by the beginning of its name."""
    (path,) = SEEDS.glob(f"{number}_*.txt")
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def drawn(campaign: Campaign) -> dict[str, Proposed]:
    """What is proposed from each."""
    return {
        number: proposed(document(number), campaign=campaign, today=date(2024, 1, 1))
        for number in (LETTER, PETITION, CALL, CHANGE, COPY)
    }


@pytest.mark.parametrize(
    ("number", "title", "organisation", "day"),
    [
        (LETTER, "President Biden, drop the charges against Assange!", "", None),
        (PETITION, "How can I help Julian Assange", "Amnesty International", None),
        (
            CALL,
            "Julian Assange must be free!",
            "International Peoples' Assembly",
            date(2022, 2, 15),
        ),
        (CHANGE, "UK Home Secretary must release Julian Assange from London prison", "", None),
        (COPY, "USA must drop charges against Julian Assange", "", None),
    ],
)
def test_what_each_says_of_itself(
    drawn: dict[str, Proposed], number: str, title: str, organisation: str, day: date | None
) -> None:
    """Title, organisation and day, where they are written; nothing is guessed where not."""
    about = drawn[number].about
    assert (about.title, about.organisation, about.published) == (title, organisation, day)


@pytest.mark.parametrize(
    ("number", "action", "words"),
    [
        (LETTER, "letter-us", "Raise your voice!\n\nJoin the campaign by sending a letter to"),
        (LETTER, "letter-us", "That's why we say:\n\nBiden, drop the charges!"),
        (LETTER, "letter-us", "Several UN representatives have already warned"),
        (PETITION, "petition-us", "Now demand from the US Attorney General: Drop all charges"),
        (PETITION, "petition-us", "Amnesty International firmly rejects the extradition"),
        (PETITION, "petition-us", "must not be punished. This is investigative journalism."),
        (PETITION, "petition-us", "This undermined his right to be presumed innocent. He could"),
        (CALL, "protest", "Take to the streets with us on Friday February 25, 2022. Protest"),
        (CALL, "protest", "Protests are already planned in front of USA embassies in Brazil"),
        (CALL, "letter-embassy", "Sign this letter drafted by the IPA and send it to your local"),
        (CALL, "letter-embassy", "No to extradition!\n\nFree Assange Now!"),
        (CALL, "letter-embassy", "Nils Melzer, UN Special Rapporteur on torture and other cruel"),
        (CALL, "follow", "Follow the social media accounts of the IPA"),
        (CALL, "share", "Help us get the word out about why we must #FreeAssangeNOW!"),
        (CALL, "tribunal", "Can't take to the streets on Friday? Register to participate"),
        (CHANGE, "petition-uk", "from London prison\n\nLet’s get to 50,000!"),
        (CHANGE, "petition-uk", "-- it's time to free Julian Assange!"),
        (CHANGE, "petition-uk", "the public’s right to know what is done in their name"),
        (CHANGE, "petition-uk", "nevertheless denied Julian bail. He is still being held"),
        (COPY, "petition-us-2020", "Protect the right to freedom of expression. Urge the US"),
        (COPY, "petition-us-2020", "Amnesty International strongly opposes any possibility"),
        (COPY, None, "nothing short of a full-scale assault on the right to freedom"),
    ],
)
def test_what_a_comms_person_would_draw_is_drawn(
    drawn: dict[str, Proposed], number: str, action: str | None, words: str
) -> None:
    """Calls with all that belongs to them, stands taken, and the strong sentences; their action."""
    (one,) = [p for p in drawn[number].proposals if words in p.text]
    assert one.action == action


@pytest.mark.parametrize(
    ("number", "figure", "label"),
    [
        (LETTER, "more than twelve years", "Julian Assange has faced relentless persecution"),
        (LETTER, "up to 175 years", "he could face up to 175 years in prison"),
        (CALL, "more than ten years", "journalist and Wikileaks co-founder Julian Assange"),
        (CALL, "175 years", "together carry a total maximum prison sentence of 175 years"),
        (CHANGE, "175 years", "Julian faces a potential sentence of 175 years"),
    ],
)
def test_their_figures_become_statistics(
    drawn: dict[str, Proposed], number: str, figure: str, label: str
) -> None:
    """Figure and label as the document has them, with the document as source."""
    cards = [p.card for p in drawn[number].proposals if p.card.get("figure") == figure]
    assert [card["label"].startswith(label) for card in cards] == [True]
    assert drawn[number].about.title in cards[0]["source"]


def test_the_day_of_action_ends_what_is_said_of_it(drawn: dict[str, Proposed]) -> None:
    """25 February 2022, also where only `Friday` is written."""
    until = {p.action: p.true_until for p in drawn[CALL].proposals if p.true_until}
    assert until == {"protest": date(2022, 2, 25), "tribunal": date(2022, 2, 25)}


@pytest.mark.parametrize(
    "words",
    ["0 have signed", "posted on", "caio", "????", "Add your information", "please let us know",
     "DO NOT send", "as in bold above", "Salutation", "ACTION COPY"],
)  # fmt: skip
def test_what_belongs_to_the_page_is_in_no_text(drawn: dict[str, Proposed], words: str) -> None:
    """Counters not loaded, bylines, forms, what is written for organisers."""
    assert not any(words in text for found in drawn.values() for text in texts(found))


def test_the_organisers_lines_are_shown(drawn: dict[str, Proposed]) -> None:
    """To whom, how to address them, and what not to do."""
    notes = {f.detail: f.text for f in drawn[COPY].findings if f.kind == "note"}
    assert notes["target"] == "United States Attorney General William P. Barr"
    assert notes["salutation"] == "Mr. Attorney General"
    assert "DO NOT" in notes["caution"]


def test_every_paragraph_stands_in_its_document(drawn: dict[str, Proposed]) -> None:
    """To the letter, but for markup, white space and the break of a page."""
    for number, found in drawn.items():
        source = " ".join(_without_markup(document(number)))
        for text in texts(found):
            for paragraph in text.split("\n\n"):
                assert " ".join(paragraph.split()) in source


def _without_markup(text: str) -> Iterator[str]:
    for word in text.replace("**", "").replace("\\", "").replace("(#)", "").split():
        if word != "---":
            yield word.replace("[", "").replace("]", "")


def test_every_proposal_is_a_sound_submission(drawn: dict[str, Proposed], tmp_path: Path) -> None:
    """Written down and read back without a problem, and within the limits with all it carries."""
    home = tmp_path / "content/free-assange"
    home.mkdir(parents=True)
    shipped = ROOT / "content/free-assange/campaign.yaml"
    (home / "campaign.yaml").write_bytes(shipped.read_bytes())
    (tmp_path / "schedules.yaml").write_bytes((ROOT / "schedules.yaml").read_bytes())
    (tmp_path / "images/logos").mkdir(parents=True)
    (tmp_path / "images/logos/free-assange.png").write_bytes(
        (ROOT / "images/logos/free-assange.png").read_bytes()
    )
    for found in drawn.values():
        for one in found.proposals:
            text = message_file(one.head(), one.text, one.comments("seed.txt"))
            put(tmp_path, "free-assange", stem(one), text)
            for network, length, limit in found.lengths(one):
                assert 0 < length <= limit, (network, one.text)
            assert one.networks or count_x(one.text).valid
            assert count_mastodon(one.text).valid
    loaded = load(tmp_path, waiting=True)
    assert [str(p) for p in loaded.problems if "waiting" in p.path] == []
    assert len(loaded.waiting) == sum(len(found.proposals) for found in drawn.values())


@pytest.mark.parametrize("number", [LETTER, PETITION, CALL, CHANGE, COPY])
def test_a_web_page_of_it_says_the_same(
    drawn: dict[str, Proposed], campaign: Campaign, number: str
) -> None:
    """As HTML, between a menu, a banner and a footer, it gives the same proposals."""
    title = drawn[number].about.title
    page = (
        f"<!doctype html><title>{title}</title><nav><a href='/'>Sign in to all</a></nav>"
        "<div class='cookie-banner'>Accept all of our cookies now, please!</div>"
        f"<article>{MarkdownIt().render(document(number))}</article>"
        "<footer>Follow us on all of our channels now!</footer>"
    )
    found = proposed(page, name="page.html", campaign=campaign, today=date(2024, 1, 1))
    assert sorted(texts(found)) == sorted(texts(drawn[number]))
