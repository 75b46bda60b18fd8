"""Shapes cover what they should: crisp where they can be, smooth where they must."""

from __future__ import annotations

from math import cos, pi, sin

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image, ImageChops

from bot.cards.canvas import shapes
from bot.cards.scene import Box, Point, Shape

SIZE = (240, 160)
NUMBER = st.floats(-30, 250, allow_nan=False)
LENGTH = st.floats(0, 200)


def covered(shape: Shape) -> Image.Image:
    """Draw a shape's coverage on an empty canvas."""
    image = Image.new("L", SIZE)
    found = shapes.pieces(shape, *SIZE)
    for area in found.solid:
        image.paste(255, area)
    for stamp in found.soft:
        image.paste(stamp.image, (stamp.left, stamp.top))
    return image


def weight(image: Image.Image) -> float:
    """Measure the area that is covered, in pixels."""
    return sum(value * count for value, count in enumerate(image.histogram())) / 255


def rectangle(x: float, y: float, width: float, height: float, radius: float = 0.0) -> Shape:
    """Make a rectangle."""
    return Shape(Box(x, y, width, height), (0, 0, 0), None, radius)


def polygon(points: tuple[Point, ...]) -> Shape:
    """Make a polygon."""
    return Shape(Box(0, 0, *SIZE), (0, 0, 0), None, 0.0, points)


@given(NUMBER, NUMBER, LENGTH, LENGTH)
@example(10.4, 10.4, 0.2, 50.0)
def test_rectangles_are_crisp(x: float, y: float, width: float, height: float) -> None:
    """All or nothing of each pixel, hardly a pixel from where the rectangle is."""
    image = covered(rectangle(x, y, width, height))
    assert not any(image.histogram()[1:255])
    box = image.getbbox()
    if box is not None:
        expected = (max(x, 0), max(y, 0), min(x + width, SIZE[0]), min(y + height, SIZE[1]))
        assert box == pytest.approx(expected, abs=1.5)


@given(st.floats(1, 60), st.floats(1, 60), st.floats(0, 60))
def test_rounded_rectangles_lose_their_corners_only(
    width: float, height: float, radius: float
) -> None:
    """The area of a rounded rectangle is what geometry says, and it mirrors itself."""
    image = covered(rectangle(20, 20, width, height, radius))
    wide, high = max(round(width), 1), max(round(height), 1)
    radius = min(radius, wide / 2, high / 2)
    assert weight(image) == pytest.approx(wide * high - (4 - pi) * radius**2, abs=1 + radius / 4)
    part = image.crop((20, 20, 20 + wide, 20 + high))
    assert part.tobytes() == part.transpose(Image.Transpose.FLIP_LEFT_RIGHT).tobytes()
    assert part.tobytes() == part.transpose(Image.Transpose.FLIP_TOP_BOTTOM).tobytes()


def test_neighbours_meet() -> None:
    """Rectangles that share an edge leave no gap and do not overlap, wherever it lies."""
    for edge in (40.2, 40.5, 40.8, 41.5):
        left = covered(rectangle(0, 0, edge, 10))
        right = covered(rectangle(edge, 0, 100 - edge, 10))
        assert weight(left) + weight(right) == 1000


def test_hairlines_do_not_vanish() -> None:
    """A rule thinner than a pixel is drawn as one."""
    assert weight(covered(rectangle(10, 10.4, 100, 0.1))) == 100


@given(
    st.floats(20, 200), st.floats(20, 140), st.floats(3, 150), st.integers(3, 9), st.floats(0, 6)
)
def test_polygons_cover_their_area(
    x: float, y: float, reach: float, corners: int, by: float
) -> None:
    """Inside the card, a convex polygon covers what geometry says."""
    reach = min(reach, x, y, SIZE[0] - x, SIZE[1] - y)
    angles = [by + 2 * pi * at / corners for at in range(corners)]
    points = tuple((x + reach * cos(angle), y + reach * sin(angle)) for angle in angles)
    area = corners / 2 * reach**2 * sin(2 * pi / corners)
    edge = 2 * corners * reach * sin(pi / corners)
    # Upright and level sides are moved to whole pixels.
    moved = edge / corners
    assert weight(covered(polygon(points))) == pytest.approx(area, abs=0.08 * edge + moved + 1)


def test_edges_on_whole_pixels_are_crisp_in_polygons_too() -> None:
    """A block with one slanted side is soft along that side only."""
    image = covered(polygon(((10, 10), (100, 10), (70, 90), (10, 90))))
    assert image.crop((0, 0, 60, SIZE[1])).getcolors() is not None
    assert {value for _, value in image.crop((0, 0, 60, SIZE[1])).getcolors() or []} == {0, 255}
    assert image.getbbox() == (10, 10, 100, 90)
    assert any(image.histogram()[1:255])


def test_figures_of_several_shapes_fit_together() -> None:
    """A label of a rectangle and a slanted end: no seam, and one line above and below."""
    image = covered(rectangle(10.3, 20.4, 90.2, 40.3))
    end = covered(polygon(((100.5, 20.4), (120.2, 20.4), (100.5, 60.7))))
    whole = ImageChops.lighter(image, end)
    assert whole.getbbox() == (10, 20, 121, 61)
    assert whole.crop((10, 20, 100, 61)).getextrema() == (255, 255)


def test_polygons_are_cut_at_the_cards_edge() -> None:
    """A stripe across the card may begin and end outside it."""
    stripe = polygon(((-50, 100), (300, -400), (500, -400), (100, 400)))
    assert covered(stripe).size == SIZE
    assert weight(covered(polygon(((-9, -9), (-1, -9), (-1, -1))))) == 0


def test_a_large_polygon_is_drawn_in_pieces() -> None:
    """The same whether an edge runs through one tile or through many."""
    whole = covered(polygon(((0, 0), (240, 0), (0, 160))))
    assert weight(whole) == pytest.approx(240 * 160 / 2, abs=20)
    for at in range(0, 160, 7):
        row = whole.crop((0, at, 240, at + 1))
        assert weight(row) == pytest.approx(240 * (1 - (at + 0.5) / 160), abs=1)
