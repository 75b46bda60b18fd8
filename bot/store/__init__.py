"""The ledger: all SQL of the project, on SQLite or PostgreSQL, through SQLAlchemy Core.

    planning     posts become rows, and the watermark moves with them
    queue        what is due
    ledger       the moves of a delivery, one transaction each
    accounts     suspensions, stop switches, limits, money
    engagement   samples
    watching     what people ask
    audit        what people said of submissions and messages, and what is held
    counts       how many have signed the petitions
    steadying    what becomes of doubts when the clock is set
    alerts       what the operator was told, and what there is to tell
    figures      what monitoring reads
    workers      who may send, where several processes do

A `Store` may be used by several threads at once. In a file one process sends; others may
read, and write rarely (`bot pause`, `bot post`). On a server any number of workers send.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from sqlalchemy import Engine

from bot.store.accounts import Accounts
from bot.store.alerts import Alerts
from bot.store.audit import Audit, NewEntry
from bot.store.counts import PetitionCounts, SourceState
from bot.store.engagement import Engagement
from bot.store.engine import must_be_whole, open_engine
from bot.store.errors import (
    DatabaseTooNew,
    EvidenceTaken,
    LeaseLapsed,
    LedgerDamaged,
    LedgerReplaced,
    NoDatabase,
    NoSuchDelivery,
    StaleDelivery,
    StoreError,
    StoreUnavailable,
)
from bot.store.figures import Figures
from bot.store.guarding import Guarding, PutBack
from bot.store.pacing import Pacing
from bot.store.place import must_not_be_gone
from bot.store.planning import Planning
from bot.store.postgres import libpq_address
from bot.store.queue import Queue
from bot.store.records import (
    AccountState,
    DueSample,
    Event,
    Expired,
    Heartbeat,
    Pause,
    Step,
    Use,
)
from bot.store.steadying import Steadying, read_boot_clock
from bot.store.unwritten import Note, Unwritten
from bot.store.watching import Watching
from bot.store.workers import LEASE, NO_WORKER, Worker

__all__ = [
    "LEASE",
    "NO_WORKER",
    "AccountState",
    "DatabaseTooNew",
    "DueSample",
    "Event",
    "EvidenceTaken",
    "Expired",
    "Heartbeat",
    "LeaseLapsed",
    "LedgerDamaged",
    "LedgerReplaced",
    "NewEntry",
    "NoDatabase",
    "NoSuchDelivery",
    "Pause",
    "PutBack",
    "SourceState",
    "StaleDelivery",
    "Step",
    "Store",
    "StoreError",
    "StoreUnavailable",
    "Use",
    "Worker",
    "libpq_address",
    "read_boot_clock",
]


class Store(
    Planning,
    Queue,
    Guarding,
    Accounts,
    Engagement,
    Watching,
    Audit,
    PetitionCounts,
    Steadying,
    Alerts,
    Figures,
    Pacing,
):
    """The durable ledger; open it with `Store.open`, close it with `close` or `with`."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self._served: set[str] = set()
        self._lock = Lock()
        self.unwritten = Unwritten()
        """Answers that the ledger did not take."""
        self.left_unwritten: list[Note] = []
        """Receipts that a process before this one could not write into the ledger."""

    @contextmanager
    def serving(self, account: str) -> Iterator[bool]:
        """Be the one run in this process that serves an account; gives False where one does."""
        with self._lock:
            free = account not in self._served
            self._served.add(account)
        try:
            yield free
        finally:
            if free:
                with self._lock:
                    self._served.discard(account)

    @classmethod
    def open(cls, url: str, *, create: bool = True, watched_from: Path | None = None) -> Store:
        """Open the ledger at `url` (`sqlite:////path/to.db`), its tables brought up to date.

        Who posts from it names the folder that its witness lies in, as `watched_from`.

        Raises:
            NoDatabase: it is not there, and `create` is false.
            LedgerReplaced: it is not there, and there was one.
            LedgerDamaged: it is not whole.
            StoreError: it cannot be used; the text says why and what to do.
        """
        if watched_from is not None:
            must_not_be_gone(url, watched_from)
        engine = open_engine(url, create=create)
        store = cls(engine)
        if watched_from is not None:
            try:
                must_be_whole(engine)
                store.watch(watched_from)
                store.must_not_be_empty()
            except StoreError:
                store.close()
                raise
        return store

    def watch(self, folder: Path) -> None:
        """Keep the witness, and what could not be written, in `folder`."""
        super().watch(folder)
        self.left_unwritten = self.unwritten.open(folder)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
