"""Scenes become files: few colours or true ones, smooth, small, and the same each time."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat, JpegImagePlugin

from bot.cards import canvas
from bot.cards.canvas import flat, full
from bot.cards.colour import RGB, mix
from bot.cards.errors import CardError
from bot.cards.scene import Box, Item, Logo, Photo, Scene, Scrim, Shape
from tests.cards.canvas.scenes import (
    ACCENT,
    DARK,
    LIBRARY,
    LOGO,
    PAPER,
    bar,
    scene,
    words,
)
from tests.cards.photos import pictures

STEP = 256 / 15
"""One step of an edge between black and white."""
PLAIN: tuple[Item, ...] = (
    words("Publish every discharge into our river within a day"),
    words("Petition", at=(72, 520), size=30, colour=ACCENT, family="plain"),
    bar(Box(72, 480, 1056, 2), (90, 90, 95)),
    bar(Box(72, 560, 500, 24), (60, 62, 66), radius=12),
    bar(Box(72, 560, 300, 24), radius=12),
    bar(Box(900, 540, 240, 60), radius=30),
    words("example.org", at=(940, 556), size=28, colour=DARK, on=ACCENT, family="strong"),
)
SLANTED = Shape(Box(0, 0, 0, 0), ACCENT, DARK, 0.0, ((0, 0), (700, 0), (420, 675), (0, 675)))
ACROSS: tuple[Item, ...] = (SLANTED, words("Across two grounds, from end to end", on=None))


def opened(data: bytes) -> Image.Image:
    """Open what was drawn."""
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def both(drawn: Scene, root: Path) -> tuple[Image.Image, Image.Image]:
    """Draw a scene as indexes, and in RGB."""
    indexed = flat.paint(drawn, root, LIBRARY)
    assert indexed is not None
    return indexed, full.paint(drawn, root, LIBRARY)


@pytest.mark.parametrize("items", [PLAIN, ACROSS], ids=["plain", "across two grounds"])
def test_drawing_indexes_shows_what_blending_would(items: tuple[Item, ...], root: Path) -> None:
    """The short cut is not seen: nowhere more than about a step of an edge away."""
    indexed, true = both(scene(*items), root)
    off = ImageChops.difference(indexed.convert("RGB"), true)
    worst = max(high for _, high in ImageStat.Stat(off).extrema)
    # Where the edges of three colours meet, a pixel or two may take the nearer of two grounds.
    assert sum(off.convert("L").histogram()[int(STEP) + 1 :]) <= 40
    assert worst < 8 * STEP
    assert max(ImageStat.Stat(off).rms) < 1


def test_flat_cards_are_small_palettes(root: Path) -> None:
    """PNG with a palette, of tens of kilobytes, holding the brand's own colours exactly."""
    data = canvas.draw(scene(*PLAIN), root, LIBRARY)
    image = opened(data)
    assert (image.format, image.mode, image.size) == ("PNG", "P", (1200, 675))
    assert len(data) < 40_000
    seen = {colour for _, colour in image.convert("RGB").getcolors(256) or []}
    assert {DARK, PAPER, ACCENT} <= seen
    assert canvas.suffix(scene(*PLAIN)) == ".png"


@pytest.mark.parametrize("size", [(1200, 675), (1080, 1350)])
def test_bytes_are_the_same_each_time(size: tuple[int, int], root: Path) -> None:
    """Files are named by what is on them: drawing again gives the same, after others too."""
    photo = Photo(
        pictures.put(root, pictures.with_subject((900, 600), (0.5, 0.5))), Box(0, 0, 9, 9)
    )
    for items in (PLAIN, ACROSS, (photo, *PLAIN)):
        first = canvas.draw(scene(*items, size=size), root, LIBRARY)
        canvas.draw(scene(words("Something else")), root, LIBRARY)
        assert canvas.draw(scene(*items, size=size), root, LIBRARY) == first


def test_a_bars_fill_has_no_seam_on_its_track(root: Path) -> None:
    """Its round end melts into the track that it lies on, not into the card's ground."""
    track: RGB = (200, 205, 210)
    items = (
        bar(Box(100, 100, 600, 40), track, radius=20),
        bar(Box(100, 100, 300, 40), ACCENT, radius=20),
    )
    image = canvas.draw_image(scene(*items), root, LIBRARY).convert("RGB")
    end = image.crop((381, 101, 402, 139))
    on_the_way = [mix(track, ACCENT, share / 100) for share in range(101)]
    for _, seen in end.getcolors(999) or []:
        assert isinstance(seen, tuple)
        assert any(all(abs(a - b) <= 3 for a, b in zip(seen, at, strict=True)) for at in on_the_way)


def test_the_logo_keeps_its_colours(root: Path) -> None:
    """Reduced to few colours, its main ones are exact, and nothing is drawn around it."""
    logo = Logo(LOGO, Box(100, 100, 96, 64), PAPER)
    drawn = scene(bar(Box(50, 50, 300, 300), PAPER), logo)
    indexed, true = both(drawn, root)
    seen = {colour: count for count, colour in indexed.convert("RGB").getcolors(256) or []}
    assert seen.get(ACCENT, 0) > 500
    assert len(seen) <= 43
    off = ImageChops.difference(indexed.convert("RGB"), true)
    assert max(ImageStat.Stat(off.crop((100, 100, 196, 164))).rms) < 8
    # It fits the box's height and stands in its middle.
    assert off.getbbox() is None or off.getbbox()[0] >= 116  # type: ignore[index] # just tested


def test_a_logo_on_two_grounds_has_no_halo(root: Path) -> None:
    """Its edges melt into whichever of the grounds is there."""
    drawn = scene(bar(Box(0, 0, 148, 675), PAPER), Logo(LOGO, Box(100, 100, 96, 96), None))
    indexed, true = both(drawn, root)
    off = ImageChops.difference(indexed.convert("RGB"), true)
    assert max(ImageStat.Stat(off.crop((100, 100, 196, 196))).rms) < 8


def test_more_colours_than_a_palette_holds(root: Path) -> None:
    """A card with all too many colours is still a PNG with a palette, and close to the truth."""
    many = tuple(
        bar(
            Box(10 + 34 * (at % 34), 10 + 34 * (at // 34), 30, 30), (at, 255 - at, at // 2), DARK, 9
        )
        for at in range(250)
    )
    drawn = scene(*many)
    assert flat.paint(drawn, root, LIBRARY) is None
    image = opened(canvas.draw(drawn, root, LIBRARY))
    assert image.mode == "P"
    off = ImageChops.difference(image.convert("RGB"), full.paint(drawn, root, LIBRARY))
    assert max(ImageStat.Stat(off).rms) < 4


def test_pictures_and_emoji_make_photos(root: Path) -> None:
    """JPEG in full colour resolution: 4:2:0 would dull coloured words."""
    path = pictures.put(root, pictures.with_subject((900, 600), (0.5, 0.5)))
    photo = Photo(path, Box(0, 0, 1200, 675), None, 0.0, False, Scrim(DARK, 0.5, 0.2))
    for drawn in (scene(photo, words("Over it", on=None)), scene(words("For the river 🌊"))):
        assert canvas.suffix(drawn) == ".jpg"
        data = canvas.draw(drawn, root, LIBRARY)
        image = opened(data)
        assert isinstance(image, JpegImagePlugin.JpegImageFile)
        assert JpegImagePlugin.get_sampling(image) == 0
        assert not image.info.keys() & {"exif", "comment", "icc_profile"}
        assert len(data) < 200_000


def test_emoji_have_their_colours(root: Path) -> None:
    """A wave is blue on any card."""
    image = canvas.draw_image(scene(words("🌊", size=120)), root, LIBRARY)
    colours = image.getcolors(1 << 16) or []
    blue = sum(
        count for count, seen in colours if isinstance(seen, tuple) and seen[2] > seen[0] + 60
    )
    assert blue > 1000


def test_round_portraits_are_round(root: Path) -> None:
    """A picture with a radius of half its side is a circle on the card's ground."""
    path = pictures.put(root, Image.new("RGB", (300, 300), (0, 200, 0)))
    drawn = scene(Photo(path, Box(100, 100, 200, 200), None, 100.0))
    image = canvas.draw_image(drawn, root, LIBRARY)
    assert image.getpixel((200, 200)) == (0, 200, 0)
    assert image.getpixel((102, 102)) == DARK
    assert image.getpixel((200, 101)) == (0, 200, 0)


def test_cut_out_portraits_stand_on_the_ground(root: Path) -> None:
    """What is transparent in a picture shows what is drawn below it."""
    cut = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    cut.paste((0, 200, 0, 255), (50, 0, 100, 100))
    drawn = scene(Photo(pictures.put(root, cut), Box(0, 0, 400, 400)))
    image = canvas.draw_image(drawn, root, LIBRARY)
    assert image.getpixel((50, 200)) == DARK
    assert image.getpixel((350, 200)) == (0, 200, 0)


def test_no_card_is_too_large_for_a_network() -> None:
    """Where even noise all over would not fit, quality goes down until it does."""
    noise = Image.effect_noise((2400, 2400), 120).convert("RGB")
    assert len(canvas.encode(noise)) <= canvas.MOST_BYTES
    assert opened(canvas.encode(noise)).size == (2400, 2400)


def test_a_picture_that_cannot_be_used_is_said_before_drawing(root: Path) -> None:
    """Whoever checks a card hears of its broken picture and missing logo."""
    (root / "images/broken.jpg").write_bytes(b"no picture")
    broken = scene(Photo(Path("images/broken.jpg"), Box(0, 0, 100, 100)))
    with pytest.raises(CardError, match=r"images/broken\.jpg: it is not a JPEG"):
        canvas.prepare(broken, root)
    with pytest.raises(CardError, match="there is no picture"):
        canvas.prepare(scene(Logo(Path("images/none.png"), Box(0, 0, 9, 9), DARK)), root)
    canvas.prepare(scene(*PLAIN, Logo(LOGO, Box(0, 0, 90, 90), DARK)), root)
