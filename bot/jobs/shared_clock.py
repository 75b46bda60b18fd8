"""The time by the database server's clock: one time for all machines, whatever theirs say.

Hours, leases and ages of doubts are compared across machines, whose clocks differ, are set, and
jump. So where a server keeps the ledger, its clock is the clock, read now and then, and carried
on in between by the clock that counts since the machine's boot.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from threading import Lock

from bot.store import Store, StoreError, read_boot_clock

_READ_EVERY = timedelta(seconds=5)


class SharedClock:
    """A clock for a ledger on a server; call it for the time.

    While the server does not answer, it goes on from what was read last.
    """

    def __init__(
        self, store: Store, since_boot: Callable[[], timedelta] = lambda: read_boot_clock()[0]
    ) -> None:
        self._store = store
        self._since_boot = since_boot
        self._lock = Lock()
        self._read_at, self._told = self._read()

    def __call__(self) -> datetime:
        """Tell the time.

        Half of what the asking takes is added; that is how wrong it can be, at most.
        """
        with self._lock:
            if self._since_boot() - self._read_at > _READ_EVERY:
                with suppress(StoreError):  # whoever needs the ledger itself tells of it
                    self._read_at, self._told = self._read()
            return self._told + (self._since_boot() - self._read_at)

    def _read(self) -> tuple[timedelta, datetime]:
        before = self._since_boot()
        told = self._store.server_time()
        after = self._since_boot()
        if told is None:
            raise ValueError("a ledger in a file has no clock of its own")
        return before + (after - before) / 2, told
