"""What is known of accounts: suspensions, stop switches, limits, names, money."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    Table,
    and_,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from bot.model import Limits, State
from bot.store.codec import limits_from_json, limits_to_json
from bot.store.columns import state_is
from bot.store.engine import Transactions
from bot.store.records import AccountState, Pause, Use
from bot.store.schema import account_facts, account_states, deliveries, events, pauses, spending

_NEW_TROUBLE = timedelta(minutes=15)
"""An account that was left alone for so long after its trouble has a new one."""


class Accounts(Transactions):
    """The part of the store that keeps what is true of a whole account."""

    # --- suspensions ---------------------------------------------------------------------

    def suspend(
        self,
        account: str,
        until: datetime | None,
        reason: str,
        needs_person: bool,
        now: datetime,
        use: Use = "post",
        since: datetime | None = None,
    ) -> None:
        """Do not use the account until `until` (None: until a person acts).

        `since` is when its trouble began, where that was earlier than now.
        """
        with self._write() as connection:
            _forget(connection, account, use)
            connection.execute(
                insert(account_states).values(
                    account=account,
                    use=use,
                    since=since or now,
                    until=until,
                    reason=reason,
                    needs_person=needs_person,
                )
            )
            append_event(connection, now, f"suspended ({use})", account, reason)

    def trouble_since(self, account: str, now: datetime, use: Use = "post") -> datetime:
        """Say since when an account's trouble goes on; `now` where it begins only now."""
        for state in self.account_states(use):
            if state.account == account and state.since <= now:
                ended = state.until is not None and now - state.until > _NEW_TROUBLE
                return now if ended else state.since
        return now

    def unsuspend(self, account: str, now: datetime, use: Use = "post") -> bool:
        """Use the account again; tell whether it was suspended."""
        if not any(state.account == account for state in self.account_states(use)):
            return False
        with self._write() as connection:
            was = _forget(connection, account, use)
            if was:
                append_event(connection, now, f"in use again ({use})", account, "")
        return was

    def try_again(self, now: datetime, by: str, account: str | None = None) -> list[str]:
        """Let a person say that what stopped an account, or any, is mended.

        What waits for the end of its trouble is tried at the next tick. Trouble that only time
        ends, such as a rate limit, stays.

        Returns:
            the accounts that had such trouble.
        """
        a, d = account_states.c, deliveries.c
        stopped = select(a.account, a.use, a.until).where(a.needs_person)
        if account is not None:
            stopped = stopped.where(a.account == account)
        mended: list[str] = []
        with self._write() as connection:
            for name, use, until in connection.execute(stopped.order_by(a.account)).all():
                _forget(connection, name, use)
                append_event(connection, now, f"in use again ({use})", name, f"mended, says {by}")
                waits = (d.account == name, d.not_before == until, d.not_before > now)
                connection.execute(
                    update(deliveries)
                    .where(state_is(d.state, State.QUEUED, State.IN_DOUBT), *waits)
                    .values(not_before=now)
                )
                if name not in mended:
                    mended.append(name)
        return mended

    def account_states(self, use: Use = "post") -> list[AccountState]:
        """List the accounts that have trouble with a use, also where its time is over.

        It is over for good only with the next success, which removes it.
        """
        with self._read() as connection:
            rows = connection.execute(_account_states(), {"use": use})
            return [AccountState(*row) for row in rows]

    # --- stop switches -------------------------------------------------------------------

    def pause(self, scope: str, by: str, why: str, now: datetime) -> None:
        """Stop posting at once, also in a running daemon.

        Raises:
            ValueError: `scope` is not `all`, `account:NAME` or `campaign:NAME`.
        """
        kind, _, name = scope.partition(":")
        if scope != "all" and (kind not in {"account", "campaign"} or not name):
            raise ValueError(f'"{scope}" is not all, account:NAME or campaign:NAME')
        with self._write() as connection:
            connection.execute(delete(pauses).where(pauses.c.scope == scope))
            connection.execute(insert(pauses).values(scope=scope, by=by, why=why, since=now))
            append_event(connection, now, "paused", scope, f"by {by}: {why}" if why else f"by {by}")

    def resume(self, scope: str, now: datetime, by: str = "") -> bool:
        """Turn a stop switch off; tell whether it was on."""
        with self._write() as connection:
            was = connection.execute(delete(pauses).where(pauses.c.scope == scope)).rowcount > 0
            if was:
                append_event(connection, now, "resumed", scope, f"by {by}" if by else "")
        return was

    def pauses(self) -> list[Pause]:
        """List the stop switches that are on."""
        p = pauses.c
        with self._read() as connection:
            return [
                Pause(*row)
                for row in connection.execute(
                    select(p.scope, p.by, p.why, p.since).order_by(p.scope)
                )
            ]

    # --- facts ---------------------------------------------------------------------------

    def limits(self, account: str) -> tuple[Limits, datetime] | None:
        """Give the limits that the account's server told, and when."""
        f = account_facts.c
        with self._read() as connection:
            row = connection.execute(
                select(f.limits, f.limits_at).where(f.account == account, f.limits.is_not(None))
            ).one_or_none()
        return None if row is None else (limits_from_json(row.limits), row.limits_at)

    def save_limits(self, account: str, limits: Limits, now: datetime) -> None:
        """Keep the limits that the account's server told."""
        f = account_facts
        with self._write() as connection:
            if not _has(connection, f, account):
                connection.execute(insert(f).values(account=account))
            told = f.update().where(f.c.account == account)
            connection.execute(told.values(limits=limits_to_json(limits), limits_at=now))

    # --- money ---------------------------------------------------------------------------

    def spend(
        self, account: str, at: datetime, kind: str, usd: Decimal, delivery: int | None = None
    ) -> None:
        """Note what an account was charged. Posts are noted by `record`, with their receipt."""
        if usd <= 0:
            return
        with self._write() as connection:
            connection.execute(
                insert(spending).values(
                    account=account, at=at, kind=kind, usd=usd, delivery=delivery
                )
            )

    def spent(self, account: str, since: datetime) -> Decimal:
        """Sum what the account was charged since `since`, and may have been by open calls."""
        s, d = spending.c, deliveries.c
        paid = select(func.sum(s.usd)).where(s.account == account, s.at >= since)
        doubtful = select(func.sum(d.cost)).where(
            and_(d.account == account, state_is(d.state, State.SENDING, State.IN_DOUBT))
        )
        with self._read() as connection:
            sums = [connection.scalar(query) for query in (paid, doubtful)]
        return sum((usd for usd in sums if usd is not None), start=Decimal(0))


def append_event(
    connection: Connection, now: datetime, event: str, subject: str, detail: str
) -> None:
    """Write a line of the log that belongs to no delivery."""
    connection.execute(insert(events).values(at=now, event=event, subject=subject, detail=detail))


@cache
def _account_states() -> Select[Any]:
    """Select what `Accounts.account_states` lists."""
    a = account_states.c
    columns = select(a.account, a.use, a.since, a.until, a.reason, a.needs_person)
    return columns.where(a.use == bindparam("use")).order_by(a.account)


def _forget(connection: Connection, account: str, use: Use) -> bool:
    a = account_states.c
    gone = connection.execute(delete(account_states).where(a.account == account, a.use == use))
    return gone.rowcount > 0


def _has(connection: Connection, table: Table, account: str) -> bool:
    found = connection.scalar(select(func.count()).where(table.c.account == account))
    return bool(found)
