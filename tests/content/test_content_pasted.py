"""Settings pasted from a word processor, and other things that look right to a person."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content import load
from tests.content.test_content_keep import SCHEDULES, repository


@pytest.mark.parametrize(
    ("head", "says"),
    [
        ("language: “en”", "curly quotes"),
        ("card: {kind: quote, quote: “No, never”}", "curly quotes"),
        ("hashtags: «PressFreedom»", "curly quotes"),
        ("language:\u00a0en", "line 2, column 10 is a special blank"),
        ("image: images/x.heic", "export it as JPEG"),
        ("image: phone.jpg", 'did you mean "images/photos/phone.jpg"?'),
        ("language: ar", "add yours to its languages"),
    ],
)
def test_a_message_is_told_what_is_odd(tmp_path: Path, head: str, says: str) -> None:
    """The cause is named, not only the effect."""
    root = repository(tmp_path)
    (root / "images/photos").mkdir(parents=True)
    (root / "images/photos/phone.jpg").write_bytes(b"not looked at here")
    (root / "content/c/messages/b.md").write_text(f"---\n{head}\nalt: A phone\n---\nThe second.")
    errors = [str(p) for p in load(root).errors]
    assert any(says in e and "b.md:" in e for e in errors), errors


def test_curly_quotes_in_a_text_are_just_text(tmp_path: Path) -> None:
    """An author's typography is not a mistake."""
    root = repository(tmp_path)
    (root / "content/c/messages/b.md").write_text("He said: “No, never” and meant it.")
    assert load(root).errors == ()


def test_no_zone_of_the_wrong_sign_is_suggested(tmp_path: Path) -> None:
    """Etc/GMT+1 is an hour behind UTC, which nobody who writes GMT+1 means."""
    root = repository(tmp_path)
    (root / "schedules.yaml").write_text(SCHEDULES.replace("America/New_York", "GMT+1"))
    (error,) = (str(p) for p in load(root).errors)
    assert "write a place, like Europe/Berlin" in error
    assert "Etc" not in error
