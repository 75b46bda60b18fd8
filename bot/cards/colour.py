"""Colours that can be read: contrast by WCAG 2.2, and inks switched until they pass.

A campaign chooses three colours. Whether words in one of them can be read on another is
computed, never assumed: text stands at 4.5:1 (AA) or better against all that may lie under
it, shapes that carry meaning at 3:1.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from bot.model import Brand

RGB = tuple[int, int, int]

TEXT = 4.5
"""WCAG 2.2, 1.4.3: the least contrast of text."""
SHAPE = 3.0
"""WCAG 2.2, 1.4.11: the least contrast of shapes that carry meaning."""

BLACK: RGB = (0, 0, 0)
WHITE: RGB = (255, 255, 255)
ROLES = ("background", "ink", "accent", "fill", "paper", "night")
"""What a card may be filled with; see `role`."""
_STEPS = 50
_MUTED_INK = 0.74
"""How much ink is in the quieter text, where contrast allows it."""
_TRACK_INK = 0.16
_RULE_INK = 0.14
_PAPER = 0.78
"""Least luminance of paper: black stands on it at 16:1."""
_NIGHT = 0.035
"""Most luminance of night: white stands on it at 12:1."""
_TINT = 0.06
_BARE = 12
"""Channels no further apart than this are no colour of their own: white, grey, black."""


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
    red, green, blue = colour
    return 0.2126 * _LINEAR[red] + 0.7152 * _LINEAR[green] + 0.0722 * _LINEAR[blue]


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


def ink_for(wanted: RGB, grounds: tuple[RGB, ...], *instead: RGB) -> RGB:
    """Choose the first of the wanted inks that can be read on all `grounds`, else black or white.

    On a single ground one of those two always passes: the worst case of the better one is
    4.58:1. On a picture the scrim sees to it.
    """
    for ink in (wanted, *instead):
        if least_contrast(ink, grounds) >= TEXT:
            return ink
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
    """The middle of what lies under the words."""
    ink: RGB
    muted: RGB
    accent: RGB
    """For words in the accent colour."""
    fill: RGB
    """For shapes in the accent colour; stands out from the track too."""
    on_fill: RGB
    """For words on such shapes."""
    track: RGB
    """The part of a progress bar that is not reached yet: what tells is where the fill ends."""
    rule: RGB
    """For lines that part the card."""

    def of(self, role: str) -> RGB:
        """Look up the colour of a role."""
        colour: RGB = getattr(self, role)
        return colour


@lru_cache(maxsize=1024)
def on(brand: Brand, grounds: tuple[RGB, ...]) -> Palette:
    """Work out the colours that can be read on all `grounds`.

    On one ground, whatever the brand's colours are, text reaches 4.5:1 and `fill` and `rule`
    3:1. On a picture the grounds are its darkest and lightest parts under the words, and
    that holds where the scrim has brought black or white to 4.5:1.
    """
    background, own_ink = parse(brand.background), parse(brand.ink)
    wanted, between = parse(brand.accent), _middle(grounds)
    # The brand's own colours first: on a light card its dark background makes the better black.
    ink = ink_for(own_ink, grounds, background)
    track = mix(between, ink, _TRACK_INK)
    fill = towards(wanted, ink, (*grounds, track), SHAPE)
    return Palette(
        ground=between,
        ink=ink,
        muted=towards(mix(between, ink, _MUTED_INK), ink, grounds, TEXT),
        accent=towards(wanted, ink, grounds, TEXT),
        fill=fill,
        on_fill=ink_for(between, (fill,), background, own_ink),
        track=track,
        rule=towards(mix(between, ink, _RULE_INK), ink, grounds, SHAPE),
    )


def _middle(grounds: tuple[RGB, ...]) -> RGB:
    ordered = sorted(grounds, key=luminance)
    return mix(ordered[0], ordered[-1], 0.5)


@lru_cache(maxsize=1024)
def role(brand: Brand, name: str) -> RGB:
    """Give what a card or a part of it is filled with, by the name a template calls it.

    `background`, `ink`, `accent`: the brand's own; `fill`: its accent as it stands out from
    its background; `paper`: its lightest colour, or a tint, always light; `night`: its
    darkest, or a shade, always dark.

    Raises:
        KeyError: there is no such role.
    """
    background, ink, accent = (parse(c) for c in (brand.background, brand.ink, brand.accent))
    if name == "fill":
        return on(brand, (background,)).fill
    if name == "paper":
        return _paper(max(background, ink, key=luminance), accent)
    if name == "night":
        return _night(min(background, ink, key=luminance), accent)
    return {"background": background, "ink": ink, "accent": accent}[name]


def _paper(lightest: RGB, accent: RGB) -> RGB:
    if luminance(lightest) < _PAPER:
        lightest = mix(WHITE, lightest, _TINT)
    elif max(lightest) - min(lightest) <= _BARE:
        # Plain white or grey: a breath of the accent makes it this campaign's paper.
        lightest = mix(lightest, accent, _TINT)
    return _brought(lightest, WHITE, _PAPER)


def _night(darkest: RGB, accent: RGB) -> RGB:
    if luminance(darkest) > _NIGHT and max(darkest) - min(darkest) <= _BARE:
        darkest = accent
    return _brought(darkest, BLACK, _NIGHT)


def _brought(colour: RGB, end: RGB, limit: float) -> RGB:
    """Mix towards black or white until the luminance is on that side of `limit`."""
    light = end == WHITE
    for step in range(_STEPS + 1):
        mixed = mix(colour, end, step / _STEPS)
        if (luminance(mixed) >= limit) if light else (luminance(mixed) <= limit):
            return mixed
    return end
