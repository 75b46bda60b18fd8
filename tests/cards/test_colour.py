"""Whatever three colours a campaign chooses, its cards can be read."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.cards import colour
from bot.cards.colour import RGB, SHAPE, TEXT
from bot.model import Brand

CHANNEL = st.integers(0, 255)
COLOURS: st.SearchStrategy[RGB] = st.tuples(CHANNEL, CHANNEL, CHANNEL)
GREY: RGB = (118, 118, 118)
"""The hardest ground: black and white are equally far away."""


def brand(background: RGB, ink: RGB, accent: RGB) -> Brand:
    """Make a brand of three colours."""
    shown = ["#{:02x}{:02x}{:02x}".format(*each) for each in (background, ink, accent)]
    return Brand("x", background=shown[0], ink=shown[1], accent=shown[2])


@given(COLOURS, COLOURS, COLOURS)
@example(GREY, GREY, GREY)
@example(GREY, colour.WHITE, colour.BLACK)
@example((255, 0, 0), (0, 0, 255), (0, 255, 0))
def test_everything_can_be_read_on_every_ground(background: RGB, ink: RGB, accent: RGB) -> None:
    """For any brand and any role as the ground: text at 4.5:1, shapes at 3:1."""
    chosen = brand(background, ink, accent)
    for name in colour.ROLES:
        ground = colour.role(chosen, name)
        colours = colour.on(chosen, (ground,))
        for text in (colours.ink, colours.muted, colours.accent):
            assert colour.contrast(text, ground) >= TEXT, name
        assert colour.contrast(colours.on_fill, colours.fill) >= TEXT, name
        assert colour.contrast(colours.rule, ground) >= SHAPE, name
        # A progress bar is read by where its fill ends.
        assert colour.least_contrast(colours.fill, (ground, colours.track)) >= SHAPE, name


@given(COLOURS, COLOURS, COLOURS)
@example(colour.WHITE, colour.WHITE, colour.WHITE)
@example(colour.BLACK, colour.BLACK, colour.BLACK)
def test_paper_is_light_and_night_is_dark(background: RGB, ink: RGB, accent: RGB) -> None:
    """A style that asks for paper gets something light, whatever the brand is; and the reverse."""
    chosen = brand(background, ink, accent)
    assert colour.contrast(colour.role(chosen, "paper"), colour.BLACK) >= 15
    assert colour.contrast(colour.role(chosen, "night"), colour.WHITE) >= 12


def test_good_colours_are_left_alone() -> None:
    """A brand whose colours can be read is shown in exactly these."""
    own = Brand("x", background="#14161b", ink="#f7f2e8", accent="#ff5a3c")
    colours = colour.on(own, (colour.parse(own.background),))
    assert colours.ink == colour.parse(own.ink)
    assert colours.accent == colours.fill == colour.parse(own.accent)
    assert colours.on_fill == colour.parse(own.background)
    assert colour.role(own, "paper") == colour.parse(own.ink)
    assert colour.role(own, "night") == colour.parse(own.background)


def test_a_dark_brand_writes_on_paper_in_its_own_dark() -> None:
    """Where the ink is too light for the ground, the brand's background comes before black."""
    own = Brand("x", background="#14161b", ink="#f7f2e8", accent="#ff5a3c")
    assert colour.on(own, (colour.role(own, "paper"),)).ink == colour.parse(own.background)


def test_words_on_a_picture_are_held_against_both_ends() -> None:
    """What lies under the words is not one colour: its darkest and lightest parts both count."""
    own = Brand("x")
    grounds = ((10, 20, 30), (90, 80, 70))
    colours = colour.on(own, grounds)
    for text in (colours.ink, colours.muted, colours.accent):
        assert colour.least_contrast(text, grounds) >= TEXT


@pytest.mark.parametrize("wrong", ["#fff", "red", "", "#12345g"])
def test_other_notations_are_refused(wrong: str) -> None:
    """Colours are `#rrggbb`; anything else is said, not guessed."""
    with pytest.raises(ValueError):
        colour.parse(wrong)


def test_an_unknown_role_is_an_error() -> None:
    """A template that names a ground which does not exist does not get black."""
    with pytest.raises(KeyError):
        colour.role(Brand("x"), "sky")
