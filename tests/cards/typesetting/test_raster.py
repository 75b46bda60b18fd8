"""Glyphs to pixels: where the ink is, its fractions of a pixel, and emoji in colours."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.cards.typesetting import fonts, raster
from bot.cards.typesetting.nouns import Font, Glyph, Line, Run
from bot.cards.typesetting.raster import colour_glyphs, mask
from bot.cards.typesetting.shaping import shape_line

LIBRARY = fonts.library(fonts.folder_of(Path()))
ROCKET = "\U0001f680"
TEXTS = [
    ("en", "Stand with the nurses, Ångström!"),
    ("ar", "الحرّية للصحفيين"),
    ("hi", "पत्रकारों को रिहा करो"),
    ("th", "ปล่อยตัวนักข่าว น้ำ"),
    ("ja", "記者を今すぐ"),
]


def line(text: str, language: str = "en") -> Line:
    """Shape a text with the shipped fonts."""
    return shape_line(text, Font("display", language), LIBRARY, language == "ar")


def drawn(text: str, size: float = 100.0, x: float = 0.0) -> raster.Mask:
    """Draw a text that has ink."""
    found = mask(line(text), size, x, LIBRARY)
    assert found is not None
    return found


def ink(found: raster.Mask) -> float:
    """Sum a mask up, in whole pixels."""
    return sum(value * count for value, count in enumerate(found.image.histogram())) / 255


@pytest.mark.parametrize(("language", "text"), TEXTS)
def test_the_ink_is_where_the_line_says(language: str, text: str) -> None:
    """Layout trusts `above` and `below`: not a pixel of ink lies outside, and it is used up."""
    shaped = line(text, language)
    found = mask(shaped, 100, 0, LIBRARY)
    assert found is not None
    box = found.image.getbbox()
    assert box is not None
    assert found.top + box[1] == pytest.approx(-100 * shaped.above, abs=1)
    assert found.top + box[3] == pytest.approx(100 * shaped.below, abs=1)
    assert found.left + box[0] > -30
    assert found.left + box[2] < 100 * shaped.width + 30


def test_letters_stand_upright() -> None:
    """The foot of an L is at its bottom and on the baseline."""
    found = drawn("L")
    pixels, right = found.image, found.image.width - 5
    assert found.top + found.image.height == 0
    assert pixels.getpixel((right, found.image.height - 5)) == 255
    assert pixels.getpixel((right, 5)) == 0


def test_a_fraction_of_a_pixel_counts() -> None:
    """Lines start where layout puts them, not on the next pixel; whole pixels change nothing."""
    at, beside, further = drawn("l", x=10.0), drawn("l", x=10.5), drawn("l", x=31.5)
    assert at.image.tobytes() != beside.image.tobytes()
    assert (beside.image.tobytes(), beside.left) == (further.image.tobytes(), further.left)
    assert ink(at) == pytest.approx(ink(beside), rel=0.01)


def test_ink_grows_with_the_size() -> None:
    """Twice as large has four times the ink."""
    assert ink(drawn("Stand", 120)) == pytest.approx(4 * ink(drawn("Stand", 60)), rel=0.01)


def test_overlapping_faces_do_not_cancel_out() -> None:
    """Fonts whose outlines turn in opposite directions leave no hole where they overlap."""
    names = ("InterDisplay-ExtraBold.otf", "NotoSansHebrew-ExtraBold.ttf")
    runs = []
    for name in names:
        glyph = LIBRARY.at(LIBRARY.folder / name).font.get_nominal_glyph(ord("H"))
        runs.append(Run(LIBRARY.folder / name, (Glyph(glyph, 0, 0, 0),)))
    apart = [mask(Line("H", (run,), 1, 1, 0, 1), 100, 0, LIBRARY) for run in runs]
    both = mask(Line("HH", tuple(runs), 1, 1, 0, 1), 100, 0, LIBRARY)
    assert both is not None
    assert ink(both) > max(ink(one) for one in apart if one)


@pytest.mark.parametrize("high", [50.45, 70.45, 90.45])
def test_joined_letters_leave_no_ticks_on_their_line(high: float) -> None:
    """The line that runs over Hindi letters has one clean edge, also where two letters overlap."""
    shaped = line("पपपप", "hi")
    found = mask(shaped, high / shaped.above, 0, LIBRARY)
    assert found is not None
    edge = found.image.crop((3, 0, found.image.width - 3, 1)).tobytes()
    assert min(edge) / 255 == pytest.approx(0.45, abs=0.02), "half a pixel is where ticks show"
    assert max(edge) - min(edge) <= 255 / 4


@pytest.mark.parametrize("text", ["", " ", ROCKET, "\u200b"])
def test_what_has_no_ink_has_no_mask(text: str) -> None:
    """Spaces draw nothing, and emoji are no part of the mask."""
    assert mask(line(text), 100, 0, LIBRARY) is None


def test_words_have_no_colour_glyphs() -> None:
    """Text in one ink is never drawn twice."""
    assert colour_glyphs(line("Stand with us"), 100, 0, LIBRARY) == ()


def test_an_emoji_is_drawn_in_colours() -> None:
    """A flag has its colours, is opaque inside and transparent around."""
    (flag,) = colour_glyphs(line("\U0001f1fa\U0001f1e6"), 100, 0, LIBRARY)
    width, height = flag.image.size
    blue, yellow = (flag.image.getpixel((width // 2, height * part // 4)) for part in (1, 3))
    assert isinstance(blue, tuple)
    assert isinstance(yellow, tuple)
    assert blue[2] > 150 > blue[0]
    assert yellow[0] > 200 > 100 > yellow[2]
    assert blue[3] == yellow[3] == 255
    assert flag.image.getpixel((0, 0)) == (0, 0, 0, 0)


def test_an_emoji_stands_in_its_place() -> None:
    """An emoji takes the room that its line gave it, on the line's height."""
    shaped = line(f"a{ROCKET}b")
    (rocket,) = colour_glyphs(shaped, 100, 0.4, LIBRARY)
    before, after = shaped.runs[1].glyphs[0].x, shaped.runs[2].glyphs[0].x
    assert 100 * before - 1 <= rocket.left
    assert rocket.left + rocket.image.width <= 100 * after + 2
    assert rocket.top + rocket.image.height / 2 == pytest.approx(-50 * shaped.cap_height, abs=12)


def test_kept_emoji_are_bounded() -> None:
    """A long run with many sizes of emoji does not fill the memory."""
    shaped = line(ROCKET)
    for size in range(200, 240):
        assert colour_glyphs(shaped, size, 0, LIBRARY)
    assert sum(map(raster._bytes, raster._kept.values())) <= raster.KEPT


def test_threads_draw_the_same() -> None:
    """Cards drawn at once, in threads that share the fonts, are those drawn one by one."""
    work = [(language, text + " " + str(turn)) for turn in range(8) for language, text in TEXTS]

    def bytes_of(job: tuple[str, str]) -> bytes:
        found = mask(line(job[1] + ROCKET, job[0]), 40, 0, LIBRARY)
        emoji = colour_glyphs(line(job[1] + ROCKET, job[0]), 40, 0, LIBRARY)
        assert found is not None
        return found.image.tobytes() + b"".join(one.image.tobytes() for one in emoji)

    with ThreadPoolExecutor(4) as pool:
        at_once = list(pool.map(bytes_of, work))
    assert at_once == [bytes_of(job) for job in work]
