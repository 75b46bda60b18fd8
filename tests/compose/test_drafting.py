"""A draft's picture and its alt text: whose words they are, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from bot.jobs.drafting import Drafter
from bot.model import CardKind, CardWords, Catalog, Draft, Limits, Message, Refusal
from bot.networks.base import DEFAULT_LIMITS
from tests.compose.examples import CAMPAIGN, MASTO, message

NOW = datetime(2022, 2, 21, 9, tzinfo=UTC)
PHOTO = CardWords(
    CardKind.PHOTO, {"headline": "We are still here"}, image=Path("images/photos/vigil.jpg")
)


def draft(root: Path, said: Message, **limits: int) -> Draft | Refusal:
    """Make a draft of a message, without drawing."""
    (root / "images/photos").mkdir(parents=True, exist_ok=True)
    Image.linear_gradient("L").resize((1600, 900)).convert("RGB").save(
        root / "images/photos/vigil.jpg"
    )
    catalog = Catalog(
        zone=ZoneInfo("UTC"),
        accounts={MASTO.name: MASTO},
        schedules=(),
        campaigns={CAMPAIGN.id: CAMPAIGN},
        messages={said.id: said},
    )
    allowed: Limits = replace(DEFAULT_LIMITS[MASTO.network], **limits)
    return Drafter(root, catalog, {MASTO.name: allowed}, draw=False)(said, MASTO, 0, NOW)


def alt_of(made: Draft | Refusal) -> str:
    """The alt text of a draft that has a picture."""
    assert isinstance(made, Draft), made
    assert made.picture is not None
    return made.picture.alt


def test_a_cards_alt_text_is_made_of_its_words(tmp_path: Path) -> None:
    """Nobody has to type what the card says."""
    said = message("Text.", card=CardWords(CardKind.POSTER, {"headline": "Free him"}))
    assert alt_of(draft(tmp_path, said)) == "Free him."


def test_an_authors_alt_text_replaces_it(tmp_path: Path) -> None:
    """Whoever says it better may."""
    card = CardWords(CardKind.POSTER, {"headline": "Free him"})
    assert alt_of(draft(tmp_path, message("Text.", card=card, alt="My own."))) == "My own."


def test_a_photos_description_goes_before_the_words_on_it(tmp_path: Path) -> None:
    """Both are told: what is to be seen, and what is to be read."""
    said = message("Text.", card=PHOTO, alt="Candles on a bridge")
    assert alt_of(draft(tmp_path, said)) == "Candles on a bridge. We are still here."


def test_a_photo_that_nobody_described_is_refused(tmp_path: Path) -> None:
    """The words on it do not say what it shows."""
    made = draft(tmp_path, message("Text.", card=PHOTO))
    assert isinstance(made, Refusal)
    assert made.reason.startswith("its picture: it has no alt text")


@pytest.mark.parametrize("card", [PHOTO, CardWords(CardKind.POSTER, {"headline": "Free him"})])
def test_an_authors_alt_text_is_never_cut(tmp_path: Path, card: CardWords) -> None:
    """A person wrote it, and a person shortens it."""
    made = draft(tmp_path, message("Text.", card=card, alt="A" * 51), alt_characters=50)
    assert made == Refusal("its picture: its alt text has 51 characters of 50")


def test_a_made_alt_text_is_cut_to_the_limit(tmp_path: Path) -> None:
    """The card's own words are told as far as the network takes them."""
    card = CardWords(CardKind.POSTER, {"headline": "Free him", "body": "Today and every day."})
    made = "Free him. Today and…"
    assert alt_of(draft(tmp_path, message("Text.", card=card), alt_characters=20)) == made
