"""The lock that makes one process the only one that posts from a data folder."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

_FILE = "worker.lock"


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
        CannotWork: the folder cannot be written.
    """
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)  # drafts are nobody else's business
        file = (data / _FILE).open("a+", encoding="utf-8")
    except OSError as error:
        raise CannotWork(
            f"{data} cannot be written ({error.strerror}): who owns it, and is there room?"
        ) from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.seek(0)
            holder = file.read().strip() or "another process"
            raise AlreadyRunning(
                f"{holder} is already posting from {data}: stop it first, or use bot status"
            ) from error
        file.truncate(0)
        file.write(f"process {os.getpid()}")
        file.flush()
        yield file


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
