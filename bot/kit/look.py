"""The campaign's three colours -> a page's, by day and by night, each readable on its ground."""

from __future__ import annotations

from bot.cards.colour import BLACK, RGB, WHITE, contrast, ink_for, mix, on, parse, role, towards
from bot.model import Brand

_SHAPE = 3.0
_RAISED = 0.6
"""How much white a raised surface has over paper, and by night a twelfth of it."""


def variables(brand: Brand) -> str:
    """Give the page's colours as CSS custom properties, for light and for dark screens."""
    light = _scheme(brand, role(brand, "paper"), raised=_RAISED)
    dark = _scheme(brand, role(brand, "night"), raised=_RAISED / 10)
    by_night = f"@media (prefers-color-scheme: dark) {{ :root {{ {_css(dark)} }} }}"
    return f":root {{ {_css(light)} }}\n{by_night}"


def _scheme(brand: Brand, ground: RGB, *, raised: float) -> dict[str, RGB]:
    surface = mix(ground, WHITE, raised)
    grounds = (ground, surface)
    palette = on(brand, grounds)
    banner = parse(brand.background)
    if contrast(banner, ground) < _BANNER:
        # A banner in the page's own colour would be none.
        banner = mix(banner, ink_for(WHITE, (banner,)), _BANNER_INK)
    on_banner = on(brand, (banner,))
    # Buttons are filled, so their colour must stand out from the page and carry words.
    fill = towards(parse(brand.accent), palette.ink, grounds, _SHAPE)
    return {
        "ground": ground,
        "surface": surface,
        "ink": palette.ink,
        "soft": palette.muted,
        "accent": palette.accent,
        "rule": mix(ground, palette.ink, _RULE),
        "edge": palette.rule,
        "fill": fill,
        "on-fill": ink_for(WHITE, (fill,), BLACK),
        "banner": banner,
        "on-banner": on_banner.ink,
        "soft-banner": on_banner.muted,
        "accent-banner": on_banner.accent,
    }


_BANNER = 1.15
_BANNER_INK = 0.1
_RULE = 0.14


def _css(colours: dict[str, RGB]) -> str:
    return " ".join(f"--{name}: #{r:02x}{g:02x}{b:02x};" for name, (r, g, b) in colours.items())
