"""What is refused before anything is drawn, and that the reason helps."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import cards
from bot.model import CardKind, CardSpec, Look
from tests.cards.examples import BRAND, EXAMPLES, LOOK, PLAIN, ROOT, card

LETTERS = st.characters(
    codec="utf-8", min_codepoint=0x20, max_codepoint=0x17F, exclude_categories=("Cc", "Cf")
)
MAIN_WORDS = {
    CardKind.QUOTE: "quote",
    CardKind.PETITION: "headline",
    CardKind.EVENT: "headline",
    CardKind.STATISTIC: "figure",
    CardKind.ANNOUNCEMENT: "headline",
}


@pytest.mark.parametrize("spec", EXAMPLES.values(), ids=EXAMPLES)
def test_examples_pass(spec: CardSpec) -> None:
    """Cards as campaigns write them are not refused."""
    assert cards.check(spec, ROOT) is None


@given(
    st.sampled_from(list(CardKind)),
    st.one_of(
        st.text(LETTERS, min_size=1, max_size=600),
        st.lists(st.text("abcdeghijlmnorstuäéñ", min_size=1, max_size=14), min_size=1).map(
            " ".join
        ),
    ),
)
def test_any_latin_text_is_drawn_or_refused(kind: CardKind, text: str) -> None:
    """No Latin text makes an exception; a long one is told how much to cut, and that is true."""
    field = MAIN_WORDS[kind]
    spec = replace(card(kind), words={field: text})
    reason = cards.check(spec, ROOT)
    if reason is None:
        sheet = cards.layout(spec, ROOT)
        assert all(line.box[2] <= 1200 * 0.94 + 4 for line in sheet.lines)
        return
    assert field in reason
    if "too long" not in reason:
        assert "no words left" in reason or "needs its" in reason
        return
    with pytest.raises(cards.TooLongError) as caught:
        cards.layout(spec, ROOT, draft=True)
    error = caught.value
    assert error.field == field
    assert 0 < error.cut <= len(text)
    assert str(error.cut) in reason
    if kept := text[: len(text) - error.cut].strip():
        shorter = replace(spec, words={field: kept})
        assert "too long" not in (cards.check(shorter, ROOT) or "")


@given(st.lists(st.text("abcdefgimoptv", min_size=1, max_size=12), min_size=1, max_size=70))
def test_check_and_layout_agree(words: list[str]) -> None:
    """What the quick check lets pass can be laid out, and the other way round."""
    spec = card(CardKind.QUOTE, quote=" ".join(words), attribution="Somebody")
    refused = cards.check(spec, ROOT) is not None
    try:
        sheet = cards.layout(spec, ROOT)
    except cards.CardError:
        assert refused
    else:
        assert not refused
        shown = " ".join(line.text for line in sheet.lines if line.face.name == "serif")
        assert shown.removeprefix("“ ").split() == " ".join(words).split()


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("الحرية لجوليان", "Arabic"),
        ("חופש העיתונות", "Hebrew"),
        ("प्रेस की आज़ादी", "Devanagari"),
        ("เสรีภาพสื่อ", "Thai"),
        ("新聞自由", "Chinese or Japanese"),
        ("언론의 자유", "Korean"),
        ("Free ⵣ", "TIFINAGH"),
    ],
)
def test_scripts_that_would_come_out_wrong_are_refused(text: str, script: str) -> None:
    """Letters that need shaping or a font we lack are refused by name, with a way out."""
    reason = cards.check(card(CardKind.ANNOUNCEMENT, headline=text), ROOT)
    assert reason is not None
    assert script in reason
    assert "card: none" in reason


def test_character_without_a_glyph_is_named() -> None:
    """Nobody gets an empty box in place of a character."""
    reason = cards.check(card(CardKind.ANNOUNCEMENT, headline="Sum ∰ of it"), ROOT)
    assert reason is not None
    assert "U+2230" in reason
    assert "∰" in reason


def test_loose_accent_is_named() -> None:
    """An accent that has no letter of its own with it cannot be placed, and is refused."""
    reason = cards.check(card(CardKind.ANNOUNCEMENT, headline="q\u0303uiet"), ROOT)
    assert reason is not None
    assert "COMBINING TILDE" in reason


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Share 📣 this ✊🏽 now 🇬🇧", "Share this now"),
        ("Step 1️⃣ of 2️⃣", "Step 1 of 2"),
        ("👩‍👩‍👧 Families", "Families"),
        ("© Press™", "© Press™"),
        ("a\u200bb\u00adc", "abc"),
        ("cafe\u0301", "café"),
        ("𝐅𝐫𝐞𝐞 the ﬁrst", "Free the first"),
        ("two\n lines\tof it", "two lines of it"),
    ],
)
def test_emoji_and_invisible_characters_are_left_out(text: str, drawn: str) -> None:
    """The picture drops emoji and what nobody sees; it never shows boxes for them."""
    sheet = cards.layout(card(CardKind.ANNOUNCEMENT, headline=text), ROOT)
    display = [line.text for line in sheet.lines if line.face.name == "display"]
    assert " ".join(display) == drawn


def test_card_of_emoji_alone_is_refused() -> None:
    """Words that leave nothing to draw are refused rather than drawn as an empty card."""
    reason = cards.check(card(CardKind.ANNOUNCEMENT, headline="✊🏽🔥"), ROOT)
    assert reason is not None
    assert "no words left" in reason


@pytest.mark.parametrize("kind", list(CardKind))
def test_missing_words_are_named(kind: CardKind) -> None:
    """A card without its main words says which setting is missing."""
    reason = cards.check(card(kind), ROOT)
    assert reason is not None
    assert f"`{MAIN_WORDS[kind]}:`" in reason


def test_quotation_outside_the_serif_is_set_in_the_sans() -> None:
    """A letter that the serif lacks does not refuse a card that the sans can draw."""
    spec = card(CardKind.QUOTE, quote="Dagiti mannurat Ɨ")
    sheet = cards.layout(spec, ROOT)
    assert any(line.face.name == "display" and "Ɨ" in line.text for line in sheet.lines)


def test_link_is_printed_whole_or_refused() -> None:
    """Half an address leads nowhere: one that fits no line is refused with the surplus."""
    long = "example.org/" + "a" * 40
    look = Look(BRAND, "FreeAssangeNOW", f"https://www.{long}/")
    sheet = cards.layout(card(CardKind.ANNOUNCEMENT, look=look, headline="Sign"), ROOT)
    assert long in [line.text for line in sheet.lines]
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
    assert "the logo images/logos/bad.png" in reason


def test_asset_outside_the_root_is_refused(root: Path) -> None:
    """A brand cannot make the program read files elsewhere."""
    look = replace(LOOK, brand=replace(PLAIN, logo=Path("../../etc/hostname")))
    reason = cards.check(card(CardKind.ANNOUNCEMENT, look=look, headline="Sign"), root)
    assert reason is not None


def test_impossible_size_is_refused() -> None:
    """A size that no layout fits is refused with the sizes that do."""
    spec = replace(EXAMPLES["quote"], width=100_000)
    assert "480 to 2400" in (cards.check(spec, ROOT) or "")
