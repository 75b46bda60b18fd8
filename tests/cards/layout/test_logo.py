"""A logo can be seen on every card, whatever it is drawn for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from bot import cards
from bot.cards import colour
from bot.cards.layout import lay_out
from bot.cards.scene import Logo, Scene, Shape
from bot.model import Look
from tests.cards.layout.styles import BRAND, make_root, poster

PATH = Path("images/logos/other.png")


def with_logo(root: Path, ink: tuple[int, int, int, int], style: str) -> Scene:
    """Lay a poster out with a logo that is a disc on nothing."""
    logo = Image.new("RGBA", (300, 300))
    ImageDraw.Draw(logo).ellipse((10, 10, 290, 290), fill=ink)
    logo.save(root / PATH)
    look = Look(replace(BRAND, logo=PATH), "FreeTheRiver")
    return lay_out(poster("Rivers remember", style, look=look), root)


@pytest.mark.parametrize("style", ["broadside", "gazette", "placard"])
@pytest.mark.parametrize("ink", [(255, 255, 255, 255), (8, 8, 10, 255), (255, 90, 60, 255)])
def test_a_logo_stands_out(tmp_path: Path, style: str, ink: tuple[int, int, int, int]) -> None:
    """White, black or coloured: it stands on a colour that it can be told from."""
    scene = with_logo(make_root(tmp_path), ink, style)
    (logo,) = (item for item in scene.items if isinstance(item, Logo))
    assert logo.on is not None
    assert colour.contrast(ink[:3], logo.on) > 1.6


def test_a_lost_logo_has_a_plate_in_its_own_place(tmp_path: Path) -> None:
    """Only where it would not be seen, and the layout stays as it was."""
    root = make_root(tmp_path)
    lost, seen = (with_logo(root, (level, level, level, 255), "gazette") for level in (255, 8))
    (small,) = (item for item in lost.items if isinstance(item, Logo))
    (plain,) = (item for item in seen.items if isinstance(item, Logo))
    plate = lost.items[lost.items.index(small) - 1]
    assert isinstance(plate, Shape)
    assert (plate.box, plate.colour) == (plain.box, small.on)
    assert small.box.width < plate.box.width
    assert len(lost.items) == len(seen.items) + 1


def test_a_logo_without_anything_in_it_is_told(tmp_path: Path) -> None:
    """A file that is transparent all over is a mistake that its owner can mend."""
    root = make_root(tmp_path)
    Image.new("RGBA", (300, 300)).save(root / PATH)
    look = Look(replace(BRAND, logo=PATH))
    told = cards.check(poster("Rivers remember", "gazette", look=look), root)
    assert told == f"{PATH} shows nothing: it is transparent all over"
