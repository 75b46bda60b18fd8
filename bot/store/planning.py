"""What planning reads and writes: the queue's rows, the watermark, what was said before."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, delete, insert, select, tuple_

from bot.model import Draft, NetworkName, PastPost, Post, PostState, State
from bot.store.codec import draft_to_json, twin_hash
from bot.store.columns import state_is
from bot.store.engine import Transactions
from bot.store.schema import attempts, deliveries, marks, spending
from bot.thread import parts

WATERMARK = "watermark"
BEGAN = "began"
_OFFSET = "offset of "
"""Marks whose names begin so: a zone's UTC offset, in the span's column."""

THREAD_GRACE = timedelta(hours=1)
"""A thread once begun is finished, even if that takes it a little beyond its hour."""

_CHUNK = 400
"""Rows per statement: SQLite takes at most 32,766 bound values."""


class Planning(Transactions):
    """The part of the store that planning uses."""

    def watermark(self) -> datetime | None:
        """Up to which moment slots were turned into rows; None before the first time."""
        with self._read() as connection:
            at: datetime | None = connection.scalar(
                select(marks.c.at).where(marks.c.name == WATERMARK)
            )
        return at

    def began(self) -> datetime | None:
        """When the first look at the plan was; None before it."""
        with self._read() as connection:
            return connection.scalar(select(marks.c.at).where(marks.c.name == BEGAN))

    def offsets(self) -> dict[str, timedelta]:
        """Give the UTC offset that each schedule's zone had at the watermark, as was known then."""
        named = select(marks.c.name, marks.c.boot).where(marks.c.name.startswith(_OFFSET))
        with self._read() as connection:
            return {name.removeprefix(_OFFSET): span for name, span in connection.execute(named)}

    def enqueue(
        self,
        posts: Sequence[Post],
        now: datetime,
        watermark: datetime | None = None,
        offsets: Mapping[str, timedelta] | None = None,
    ) -> list[int]:
        """Write a row for each post, and move the watermark, in one transaction.

        A planned post becomes a queued delivery, and one more for each further part of its
        thread; a skipped one becomes a skipped row with its reason. A post whose slot and
        account have a row already is left as that row is. `offsets` are the zones' offsets at the
        watermark, where they are others than before.

        Returns:
            the ids of the new rows, first parts and further ones.

        Raises:
            ValueError: a planned post without a draft or a message.
        """
        with self._write() as connection:
            known = _known(connection, posts)
            ids: list[int] = []
            for post in posts:
                if (post.slot, post.account) not in known:
                    known.add((post.slot, post.account))
                    ids += _insert(connection, post, now)
            for zone, offset in (offsets or {}).items():
                set_mark(connection, f"{_OFFSET}{zone}", now, boot=offset)
            if watermark is not None:
                set_mark(connection, WATERMARK, watermark)
                if connection.scalar(select(marks.c.at).where(marks.c.name == BEGAN)) is None:
                    set_mark(connection, BEGAN, now)
        return ids

    def history(
        self, before: datetime | None = None, campaign: str | None = None
    ) -> list[PastPost]:
        """List what was planned so far, in order of time; a thread is its first part."""
        d = deliveries.c
        wanted = select(
            d.slot, d.account, d.network, d.campaign, d.message, d.schedule, d.due, d.state, d.text
        ).where(d.part == 0)
        if before is not None:
            wanted = wanted.where(d.due < before)
        if campaign is not None:
            wanted = wanted.where(d.campaign == campaign)
        networks = {name.value: name for name in NetworkName}
        states = {state.value: state for state in State}
        with self._read() as connection:
            rows = connection.execute(wanted.order_by(d.due, d.id)).all()
        return [
            PastPost(
                slot=slot,
                account=account,
                network=networks[network],
                campaign=of,
                message=message,
                schedule=schedule,
                due=due,
                state=states[state],
                text=text,
            )
            for slot, account, network, of, message, schedule, due, state, text in rows
        ]

    def spent_by_month(
        self, *, posting_only: bool = False, before: datetime | None = None
    ) -> Mapping[tuple[str, str], Decimal]:
        """Sum dollars by account and UTC month (`2022-02`): paid, and queued or under way.

        `posting_only` leaves out what reading cost; `before` all from that moment on.
        """
        d = deliveries.c
        paid = select(spending.c.account, spending.c.at, spending.c.usd)
        if posting_only:
            paid = paid.where(spending.c.kind == "post")
        coming = select(d.account, d.due, d.cost).where(
            d.cost != Decimal(0),
            state_is(d.state, State.QUEUED, State.SENDING, State.IN_DOUBT),
        )
        if before is not None:
            paid, coming = paid.where(spending.c.at < before), coming.where(d.due < before)
        sums: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
        with self._read() as connection:
            for query in (paid, coming):
                for account, at, usd in connection.execute(query):
                    sums[account, f"{at:%Y-%m}"] += usd
        return dict(sums)


def set_mark(connection: Connection, name: str, at: datetime, **more: object) -> None:
    """Write a moment under its name, over what was there."""
    connection.execute(delete(marks).where(marks.c.name == name))
    connection.execute(insert(marks).values(name=name, at=at, **more))


def _known(connection: Connection, posts: Sequence[Post]) -> set[tuple[str, str]]:
    d = deliveries.c
    known: set[tuple[str, str]] = set()
    pairs = [(post.slot, post.account) for post in posts]
    for start in range(0, len(pairs), _CHUNK):
        some = pairs[start : start + _CHUNK]
        rows = connection.execute(
            select(d.slot, d.account).where(tuple_(d.slot, d.account).in_(some))
        )
        known |= {(slot, account) for slot, account in rows}
    return known


def _insert(connection: Connection, post: Post, now: datetime) -> list[int]:
    ids: list[int] = []
    for row in _rows(post):
        new_id: int = connection.execute(
            insert(deliveries)
            .values(previous=ids[-1] if ids else None, **row)
            .returning(deliveries.c.id)
        ).scalar_one()
        connection.execute(
            insert(attempts).values(
                delivery=new_id,
                at=now,
                event="planned",
                state=row["state"],
                tries=0,
                detail=row["reason"],
            )
        )
        ids.append(new_id)
    return ids


def _rows(post: Post) -> Iterator[dict[str, Any]]:
    planned = post.state is PostState.PLANNED
    if planned and (post.draft is None or post.message is None):
        raise ValueError(f"the planned post {post.slot} for {post.account} has nothing to say")
    draft = post.draft or Draft(
        account=post.account, network=post.network, text="", language="", length=0, limit=0
    )
    for number, part in enumerate(parts(draft) if planned else (draft,)):
        expires = post.expires
        if number and expires is not None:
            expires += THREAD_GRACE
        yield {
            "slot": post.slot,
            "account": post.account,
            "part": number,
            "network": post.network.value,
            "campaign": post.campaign,
            "message": post.message or "",
            "schedule": post.schedule,
            "due": post.at,
            "expires": expires,
            "missed": post.missed.value,
            "state": (State.QUEUED if planned else State.SKIPPED).value,
            "draft": draft_to_json(part),
            "text": part.text,
            "twin": twin_hash(part.text),
            "cost": part.cost_usd,
            "key": _key(post, number, part.text),
            "not_before": post.at,
            "tries": 0,
            "absences": 0,
            "refused": False,
            "reason": post.reason,
        }


def _key(post: Post, part: int, text: str) -> str:
    """Make the key that is sent on every try: another text, another key.

    It is not random, so a ledger restored from a backup, or begun anew, sends the same one.
    """
    said = "\0".join((post.slot, post.account, str(part), text))
    return hashlib.sha256(said.encode()).hexdigest()[:32]
