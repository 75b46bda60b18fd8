"""The processes that send, and their leases.

    join ── renew ── renew ── leave           a worker that lives
    join ── renew ── (stopped, cut off) …     its lease lapses: what it had claimed is in doubt
                                              and anybody's to look for, and when it wakes up
                                              it is refused (`LeaseLapsed`) and joins anew

A worker's number is never given twice, so a claim says which life of which process made it.
All moments are of one clock: the caller's, or with several machines the database's
(`server_time`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    bindparam,
    delete,
    exists,
    func,
    insert,
    select,
    text,
    update,
)

from bot.model import State
from bot.store.address import is_postgres
from bot.store.columns import Moment, state_is
from bot.store.engine import Transactions
from bot.store.errors import LeaseLapsed
from bot.store.schema import deliveries, leases, workers

LEASE = timedelta(seconds=30)
"""How long a worker is taken to be alive after it last said so."""

NO_WORKER = 0
"""The number of a process that may send as a worker only, and is none, yet or any more."""

_REMEMBERED = timedelta(days=1)
"""How long a worker is listed after its lease."""


@dataclass(frozen=True, slots=True)
class Worker:
    """A process that sends."""

    id: int
    host: str
    pid: int
    started: datetime
    until: datetime
    """The end of its lease."""


class Workers(Transactions):
    """The part of the store that knows who may send."""

    worker: int | None = None
    """This process's number; None where it alone may send (`bot.worklock`)."""

    def be_one_of_several(self) -> None:
        """Have claims refused, and nobody taken for gone but by lease, until it has joined."""
        if self.worker is None:
            self.worker = NO_WORKER

    def server_time(self) -> datetime | None:
        """The time by the database server's clock, which all machines share; None in a file."""
        if not is_postgres(self._engine.url):
            return None
        with self._read() as connection:
            told: datetime | None = connection.scalar(text("SELECT clock_timestamp()"))
        return None if told is None else told.astimezone(UTC)

    def join(self, host: str, pid: int, now: datetime, lease: timedelta = LEASE) -> int:
        """Become a worker; every claim of this store is made in its name from now on."""
        with self._write() as connection:
            number: int = connection.execute(
                insert(workers)
                .values(host=host, pid=pid, started=now, until=now + lease)
                .returning(workers.c.id)
            ).scalar_one()
            _forget_the_dead(connection, now)  # after: SQLite would give the highest one again
        self.worker = number
        return number

    def renew(self, now: datetime, lease: timedelta = LEASE) -> None:
        """Say that this worker is alive.

        Raises:
            LeaseLapsed: it was taken for dead meanwhile; it must `join` anew.
        """
        with self._write() as connection:
            must_hold(connection, self.worker, now)
            connection.execute(
                update(workers).where(workers.c.id == self.worker).values(until=now + lease)
            )

    def leave(self, now: datetime) -> None:
        """Stop being a worker: nobody needs to wait for the lease to lapse."""
        with self._write() as connection:
            connection.execute(update(workers).where(workers.c.id == self.worker).values(until=now))
            connection.execute(delete(leases).where(leases.c.holder == self.worker))
        self.worker = NO_WORKER

    def lead(self, work: str, now: datetime, lease: timedelta = LEASE) -> bool:
        """Take or keep work that one worker does at a time; tell whether it is ours.

        It is free where its holder is taken for dead, or did not ask for it for so long.

        Raises:
            LeaseLapsed: this worker was taken for dead.
        """
        with self._write() as connection:
            must_hold(connection, self.worker, now)
            holder = connection.scalar(
                select(leases.c.holder).where(leases.c.name == work, leases.c.until > now)
            )
            if holder not in (None, self.worker) and _is_alive(connection, holder, now):
                return False
            connection.execute(delete(leases).where(leases.c.name == work))
            connection.execute(
                insert(leases).values(name=work, holder=self.worker, until=now + lease)
            )
        return True

    def workers(self, now: datetime) -> list[Worker]:
        """List the workers whose lease is good."""
        w = workers.c
        alive = select(w.id, w.host, w.pid, w.started, w.until).where(w.until > now)
        with self._read() as connection:
            return [Worker(*row) for row in connection.execute(alive.order_by(w.id))]

    def next_lapse(self, now: datetime) -> datetime | None:
        """Give the moment at which another worker is taken for dead, if it says nothing more."""
        w = workers.c
        wanted = select(func.min(w.until)).where(w.until > now, w.id != self.worker)
        with self._read() as connection:
            moment: datetime | None = connection.scalar(wanted)
        return moment

    def senders(self) -> dict[int, int]:
        """Which process is sending which delivery at this moment: delivery to process id."""
        d, w = deliveries.c, workers.c
        wanted = select(d.id, w.pid).join_from(deliveries, workers, w.id == d.holder)
        with self._read() as connection:
            rows = connection.execute(wanted.where(state_is(d.state, State.SENDING)))
            return dict(map(tuple, rows))


def must_hold(connection: Connection, worker: int | None, now: datetime) -> None:
    """Make sure, within a transaction, that a worker's lease is good.

    Raises:
        LeaseLapsed: it is not.
    """
    if worker is None:
        return
    if not _is_alive(connection, worker, now):
        raise LeaseLapsed(
            f"worker {worker} did not say that it is alive for too long: others have taken over"
            if worker != NO_WORKER
            else "this process could not say yet that it is alive: it may not send"
        )


def _is_alive(connection: Connection, worker: int, now: datetime) -> bool:
    return connection.scalar(_alive(), {"worker": worker, "now": now}) is not None


@cache
def _alive() -> Select[Any]:
    w = workers.c
    return select(w.id).where(w.id == bindparam("worker"), w.until > bindparam("now", type_=Moment))


def _forget_the_dead(connection: Connection, now: datetime) -> None:
    named = exists().where(deliveries.c.holder == workers.c.id)
    connection.execute(delete(workers).where(workers.c.until < now - _REMEMBERED, ~named))
