"""Takes uploaded pictures: is it one, how large, and where to keep it."""

from __future__ import annotations

import io
import threading
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from bot.sandbox.ids import digest

FORMATS = {
    "JPEG": ("image/jpeg", "jpg"),
    "PNG": ("image/png", "png"),
    "WEBP": ("image/webp", "webp"),
    "GIF": ("image/gif", "gif"),
}
"""What both networks take, by Pillow's name: media type and file ending."""

MAX_PIXELS = 33_177_600
"""Width times height; Mastodon's image_matrix_limit."""


class NotAPictureError(ValueError):
    """The bytes are not a picture that the networks take."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What is known of a picture's bytes."""

    media_type: str
    ending: str
    width: int
    height: int


def inspect(content: bytes) -> Picture:
    """Look into `content`, really decoding it: headers alone pass for truncated files.

    Raises:
        NotAPictureError: it is empty, damaged, too large in pixels or of another kind.
    """
    try:
        with Image.open(io.BytesIO(content), formats=tuple(FORMATS)) as image:
            width, height = image.size
            if width * height > MAX_PIXELS:
                raise NotAPictureError(f"{width}x{height} pixels are too many")
            kind = image.format or ""
            image.load()
    except NotAPictureError:
        raise
    except Exception as error:  # Pillow raises anything on hostile bytes
        raise NotAPictureError("not a picture") from error
    media_type, ending = FORMATS[kind]
    return Picture(media_type, ending, width, height)


def keep(folder: Path, content: bytes, ending: str) -> str:
    """Write `content` into `folder` and return the file's name.

    The name is a hash, so the same picture is kept once.
    """
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{digest(content.hex()).hex()[:24]}.{ending}"
    target = folder / name
    if not target.exists():
        draft = folder / f"{name}.{threading.get_ident()}.part"
        draft.write_bytes(content)
        draft.replace(target)
    return name
