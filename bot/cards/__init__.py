"""Share cards: words and look in, a picture file and its alt text out.

    CardSpec -> templates.lay_out -> Sheet -> paint.paint -> paint.encode -> images/cards/<hash>

A picture is named by the hash of everything it depends on, so its name is known before it is
drawn, and one that is there is never drawn again. What cannot be drawn is refused with a
`CardError` whose text tells a person what to change; `check` says the same without drawing.

Everything behind this file may be replaced; callers know only what it exports.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path

import babel
import PIL

from bot.cards import files, fonts, ground, paint, templates
from bot.cards.alt import alt_text
from bot.cards.brandbar import LOGO_SIDE
from bot.cards.errors import CardError, TooLongError
from bot.cards.files import CARDS
from bot.cards.sheet import Sheet
from bot.cards.supplied import supplied
from bot.model import CardSpec

__all__ = [
    "CARDS",
    "CardError",
    "TooLongError",
    "alt_text",
    "card_name",
    "check",
    "render",
    "supplied",
]

_SIDES = range(480, 2401)
"""Widths and heights that can be drawn, in pixels."""


def card_name(spec: CardSpec, root: Path) -> str:
    """Name the card's file: the same words, look and assets always give the same name.

    Raises:
        CardError: a font, the logo or the picture is missing or unusable.
    """
    return hashlib.sha256(_recipe(spec, root).encode()).hexdigest()[:32] + _suffix(spec, root)


def check(spec: CardSpec, root: Path) -> str | None:
    """Say why the card cannot be drawn, to the person who wrote it; None where it can.

    Measures only, and remembers: some tenths of a millisecond for a card not seen before.
    """
    try:
        return _checked(_recipe(spec, root), _Unhashed(spec), root)
    except CardError as error:
        return str(error)


def render(spec: CardSpec, root: Path) -> Path:
    """Draw the card unless it is there already; returns its path relative to `root`.

    Raises:
        CardError: as `check` says, or the file cannot be written.
    """
    name = card_name(spec, root)
    if (root / CARDS / name).is_file():
        return CARDS / name
    return files.write(root, name, draw(spec, root))


def draw(spec: CardSpec, root: Path) -> bytes:
    """Draw the card as the bytes of its file, the same each time.

    Raises:
        CardError: it cannot be drawn.
    """
    sheet = layout(spec, root)
    under, palette = ground.ground(root, spec.look.brand, (spec.width, spec.height))
    logo = ground.logo(root, spec.look.brand, round(sheet.px(LOGO_SIDE)))
    image = paint.paint(sheet, palette, under, logo)
    return paint.encode(image, sheet, palette, under.tones)


def layout(spec: CardSpec, root: Path, *, draft: bool = False) -> Sheet:
    """Find where everything on the card stands; with `draft` only whether it has room.

    Raises:
        CardError: it cannot be drawn.
    """
    if spec.width not in _SIDES or spec.height not in _SIDES:
        raise CardError(
            f"a card of {spec.width}x{spec.height} pixels cannot be drawn: each side has "
            f"{_SIDES[0]} to {_SIDES[-1]}"
        )
    sheet = Sheet(spec.width, spec.height, fonts.folder_of(root), draft)
    templates.lay_out(spec, sheet)
    return sheet


def _suffix(spec: CardSpec, root: Path) -> str:
    flat = ground.is_flat(root, spec.look.brand, (spec.width, spec.height))
    return ".png" if flat else ".jpg"


class _Unhashed:
    """Carries a spec past `lru_cache`: the recipe beside it is the whole key."""

    __slots__ = ("spec",)

    def __init__(self, spec: CardSpec) -> None:
        self.spec = spec

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Unhashed)


@lru_cache(maxsize=16_384)
def _checked(_recipe: str, carried: _Unhashed, root: Path) -> str | None:
    spec = carried.spec
    try:
        sheet = layout(spec, root, draft=True)
        # Decoded once for each logo and picture, not for each card.
        _suffix(spec, root)
        ground.logo(root, spec.look.brand, round(sheet.px(LOGO_SIDE)))
    except CardError as error:
        return str(error)
    return None


def _recipe(spec: CardSpec, root: Path) -> str:
    """Put all that the picture depends on into one text."""
    brand, look = spec.look.brand, spec.look
    assets = [
        files.digest(root, path) if path is not None else "" for path in (brand.logo, brand.picture)
    ]
    moments = [
        None if moment is None else f"{moment.isoformat()} {moment.tzinfo}"
        for moment in (spec.starts, spec.ends)
    ]
    return json.dumps(
        [
            templates.VERSION,
            PIL.__version__,
            babel.__version__,
            _fonts_digest(fonts.folder_of(root)),
            spec.kind,
            spec.language,
            sorted(spec.words.items()),
            brand.name,
            brand.background,
            brand.ink,
            brand.accent,
            *assets,
            look.hashtag,
            look.link,
            spec.goal,
            spec.count,
            spec.as_of.isoformat() if spec.as_of else None,
            *moments,
            spec.all_day,
            spec.places,
            spec.width,
            spec.height,
        ]
    )


@lru_cache(maxsize=8)
def _fonts_digest(folder: Path) -> str:
    whole = hashlib.sha256()
    for name in sorted(fonts.FILES.values()):
        for path in (folder / name, (folder / name).with_suffix(".json")):
            whole.update(path.read_bytes())
    return whole.hexdigest()
