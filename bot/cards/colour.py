"""Colours that can be read: contrast by WCAG 2.2, and inks switched until they pass.

A campaign chooses three colours. Whether words in one of them can be read on another is
computed, never assumed: text stands at 4.5:1 (AA) or better against all that may lie under
it, shapes at 3:1.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.model import Brand

RGB = tuple[int, int, int]

TEXT = 4.5
"""WCAG 2.2, 1.4.3: the least contrast of text."""
SHAPE = 3.0
"""WCAG 2.2, 1.4.11: the least contrast of shapes that carry meaning."""

BLACK: RGB = (0, 0, 0)
WHITE: RGB = (255, 255, 255)
_STEPS = 50
_MUTED_INK = 0.74
"""How much ink is in the quieter text, where contrast allows it."""
_TRACK_INK = 0.16
_RULE_INK = 0.14


def parse(colour: str) -> RGB:
    """Read `#rrggbb`.

    Raises:
        ValueError: it is something else.
    """
    digits = colour.removeprefix("#")
    if len(digits) != 6:
        raise ValueError(f"not a colour like #14213d: {colour!r}")
    return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def luminance(colour: RGB) -> float:
    """Measure relative luminance, 0 (black) to 1 (white), as WCAG defines it."""
    red, green, blue = (_LINEAR[channel] for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: int) -> float:
    share = channel / 255
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)


_LINEAR = tuple(_linear(channel) for channel in range(256))


def contrast(one: RGB, other: RGB) -> float:
    """Measure the contrast ratio, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def least_contrast(colour: RGB, grounds: tuple[RGB, ...]) -> float:
    """Measure the contrast of `colour` against the worst of what may lie under it."""
    return min(contrast(colour, ground) for ground in grounds)


def mix(one: RGB, other: RGB, share: float) -> RGB:
    """Mix `share` (0 to 1) of `other` into `one`."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def ink_for(wanted: RGB, grounds: tuple[RGB, ...]) -> RGB:
    """Choose the wanted ink where it can be read on all `grounds`, else black or white.

    On a single ground one of the two always passes: the worst case of the better one is
    4.58:1. On a picture the scrim sees to it.
    """
    if least_contrast(wanted, grounds) >= TEXT:
        return wanted
    return max((BLACK, WHITE), key=lambda ink: least_contrast(ink, grounds))


def towards(wanted: RGB, ink: RGB, grounds: tuple[RGB, ...], ratio: float) -> RGB:
    """Mix as little of `ink` into `wanted` as makes it reach `ratio` on all `grounds`."""
    for step in range(_STEPS + 1):
        colour = mix(wanted, ink, step / _STEPS)
        if least_contrast(colour, grounds) >= ratio:
            return colour
    return ink


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one card by what they are for; the field names are the roles."""

    ground: RGB
    ink: RGB
    muted: RGB
    accent: RGB
    """For words in the accent colour."""
    fill: RGB
    """For shapes in the accent colour."""
    on_fill: RGB
    """For words on such shapes."""
    track: RGB
    """The part of a progress bar that is not reached yet."""
    rule: RGB

    def of(self, role: str) -> RGB:
        """Look up the colour of a role."""
        colour: RGB = getattr(self, role)
        return colour


def palette(brand: Brand, grounds: tuple[RGB, ...] = ()) -> Palette:
    """Work out a campaign's palette.

    `grounds` are the darkest and lightest colours that lie under the words where a picture
    does; without a picture the brand's background is the ground.
    """
    ground = parse(brand.background)
    under = grounds or (ground,)
    ink = ink_for(parse(brand.ink), under)
    wanted, between = parse(brand.accent), mix(under[0], under[-1], 0.5)
    fill = towards(wanted, ink, under, SHAPE)
    return Palette(
        ground=ground,
        ink=ink,
        muted=towards(mix(ground, ink, _MUTED_INK), ink, under, TEXT),
        accent=towards(wanted, ink, under, TEXT),
        fill=fill,
        on_fill=ink_for(ground, (fill,)),
        track=mix(between, ink, _TRACK_INK),
        rule=mix(between, ink, _RULE_INK),
    )
