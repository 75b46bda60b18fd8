"""A folder that files are moved into and out of, never over each other.

Like `bot.content.files.Folder`, which it extends, it goes from an open folder to a name in it
and follows no links. Nothing here deletes or replaces what it did not make itself.
"""

from __future__ import annotations

import ctypes
import errno
import hashlib
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import suppress
from typing import Final, NamedTuple

from bot.content.files import Folder

_NO_REPLACE = 1  # RENAME_NOREPLACE of renameat2(2)
_CANNOT = frozenset((errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP))
_TO_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
PLACEHOLDER: Final = b"Loudhailer is moving a file here.\n"
"""Holds a name, where the file system cannot move without replacing."""


class Mark(NamedTuple):
    """What tells a file that rests from one that is being written, or has been since.

    Inode numbers are not in it: some network file systems make them up at every look.
    """

    size: int
    mtime_ns: int
    mode: int

    @property
    def is_file(self) -> bool:
        """Whether it is a plain file."""
        return stat.S_ISREG(self.mode)

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder."""
        return stat.S_ISDIR(self.mode)

    def same(self, other: Mark | None) -> bool:
        """Tell whether this is what was seen before; of a folder only that it is one."""
        return self == other or (other is not None and self.is_folder and self.mode == other.mode)


_libc = ctypes.CDLL(None, use_errno=True)


def _rename_no_replace(src_fd: int, src: str, dst_fd: int, dst: str) -> None:
    """Rename unless the new name is taken, in one step; Python's `os` has no such call."""
    call = getattr(_libc, "renameat2", None)
    if call is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    done = call(src_fd, os.fsencode(src), dst_fd, os.fsencode(dst), ctypes.c_uint(_NO_REPLACE))
    if done != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), dst)


class Drawer(Folder):
    """An open folder to work in; `with` closes it."""

    rename = staticmethod(_rename_no_replace)
    """What moves a file; not every file system can do it without replacing."""

    def scan(self) -> Iterator[os.DirEntry[str]]:
        """Give the entries one by one, as the system has them: there may be a million."""
        with os.scandir(self._fd) as entries:
            yield from entries

    def status(self, name: str) -> os.stat_result | None:
        """Look at a name without following it; None where there is nothing."""
        try:
            return os.stat(name, dir_fd=self._fd, follow_symlinks=False)
        except FileNotFoundError:
            return None

    def mark(self, name: str) -> Mark | None:
        """Look at a name without following it; None where there is nothing."""
        found = self.status(name)
        return None if found is None else mark_of(found)

    def has(self, name: str) -> bool:
        """Tell whether the name is taken."""
        return self.status(name) is not None

    def identity(self) -> tuple[int, int]:
        """What tells this folder from others, by whatever name."""
        found = os.fstat(self._fd)
        return found.st_dev, found.st_ino

    def make(self, name: str) -> None:
        """Make a folder in this one, where there is none."""
        with suppress(FileExistsError):
            os.mkdir(name, 0o775, dir_fd=self._fd)

    def create(self, name: str, data: bytes) -> None:
        """Write a new file, whole or not at all.

        Raises:
            FileExistsError: the name is taken.
            OSError: it cannot be written.
        """
        temporary = f".~{secrets.token_hex(8)}.tmp"
        self._write(temporary, data)
        try:
            self.move(temporary, self, name)
        except BaseException:
            with suppress(OSError):
                os.unlink(temporary, dir_fd=self._fd)
            raise

    def replace(self, name: str, data: bytes) -> None:
        """Write a file of our own, over what it was, whole or not at all."""
        temporary = f".~{secrets.token_hex(8)}.tmp"
        self._write(temporary, data)
        self.replace_placeholder(temporary, self, name)
        self.sync()

    def remove(self, name: str) -> None:
        """Take away a file of our own."""
        with suppress(FileNotFoundError):
            os.unlink(name, dir_fd=self._fd)

    def finish(self, name: str, data: bytes) -> bool:
        """Write a new file unless it is there already, word for word; False: another is there."""
        try:
            self.create(name, data)
        except FileExistsError:
            if self.holds_placeholder(name):
                self.replace(name, data)
                return True
            found = self.mark(name)
            if found is None or not found.is_file or found.size != len(data):
                return False
            return self.read(name, most=len(data)) == data
        return True

    def _write(self, name: str, data: bytes) -> None:
        with os.fdopen(os.open(name, _TO_NEW, 0o664, dir_fd=self._fd), "wb") as file:
            try:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            except BaseException:
                with suppress(OSError):
                    os.unlink(name, dir_fd=self._fd)
                raise

    def move(self, name: str, into: Drawer, new: str) -> None:
        """Move a file, link, pipe or folder, as it is, to a name that is free.

        Raises:
            FileExistsError: the new name is taken.
            FileNotFoundError: it is no longer here.
            OSError: it cannot be moved.
        """
        try:
            self.rename(self._fd, name, into._fd, new)
        except OSError as error:
            if error.errno not in _CANNOT:
                raise
            into._reserve(new, self.mark(name))
            self.replace_placeholder(name, into, new)

    def _reserve(self, name: str, for_what: Mark | None) -> None:
        if for_what is not None and for_what.is_folder:
            os.mkdir(name, 0o775, dir_fd=self._fd)
        else:
            self._write(name, PLACEHOLDER)

    def replace_placeholder(self, name: str, into: Drawer, new: str) -> None:
        """Move a file over the placeholder that holds its name."""
        os.rename(name, new, src_dir_fd=self._fd, dst_dir_fd=into._fd)

    def holds_placeholder(self, name: str) -> bool:
        """Tell whether the name is only reserved: a crash came between reserving and moving."""
        found = self.mark(name)
        if found is None:
            return False
        if found.is_folder:
            with self.folder(name) as inner:
                return next(inner.scan(), None) is None
        return (
            found.is_file
            and found.size == len(PLACEHOLDER)
            and self.read(name, most=len(PLACEHOLDER)) == PLACEHOLDER
        )

    def start(self, name: str, most: int = 16) -> bytes:
        """Read the first bytes of a file, which tell what it is.

        Raises:
            OSError: it cannot be read, or is a link.
        """
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        with os.fdopen(os.open(name, flags, dir_fd=self._fd), "rb") as file:
            return file.read(most)

    def digest(self, name: str) -> str:
        """Hash a file (SHA-256).

        Raises:
            OSError: it cannot be read, or is a link.
        """
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        with os.fdopen(os.open(name, flags, dir_fd=self._fd), "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def sync(self) -> None:
        """Bring what was moved in or out onto the disk, where the file system does that."""
        with suppress(OSError):
            os.fsync(self._fd)


def mark_of(found: os.stat_result) -> Mark:
    """Keep of a status what tells files apart."""
    return Mark(found.st_size, found.st_mtime_ns, found.st_mode)
