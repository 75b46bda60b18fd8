"""Contrast and line breaking: the rules that make a card readable."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.cards import colour, fonts, ground, wrap
from bot.cards.fit import Room, fill
from bot.model import Brand
from tests.cards.examples import PLAIN, ROOT

COLOURS = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")
DISPLAY = fonts.face(fonts.folder_of(ROOT), "display")


@given(COLOURS, COLOURS, COLOURS)
def test_any_brand_can_be_read(background: str, ink: str, accent: str) -> None:
    """Whatever colours a campaign chooses, words reach AA (4.5:1) and shapes 3:1."""
    found = colour.palette(Brand("x", background, ink, accent))
    for words in (found.ink, found.muted, found.accent):
        assert colour.contrast(words, found.ground) >= 4.5
    assert colour.contrast(found.fill, found.ground) >= 3
    assert colour.contrast(found.on_fill, found.fill) >= 4.5


def test_readable_brand_keeps_its_colours() -> None:
    """Colours that pass are used as they were chosen."""
    found = colour.palette(Brand("x", "#14161b", "#f7f2e8", "#ff5a3c"))
    assert (found.ink, found.accent, found.fill) == (
        (0xF7, 0xF2, 0xE8),
        (0xFF, 0x5A, 0x3C),
        (0xFF, 0x5A, 0x3C),
    )


def test_contrast_is_wcags() -> None:
    """The ratio is the one of WCAG 2.2: 21:1 for black on white, 4.48:1 for #777 on white."""
    assert colour.contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert colour.contrast((0x77, 0x77, 0x77), (255, 255, 255)) == pytest.approx(4.48, abs=0.005)


@settings(max_examples=25)
@given(st.lists(st.tuples(*[st.integers(0, 255)] * 3), min_size=4, max_size=12), COLOURS, COLOURS)
def test_words_can_be_read_on_any_picture(
    tones: list[tuple[int, int, int]], background: str, ink: str
) -> None:
    """On a picture at least 95 % of what may lie under the words leaves them at 4.5:1."""
    image = Image.new("RGB", (len(tones), 1))
    image.putdata(tones)
    scene = ground._Scene(image, True, tuple((1, tone) for tone in tones))
    brand = Brand("x", background, ink, "#ff5a3c")
    plain = colour.parse(background)
    share, found = ground._veil(scene, brand, plain)
    under = [colour.mix(tone, plain, share) for tone in tones]
    readable = [tone for tone in under if colour.contrast(found.ink, tone) >= 4.5]
    assert len(readable) >= 0.95 * len(under)


def test_photo_gets_a_veil(tmp_path: Path) -> None:
    """A bright photo under light ink is darkened, and its brightest parts can be written on."""
    Image.radial_gradient("L").resize((1600, 900)).convert("RGB").save(tmp_path / "p.jpg")
    brand = Brand("x", "#14161b", "#f7f2e8", "#ff5a3c", picture=Path("p.jpg"))
    under, found = ground.ground(tmp_path, brand, (1200, 675))
    assert not under.tones
    lightest = max(colour.luminance((v, v, v)) for v in under.image.convert("L").tobytes())
    assert (colour.luminance(found.ink) + 0.05) / (lightest + 0.05) >= 4.2


def test_shipped_background_needs_no_veil() -> None:
    """The shipped brand is used as drawn: its own ink and accent pass on it."""
    brand = Brand(
        "x", "#14161b", "#f7f2e8", "#ff5a3c", picture=Path("images/backgrounds/free-assange.png")
    )
    under, found = ground.ground(ROOT, brand, (1200, 675))
    assert found.ink == colour.parse(brand.ink)
    assert found.accent == colour.parse(brand.accent)
    assert under.tones[0] == colour.parse(brand.background)


@given(
    st.lists(st.text("abcdefgiлжωñé.,-", min_size=1, max_size=10), min_size=1, max_size=40),
    st.floats(400, 1100),
    st.floats(120, 500),
)
def test_filled_text_stays_in_its_room(words: list[str], width: float, height: float) -> None:
    """Whatever is set is within its box, complete and in order."""
    text = " ".join(words)
    block = fill(text, DISPLAY, Room(width, height, 30, 150, 1.08))
    if block is None:
        return
    assert 30 <= block.size <= 150
    assert block.height <= height + 1
    assert max(DISPLAY.width(line) for line in block.lines) * block.size <= width + 1
    together = "".join(block.lines).replace(" ", "").replace("\u00a0", "")
    assert together == text.replace(" ", "")


def test_last_line_is_no_orphan() -> None:
    """A short last word is not left alone on its line."""
    text = "They put him in prison for it"
    pieces = wrap.pieces_of(text, DISPLAY)
    lines = wrap.paragraph(pieces, DISPLAY.width("They put him in prison for"))
    assert len(lines) == 2
    assert len(lines[-1].split()) > 1


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Est-ce vrai ?", "vrai\u00a0?"),
        ("Il a dit : non", "dit\u00a0:"),
        ("« Non »", "«\u00a0Non\u00a0»"),
        ("peace – now", "peace\u00a0–"),
        ("Dear Mr. Biden", "Mr.\u00a0Biden"),
    ],
)
def test_marks_stay_with_their_word(text: str, kept: str) -> None:
    """French spacing does not send a question mark to the next line."""
    assert kept in wrap.pieces_of(text, DISPLAY).texts


def test_words_break_after_hyphens_but_numbers_do_not() -> None:
    """`Saint-Étienne` may be broken, `2022-02-25` may not."""
    texts = wrap.pieces_of("Saint-Étienne 2022-02-25", DISPLAY).texts
    assert texts == ("Saint-", "Étienne", "2022-02-25")


def test_pairs_are_kerned() -> None:
    """Kerning comes from our own tables, on every machine: `AV` stands closer than A and V."""
    alone = DISPLAY.width("A") + DISPLAY.width("V")
    assert DISPLAY.width("AV") < alone - 0.02


def test_muted_text_is_quieter_where_contrast_allows() -> None:
    """Secondary words are softer than the main ones on a brand with contrast to spare."""
    found = colour.palette(replace(PLAIN))
    assert colour.contrast(found.muted, found.ground) < colour.contrast(found.ink, found.ground)
