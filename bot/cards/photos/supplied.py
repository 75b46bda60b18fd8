"""People's own pictures, made safe: each is decoded in a process of its own.

file -> opened (below the root, regular, at most 50 MB)
     -> this folder in a fresh interpreter: own memory limit, no environment, 20 s
     -> images/cards/<hash>.jpg or .png

Whoever needs a picture, be it for sending or for drawing on a card, uses such a copy only.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path
from typing import BinaryIO

import PIL
from PIL import Image

from bot.cards import files
from bot.cards.errors import CardError, PassingError

MEMORY = 200 * 2**20
"""Address space of the decoding process, in bytes."""
SECONDS = 20
CARD_PIXELS = 3_000_000
"""Pixels of a copy for cards: the largest card's, with room for cropping."""
_CARD_BYTES = 32 * 2**20
_VERSION = 2
"""Raise it when the same file would come out differently."""


def supplied(path: Path, root: Path, *, max_pixels: int, max_bytes: int) -> Path:
    """Make a safe copy of the picture `path` (relative to `root`) within a network's limits.

    The copy is upright, in sRGB, without EXIF, GPS position, XMP and comments; of an
    animation it is the first frame. It is as large as it came, unless the limits forbid it.
    A copy that is there already is used again. Returns its path relative to `root`.

    Raises:
        CardError: the file is missing, no picture, damaged or too large; the text is for
            the person who gave it.
    """
    return _copy(path, root, max_pixels, max_bytes, alpha=False)


def for_cards(path: Path, root: Path) -> Path:
    """Make a safe copy to draw on cards, like `supplied`; transparent parts stay so.

    Raises:
        CardError: as `supplied`.
    """
    return _copy(path, root, CARD_PIXELS, _CARD_BYTES, alpha=True)


def opened(path: Path, root: Path) -> Image.Image:
    """Open the safe copy of a picture for cards; one that is damaged is made once more.

    Raises:
        CardError: as `supplied`.
    """
    copy = for_cards(path, root)
    try:
        return _loaded(root / copy)
    except OSError:
        files.forget(root, copy)
    try:
        return _loaded(root / for_cards(path, root))
    except OSError as error:
        raise PassingError(f"{path}: its copy {copy} cannot be read: {error}") from error


def _loaded(path: Path) -> Image.Image:
    image = Image.open(path)
    try:
        # A copy that was cut short is found out here, at an eighth of the work for a JPEG.
        with Image.open(path) as probe:
            probe.draft("RGB", (probe.width // 8, probe.height // 8))
            probe.load()
    except BaseException:
        image.close()
        raise
    return image


def _copy(path: Path, root: Path, max_pixels: int, max_bytes: int, *, alpha: bool) -> Path:
    wanted = f"{max_pixels} {max_bytes} {int(alpha)}"
    recipe = f"{_VERSION} {PIL.__version__} {wanted} {files.digest(root, path)}"
    name = hashlib.sha256(recipe.encode()).hexdigest()[:32]
    for suffix in (".jpg", ".png"):
        if files.kept(root, name + suffix):
            return files.CARDS / (name + suffix)
    folder = files.folder(root)
    with files.opened(root, path) as file:
        suffix, data = _decoded(path, file, [*wanted.split(), str(MEMORY)], folder)
    return files.write(root, name + suffix, data)


def _decoded(path: Path, file: BinaryIO, limits: list[str], folder: Path) -> tuple[str, bytes]:
    # -I: neither the environment nor the current folder has a say in what it imports.
    command = [sys.executable, "-I", str(Path(__file__).parent), *limits]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and file, numbers only
            command,
            stdin=file,
            capture_output=True,
            timeout=SECONDS,
            env={},
            cwd=folder,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise PassingError(f"{path}: it takes too long to read: save it again, smaller") from error
    except OSError as error:
        raise PassingError(f"{path}: cannot be read now: {error.strerror}") from error
    status, _, rest = done.stdout.partition(b"\n")
    if done.returncode == 0 and status in (b".png", b".jpg"):
        return status.decode(), rest
    if status == b"error":
        raise CardError(f"{path}: {rest.decode(errors='replace')}")
    raise CardError(f"{path}: it is damaged or needs too much memory: save it again, smaller")
