"""What lies under a card's words: plain colour, or the campaign's picture made readable.

On a picture the words need help. It gets the thinnest veil of the background colour that
brings them to 4.5:1 against its 2nd and 98th percentile of luminance, and a busy one is
blurred first.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageFilter, ImageOps, ImageStat

from bot.cards import colour, files
from bot.cards.colour import RGB, Palette
from bot.cards.decode import UnusablePictureError, decode, flattened
from bot.cards.errors import CardError
from bot.cards.paint import Ground
from bot.model import Brand

_SAMPLE = (160, 90)
_EXTREME = 0.02
"""The share of a picture's darkest and of its lightest parts that may be less readable."""
_TONES = 5
_MOST_COLOURS = 1 << 14
_FLAT_SHARE = 0.97
"""A picture is flat when this share of it is in at most `_TONES` colours."""
_BUSY = 14.0
"""Mean edge strength (0 to 255) from which a picture is too busy to read on."""
_BLUR = 1 / 100
_VEIL_STEPS = 20


@dataclass(frozen=True, slots=True)
class _Scene:
    """A picture at the card's size, before the veil."""

    image: Image.Image
    flat: bool
    sample: tuple[tuple[int, RGB], ...]
    """How often which colour is in a small copy."""


def ground(root: Path, brand: Brand, size: tuple[int, int]) -> tuple[Ground, Palette]:
    """Prepare what lies under the words, and the palette that can be read on it.

    Raises:
        CardError: the brand's picture cannot be used.
    """
    plain = colour.parse(brand.background)
    if brand.picture is None:
        return Ground(Image.new("RGB", size, plain), (plain,)), colour.palette(brand)
    key = files.digest(root, brand.picture)
    return _veiled(root, brand.picture, brand, size, key)


def is_flat(root: Path, brand: Brand, size: tuple[int, int]) -> bool:
    """Tell whether the card is stored with a palette: no picture, or one of few colours.

    Raises:
        CardError: the brand's picture cannot be used.
    """
    if brand.picture is None:
        return True
    return _scene(root, brand.picture, size, files.digest(root, brand.picture)).flat


@lru_cache(maxsize=8)
def _veiled(
    root: Path, path: Path, brand: Brand, size: tuple[int, int], key: str
) -> tuple[Ground, Palette]:
    scene = _scene(root, path, size, key)
    plain = colour.parse(brand.background)
    share, palette = _veil(scene, brand, plain)
    image = scene.image
    if share:
        image = Image.blend(image, Image.new("RGB", size, plain), share)
    return Ground(image, _tones(image) if scene.flat else ()), palette


def _veil(scene: _Scene, brand: Brand, plain: RGB) -> tuple[float, Palette]:
    """Find the thinnest veil, 0 to 1, with which the words can be read, and their palette."""
    for step in range(_VEIL_STEPS + 1):
        share = step / _VEIL_STEPS
        extremes = _extremes(scene.sample, plain, share)
        palette = colour.palette(brand, extremes)
        # The ink is the campaign's own, or the one that replaces it on the plain colour.
        wanted = colour.ink_for(colour.parse(brand.ink), (plain,))
        if colour.least_contrast(wanted, extremes) >= colour.TEXT:
            return share, palette
    return 1.0, colour.palette(brand)


def _extremes(sample: tuple[tuple[int, RGB], ...], plain: RGB, share: float) -> tuple[RGB, RGB]:
    """Find the colours at the 2nd and 98th percentile of luminance, under a veil."""
    veiled = sorted(
        (
            (colour.luminance(mixed), count, mixed)
            for count, seen in sample
            for mixed in (colour.mix(seen, plain, share),)
        ),
    )
    total = sum(count for count, _ in sample)
    low, high, passed = veiled[0][2], veiled[-1][2], 0
    for _, count, mixed in veiled:
        if passed <= total * _EXTREME:
            low = mixed
        if passed < total * (1 - _EXTREME):
            high = mixed
        passed += count
    return low, high


@lru_cache(maxsize=4)
def _scene(root: Path, path: Path, size: tuple[int, int], _key: str) -> _Scene:
    try:
        image = flattened(decode(files.read(root, path)))
    except UnusablePictureError as error:
        raise CardError(f"the picture {path}: {error}") from error
    image = ImageOps.fit(image, size, Image.Resampling.LANCZOS)
    # None, where there are more, makes it a photo.
    tones = image.getcolors(_MOST_COLOURS) or []
    largest = sorted((count for count, _ in tones), reverse=True)[:_TONES]
    flat = sum(largest) >= _FLAT_SHARE * size[0] * size[1]
    edges = image.convert("L").resize(_SAMPLE).filter(ImageFilter.FIND_EDGES)
    if not flat and ImageStat.Stat(edges).mean[0] > _BUSY:
        image = image.filter(ImageFilter.GaussianBlur(size[0] * _BLUR))
    small = image.resize(_SAMPLE, Image.Resampling.BOX)
    return _Scene(image, flat, _counted(small))


def _counted(image: Image.Image) -> tuple[tuple[int, RGB], ...]:
    found = image.getcolors(image.width * image.height) or []
    return tuple(
        (count, (seen[0], seen[1], seen[2])) for count, seen in found if isinstance(seen, tuple)
    )


def _tones(image: Image.Image) -> tuple[RGB, ...]:
    found = sorted(image.getcolors(_MOST_COLOURS) or [], key=lambda each: -each[0])[:_TONES]
    return tuple((seen[0], seen[1], seen[2]) for _, seen in found if isinstance(seen, tuple))


def logo(root: Path, brand: Brand, side: int) -> Image.Image | None:
    """Fit the brand's logo into a square of `side` pixels, RGBA.

    Raises:
        CardError: it cannot be used.
    """
    if brand.logo is None:
        return None
    return _logo(root, brand.logo, side, files.digest(root, brand.logo))


@lru_cache(maxsize=16)
def _logo(root: Path, path: Path, side: int, _key: str) -> Image.Image:
    try:
        image = decode(files.read(root, path)).convert("RGBA")
    except UnusablePictureError as error:
        raise CardError(f"the logo {path}: {error}") from error
    return ImageOps.pad(image, (side, side), Image.Resampling.LANCZOS, color=(0, 0, 0, 0))
