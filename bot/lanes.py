"""Spreads work over threads of this process: one at a time for each account.

An account whose server hangs keeps its own lane busy, and nobody else's. Work for an account
whose lane is busy is not queued up: the lane goes round once more.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

log = logging.getLogger("bot")

MOST = 32
"""Threads; accounts beyond that many wait for a free one."""


class Lanes:
    """One lane for each account.

    Args:
        serve: does all that is due for an account, for as long as that takes.
    """

    def __init__(self, serve: Callable[[str], object]) -> None:
        self._serve = serve
        self._pool = ThreadPoolExecutor(MOST, thread_name_prefix="account")
        self._lock = Lock()
        self._again: dict[str, bool] = {}
        """The accounts whose lanes are busy, and whether they are to go round once more."""
        self._closed = False

    def open(self) -> None:
        """Be ready, as `Crew` has to make itself."""

    def hand_out(self, accounts: Iterable[str]) -> None:
        """Have these accounts served, soon."""
        with self._lock:
            for account in accounts:
                if self._closed:
                    return
                if account in self._again:
                    self._again[account] = True
                else:
                    self._again[account] = False
                    self._pool.submit(self._go, account)

    @property
    def busy(self) -> bool:
        """Whether anybody is being served."""
        with self._lock:
            return bool(self._again)

    def _go(self, account: str) -> None:
        over = self._closed  # one that waited for a free thread does not begin at the end
        while not over:
            try:
                self._serve(account)
            except Exception:
                # One bad round must not close the lane; the next one starts from the ledger.
                log.exception("%s: this round failed", account)
            with self._lock:
                over = self._closed or not self._again[account]
                if over:
                    del self._again[account]
                else:
                    self._again[account] = False

    def close(self) -> None:
        """Wait for the calls in hand; nothing more is begun."""
        with self._lock:
            self._closed = True
        self._pool.shutdown(wait=True)
