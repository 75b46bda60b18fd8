"""The pictures of a kit: those that are posted, and smaller copies of the heavy ones."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from bot.cards import CardError, PassingError
from bot.model import Draft, Refusal

HEAVY = 200_000
"""Bytes from which on a picture is given as a smaller copy."""
WIDTH = 1200
"""Pixels of a smaller copy; its height follows."""
_QUALITY = 82
_WHITE = (255, 255, 255)
_TYPES = {"PNG": ".png", "JPEG": ".jpg"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as it lies in the kit."""

    content: bytes
    suffix: str
    width: int
    height: int
    alt: str


def shown(draft: Draft, root: Path) -> Shown | Refusal | None:
    """Take what goes with a draft; None where it goes without a picture."""
    if draft.picture is None:
        return None
    try:
        content = (root / draft.picture.path).read_bytes()
        return _shown(content, draft.picture.alt)
    except (OSError, CardError) as error:
        return Refusal(f"its picture: {error}")


def _shown(content: bytes, alt: str) -> Shown:
    """Take a picture of `images/cards`, made safe when it came there, as it is or smaller."""
    try:
        with Image.open(io.BytesIO(content), formats=tuple(_TYPES)) as image:
            suffix = _TYPES[str(image.format)]
            if len(content) > HEAVY:
                content, suffix, size = _smaller(content, suffix, image)
            else:
                size = image.size
    except (ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise PassingError(f"the file is damaged: {error}") from error
    return Shown(content, suffix, *size, alt)


def _smaller(content: bytes, suffix: str, image: Image.Image) -> tuple[bytes, str, tuple[int, int]]:
    canvas = Image.new("RGB", image.size, _WHITE)
    layer = image.convert("RGBA")
    canvas.paste(layer, mask=layer)
    canvas.thumbnail((WIDTH, WIDTH * 2))
    out = io.BytesIO()
    canvas.save(out, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    if out.tell() >= len(content):
        return content, suffix, image.size
    return out.getvalue(), ".jpg", canvas.size
