"""Words on any picture can be read, and the picture loses no more than that takes."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFilter

from bot.cards import colour
from bot.cards.canvas import full
from bot.cards.colour import RGB
from bot.cards.photos import grounds
from bot.cards.photos.grounds import measured
from bot.cards.scene import Box, Photo, Scene
from bot.model import Brand
from tests.cards.canvas.scenes import LIBRARY
from tests.cards.examples import scratch_root
from tests.cards.photos import pictures

SIZE = (600, 340)
BOX = Box(0, 0, *SIZE)
WORDS = (Box(40, 170, 380, 60), Box(40, 250, 200, 30))
DARK = Brand("x", background="#14161b", ink="#f7f2e8", accent="#ff5a3c")
LIGHT = Brand("x", background="#fdf6e3", ink="#1d3557", accent="#2a9d8f")
GREY = Brand("x", background="#767676", ink="#767676", accent="#767676")
BRIGHT: RGB = (190, 190, 180)
CHANNEL = st.integers(0, 255)
COLOUR: st.SearchStrategy[RGB] = st.tuples(CHANNEL, CHANNEL, CHANNEL)


def stripes() -> Image.Image:
    """Make a picture that no ink can be read on: dark stripes, and at x = 30 a bright one."""
    image = Image.new("RGB", SIZE, (20, 24, 30))
    for x in range(20, SIZE[0], 40):
        image.paste(BRIGHT, (x, 0, x + 20, SIZE[1]))
    return image


def seen_at(root: Path, path: Path, found: grounds.PhotoGround) -> Image.Image:
    """Draw a picture as it was found that it must be shown."""
    photo = Photo(path, BOX, None, 0.0, found.blurred, found.scrim)
    drawn = Scene(SIZE[0], SIZE[1], colour.BLACK, (photo,))
    return full.paint(drawn, root, LIBRARY)


def held(root: Path, image: Image.Image, brand: Brand, shape: str) -> grounds.PhotoGround:
    """Measure a picture; then hold what is shown under the words against the brand's ink."""
    path = pictures.put(root, image)
    found = measured(root, path, None, BOX, WORDS, brand, shape)
    ink = colour.on(brand, found.grounds).ink
    shown = seen_at(root, path, found)
    seen = sorted(
        colour.luminance(pixel)
        for box in WORDS
        for x in range(int(box.x), int(box.x + box.width), 3)
        for y in range(int(box.y), int(box.y + box.height), 3)
        for pixel in (cast("RGB", shown.getpixel((x, y))),)
    )
    of_ink = colour.luminance(ink) + 0.05
    for share in (0.02, 0.98):
        ground = seen[round(share * (len(seen) - 1))] + 0.05
        # A scrim's shares of 255 and the grid that was looked at cost a little.
        assert max(of_ink / ground, ground / of_ink) >= colour.TEXT * 0.96
    return found


@settings(max_examples=12)
@given(st.lists(COLOUR, min_size=1, max_size=5))
@example([colour.BLACK, colour.WHITE])
def test_words_on_any_picture_can_be_read(colours: list[RGB]) -> None:
    """Whatever its colours: 4.5:1 against the darkest and the lightest under the words."""
    with scratch_root() as root:
        for brand in (DARK, LIGHT, GREY):
            for shape in ("even", "fade"):
                held(root, pictures.mosaic(SIZE, colours), brand, shape)


@pytest.mark.parametrize("brand", [DARK, LIGHT, GREY])
def test_words_on_a_crowd_can_be_read(brand: Brand, root: Path) -> None:
    """The same on a picture of much detail and all tones, which is blurred under an even scrim."""
    crowd = Image.effect_noise(SIZE, 120).convert("RGB")
    assert held(root, crowd, brand, "even").blurred
    assert not held(root, crowd, brand, "fade").blurred


def test_a_calm_dark_picture_needs_no_scrim(root: Path) -> None:
    """What can be read on is left as it is."""
    night = Image.new("RGB", SIZE, (18, 24, 40)).filter(ImageFilter.GaussianBlur(1))
    found = held(root, night, DARK, "even")
    assert found.scrim is None
    assert not found.blurred


def test_the_scrim_is_the_smallest() -> None:
    """One step less, and the words could not be read."""
    with scratch_root() as root:
        path = pictures.put(root, stripes())
        found = measured(root, path, None, BOX, WORDS, DARK, "even")
        assert found.scrim is not None
        ink = colour.parse(DARK.ink)
        less = colour.mix(BRIGHT, found.scrim.colour, found.scrim.strength - 1 / 64)
        assert colour.contrast(ink, found.grounds[1]) >= colour.TEXT > colour.contrast(ink, less)


def test_a_light_brand_lightens_a_light_picture(root: Path) -> None:
    """Dark words on a veil of paper, where that takes less away than darkening it all."""
    sky = Image.new("RGB", SIZE, (205, 220, 235))
    found = held(root, sky, LIGHT, "even")
    ink = colour.on(LIGHT, found.grounds).ink
    assert found.scrim is None
    assert colour.luminance(ink) < 0.1


def test_a_fading_scrim_leaves_the_upper_part_alone(root: Path) -> None:
    """It rises above the words and is at full strength where they begin."""
    path = pictures.put(root, stripes())
    found = measured(root, path, None, BOX, WORDS, DARK, "fade")
    assert found.scrim is not None
    assert 0 < found.scrim.fade_from < WORDS[0].y / SIZE[1]
    shown = seen_at(root, path, found)
    column = [cast("RGB", shown.getpixel((30, y))) for y in range(SIZE[1])]
    assert column[0] == BRIGHT
    assert len(set(column[int(WORDS[0].y) + 2 :])) == 1
    assert column == sorted(column, reverse=True)


def test_words_at_the_top_get_an_even_scrim(root: Path) -> None:
    """Where a fading scrim has no room to rise, it would not be there for the words."""
    path = pictures.put(root, stripes())
    found = measured(root, path, None, BOX, (Box(40, 20, 300, 50),), DARK, "fade")
    assert found.scrim is not None
    assert found.scrim.fade_from == 0


def test_without_words_a_picture_is_left_alone(root: Path) -> None:
    """Nothing stands on it: no scrim and no blur, but its tones are known."""
    path = pictures.put(root, Image.effect_noise(SIZE, 120).convert("RGB"))
    found = measured(root, path, None, BOX, (), DARK, "even")
    assert found.scrim is None
    assert not found.blurred
    assert colour.luminance(found.grounds[0]) < colour.luminance(found.grounds[1])


def test_a_calm_corner_is_known_by_itself(root: Path) -> None:
    """What stands there may keep colours that would not do on the rest."""
    image = Image.new("RGB", SIZE, (230, 230, 230))
    image.paste((20, 20, 20), (0, 0, 200, SIZE[1]))
    photo = Photo(pictures.put(root, image), BOX)
    corner = grounds.grounds_at(root, photo, Box(10, 10, 100, 100), DARK)
    assert corner == ((20, 20, 20), (20, 20, 20))
    assert grounds.grounds_at(root, photo, Box(150, 10, 100, 100), DARK) == (
        (20, 20, 20),
        (230, 230, 230),
    )


def test_drawings_are_told_from_photos(root: Path) -> None:
    """A picture of few colours is flat."""
    drawing = pictures.put(root, pictures.mosaic(SIZE, [(1, 2, 3), (200, 10, 20)]), "images/a.png")
    photo = pictures.put(root, Image.radial_gradient("L").resize(SIZE).convert("RGB"))
    assert measured(root, drawing, None, BOX, WORDS, DARK, "even").flat
    assert not measured(root, photo, None, BOX, WORDS, DARK, "even").flat
