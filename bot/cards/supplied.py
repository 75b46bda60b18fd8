"""A user's own picture, made safe to send: decoded in a process of its own.

file -> read (below the root, regular, at most 50 MB)
     -> `decode.py` in a fresh interpreter: own memory limit, no environment, 20 s
     -> images/cards/<hash>.jpg or .png
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import PIL

from bot.cards import decode, files
from bot.cards.errors import CardError

MEMORY = 1_500 * 1024 * 1024
"""Address space of the decoding process, in bytes."""
SECONDS = 20
_VERSION = 1
"""Raise it when the same file would come out differently."""


def supplied(path: Path, root: Path, *, max_pixels: int, max_bytes: int) -> Path:
    """Make a safe copy of the picture `path` (relative to `root`) within a network's limits.

    The copy is upright, in sRGB, without EXIF, GPS position, XMP and comments; of an
    animation it is the first frame. A copy that is there already is used again. Returns its
    path relative to `root`.

    Raises:
        CardError: the file is missing, no picture, damaged or too large; the text is for
            the person who gave it.
    """
    recipe = f"{_VERSION} {PIL.__version__} {max_pixels} {max_bytes} {files.digest(root, path)}"
    name = hashlib.sha256(recipe.encode()).hexdigest()[:32]
    for suffix in (".jpg", ".png"):
        if (root / files.CARDS / (name + suffix)).is_file():
            return files.CARDS / (name + suffix)
    suffix, data = _decoded(path, files.read(root, path), max_pixels, max_bytes)
    return files.write(root, name + suffix, data)


def _decoded(path: Path, data: bytes, max_pixels: int, max_bytes: int) -> tuple[str, bytes]:
    # -I: neither the environment nor the current folder has a say in what it imports.
    command = [sys.executable, "-I", decode.__file__, *map(str, (max_pixels, max_bytes, MEMORY))]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and file, numbers only
            command, input=data, capture_output=True, timeout=SECONDS, env={}, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise CardError(f"{path}: it takes too long to read: save it again, smaller") from error
    except OSError as error:
        raise CardError(f"{path}: cannot be read now: {error.strerror}") from error
    status, _, rest = done.stdout.partition(b"\n")
    if done.returncode == 0 and status in (b".png", b".jpg"):
        return status.decode(), rest
    if status == b"error":
        raise CardError(f"{path}: {rest.decode(errors='replace')}")
    raise CardError(f"{path}: it is damaged or needs too much memory: save it again, smaller")
