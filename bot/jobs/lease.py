"""Our process's right to send, where several processes do.

The lease is in the ledger (`bot.store.workers`). Whether it still holds is asked just before
each call, without asking the ledger: by the clock that counts since the machine's boot, which
nobody can set and which goes on while a process is stopped or a machine sleeps.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event, Lock, Thread

from bot.store import LEASE, NO_WORKER, LeaseLapsed, Store, StoreError, read_boot_clock

log = logging.getLogger("bot.jobs.lease")

SHARE = 2 / 3
"""The part of its length after which a lease lapses; in the rest others notice, and take over."""

MARGIN = LEASE / 6
"""So long before its end a lease is not relied on: a call must get to the server, too."""

_RENEWALS = 6
"""How often a lease is renewed before it would lapse."""

_GOODBYE_S = 5.0


class Lease:
    """Keeps a store's lease, and knows whether it holds."""

    def __init__(
        self,
        store: Store,
        clock: Callable[[], datetime],
        host: str,
        pid: int,
        since_boot: Callable[[], timedelta] = lambda: read_boot_clock()[0],
        length: timedelta = LEASE,
    ) -> None:
        store.be_one_of_several()
        self._store = store
        self._clock = clock
        self._host = host
        self._pid = pid
        self._since_boot = since_boot
        self.length = length
        """Within what time of our last sign of life others have taken over what was ours."""
        self.good_for = length * SHARE
        """How long it holds without being renewed."""
        self._renewed: timedelta | None = None
        self._renewing = Lock()
        self._left = Event()
        self._keeper: Thread | None = None

    def renew(self) -> bool:
        """Take the lease, or renew it; where it has lapsed, begin anew as another worker.

        Never raises: a ledger that does not answer is told of by whoever needs it.
        """
        with self._renewing:
            asked = self._since_boot()
            try:
                self._take()
            except StoreError as error:
                log.debug("the lease is not renewed: %s", error)
                return False
            self._renewed = asked
            return True

    def keep(self) -> None:
        """Take the lease, and renew it beside all other work until `leave`."""
        self.renew()
        self._keeper = Thread(target=self._keep, daemon=True, name="lease")
        self._keeper.start()

    def _keep(self) -> None:
        while not self._left.wait(self.good_for.total_seconds() / _RENEWALS):
            try:
                self.renew()
            except Exception:
                # Whatever it was: without this thread the process would never send again.
                log.exception("the lease is not renewed")

    def _take(self) -> None:
        if self._store.worker != NO_WORKER:
            try:
                self._store.renew(self._clock(), self.good_for)
            except LeaseLapsed as error:
                log.warning("%s: beginning anew", error)
            else:
                if not self._waited_too_long():
                    return
                log.warning("the ledger was too long about the lease: beginning anew")
        number = self._store.join(self._host, self._pid, self._clock(), self.good_for)
        log.info("this is worker %s", number)

    def _waited_too_long(self) -> bool:
        """Tell whether the lease lapsed while the ledger was waited for to renew it.

        Others may then have taken over what this worker had claimed.
        """
        return self._renewed is None or self._since_boot() - self._renewed >= self.good_for

    def holds(self) -> bool:
        """Tell whether nobody can have taken our work over yet."""
        if self._renewed is None:
            return False
        margin = min(MARGIN, self.good_for / 6)
        return self._since_boot() - self._renewed < self.good_for - margin

    def lead(self, work: str) -> bool:
        """Take or keep work that one process does at a time; tell whether it is ours.

        It is kept from tick to tick, and lost with our lease.

        Raises:
            StoreError: the ledger did not answer, or took us for dead.
        """
        return self._store.lead(work, self._clock(), max(self.length, LEASE))

    def leave(self) -> None:
        """Give the lease back, if the ledger can be told."""
        self._left.set()
        if self._keeper is not None:
            self._keeper.join(_GOODBYE_S)
        self._renewed = None
        try:
            if self._store.worker != NO_WORKER:
                self._store.leave(self._clock())
        except StoreError as error:
            log.debug("the lease lapses by itself: %s", error)
