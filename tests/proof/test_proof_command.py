"""`bot plan --html`: as a person runs it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.world import bot, make_root
from tests.proof.reading import Reading

SPAN = ("--from", "2026-07-06", "--days", "3")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small campaign; one message with a card of its own words."""
    return make_root(
        tmp_path,
        {
            "a.md": "---\ncard: none\n---\nWe meet at eight. Bring <b>soup</b>. #RentStrike",
            "b.md": "---\naction: sign\ncard: {kind: announcement, headline: Go}\n---\nSign.",
            "c.md": "---\ncard: none\nnetworks: [mastodon]\n---\nFor the fediverse, for once.",
        },
    )


def test_it_writes_one_page(root: Path) -> None:
    """With every post of the plan, cards drawn; says what it wrote; makes no ledger."""
    done = bot(root, "plan", *SPAN, "--html", "proof.html")
    assert "proof.html: proof sheet" in done.stdout
    assert "5 posts, 7 left out" in done.stdout
    page = (root / "proof.html").read_text(encoding="utf-8")
    read = Reading(page)
    assert len(read.all("section", class_="post")) == 5
    assert "Bring &lt;b&gt;soup&lt;/b&gt;." in page
    assert len(read.all("img", class_="card")) == 2
    assert "content/rent-strike/messages/b.md" in page
    assert not (root / "data").exists()


def test_an_earlier_sheet_is_replaced_and_a_problem_is_on_the_new_one(root: Path) -> None:
    """The same name each week; what a person must mend is on the page, too."""
    (root / "proof.html").write_text("of last week")
    (root / "content/rent-strike/messages/d.md").write_text("---\nacton: sign\n---\nText of d.")
    (root / "content/rent-strike/messages/e.md").write_text("x" * 600)
    done = bot(root, "plan", *SPAN, "--html", "proof.html")
    assert "d.md:2:1: unknown setting" in done.stderr
    page = (root / "proof.html").read_text(encoding="utf-8")
    refused = [e.text for e in Reading(page).all("li", class_="refused")]
    assert any("d.md:2:1: unknown setting" in text for text in refused)
    assert any("e.md:1:1: on x-main: its text counts 600 of 280" in text for text in refused)


def test_standard_output_carries_the_page_and_nothing_else(root: Path) -> None:
    """For a pipe into a mail program."""
    done = bot(root, "plan", *SPAN, "--html", "-")
    assert done.stdout.startswith("<!doctype html>")
    assert done.stdout.rstrip().endswith("</html>")
    assert "proof sheet" in done.stderr


def test_a_stop_switch_is_told(root: Path) -> None:
    """Of what lies ahead; a look back at a past week is not held by today's."""
    bot(root, "pause", "--account", "x-main", "--why", "verdict expected")
    ahead = bot(root, "plan", "--days", "3", "--html", "-").stdout
    assert "account x-main is paused by" in ahead
    assert "verdict expected" in ahead
    assert (
        "verdict expected"
        not in bot(root, "plan", "--from", "2022-07-06", "--days", "3", "--html", "-").stdout
    )
    (root / "PAUSE").touch()
    assert "the file PAUSE is there" in bot(root, "plan", "--days", "3", "--html", "-").stdout


def test_without_cards_the_page_says_so(root: Path) -> None:
    """`--no-cards` is quick; in the place of each picture stands that it is not drawn."""
    bot(root, "plan", *SPAN, "--no-cards", "--html", "proof.html")
    page = (root / "proof.html").read_text(encoding="utf-8")
    assert page.count("not drawn: there is no images/cards/") == 3  # on two posts, and summed up


def test_a_card_that_cannot_be_drawn_says_why_in_its_place(root: Path) -> None:
    """The words go out without it; whoever approves must see that."""
    campaign = root / "content/rent-strike/campaign.yaml"
    long = campaign.read_text().replace("Freeze the rents", "Freeze the rents " * 60)
    campaign.write_text(long)
    message = root / "content/rent-strike/messages/b.md"
    message.write_text("---\naction: sign\n---\nPut your name to it.")
    bot(root, "plan", *SPAN, "--html", "proof.html")
    read = Reading((root / "proof.html").read_text(encoding="utf-8"))
    reasons = [e.text for e in read.all("p", class_="nocard")]
    assert len(reasons) == 2
    assert all(reason.startswith("goes without a card: ") for reason in reasons)
    assert len(read.all("li", class_="warning")) == 1


@pytest.mark.parametrize(
    ("file", "why"),
    [
        ("no/such/folder/proof.html", "there is no folder no/such/folder"),
        ("content", "content is a folder: name a file in it, e.g. content/proof.html"),
        ("schedules.yaml/proof.html", "there is no folder schedules.yaml"),
        ("n" * 300 + ".html", "cannot be written: File name too long"),
    ],
)
def test_where_nothing_can_be_written_it_says_so_in_a_sentence(
    root: Path, file: str, why: str
) -> None:
    """One line, a code that scripts see, and no traceback."""
    done = bot(root, "plan", *SPAN, "--html", file, check=False)
    assert done.returncode == 1
    assert why in done.stderr
    assert done.stderr.startswith("bot: ")
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux's full disk")
def test_a_full_disk_is_told(root: Path) -> None:
    """What is found out only while writing ends in the same kind of sentence."""
    done = bot(root, "plan", *SPAN, "--html", "/dev/full", check=False)
    why = "bot: /dev/full cannot be written: No space left on device\n"
    assert (done.returncode, done.stderr, done.stdout) == (1, why, "")


def test_two_answers_at_once_are_refused(root: Path) -> None:
    """A page and a JSON document do not fit into one output."""
    done = bot(root, "plan", "--html", "-", "--json", check=False)
    assert done.returncode == 1
    assert done.stderr == "bot: --html and --json are two answers: ask for one at a time\n"
