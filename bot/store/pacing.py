"""How much an account has posted lately: what keeps it to its own and its network's measure."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select

from bot.model import State
from bot.store.columns import state_is
from bot.store.engine import Transactions
from bot.store.schema import attempts, deliveries


class Pacing(Transactions):
    """The part of the store that counts calls and posts."""

    def calls_since(self, accounts: Collection[str], since: datetime) -> list[datetime]:
        """List when these accounts were about to call their network, each call, in order."""
        a, d = attempts.c, deliveries.c
        wanted = (
            select(a.at)
            .join_from(attempts, deliveries, d.id == a.delivery)
            .where(a.event == "claimed", a.at > since, d.account.in_(accounts))
            .order_by(a.at)
        )
        with self._read() as connection:
            return list(connection.scalars(wanted))

    def posts_since(self, account: str, since: datetime) -> int:
        """Count what the account has posted since then, or may have; a thread is one post."""
        d = deliveries.c
        wanted = select(func.count()).where(
            d.account == account,
            d.claimed_at >= since,
            d.part == 0,
            state_is(d.state, State.SENDING, State.SENT, State.IN_DOUBT),
        )
        with self._read() as connection:
            return int(connection.scalar(wanted) or 0)
