"""Submissions lie beside the messages, are checked like them, and nothing posts them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content import ContentError, load
from bot.content.waiting import put, slug
from tests.content.repo import Repo


def test_a_submission_is_read_like_a_message_and_is_none(repo: Repo) -> None:
    """It can be shown, counted and drawn, while nothing can draw it for posting."""
    path = put(repo.root, "water", "vigil", "---\napproval: required\n---\nTonight.\n")
    assert path == Path("content/water/waiting/vigil.md")
    loaded = load(repo.root, waiting=True)
    assert loaded.waiting["water/vigil"].text == "Tonight."
    assert loaded.waiting["water/vigil"].needs_approval
    assert "water/vigil" not in loaded.catalog.messages
    assert not load(repo.root).waiting


def test_a_name_that_is_taken_gets_a_number(repo: Repo) -> None:
    """Neither a submission nor a message of the same name is ever written over."""
    repo.message("vigil", "The first.")
    assert put(repo.root, "water", "vigil", "a").name == "vigil-2.md"
    assert put(repo.root, "water", "vigil", "b").name == "vigil-3.md"
    assert (repo.root / "content/water/waiting/vigil-2.md").read_text() == "a"


def test_a_submission_for_no_campaign_is_refused(repo: Repo) -> None:
    """A typo must not make a folder that nobody looks at."""
    with pytest.raises(ContentError, match="no campaign fire"):
        put(repo.root, "fire", "x", "y")


def test_the_same_words_as_a_message_are_told(repo: Repo) -> None:
    """The reviewer hears that this was said, and the message is not blamed for it."""
    put(repo.root, "water", "again", "Water is a right.\n")
    problems = [p for p in load(repo.root, waiting=True).problems if p.severity == "error"]
    assert [p.path for p in problems] == ["content/water/waiting/again.md"]
    assert "the words of water/first" in problems[0].text


def test_a_foreign_link_and_a_name_wait_for_the_reviewers_word(repo: Repo) -> None:
    """Where a link leads and who is called are for a person to allow, in the file itself."""
    text = "Read https://news.example/a says @someone.\n"
    put(repo.root, "water", "a", f"---\napproval: required\n---\n{text}")
    said = [p.text for p in load(repo.root, waiting=True).errors]
    assert len(said) == 2
    assert 'a link to "news.example"' in said[0] + said[1]
    assert 'calls "@someone"; if it may, write "mentions: allowed"' in said
    put(
        repo.root, "water", "b",
        f"---\napproval: required\nallow_links: news.example\nmentions: allowed\n---\n{text}",
    )  # fmt: skip
    assert not [p for p in load(repo.root, waiting=True).errors if p.path.endswith("/b.md")][1:]


def test_the_teams_own_mention_is_a_warning(repo: Repo) -> None:
    """The team may call people, and is reminded that these will be notified."""
    repo.message("new", "Thank you @ally@social.example!")
    (problem,) = load(repo.root).problems
    assert (problem.line, problem.column, problem.severity) == (1, 11, "warning")
    assert 'calls "@ally@social.example"' in problem.text


@pytest.mark.parametrize(
    ("words", "stem"),
    [
        ("día 8 — póster (final) (2)", "dia-8-poster-final-2"),
        ("  ", "untitled"),
        ("../../etc/passwd", "etc-passwd"),
        ("Приходите в пятницу", "приходите-в-пятницу"),
        ("हिन्दी में", "हिन्दी-में"),
        ("a" * 200, "a" * 60),
    ],
)
def test_names_for_files(words: str, stem: str) -> None:
    """A file's name can be typed, sorted and shown anywhere, and keeps to its folder."""
    assert slug(words) == stem
