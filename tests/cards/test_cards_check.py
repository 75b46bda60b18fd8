"""What is refused before anything is drawn, and that the reason helps."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from bot import cards
from bot.cards.layout import lay_out
from bot.cards.scene import Words
from bot.model import CardKind, CardSpec, Look
from tests.cards.examples import BRAND, EXAMPLES, LOOK, PLAIN, ROOT, card

MAIN_WORDS = {
    CardKind.QUOTE: "quote",
    CardKind.PETITION: "headline",
    CardKind.EVENT: "headline",
    CardKind.STATISTIC: "figure",
    CardKind.LETTER: "headline",
    CardKind.ANNOUNCEMENT: "headline",
    CardKind.PHOTO: "headline",
    CardKind.POSTER: "headline",
}


@pytest.mark.parametrize("spec", EXAMPLES.values(), ids=EXAMPLES)
def test_examples_pass(spec: CardSpec) -> None:
    """Cards as campaigns write them are not refused."""
    assert cards.check(spec, ROOT) is None


@pytest.mark.parametrize("kind", list(MAIN_WORDS))
def test_too_long_tells_how_much_to_cut(kind: CardKind, root: Path) -> None:
    """Cutting what the refusal names is enough, and no more than a word less would do."""
    field = MAIN_WORDS[kind]
    text = "A very long text goes on and on. " * 60
    spec = _with_image(replace(card(kind), words={field: text.strip()}), root)
    with pytest.raises(cards.TooLongError) as caught:
        cards.card_name(spec, root)
    error = caught.value
    assert (error.field, error.length) == (field, len(text.strip()))
    assert str(error.cut) in (cards.check(spec, root) or "")
    kept = text.strip()[: -error.cut].strip()
    shorter = replace(spec, words={**spec.words, field: kept})
    assert cards.check(shorter, root) is None
    longer = replace(spec, words={**spec.words, field: text.strip()[: -error.cut + 12]})
    assert cards.check(longer, root) is not None


def test_character_without_a_glyph_is_named() -> None:
    """Nobody gets an empty box in place of a character: a script nobody covers is refused."""
    reason = cards.check(card(CardKind.ANNOUNCEMENT, headline="Sum 𓀀 of it"), ROOT)
    assert reason is not None
    assert "U+13000" in reason
    assert "card: none" in reason


def _with_image(spec: CardSpec, root: Path) -> CardSpec:
    if spec.kind is not CardKind.PHOTO:
        return spec
    Image.new("RGB", (1200, 800), "#335577").save(root / "images/photo.jpg")
    return replace(spec, image=Path("images/photo.jpg"))


@pytest.mark.parametrize("kind", list(CardKind))
def test_missing_words_are_named(kind: CardKind) -> None:
    """A card without its main words says which setting is missing."""
    reason = cards.check(card(kind), ROOT)
    assert reason is not None
    assert f"`{MAIN_WORDS[kind]}:`" in reason


def test_link_is_printed_whole_or_refused() -> None:
    """Half an address leads nowhere: one that fits no line is refused with the surplus."""
    long = "example.org/" + "a" * 40
    look = Look(BRAND, "FreeAssangeNOW", f"https://www.{long}/")
    scene = lay_out(card(CardKind.ANNOUNCEMENT, look=look, headline="Sign"), ROOT)
    shown = [i for i in scene.items if isinstance(i, Words) and i.field == "link"]
    assert "".join(line.text for words in shown for line in words.block.lines) == long
    endless = replace(look, link="https://example.org/" + "a" * 200)
    reason = cards.check(card(CardKind.ANNOUNCEMENT, look=endless, headline="Sign"), ROOT)
    assert reason is not None
    assert "link is too long" in reason


def test_missing_logo_is_named(root: Path) -> None:
    """A logo that is not there is told by its path, before anything is drawn."""
    look = replace(LOOK, brand=replace(BRAND, logo=Path("images/logos/gone.png")))
    reason = cards.check(card(CardKind.ANNOUNCEMENT, look=look, headline="Sign"), root)
    assert reason == "there is no picture images/logos/gone.png"


def test_damaged_logo_is_named(root: Path) -> None:
    """A logo that is no picture is a plain refusal, not a traceback."""
    (root / "images/logos/bad.png").write_bytes(b"\x89PNG\r\n\x1a\nnot really")
    look = replace(LOOK, brand=replace(BRAND, logo=Path("images/logos/bad.png")))
    reason = cards.check(card(CardKind.ANNOUNCEMENT, look=look, headline="Sign"), root)
    assert reason is not None
    assert "images/logos/bad.png" in reason


def test_asset_outside_the_root_is_refused(root: Path) -> None:
    """A brand cannot make the program read files elsewhere."""
    look = replace(LOOK, brand=replace(PLAIN, logo=Path("../../etc/hostname")))
    reason = cards.check(card(CardKind.ANNOUNCEMENT, look=look, headline="Sign"), root)
    assert reason is not None


def test_impossible_size_is_refused() -> None:
    """A size that no layout fits is refused with the sizes that do."""
    spec = replace(EXAMPLES["quote"], width=100_000)
    assert "480 to 2400" in (cards.check(spec, ROOT) or "")
