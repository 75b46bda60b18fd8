"""A small file beside the data that saw how far the ledger had come.

A ledger that is copied back over itself, or brought along from a backup, looks in perfect
order; only something outside it can know that it has been further. The witness is written at
each claim, and at each tick after which others have gone on, in place and without waiting for
the disk: it survives `kill -9`, and what a power cut takes of it costs some looks at our own
timelines, no more.
"""

from __future__ import annotations

import json
import os
import zlib
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock

NAME = "witness"

_SIZE = 256
"""Within one sector of a disk, so that it is written whole."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What the witness saw of a ledger."""

    life: str
    """Which one it was; a ledger that is put back begins another life."""
    attempt: int
    """The number of its newest attempt, which only grows; 0 where there is none."""
    stamp: str
    """What else is written of that attempt: numbers are given again in an older copy."""
    inode: int
    """Of its file; 0 where it is on a server."""

    @property
    def at(self) -> datetime:
        """When that attempt was written."""
        return datetime.fromisoformat(self.stamp.rpartition(" ")[2])


class Witness:
    """Remembers the newest sight of a ledger in a file; usable from several threads."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._lock = Lock()
        self._last: Sight | None = None

    def read(self) -> Sight | None:
        """Give what was seen last; None where there is no such file, or nothing legible in it."""
        try:
            with self._lock:  # not half of what another thread is writing
                words, _, check = self.file.read_text(encoding="ascii").partition("}")
            words += "}"
            if int(check.split()[0]) != zlib.crc32(words.encode()):
                return None
            return Sight(**json.loads(words))
        except (OSError, ValueError, TypeError, IndexError):
            return None

    def is_there(self) -> bool:
        """Tell whether there is such a file, legible or not."""
        return self.file.exists()

    @property
    def last(self) -> Sight | None:
        """What this process saw last."""
        with self._lock:
            return self._last

    def seen(self) -> Sight | None:
        """Give what was seen last, by this process or, at its start, by those before it."""
        return self.last or self.read()

    def _has_seen_more(self, sight: Sight) -> bool:
        last = self._last
        return last is not None and last.life == sight.life and last.attempt > sight.attempt

    def note(self, sight: Sight) -> None:
        """Write down what was seen, unless more of the same life was seen before.

        Raises:
            OSError: it cannot be written.
        """
        with self._lock:
            if sight == self._last or self._has_seen_more(sight):
                return
            words = json.dumps(asdict(sight))
            line = f"{words} {zlib.crc32(words.encode())}".ljust(_SIZE - 1) + "\n"
            descriptor = os.open(self.file, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                os.pwrite(descriptor, line.encode("ascii"), 0)
            finally:
                os.close(descriptor)
            self._last = sight
