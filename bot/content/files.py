"""Reads files of a tree that anybody may have written to.

Every step goes from an open folder to a name in it and refuses links, so nothing outside
the root can be reached, whatever is moved while we read. Pipes and devices are never
opened: opening one may hang or do something.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, Self

MAX_BYTES = 64 * 1024
"""No file of ours is larger; a message is a few hundred bytes."""

_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY


class Refused(Exception):
    """A file or folder that is not read; the text says why and what to do."""


class Entry(NamedTuple):
    """A name in a folder."""

    name: str
    is_folder: bool
    is_link: bool


class Folder:
    """An open folder; `with` closes it."""

    def __init__(self, fd: int) -> None:
        self._fd = fd

    @classmethod
    def root(cls, path: Path) -> Self:
        """Open the root, which may itself be reached through links.

        Raises:
            Refused: there is no such folder, or it may not be read.
        """
        try:
            return cls(os.open(path.resolve(), _FLAGS | os.O_DIRECTORY))
        except (OSError, RuntimeError, ValueError) as error:
            raise Refused(_why(error)) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._fd)

    @contextmanager
    def folder(self, name: str) -> Iterator[Self]:
        """Open a folder in this one.

        Raises:
            Refused: it is not there, is a link, or may not be read.
        """
        kind = self._kind(name)
        if stat.S_ISLNK(kind):
            raise Refused("is a link; put the folder itself here")
        if not stat.S_ISDIR(kind):
            raise Refused("is not a folder")
        try:
            inner = type(self)(os.open(name, _FLAGS | os.O_DIRECTORY, dir_fd=self._fd))
        except OSError as error:
            raise Refused(_why(error)) from error
        with inner:
            yield inner

    def entries(self) -> list[Entry]:
        """List what is in the folder, by name.

        Raises:
            Refused: it cannot be listed.
        """
        try:
            with os.scandir(self._fd) as found:
                entries = [
                    Entry(e.name, e.is_dir(follow_symlinks=False), e.is_symlink()) for e in found
                ]
        except OSError as error:
            raise Refused(_why(error)) from error
        return sorted(entries)

    def read(self, name: str, most: int = MAX_BYTES) -> bytes:
        """Read a regular file of at most `most` bytes.

        Raises:
            FileNotFoundError: there is no such name.
            Refused: it is something else, too large, or may not be read.
        """
        _require_file(self._kind(name))
        try:
            fd = os.open(name, _FLAGS, dir_fd=self._fd)
        except OSError as error:
            raise Refused(_why(error)) from error
        try:
            # It may have been swapped since we looked.
            _require_file(os.fstat(fd).st_mode)
            return _read_all(fd, most)
        except OSError as error:
            raise Refused(_why(error)) from error
        finally:
            os.close(fd)

    def _kind(self, name: str) -> int:
        try:
            return os.stat(name, dir_fd=self._fd, follow_symlinks=False).st_mode
        except FileNotFoundError:
            raise
        except OSError as error:
            raise Refused(_why(error)) from error


def _require_file(mode: int) -> None:
    if stat.S_ISLNK(mode):
        raise Refused("is a link; put the file itself here")
    if stat.S_ISDIR(mode):
        raise Refused("is a folder; a file is expected")
    if not stat.S_ISREG(mode):
        raise Refused("is not a plain file; nothing else is read")


def _read_all(fd: int, most: int) -> bytes:
    parts = []
    left = most + 1
    while left > 0 and (part := os.read(fd, left)):
        parts.append(part)
        left -= len(part)
    if left <= 0:
        raise Refused(f"is larger than {most // 1024} KiB; split it into smaller files")
    return b"".join(parts)


def _why(error: Exception) -> str:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"cannot be read: {reason}"
