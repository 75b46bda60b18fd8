"""The time by the database server's clock: one time for all machines, whatever theirs say.

Hours, leases and ages of doubts are compared across machines, whose clocks differ, are set, and
jump. So where a server keeps the ledger, its clock is the clock, read now and then, and carried
on in between by the clock that counts since the machine's boot.

The server's clock can be wrong, too. It is held against the machine's own: where the two are far
apart one of them is wrong, and nobody here can tell which. What the server says then is not
taken over, and this machine neither plans nor posts until they agree again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock

from bot.store import Store, StoreError, read_boot_clock
from bot.timekeeping import apart

log = logging.getLogger("bot")

Clock = Callable[[], datetime]

_READ_EVERY = timedelta(seconds=5)


class SharedClock:
    """A clock for a ledger on a server; call it for the time.

    While the server does not answer, it goes on from what was read last.

    Args:
        ask: reads the server's clock; raises StoreError where the server does not answer.
        own: the machine's own wall clock.
        since_boot: how long ago the machine was booted, which nobody can set.
    """

    def __init__(
        self,
        ask: Callable[[], datetime | None],
        own: Clock,
        since_boot: Callable[[], timedelta] = lambda: read_boot_clock()[0],
    ) -> None:
        self._ask = ask
        self._own = own
        self._since_boot = since_boot
        self._lock = Lock()
        self._told_at, self._told = self._read()
        self._asks_at = self._told_at + _READ_EVERY
        self._doubt = apart(self._told, own())

    def __call__(self) -> datetime:
        """Tell the time.

        Half of what the asking takes is added; that is how wrong it can be, at most.
        """
        with self._lock:
            self._follow()
            return self._told + (self._since_boot() - self._told_at)

    def doubt(self) -> str:
        """Say why nothing may be done by it on this machine; empty where it is believed."""
        with self._lock:
            self._follow()
            return self._doubt

    def _follow(self) -> None:
        """Ask the server again, if that was some time ago.

        Also where it did not answer: each time may take seconds, which everybody waits for.
        """
        if self._since_boot() <= self._asks_at:
            return
        try:
            at, told = self._read()
        except StoreError:
            return  # whoever needs the ledger itself tells of it
        finally:
            self._asks_at = self._since_boot() + _READ_EVERY
        doubt = apart(told, self._own())
        if not doubt:
            self._told_at, self._told = at, told
        if bool(doubt) != bool(self._doubt):
            log.warning("%s", doubt or "the clocks of this machine and of the server agree")
        self._doubt = doubt

    def _read(self) -> tuple[timedelta, datetime]:
        before = self._since_boot()
        told = self._ask()
        after = self._since_boot()
        if told is None:
            raise ValueError("a ledger in a file has no clock of its own")
        return before + (after - before) / 2, told


def clock_for(store: Store, own: Clock) -> Clock:
    """Give the clock that a ledger goes by: its server's, or the machine's own.

    Raises:
        StoreError: the server did not answer.
    """
    return own if store.server_time() is None else SharedClock(store.server_time, own)
