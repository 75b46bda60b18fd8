"""What goes wrong on servers and desks: it is told, it heals, and it harms nothing else."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from bot import cards
from bot.cards.typesetting import fonts
from bot.model import CardKind
from tests.cards.examples import BRAND, LOOK, ROOT, card

SPEC = card(CardKind.POSTER, headline="Rivers remember")


@pytest.mark.parametrize("keep", [0.0, 0.5])
def test_a_damaged_copy_is_made_anew(root: Path, keep: float) -> None:
    """A power cut in the middle of a logo's clean copy costs nothing but the time to make it."""
    cards.render(SPEC, root)
    for copy in (root / cards.CARDS).iterdir():
        copy.write_bytes(copy.read_bytes()[: int(copy.stat().st_size * keep)])
    bigger = replace(SPEC, words={"headline": "Rivers remember all"}, height=630)
    data = cards.draw(bigger, root)
    assert data.startswith(b"\x89PNG")


def test_an_emptied_card_is_drawn_again(root: Path) -> None:
    """A file of nothing is not a card, whatever its name says."""
    path = root / cards.render(SPEC, root)
    path.write_bytes(b"")
    assert (root / cards.render(SPEC, root)).stat().st_size > 1000


def test_a_passing_fault_is_not_remembered(root: Path) -> None:
    """When the folder can be written to again, the card that failed is drawn."""
    blocked = root / cards.CARDS
    blocked.write_text("in the way")
    assert "cannot be made" in (cards.check(SPEC, root) or "")
    blocked.unlink()
    assert cards.check(SPEC, root) is None


def test_a_damaged_font_draws_nothing(root: Path) -> None:
    """Cut short, a font would give blank cards under the name of whole ones."""
    folder = root / "images/fonts"
    shutil.copytree(ROOT / fonts.FONTS, folder)
    font = folder / "InterDisplay-ExtraBold.otf"
    font.write_bytes(font.read_bytes()[: font.stat().st_size * 9 // 10])
    assert "is damaged" in (cards.check(SPEC, root) or "")


def test_a_style_that_has_become_wrong_stays_in_force(root: Path) -> None:
    """A half-made save must not silence a daemon; whoever asks is told of the mistake."""
    (root / cards.TEMPLATES).mkdir(parents=True)
    template = root / cards.TEMPLATES / "mine.yaml"
    template.write_text("based_on: broadside\n", encoding="utf-8")
    mine = replace(SPEC, style="mine")
    before = cards.draw(mine, root)
    template.write_text("based_on: broadside\nkinds: {poster: [\n", encoding="utf-8")
    assert cards.check(mine, root) is None
    assert cards.draw(mine, root) == before
    assert cards.problems(root, "mine")


def test_a_kind_that_shows_nothing_is_refused(root: Path) -> None:
    """A card that would be all ground, because its one element is not there, is no card."""
    (root / cards.TEMPLATES).mkdir(parents=True)
    template = root / cards.TEMPLATES / "bare.yaml"
    template.write_text("based_on: broadside\nkinds:\n  poster: {photo: image}\n", encoding="utf-8")
    assert "shows nothing" in (cards.check(replace(SPEC, style="bare"), root) or "")


def test_a_turned_logo_is_as_large_as_it_looks(root: Path) -> None:
    """A phone's JPEG with an orientation is measured the way it is drawn."""
    upright, turned = Path("images/logos/upright.png"), Path("images/logos/turned.jpg")
    wide = Image.new("RGB", (400, 100), "#ff5a3c")
    wide.save(root / upright)
    exif = Image.Exif()
    exif[0x0112] = 6
    wide.transpose(Image.Transpose.ROTATE_90).save(root / turned, exif=exif, quality=95)
    sizes = []
    for logo in (upright, turned):
        look = replace(LOOK, brand=replace(BRAND, logo=logo))
        with Image.open(root / cards.render(replace(SPEC, look=look), root)) as image:
            foot = image.convert("RGB").crop((60, 540, 400, 660))
        counts = foot.getcolors(foot.width * foot.height) or []
        sizes.append(sum(n for n, colour in counts if colour[0] > 200 > colour[1] + 60))  # type: ignore[index,misc] # RGB
    assert sizes[0] > 2000
    assert sizes[1] == pytest.approx(sizes[0], rel=0.1)
