"""The lock that makes one process the only one that posts from a data folder."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

_FILE = "worker.lock"
_TRIES = 5
_APART_S = 0.02


class CannotWork(Exception):
    """A process that may not, or cannot, post from the data folder; the text says why."""


class AlreadyRunning(CannotWork):
    """Another process of ours works on the same data."""


@contextmanager
def sole_worker(data: Path) -> Iterator[IO[str]]:
    """Hold the lock that makes this process the only one that posts from `data`.

    The kernel lets go of it when the process ends, however it ends.

    Raises:
        AlreadyRunning: somebody else holds it.
        CannotWork: the folder cannot be written, or is a file.
    """
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)  # drafts are nobody else's business
        file = (data / _FILE).open("a+", encoding="utf-8")
    except (FileExistsError, NotADirectoryError) as error:
        raise CannotWork(
            f"{data} is to be the data folder, and a file is in its place: name a folder in "
            "LOUDHAILER_DATA, or put that file elsewhere"
        ) from error
    except OSError as error:
        raise _unwritable(data, error) from error
    with file:
        try:
            _take(file)
        except OSError as error:
            file.seek(0)
            holder = file.read().strip() or "another process"
            raise AlreadyRunning(
                f"{holder} is already posting from {data}: stop it first, or use bot status"
            ) from error
        try:
            file.truncate(0)
            file.write(f"process {os.getpid()}")
            file.flush()
        except OSError as error:
            with suppress(OSError):  # what could not be written is tried once more
                file.close()
            raise _unwritable(data, error) from error
        yield file


def _take(file: IO[str]) -> None:
    """Take the lock; whoever only looks at it (`is_held`) has it for a moment."""
    for left in reversed(range(_TRIES)):
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if not left:
                raise
            time.sleep(_APART_S)
        else:
            return


def _unwritable(data: Path, error: OSError) -> CannotWork:
    return CannotWork(
        f"{data} cannot be written ({error.strerror}): who owns it, and is there room?"
    )


def is_held(data: Path) -> bool:
    """Tell whether some process holds the lock."""
    try:
        with (data / _FILE).open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False
