"""What matters in a picture stays in view when it is cropped."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.cards.photos.cropped import cropped
from bot.cards.photos.focus import window
from tests.cards.photos import pictures

SIDE = st.integers(1, 500)
SHARE = st.floats(0, 1)


@given(st.tuples(SIDE, SIDE), st.tuples(SIDE, SIDE), st.none() | st.tuples(SHARE, SHARE))
def test_windows_lie_in_the_picture(
    size: tuple[int, int], into: tuple[int, int], focus: tuple[float, float] | None
) -> None:
    """Whatever the sizes and the focus: inside, of the box's proportions, as large as can be."""
    left, top, right, bottom = window(Image.new("RGB", size, "grey"), into, focus)
    assert -1e-6 <= left <= right <= size[0] + 1e-6
    assert -1e-6 <= top <= bottom <= size[1] + 1e-6
    assert (right - left) * into[1] == pytest.approx((bottom - top) * into[0])
    assert right - left == pytest.approx(size[0]) or bottom - top == pytest.approx(size[1])


@given(SHARE, SHARE)
def test_a_focus_that_was_given_is_in_view(x: float, y: float) -> None:
    """What somebody pointed at is shown, in the middle where there is room."""
    image = Image.new("RGB", (400, 300))
    for into in ((100, 100), (400, 100), (100, 400)):
        left, top, right, bottom = window(image, into, (x, y))
        assert left - 1e-6 <= x * 400 <= right + 1e-6
        assert top - 1e-6 <= y * 300 <= bottom + 1e-6


@pytest.mark.parametrize("at", [0.1, 0.25, 0.5, 0.75, 0.9])
def test_what_there_is_to_see_is_found(at: float) -> None:
    """A subject anywhere in a wide or a tall picture is not cut away."""
    wide = pictures.with_subject((1600, 600), (at, 0.5))
    left, _, right, _ = window(wide, (600, 600), None)
    assert left + 40 <= at * 1600 <= right - 40
    tall = pictures.with_subject((600, 1600), (0.5, at))
    _, top, _, bottom = window(tall, (600, 600), None)
    assert top + 40 <= at * 1600 <= bottom - 40


def test_of_a_tall_picture_the_upper_part_is_shown() -> None:
    """Heads are above; a portrait with detail all over keeps its head."""
    portrait = Image.effect_noise((600, 1200), 60).convert("RGB")
    _, top, _, bottom = window(portrait, (600, 600), None)
    assert (top + bottom) / 2 < 500


def test_an_even_picture_is_shown_from_its_middle() -> None:
    """With nothing to choose by, the middle of a wide picture is shown."""
    left, _, right, _ = window(Image.new("RGB", (1200, 400), "navy"), (400, 400), None)
    assert (left + right) / 2 == 600


def test_the_subject_is_in_the_cropped_picture(root: Path) -> None:
    """The same through the whole way: safe copy, focus, scaling."""
    path = pictures.put(root, pictures.with_subject((2400, 800), (0.85, 0.5)))
    image = cropped(root, path, (300, 300), None)
    assert image.size == (300, 300)
    assert image.mode == "RGB"
    colours = image.getcolors(1 << 17) or []
    orange = sum(
        count for count, seen in colours if isinstance(seen, tuple) and seen[0] > seen[2] + 90
    )
    assert orange > 1000
    empty = cropped(root, path, (300, 300), (0.1, 0.5))
    assert empty.tobytes() != image.tobytes()


def test_small_pictures_fill_their_box(root: Path) -> None:
    """A picture of few pixels is scaled up rather than leaving a gap."""
    assert cropped(root, pictures.put(root, Image.new("RGB", (1, 1))), (64, 48), None).size == (
        64,
        48,
    )
