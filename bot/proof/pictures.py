"""Picture files -> `data:` addresses, small enough together for a mail."""

from __future__ import annotations

import io
import warnings
from base64 import b64encode
from collections.abc import Iterable
from pathlib import Path

from PIL import Image

from bot.jobs.drafting import changed_since
from bot.model import Picture
from bot.proof.nouns import Embedded

ROOM = 3_300_000
"""Characters that all pictures of a page may take; the page as a whole stays below 4 MB."""
FEED_WIDTH = 800
"""Pixels of a reduced picture: sharp at the 640 of Mastodon's feed, and more than X's 516."""
_QUALITY = 80
_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}
_MOST_PIXELS = 40_000_000
_WHITE = (255, 255, 255)


def embed(root: Path, pictures: Iterable[Picture], room: int = ROOM) -> dict[Path, Embedded | str]:
    """Read each picture once; by path, or why it cannot be shown.

    The files go in byte for byte while that fits into `room` characters; otherwise copies at
    the size of a feed do, where they are smaller.
    """
    files: dict[Path, bytes | str] = {}
    for picture in pictures:
        if picture.path not in files:
            files[picture.path] = _read(root, picture)
    whole = {path: _embedded(file) for path, file in files.items()}
    if sum(len(e.address) for e in whole.values() if isinstance(e, Embedded)) <= room:
        return whole
    return {path: _smaller(whole[path], file) for path, file in files.items()}


def _read(root: Path, picture: Picture) -> bytes | str:
    try:
        content = (root / picture.path).read_bytes()
    except FileNotFoundError:
        return f"not drawn: there is no {picture.path.as_posix()}"
    except OSError as error:
        return f"{picture.path.as_posix()} cannot be read: {error.strerror}"
    return changed_since(picture, content) or content


def _embedded(file: bytes | str) -> Embedded | str:
    if isinstance(file, str):
        return file
    image = _open(file)
    if isinstance(image, str):
        return image
    with image:
        return Embedded(
            _address(_TYPES[str(image.format)], file), *image.size, size=len(file), reduced=False
        )


def _smaller(whole: Embedded | str, file: bytes | str) -> Embedded | str:
    if isinstance(whole, str) or isinstance(file, str):
        return whole
    image = _open(file)
    if isinstance(image, str):
        return image
    with image:
        try:
            canvas = Image.new("RGB", image.size, _WHITE)
            layer = image.convert("RGBA")
        except (OSError, ValueError, SyntaxError) as error:
            return f"the file is damaged: {error}"
    canvas.paste(layer, mask=layer)
    canvas.thumbnail((FEED_WIDTH, FEED_WIDTH * 4))
    out = io.BytesIO()
    canvas.save(out, "WEBP", quality=_QUALITY, method=4)
    address = _address(_TYPES["WEBP"], out.getvalue())
    if len(address) >= len(whole.address):
        return whole
    return Embedded(address, whole.width, whole.height, whole.size, reduced=True)


def _open(file: bytes) -> Image.Image | str:
    """Read a picture's head; whoever decodes it has been told that it is not too large."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            image = Image.open(io.BytesIO(file), formats=tuple(_TYPES))
        except Image.DecompressionBombError:
            return "it has too many pixels to be shown"
        except (OSError, ValueError, SyntaxError):
            return "the file is damaged, or no picture"
    if image.width * image.height > _MOST_PIXELS:
        return "it has too many pixels to be shown"
    return image


def _address(media_type: str, content: bytes) -> str:
    return f"data:{media_type};base64,{b64encode(content).decode('ascii')}"
