"""Scenes to files: nothing is decided here, only drawn; the same bytes each time.

    flat (plain colours, words, a logo)  -> palette indexes -> PNG8
    with a picture or colour emoji       -> RGB             -> JPEG, 4:4:4

X has never turned PNGs with a palette into JPEG, and 4:2:0 visibly dulls coloured words.
"""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from bot.cards.canvas import flat, full, logos
from bot.cards.canvas.png import png
from bot.cards.photos.cropped import cropped, pixels
from bot.cards.scene import Logo, Photo, Scene, Words
from bot.cards.typesetting.fonts import Library

__all__ = ["VERSION", "draw", "draw_image", "encode", "prepare", "suffix"]

VERSION = 2
"""Raise it with every change here that alters a picture: it is part of the pictures' names."""
MOST_BYTES = 5_000_000
"""What X takes; Mastodon takes more."""
_QUALITIES = (85, 75, 60, 40)


def draw(scene: Scene, root: Path, library: Library) -> bytes:
    """Draw a scene as the bytes of its file.

    Raises:
        CardError: the logo or a picture cannot be used.
    """
    return encode(draw_image(scene, root, library))


def suffix(scene: Scene) -> str:
    """Say what kind of file `draw` makes: `.png` or `.jpg`."""
    return ".png" if _is_flat(scene) else ".jpg"


def prepare(scene: Scene, root: Path) -> None:
    """See to it that all pictures of a scene can be used, without drawing it.

    Raises:
        CardError: the logo or a picture cannot be used; the text is for who gave it.
    """
    for item in scene.items:
        if isinstance(item, Logo):
            logos.placed(root, item)
        elif isinstance(item, Photo):
            cropped(root, item.path, pixels(item.box)[2:], item.focus)


def draw_image(scene: Scene, root: Path, library: Library) -> Image.Image:
    """Draw a scene: mode P where it is flat, else RGB.

    Raises:
        CardError: the logo or a picture cannot be used.
    """
    if not _is_flat(scene):
        return full.paint(scene, root, library)
    image = flat.paint(scene, root, library)
    if image is not None:
        return image
    # More colours than a palette holds: the best that it can do.
    return full.paint(scene, root, library).quantize(
        256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE
    )


def encode(image: Image.Image) -> bytes:
    """Encode what `draw_image` gave, within what every network takes."""
    if image.mode == "P":
        return png(image)
    for quality in _QUALITIES:
        out = io.BytesIO()
        image.save(out, "JPEG", quality=quality, subsampling=0)
        if out.tell() <= MOST_BYTES:
            break
    return out.getvalue()


def _is_flat(scene: Scene) -> bool:
    return not any(
        isinstance(item, Photo)
        or (isinstance(item, Words) and any(r.coloured for ln in item.block.lines for r in ln.runs))
        for item in scene.items
    )
