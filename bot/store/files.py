"""Files that are there whole, or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bot.store.errors import StoreError, StoreUnavailable

BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database file."""


@contextmanager
def written(target: Path, *, replaces: bool = False) -> Iterator[Path]:
    """Give a hidden file to write, mode 600; on the disk and under its name afterwards.

    What goes wrong leaves nothing behind.
    """
    temporary = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        yield temporary
        _sync(temporary)
        if replaces:
            temporary.replace(target)
        else:
            _name(temporary, target)
        _sync(target.parent)
    except FileExistsError as error:
        raise StoreError(f"{error.filename2 or error.filename} is there already") from error
    except OSError as error:
        raise StoreUnavailable(
            f"{target} cannot be written: {error.strerror}. Is there room, and may you write there?"
        ) from error
    finally:
        for suffix in ("", *BESIDE):
            with suppress(OSError):
                temporary.with_name(temporary.name + suffix).unlink(missing_ok=True)


def _name(temporary: Path, target: Path) -> None:
    """Give a file its name, unless that is taken."""
    try:
        os.link(temporary, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links, such as a USB stick's
        if os.path.lexists(target):
            raise FileExistsError(None, "is there already", str(target)) from None
        temporary.replace(target)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def own_alike(file: Path, folder: Path) -> None:
    """Give a file that root put there to whom the folder belongs: the bot must write it."""
    owner = folder.stat()
    if os.geteuid() == 0 and owner.st_uid != 0:
        os.chown(file, owner.st_uid, owner.st_gid)
