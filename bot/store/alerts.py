"""What people were told, and what there is to tell them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, func, insert, or_, select

from bot.model import State
from bot.store.engine import Transactions
from bot.store.queue import d
from bot.store.records import Event
from bot.store.schema import alerts, attempts, deliveries, events
from bot.telling import Kind, Told, Undone

DIGEST = "digest"
"""The kind of the rows that say which days' digests were sent."""

_KEPT = timedelta(days=90)
"""How long it is remembered that something was told and is over."""

MISSED = "missed"
"""How the reasons of posts begin that were planned too late to go out."""


class Alerts(Transactions):
    """The part of the store that remembers alerts."""

    def alerts(self, since: datetime | None = None) -> list[Told]:
        """List the alerts that are not over, and those that ended from `since` on."""
        a = alerts.c
        wanted = select(a.key, a.kind, a.since, a.told_at, a.ended_at, a.times, a.text).where(
            a.kind.in_([kind.value for kind in Kind]),
            a.ended_at.is_(None)
            if since is None
            else or_(a.ended_at.is_(None), a.ended_at >= since),
        )
        with self._read() as connection:
            return [
                Told(key, Kind(kind), *rest)
                for key, kind, *rest in connection.execute(wanted.order_by(a.since, a.key))
            ]

    def save_alerts(self, rows: Sequence[Told], now: datetime) -> None:
        """Write alerts over what was known of them, and forget those that are long over."""
        if not rows:
            return
        with self._write() as connection:
            connection.execute(delete(alerts).where(alerts.c.ended_at < now - _KEPT))
            for row in rows:
                connection.execute(delete(alerts).where(alerts.c.key == row.key))
                connection.execute(
                    insert(alerts).values(
                        key=row.key,
                        kind=row.kind.value,
                        since=row.since,
                        told_at=row.told_at,
                        ended_at=row.ended_at,
                        times=row.times,
                        text=row.text,
                    )
                )

    def digests(self) -> set[str]:
        """Give the keys of the days whose digests were sent."""
        with self._read() as connection:
            return set(connection.scalars(select(alerts.c.key).where(alerts.c.kind == DIGEST)))

    def save_digest(self, key: str, now: datetime) -> None:
        """Write down that a day's digest was sent."""
        with self._write() as connection:
            connection.execute(delete(alerts).where(alerts.c.key == key))
            connection.execute(
                insert(alerts).values(
                    key=key, kind=DIGEST, since=now, told_at=now, ended_at=now, times=1, text=""
                )
            )

    def undone(self, since: datetime) -> list[Undone]:
        """List the posts of which it was settled since `since` that they will not go out.

        Left out is what a person cancelled, what the plan left out for a reason of its own, and
        the rest of a thread that broke.
        """
        a = attempts.c
        wanted = (
            select(d.id, d.account, d.message, d.due, a.at, a.state, a.detail)
            .join_from(attempts, deliveries, d.id == a.delivery)
            .where(
                a.at >= since,
                or_(
                    a.state == State.FAILED.value,
                    and_(
                        a.state == State.SKIPPED.value,
                        d.part == 0,
                        a.event != "cancelled",
                        or_(a.event != "planned", a.detail.startswith(MISSED)),
                    ),
                ),
            )
            .order_by(a.at, a.id)
        )
        with self._read() as connection:
            return [
                Undone(number, account, message, due, at, state == State.FAILED.value, detail)
                for number, account, message, due, at, state, detail in connection.execute(wanted)
            ]

    def happened(self, event: str, since: datetime) -> list[tuple[int, Event]]:
        """List what happened of one kind, apart from deliveries, with each line's number."""
        e = events.c
        wanted = select(e.id, e.at, e.subject, e.detail).where(e.event == event, e.at >= since)
        with self._read() as connection:
            return [
                (number, Event(at, event, None, subject, "", None, 0, detail))
                for number, at, subject, detail in connection.execute(wanted.order_by(e.id))
            ]

    def open_alerts(self) -> int:
        """Count the alerts that were told and are not over."""
        a = alerts.c
        wanted = select(func.count()).where(a.ended_at.is_(None), a.times > 0)
        with self._read() as connection:
            return int(connection.scalar(wanted) or 0)
