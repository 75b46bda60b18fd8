"""What people look at: is it alive, what is queued, what happened."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, func, insert, select

from bot.model import Delivery, State
from bot.store.codec import delivery_of
from bot.store.columns import state_is
from bot.store.engine import Transactions
from bot.store.queue import d, rows
from bot.store.records import Event, Heartbeat
from bot.store.schema import attempts, daemon, deliveries, events


class Watching(Transactions):
    """The part of the store that answers questions, and keeps the daemon's heartbeat."""

    def beat(
        self,
        *,
        pid: int,
        host: str,
        mode: str,
        started: datetime,
        tick: datetime,
        next_due: datetime | None,
    ) -> None:
        """Say that the daemon is alive."""
        with self._write() as connection:
            connection.execute(delete(daemon))
            connection.execute(
                insert(daemon).values(
                    id=1,
                    pid=pid,
                    host=host,
                    mode=mode,
                    started=started,
                    tick=tick,
                    next_due=next_due,
                )
            )

    def heartbeat(self) -> Heartbeat | None:
        """Give what the daemon last said of itself; None if there never was one."""
        h = daemon.c
        with self._read() as connection:
            row = connection.execute(
                select(h.pid, h.host, h.mode, h.started, h.tick, h.next_due)
            ).one_or_none()
        return None if row is None else Heartbeat(*row)

    def deliveries(
        self,
        *,
        states: Collection[State] = (),
        account: str | None = None,
        campaign: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        limit: int | None = None,
        newest_first: bool = False,
    ) -> list[Delivery]:
        """List deliveries in order of their hour.

        Args:
            states: only in these; empty is all.
            account: only to this one.
            campaign: only of this one.
            since: the first hour that counts.
            until: the first hour that counts no more.
            limit: at most so many.
            newest_first: the other way round.
        """
        wanted = rows()
        if states:
            wanted = wanted.where(state_is(d.state, *states))
        if account is not None:
            wanted = wanted.where(d.account == account)
        if campaign is not None:
            wanted = wanted.where(d.campaign == campaign)
        if since is not None:
            wanted = wanted.where(d.due >= since)
        if until is not None:
            wanted = wanted.where(d.due < until)
        if newest_first:
            wanted = wanted.order_by(d.due.desc(), d.id.desc())
        else:
            wanted = wanted.order_by(d.due, d.id)
        with self._read() as connection:
            return [delivery_of(row) for row in connection.execute(wanted.limit(limit))]

    def counts_by_state(self) -> dict[str, int]:
        """Count the deliveries in each state, those without any included."""
        query = select(d.state, func.count()).group_by(d.state)
        with self._read() as connection:
            found: dict[str, int] = dict(map(tuple, connection.execute(query)))
        return {state.value: found.get(state.value, 0) for state in State}

    def events(
        self, *, delivery: int | None = None, last: int = 50, since: datetime | None = None
    ) -> list[Event]:
        """Tell what happened, the newest last; at most the last `last` events.

        Args:
            delivery: only what happened to this one.
            last: how many.
            since: only from then on.
        """
        a, e = attempts.c, events.c
        of_deliveries = (
            select(
                a.id, a.at, a.event, a.delivery, d.account, d.message, a.state, a.tries, a.detail
            )
            .join(deliveries, d.id == a.delivery)
            .order_by(a.at.desc(), a.id.desc())
            .limit(last)
        )
        of_others = (
            select(e.id, e.at, e.event, e.subject, e.detail)
            .order_by(e.at.desc(), e.id.desc())
            .limit(last)
        )
        if since is not None:
            of_deliveries = of_deliveries.where(a.at >= since)
            of_others = of_others.where(e.at >= since)
        if delivery is not None:
            of_deliveries = of_deliveries.where(a.delivery == delivery)
        found: list[tuple[datetime, int, Event]] = []
        with self._read() as connection:
            for number, at, event, of, account, message, state, tries, detail in connection.execute(
                of_deliveries
            ):
                entry = Event(at, event, of, account, message, State(state), tries, detail)
                found.append((at, number, entry))
            if delivery is None:
                for number, at, event, subject, detail in connection.execute(of_others):
                    found.append((at, number, Event(at, event, None, subject, "", None, 0, detail)))
        found.sort(key=lambda line: line[:2])
        return [event for _, _, event in found][-last:]
