"""What all processes of a torture share: the time, and where the next one dies.

A page of memory that outlives whoever is killed. The time is the machine's own, counted from a
moment of the campaign's, plus what was jumped over while nothing was due.
"""

from __future__ import annotations

import mmap
import os
import signal
import struct
import threading
import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import NoReturn

START = datetime(2022, 2, 21, 9, tzinfo=UTC)

_NUMBER = struct.Struct("q")
_JUMPED, _BEGAN, _VICTIM, _ARMED, _PASSES, _DIED_AT, _LIVES = (_NUMBER.size * n for n in range(7))
NOWHERE = -1


class Shared:
    """One page, made before the processes are forked."""

    def __init__(self) -> None:
        self._page = mmap.mmap(-1, mmap.PAGESIZE)
        self._lock = threading.Lock()
        self._put(_BEGAN, time.monotonic_ns() // 1000)
        self._put(_DIED_AT, NOWHERE)

    def _put(self, place: int, number: int) -> None:
        _NUMBER.pack_into(self._page, place, number)

    def _get(self, place: int) -> int:
        number: int = _NUMBER.unpack_from(self._page, place)[0]
        return number

    # --- time --------------------------------------------------------------------------------

    def clock(self) -> datetime:
        """Tell the campaign's time, the same in every process."""
        passed = time.monotonic_ns() // 1000 - self._get(_BEGAN) + self._get(_JUMPED)
        return START + timedelta(microseconds=passed)

    def jump(self, to: datetime) -> None:
        """Let the time until `to` pass at once. One process at a time, with nothing in hand."""
        ahead = to - self.clock()
        if ahead > timedelta(0):
            self._put(_JUMPED, self._get(_JUMPED) + ahead // timedelta(microseconds=1))

    # --- death -------------------------------------------------------------------------------

    def arm(self, points: Iterable[int], passes: int) -> None:
        """Let the next process die at the `passes`-th passage of any of these points."""
        self._put(_LIVES, self.lives + 1)
        self._put(_DIED_AT, NOWHERE)
        self._put(_PASSES, passes)
        self._put(_ARMED, sum(1 << point for point in points))

    @property
    def lives(self) -> int:
        """How many processes there have been in this round."""
        return self._get(_LIVES)

    @property
    def died_at(self) -> int:
        """The point at which the last process died; NOWHERE where it was at a random moment."""
        return self._get(_DIED_AT)

    def live(self) -> None:
        """Say that this is the process that is to be killed."""
        self._put(_VICTIM, os.getpid())

    def is_due(self, point: int) -> bool:
        """Count a passage of a point; tell whether it is the last one."""
        if not self._get(_ARMED) >> point & 1:
            return False
        with self._lock:
            left = self._get(_PASSES) - 1
            self._put(_PASSES, left)
        return left == 0

    def kill(self, point: int) -> None:
        """Kill the process that lives; from another one."""
        self._put(_ARMED, 0)
        self._put(_DIED_AT, point)
        os.kill(self._get(_VICTIM), signal.SIGKILL)

    def die(self, point: int) -> NoReturn:
        """Kill this process: nothing of ours runs any more, no `finally`, no `atexit`."""
        self._put(_DIED_AT, point)
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError("SIGKILL cannot be survived")
