"""What none of our fonts has is refused when a card is checked, not drawn as empty boxes."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from bot import cards
from bot.cards.errors import CardError
from bot.model import Brand, CardKind, CardSpec, Look
from tests.cards.layout.styles import make_root

LOOK = Look(Brand("Ash"), "FreeTheRiver")
UNCOVERED = {
    "Egyptian hieroglyphs": "𓀀𓂀𓃠",
    "cuneiform": "𒀀𒁀𒂀",
    "Vai": "ꕙꔤ ꕉꕜꕮ",
    "Linear B": "𐀀𐀁𐀂",
    "Mongolian": "ᠮᠣᠩᠭᠣᠯ",
    "a private character": "logo \ue123",
    "Cuneiform within a word": "abc𒀀def",
    "an unassigned character": "soon \U0001fbff\u0378",
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a root."""
    return make_root(tmp_path_factory.mktemp("root"))


@pytest.mark.parametrize("style", cards.styles(Path()))
@pytest.mark.parametrize("script", UNCOVERED)
def test_an_uncovered_script_is_refused(script: str, style: str, root: Path) -> None:
    """The refusal names the field, the character and its code point, and says what to do."""
    text = UNCOVERED[script]
    spec = CardSpec(CardKind.POSTER, "en", {"headline": text}, LOOK, style=style)
    first = next(char for char in text if ord(char) > 0x7F)
    problem = cards.check(spec, root)
    assert problem is not None
    assert "headline" in problem
    assert first in problem
    assert f"U+{ord(first):04X}" in problem
    assert unicodedata.name(first, "") in problem
    for what_to_do in ("leave it out", "card: none", "image:"):
        assert what_to_do in problem
    for draw in (cards.card_name, cards.draw, cards.render):
        with pytest.raises(CardError, match="no font has"):
            draw(spec, root)


def test_every_field_is_looked_at(root: Path) -> None:
    """Also the smallest line of a card, and the names that stand on all cards of a campaign."""
    words = {"headline": "News", "kicker": "𒀀"}
    small = CardSpec(CardKind.POSTER, "en", words, LOOK)
    brand = CardSpec(CardKind.POSTER, "en", {"headline": "News"}, Look(Brand("A 𒀀"), "Ash"))
    tag = CardSpec(CardKind.POSTER, "en", {"headline": "News"}, Look(Brand("Ash"), "ꕙꔤ"))
    for spec in (small, brand, tag):
        assert "no font has" in str(cards.check(spec, root))


UNSEEN = ("\x1b", "\u200b", "\u202e", "\u200d\ufe0f", "\ufdd0", "\u3164", "\ufff9\u2069")
ALONE = (
    "\u0301",
    "\u064b",
    "\u05b0",
    "\u0e34",
    "\u3099",
    "\u093f",
    "\u20dd",
    "🏽",
    "🇬",
    "\u0301" * 99,
)


@pytest.mark.parametrize("style", cards.styles(Path()))
def test_words_that_cannot_be_seen_are_no_words(style: str, root: Path) -> None:
    """A headline of controls alone is asked for; another field of them is as good as empty."""
    for unseen in UNSEEN:
        only = CardSpec(CardKind.POSTER, "en", {"headline": unseen}, LOOK, style=style)
        assert "needs its headline" in str(cards.check(only, root)), ascii(unseen)
        words = {"headline": "News", "body": unseen, "kicker": unseen}
        beside = CardSpec(CardKind.POSTER, "en", words, LOOK, style=style)
        assert cards.check(beside, root) is None, ascii(unseen)


@pytest.mark.parametrize("style", cards.styles(Path()))
def test_marks_without_letters_are_drawn_or_refused(style: str, root: Path) -> None:
    """Half of a character is no reason to fall over, wherever it stands."""
    for alone in ALONE:
        for words in ({"headline": alone}, {"headline": "News", "body": alone, "kicker": alone}):
            spec = CardSpec(CardKind.POSTER, "en", words, LOOK, style=style)
            if "no font has" not in str(cards.check(spec, root)):
                assert cards.draw(spec, root), ascii(alone)
