"""Pictures as they stand on a card: cropped to their box, scaled, blurred where need be.

Only safe copies are opened here; see `supplied.for_cards`.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageFilter

from bot.cards import files
from bot.cards.photos import supplied
from bot.cards.photos.focus import window
from bot.cards.scene import Box

_BLUR = 1 / 90
"""Radius of the blur, as a share of the longer side."""
_REDUCING_GAP = 3.0
"""How much larger than wanted a picture is after the fast first step of scaling down."""


def pixels(box: Box) -> tuple[int, int, int, int]:
    """Round a box to whole pixels: left, top, width, height; at least one each way."""
    left, top = round(box.x), round(box.y)
    return left, top, max(1, round(box.width)), max(1, round(box.height))


def cropped(
    root: Path,
    path: Path,
    size: tuple[int, int],
    focus: tuple[float, float] | None,
    *,
    blurred: bool = False,
) -> Image.Image:
    """Give the picture `path` filling `size`, RGB or RGBA; not to be drawn on.

    Raises:
        CardError: it cannot be used; the text is for the person who gave it.
    """
    return _cropped(root, path, size, focus, blurred, files.digest(root, path))


@lru_cache(maxsize=2)
def _cropped(
    root: Path,
    path: Path,
    size: tuple[int, int],
    focus: tuple[float, float] | None,
    blurred: bool,
    key: str,
) -> Image.Image:
    if blurred:
        sharp = _cropped(root, path, size, focus, False, key)
        return sharp.filter(ImageFilter.GaussianBlur(max(size) * _BLUR))
    with supplied.opened(path, root) as file:
        scale = max(size[0] / file.width, size[1] / file.height)
        # A JPEG can be read at a half or a quarter of its size.
        file.draft("RGB", (int(file.width * scale), int(file.height * scale)))
        mode = "RGBA" if file.has_transparency_data else "RGB"
        image = file if file.mode == mode else file.convert(mode)
        part = window(image, size, focus)
        return image.resize(size, Image.Resampling.LANCZOS, part, reducing_gap=_REDUCING_GAP)
