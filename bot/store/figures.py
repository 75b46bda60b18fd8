"""What monitoring reads of the ledger, in one look that writes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select

from bot.model import State
from bot.settle import FAR
from bot.store.columns import state_is
from bot.store.engine import Transactions
from bot.store.queue import d
from bot.store.schema import account_states, alerts, attempts, deliveries, pauses

POSTED = ("posted", "found")
"""The events that end in a receipt."""

_MOST = 10_000
"""Posts of which the delay is read in one look."""


@dataclass(frozen=True, slots=True)
class LedgerFigures:
    """How the ledger stands at one moment."""

    deliveries: Mapping[tuple[str, str], int]
    """By account and state."""
    doubts_for_person: int
    overdue: timedelta
    """How long the oldest queued post has been due."""
    suspended: Mapping[tuple[str, str], bool]
    """By account and use: whether it waits for a person."""
    paused: tuple[str, ...]
    alerts: int
    """How many were told and are not over."""


@dataclass(frozen=True, slots=True)
class Delays:
    """How long posts took, each in seconds, and up to which attempt was looked."""

    upto: int
    from_hour: tuple[tuple[str, float], ...]
    """From their hour to the receipt, with the account."""
    from_claim: tuple[tuple[str, float], ...]
    """From the claim to the receipt: the call itself."""


class Figures(Transactions):
    """The part of the store that gives figures."""

    def figures(self, now: datetime) -> LedgerFigures:
        """Count what there is to count."""
        a, s = alerts.c, account_states.c
        by_state = select(d.account, d.state, func.count()).group_by(d.account, d.state)
        for_person = select(func.count()).where(
            state_is(d.state, State.IN_DOUBT), d.not_before >= FAR
        )
        oldest = select(func.min(d.due)).where(state_is(d.state, State.QUEUED), d.due <= now)
        stopped = select(s.account, s.use, s.needs_person).where(
            s.since <= now, or_(s.until.is_(None), s.until > now)
        )
        with self._read() as connection:
            due: datetime | None = connection.scalar(oldest)
            return LedgerFigures(
                deliveries={
                    (account, state): count
                    for account, state, count in connection.execute(by_state)
                },
                doubts_for_person=connection.scalar(for_person) or 0,
                overdue=timedelta(0) if due is None else now - due,
                suspended={
                    (account, use): needs for account, use, needs in connection.execute(stopped)
                },
                paused=tuple(connection.scalars(select(pauses.c.scope).order_by(pauses.c.scope))),
                alerts=connection.scalar(
                    select(func.count()).where(a.ended_at.is_(None), a.times > 0)
                )
                or 0,
            )

    def delays(self, after: int | None) -> Delays:
        """Tell how long the posts took that were made since attempt `after`.

        None: none of them, only which attempt is the newest.
        """
        t = attempts.c
        with self._read() as connection:
            if after is None:
                return Delays(connection.scalar(select(func.max(t.id))) or 0, (), ())
            found = connection.execute(
                select(t.id, t.event, t.at, d.account, d.due, d.claimed_at, d.part)
                .join_from(attempts, deliveries, d.id == t.delivery)
                .where(t.id > after, t.event.in_(POSTED))
                .order_by(t.id)
                .limit(_MOST)
            ).all()
        return Delays(
            max((row.id for row in found), default=after),
            tuple((r.account, _seconds(r.at - r.due)) for r in found if r.part == 0),
            tuple(
                (r.account, _seconds(r.at - r.claimed_at))
                for r in found
                if r.event == "posted" and r.claimed_at is not None
            ),
        )


def _seconds(span: timedelta) -> float:
    return max(span.total_seconds(), 0.0)
