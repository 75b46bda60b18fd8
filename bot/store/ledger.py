"""The moves of a delivery: each is one transaction, and each leaves an attempt behind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    bindparam,
    exists,
    insert,
    or_,
    update,
)
from sqlalchemy.exc import IntegrityError

from bot.model import Delivery, Receipt, State
from bot.settle import Claimed, Decided, Interrupted, Policy, Skip, settle
from bot.store.codec import columns_of, delivery_of
from bot.store.errors import EvidenceTaken, NoSuchDelivery, StaleDelivery, StoreError
from bot.store.queue import NOW, d, may_go, rows, unresolved
from bot.store.records import Step
from bot.store.schema import attempts, deliveries, spending, workers
from bot.store.workers import Workers, must_hold


class Ledger(Workers):
    """The part of the store that moves deliveries from state to state."""

    def claim(self, delivery: int, now: datetime) -> Delivery | None:
        """Take a queued delivery for sending; it is on the disk when this returns.

        All that `due` looked at is looked at again, in the transaction that takes it.

        Returns:
            the delivery as `sending`, or None where it may not be sent (any more).

        Raises:
            LeaseLapsed: this worker was taken for dead.
            StoreUnavailable: it could not be written, so it must not be sent.
        """
        with self._write() as connection:
            return self._take(connection, delivery, now)

    def _take(self, connection: Connection, delivery: int, now: datetime) -> Delivery | None:
        """Do what `claim` does, in the caller's transaction."""
        must_hold(connection, self.worker, now)
        row = connection.execute(_claimable(), {"id": delivery, "now": now}).one_or_none()
        if row is None:
            return None
        before = delivery_of(row)
        claimed = settle(before, Claimed(), now, Policy())
        move(connection, Step(before, claimed, "claimed"), now)
        connection.execute(update(deliveries).where(d.id == delivery).values(holder=self.worker))
        return claimed

    def record(
        self, before: Delivery, after: Delivery, event: str, now: datetime, detail: str = ""
    ) -> None:
        """Write what became of a delivery, and the attempt, and what it cost.

        Raises:
            StaleDelivery: the row is not as `before` says any more.
            EvidenceTaken: its receipt is another delivery's.
            StoreUnavailable: nothing could be written.
        """
        self.record_all([Step(before, after, event, detail)], now)

    def record_all(self, steps: Sequence[Step], now: datetime) -> None:
        """Write several moves in one transaction; see `record`."""
        with self._write() as connection:
            for step in steps:
                move(connection, step, now)

    def note(self, delivery: Delivery, event: str, now: datetime, detail: str) -> None:
        """Append an attempt that moves nothing: what was seen too late to count."""
        with self._write() as connection:
            _append(connection, delivery, event, now, detail)

    def interrupted(self, now: datetime) -> list[Delivery]:
        """Put every delivery whose sender is gone into doubt, dated from its claim.

        Gone is a worker whose lease has lapsed; a process that alone may send (it is no
        worker) takes all others for gone. Calls of this process that are under way
        (`calling`) are not touched. Nobody knows how far the others' had come.
        """
        asked = _abandoned(alone=self.worker is None)
        with self._write() as connection:
            # Now that nobody else can claim: a claim while we waited is a call under way.
            given = {"now": now, "worker": self.worker, "calling": list(self.calling)}
            doubtful = []
            for row in connection.execute(asked, given).all():
                before = delivery_of(row)
                after = settle(before, Interrupted(), now, Policy())
                move(connection, Step(before, after, "interrupted", after.reason), now)
                doubtful.append(after)
        return doubtful

    def resolve(self, delivery: int, receipt: Receipt | None, by: str, now: datetime) -> Delivery:
        """Let a person settle a doubt: here is the post, or (None) it is not there.

        Raises:
            NoSuchDelivery: no delivery has that number.
            StoreError: it is not in doubt.
            EvidenceTaken: the post is another delivery's.
        """
        before = self.delivery(delivery)
        if before.state is not State.IN_DOUBT:
            raise StoreError(f"delivery {delivery} is {before.state}: there is no doubt to settle")
        after = settle(before, Decided(receipt, by), now, Policy())
        self.record(before, after, "decided", now, after.reason)
        return after

    def cancel(self, delivery: int, by: str, now: datetime) -> Delivery:
        """Let a person take a queued delivery back.

        Raises:
            NoSuchDelivery: no delivery has that number.
            StoreError: it is not queued.
        """
        before = self.delivery(delivery)
        if before.state is not State.QUEUED:
            raise StoreError(f"delivery {delivery} is {before.state}: it cannot be cancelled")
        after = settle(before, Skip(f"cancelled by {by}"), now, Policy())
        self.record(before, after, "cancelled", now, after.reason)
        return after

    def delivery(self, delivery: int) -> Delivery:
        """Read one delivery.

        Raises:
            NoSuchDelivery: no delivery has that number.
        """
        with self._read() as connection:
            row = connection.execute(rows().where(d.id == delivery)).one_or_none()
        if row is None:
            raise NoSuchDelivery(f"there is no delivery {delivery}: see bot queue")
        return delivery_of(row)


@cache
def _claimable() -> Select[Any]:
    """Select the delivery that `Ledger.claim` may take."""
    in_time = or_(d.expires.is_(None), d.expires >= NOW)
    return rows().where(d.id == bindparam("id"), may_go(NOW), in_time)


@cache
def _abandoned(*, alone: bool) -> Select[Any]:
    """Select what `Ledger.interrupted` puts into doubt."""
    wanted = rows().where(
        unresolved(State.SENDING), d.id.not_in(bindparam("calling", expanding=True))
    )
    if alone:
        return wanted
    alive = exists().where(workers.c.id == d.holder, workers.c.until > NOW)
    return wanted.where(or_(~alive, d.holder == bindparam("worker")))


def move(connection: Connection, step: Step, now: datetime) -> None:
    """Move a row on, unless it is not where it was read, and append the attempt.

    Raises:
        StaleDelivery: it is not there any more.
        EvidenceTaken: its receipt is another delivery's.
    """
    before, after = step.before, step.after
    try:
        moved = connection.execute(
            update(deliveries)
            .where(
                d.id == before.id,
                d.state == before.state.value,
                d.tries == before.tries,
                d.absences == before.absences,
                d.claimed_at.is_not_distinct_from(before.claimed_at),
            )
            .values(columns_of(after))
        )
    except IntegrityError as error:
        if after.receipt is None:
            raise
        raise EvidenceTaken(
            f"post {after.receipt.remote_id} of {after.account} belongs to another delivery"
        ) from error
    if moved.rowcount != 1:
        raise StaleDelivery(
            f"delivery {before.id} is not {before.state} in its try {before.tries} any more"
        )
    _append(connection, after, step.event, now, step.detail)
    if after.state is State.SENT and after.draft.cost_usd > Decimal(0):
        connection.execute(
            insert(spending).values(
                account=after.account,
                at=now,
                kind="post",
                usd=after.draft.cost_usd,
                delivery=after.id,
            )
        )


def _append(
    connection: Connection, delivery: Delivery, event: str, now: datetime, detail: str
) -> None:
    connection.execute(
        insert(attempts).values(
            delivery=delivery.id,
            at=now,
            event=event,
            state=delivery.state.value,
            tries=delivery.tries,
            detail=detail,
        )
    )
