"""Which deliveries may be sent now, which never will be, and when the next one is due."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
)

from bot.model import Delivery, Receipt, State
from bot.settle import FAR
from bot.store.codec import delivery_of
from bot.store.columns import Moment, state_is
from bot.store.engine import Transactions
from bot.store.records import Expired
from bot.store.schema import account_states, deliveries, marks, pauses

part_before = deliveries.alias("part_before")
_twin = deliveries.alias("twin")

d = deliveries.c

PUT_BACK = "put back"
"""The mark of when the ledger took the place of a newer one (`bot.store.guarding`)."""


@cache
def rows() -> Select[Any]:
    """Select deliveries as `delivery_of` wants them."""
    return select(deliveries, part_before.c.remote_id.label("parent")).join_from(
        deliveries, part_before, part_before.c.id == d.previous, isouter=True
    )


def unresolved(*states: State) -> ColumnElement[bool]:
    """Say of a row whether it is one of the few in these states, by way of their index."""
    return and_(
        state_is(d.state, State.SENDING, State.IN_DOUBT),
        state_is(d.state, *states),
    )


def may_go(now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """Say of a row of `rows()` whether it may be sent now.

    It is queued, its time has come, its account is in use, no stop switch is on, the part
    before it is sent, and no delivery with the same words to the same account is unresolved:
    such a twin could take the same remote post as its evidence.
    """
    return and_(
        state_is(d.state, State.QUEUED),
        d.not_before <= now,
        or_(d.previous.is_(None), state_is(part_before.c.state, State.SENT)),
        ~is_suspended(d.account, now),
        ~is_paused(),
        ~exists().where(_is_unresolved_twin()),
        ~unchecked(),
    )


def unchecked() -> ColumnElement[bool]:
    """Say of a row whether it may have gone out before the ledger was put back."""
    return exists().where(
        marks.c.name == PUT_BACK,
        marks.c.at >= d.due,
        or_(d.checked_at.is_(None), d.checked_at < marks.c.at),
    )


def _is_unresolved_twin() -> ColumnElement[bool]:
    """Say of a twin that its post may be there, unknown to us; found absent is not yet sure."""
    return and_(
        _twin.c.account == d.account,
        _twin.c.twin == d.twin,
        _twin.c.id != d.id,
        or_(
            state_is(_twin.c.state, State.SENDING, State.IN_DOUBT),
            and_(state_is(_twin.c.state, State.QUEUED), _twin.c.doubt_since.is_not(None)),
        ),
    )


def is_suspended(
    account: ColumnElement[str], now: datetime | BindParameter[datetime], use: str = "post"
) -> ColumnElement[bool]:
    """Say whether an account is suspended from `use`.

    A suspension from the future was set by a clock that has been put right since: it is void.
    """
    s = account_states.c
    return exists().where(
        s.account == account, s.use == use, s.since <= now, or_(s.until.is_(None), s.until > now)
    )


def is_paused() -> ColumnElement[bool]:
    """Say whether a stop switch holds for the row."""
    return exists().where(
        pauses.c.scope.in_(("all", "account:" + d.account, "campaign:" + d.campaign))
    )


NOW: BindParameter[datetime] = bindparam("now", type_=Moment)
"""The moment, where a statement is built once and asked by often."""


@cache
def _due(*, of_one: bool, some: bool) -> Select[Any]:
    """Select what `Queue.due` lists; built once, for that takes longer than asking by it."""
    place = func.row_number().over(partition_by=d.account, order_by=(d.not_before, d.due, d.id))
    wanted = rows().add_columns(place.label("place")).where(may_go(NOW))
    if of_one:
        wanted = wanted.where(d.account == bindparam("account"))
    if some:
        wanted = wanted.where(d.id.in_(bindparam("some", expanding=True)))
    ranked = wanted.subquery()
    return (
        select(ranked)
        .where(ranked.c.place <= bindparam("most"))
        .order_by(ranked.c.not_before, ranked.c.due, ranked.c.id)
    )


@cache
def _too_late() -> Select[Any]:
    """Select what `Queue.too_late` lists."""
    twin = select(func.min(_twin.c.id)).where(_is_unresolved_twin()).scalar_subquery()
    open_part = case(
        (state_is(part_before.c.state, State.SENDING, State.IN_DOUBT), part_before.c.id)
    )
    return (
        rows()
        .add_columns(
            is_paused().label("paused"), func.coalesce(open_part, twin).label("waited_for")
        )
        .where(state_is(d.state, State.QUEUED), d.expires < NOW, ~unchecked())
        .order_by(d.due, d.id)
    )


@cache
def _next_due() -> Select[Any]:
    """Select what `Queue.next_due` gives."""
    after: BindParameter[datetime] = bindparam("after", type_=Moment)
    until = (
        select(func.max(account_states.c.until))
        .where(account_states.c.account == d.account, account_states.c.use == "post")
        .scalar_subquery()
    )
    waking = case(
        (and_(state_is(d.state, State.QUEUED), until > d.not_before), until),
        else_=d.not_before,
    )
    return select(func.min(waking)).where(
        state_is(d.state, State.QUEUED, State.IN_DOUBT), waking > after, waking < FAR
    )


@cache
def _broken_threads() -> Select[Any]:
    """Select what `Queue.broken_threads` lists."""
    return rows().where(
        state_is(d.state, State.QUEUED),
        state_is(part_before.c.state, State.FAILED, State.SKIPPED),
    )


@cache
def _in_doubt(*, of_one: bool) -> Select[Any]:
    """Select what `Queue.in_doubt` lists."""
    wanted = (
        rows()
        .where(
            unresolved(State.IN_DOUBT),
            d.not_before <= NOW,
            ~is_suspended(d.account, NOW, "look"),
        )
        .order_by(d.not_before, d.id)
    )
    return wanted.where(d.account == bindparam("account")) if of_one else wanted


class Queue(Transactions):
    """The part of the store that says what is due."""

    def due(
        self,
        now: datetime,
        limit: int = 1000,
        account: str | None = None,
        only: Collection[int] | None = None,
    ) -> list[Delivery]:
        """List what may be sent now, the longest waiting first.

        By waiting since `not_before`: a delivery that keeps failing does not stand in the
        way of those behind it.

        Args:
            now: the moment.
            limit: at most so many per account.
            account: only this one's.
            only: only these.
        """
        chosen = _due(of_one=account is not None, some=only is not None)
        given = {"now": now, "most": limit, "account": account, "some": list(only or ())}
        with self._read() as connection:
            return [delivery_of(row) for row in connection.execute(chosen, given)]

    def next_due(self, after: datetime) -> datetime | None:
        """Give the next moment after `after` at which a delivery is to be sent or looked for."""
        with self._read() as connection:
            moment: datetime | None = connection.scalar(_next_due(), {"after": after})
        return moment

    def too_late(self, now: datetime) -> list[Expired]:
        """List queued deliveries whose hour is past, and what kept them."""
        with self._read() as connection:
            return [
                Expired(delivery_of(row), bool(row.paused), row.waited_for)
                for row in connection.execute(_too_late(), {"now": now})
            ]

    def broken_threads(self) -> list[Delivery]:
        """List queued parts whose part before will never be posted."""
        with self._read() as connection:
            return [delivery_of(row) for row in connection.execute(_broken_threads())]

    def last_post(self, account: str, other_than: int) -> datetime | None:
        """Give when the account last posted, or may have, leaving one delivery aside."""
        wanted = select(func.max(d.claimed_at)).where(
            d.account == account,
            d.id != other_than,
            d.put_back_at.is_(None),
            state_is(d.state, State.SENDING, State.SENT, State.IN_DOUBT),
        )
        with self._read() as connection:
            claimed: datetime | None = connection.scalar(wanted)
        return claimed

    def owner(self, account: str, receipt: Receipt) -> int | None:
        """Name the delivery that a remote post belongs to.

        By its `uri` too, where it has one: an edit gives a post another id on some servers.
        """
        same: ColumnElement[bool] = d.remote_id == receipt.remote_id
        if receipt.uri is not None:
            same = or_(same, d.uri == receipt.uri)
        with self._read() as connection:
            found: int | None = connection.scalar(
                select(func.min(d.id)).where(d.account == account, same)
            )
        return found

    def in_doubt(self, now: datetime, account: str | None = None) -> list[Delivery]:
        """List the deliveries in doubt that are due for a look, or only one account's."""
        asked = _in_doubt(of_one=account is not None)
        given = {"now": now, "account": account}
        with self._read() as connection:
            return [delivery_of(row) for row in connection.execute(asked, given)]
