"""Reading pictures below the root, and writing finished ones to `images/cards/`."""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from io import BufferedReader
from pathlib import Path

from bot.cards.errors import CardError, PassingError

CARDS = Path("images/cards")
"""Where finished pictures go, relative to the root."""
MOST_BYTES = 50 * 1024 * 1024
"""Picture files larger than this are not read."""


def read(root: Path, path: Path) -> bytes:
    """Read a picture's bytes: a regular file below `root`, reached by no way around it.

    Raises:
        CardError: it is missing, elsewhere, no regular file, or too large.
    """
    with opened(root, path) as file:
        return file.read(MOST_BYTES)


@contextmanager
def opened(root: Path, path: Path) -> Iterator[BufferedReader]:
    """Open a picture for reading, under the conditions of `read`.

    Raises:
        CardError: as `read`, while it is being read too.
    """
    found = _resolved(root, path)
    try:
        # Neither a link put there since nor a pipe that never answers.
        handle = os.open(found, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | os.O_NONBLOCK)
        with os.fdopen(handle, "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise CardError(f"{path} is not a file")
            if status.st_size > MOST_BYTES:
                raise CardError(
                    f"{path} has {status.st_size / 2**20:.0f} MB: at most {MOST_BYTES // 2**20}"
                )
            yield file
    except OSError as error:
        raise PassingError(f"{path} cannot be read: {error.strerror}") from error


def _resolved(root: Path, path: Path) -> Path:
    base = _real_root(root)
    try:
        found = (base / path).resolve(strict=True)
    except FileNotFoundError as error:
        raise CardError(f"there is no picture {path}") from error
    except (OSError, RuntimeError, ValueError) as error:
        raise CardError(f"{path} cannot be read: {error}") from error
    if not found.is_relative_to(base):
        raise CardError(f"{path} is outside {base.name or base}: copy it into images/")
    return found


@lru_cache(maxsize=16)
def _real_root(root: Path) -> Path:
    return root.resolve()


def digest(root: Path, path: Path) -> str:
    """Hash a picture file below `root` (SHA-256); it is read again only when its status changed.

    Raises:
        CardError: as `read`.
    """
    try:
        status = (root / path).stat()
    except (OSError, ValueError) as error:
        raise CardError(f"there is no picture {path}") from error
    # Anybody can set the time of a file's last change back; that of its status nobody can.
    touched = (status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino)
    return _digest(root, path, touched)


@lru_cache(maxsize=1024)
def _digest(root: Path, path: Path, _touched: tuple[int, ...]) -> str:
    with opened(root, path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def kept(root: Path, name: str) -> bool:
    """Tell whether a finished picture is there, and keep it from being pruned for a while."""
    place = root / CARDS / name
    try:
        status = place.stat()
        if not stat.S_ISREG(status.st_mode) or not status.st_size:
            return False
        os.utime(place)
    except PermissionError:  # made by another user
        return True
    except OSError:
        return False
    return True


def forget(root: Path, path: Path) -> None:
    """Take away a picture of ours that turns out to be damaged, so that it is made anew."""
    with suppress(OSError):
        (root / path).unlink(missing_ok=True)


def folder(root: Path) -> Path:
    """Give the folder of finished pictures, making it where it is missing.

    Raises:
        CardError: it cannot be made.
    """
    found = root / CARDS
    try:
        found.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PassingError(f"{CARDS} cannot be made: {error.strerror}") from error
    return found


def write(root: Path, name: str, data: bytes) -> Path:
    """Put a finished picture in its place, whole or not at all; returns its path below `root`.

    Raises:
        CardError: the disk is full or the folder cannot be written to.
    """
    place = folder(root)
    try:
        handle, temporary = tempfile.mkstemp(prefix=".", suffix=".part", dir=place)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fchmod(file.fileno(), 0o644)
                os.fsync(file.fileno())
            Path(temporary).replace(place / name)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        _sync_folder(place)
    except OSError as error:
        raise PassingError(f"{CARDS / name} cannot be written: {error.strerror}") from error
    return CARDS / name


def _sync_folder(place: Path) -> None:
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
