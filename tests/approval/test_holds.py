"""Words that are held: what matches waits, and too much is better than too little."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.approval import BadPattern, held_by, read_pattern
from bot.approval.holds import words_of
from bot.model import Action, ActionKind, Brand, Campaign, Hold, Message

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def held(pattern: str, *texts: str) -> bool:
    """Tell whether a text is held by a pattern."""
    return held_by(texts, [Hold(read_pattern(pattern), "Ana", "", NOW)]) is not None


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("verdict", "The VERDICT is near"),
        ("assange", "#FreeAssangeNOW"),
        ("peticion", "Firma la petición"),
        ("Straße", "in der STRASSE"),
        ("high court", "the High\n  Court"),
        ("/verdict|appeal/", "An Appeal was made"),
        (r"/\bact\b/", "the Act of 1917"),
    ],
)
def test_what_matches(pattern: str, text: str) -> None:
    """Case, accents, line breaks and hashtags do not hide a word."""
    assert held(pattern, "other", text)


@pytest.mark.parametrize(
    ("pattern", "text"), [("verdict", "ver dict"), (r"/\bact\b/", "impact"), ("a.b", "acb")]
)
def test_what_does_not(pattern: str, text: str) -> None:
    """A word is no pattern, and a pattern keeps its own bounds."""
    assert not held(pattern, text)


@pytest.mark.parametrize("pattern", ["", "  ", "//", "/(/", "/a*/", "/.*/", "x" * 201])
def test_a_pattern_that_cannot_be_meant_is_refused(pattern: str) -> None:
    """One that holds everything, or nothing, is told at once."""
    with pytest.raises(BadPattern):
        read_pattern(pattern)


def test_an_action_counts_in_the_messages_language() -> None:
    """A word that only another language's card would show does not freeze a message."""
    titles = {"en": "Write to the embassy", "es": "Escribe a la embajada"}
    action = Action("write", ActionKind.LETTER, titles)
    campaign = Campaign("c", {"": "C"}, ("en", "es"), Brand("C"), actions={"write": action})
    message = Message("c/m", "c", "m.md", "Do it.", "en", action="write")
    assert held("embassy", *words_of(message, campaign))
    assert not held("embajada", *words_of(message, campaign))


def test_a_pattern_that_never_ends_holds() -> None:
    """A costly pattern must neither stop the daemon nor let a text slip through."""
    assert held("/^(a|a|aa)+$/", "a" * 60 + "!")
