"""Engagement: which receipts are to be sampled, and the samples."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, insert, select
from sqlalchemy.exc import IntegrityError

from bot.model import Counts, Sample, State
from bot.store.codec import receipt_of
from bot.store.columns import Moment, state_is
from bot.store.engine import Transactions
from bot.store.queue import is_suspended
from bot.store.records import DueSample
from bot.store.schema import deliveries, samples

SAMPLE_GRACE = timedelta(days=1)
"""How long after the last offset a post that was missed is still sampled."""


@cache
def _receipts(*, of_one: bool) -> Select[Any]:
    """Select what `Engagement.receipts_to_sample` goes through; built once, as in `queue`."""
    d, s = deliveries.c, samples.c
    now, latest, earliest = (
        bindparam(name, type_=Moment) for name in ("now", "latest", "earliest")
    )
    newest = select(s.delivery, func.max(s.after).label("after")).group_by(s.delivery)
    seen = newest.subquery()
    wanted = (
        select(
            d.id, d.account, d.campaign, d.message, d.claimed_at,
            d.remote_id, d.url, d.posted_at, d.uri, seen.c.after,
        )
        .join_from(deliveries, seen, seen.c.delivery == d.id, isouter=True)
        .where(
            and_(
                state_is(d.state, State.SENT),
                d.claimed_at <= latest,
                d.claimed_at > earliest,
                ~is_suspended(d.account, now, "read"),
            )
        )
        .order_by(d.claimed_at, d.id)
    )  # fmt: skip
    return wanted.where(d.account == bindparam("account")) if of_one else wanted


class Engagement(Transactions):
    """The part of the store that keeps what came of posts."""

    def receipts_to_sample(
        self, now: datetime, offsets: Sequence[timedelta], account: str | None = None
    ) -> list[DueSample]:
        """List the receipts whose engagement is to be read now, or only one account's.

        An offset is due that long after the claim. Where several have come since the last
        sample (the bot was down), only the latest is: a count read now says nothing about
        an hour ago. Accounts suspended from reading are left out.
        """
        if not offsets:
            return []
        asked = _receipts(of_one=account is not None)
        given = {
            "now": now,
            "latest": now - min(offsets),
            "earliest": now - max(offsets) - SAMPLE_GRACE,
            "account": account,
        }
        due = []
        with self._read() as connection:
            for row in connection.execute(asked, given):
                come = max(offset for offset in offsets if row.claimed_at + offset <= now)
                receipt = receipt_of(row)
                if receipt is None or (row.after is not None and row.after >= come):
                    continue
                due.append(DueSample(row.id, row.account, row.campaign, row.message, receipt, come))
        return due

    def next_sample_due(self, offsets: Sequence[timedelta], after: datetime) -> datetime | None:
        """Give the next moment after `after` at which a sample is due."""
        if not offsets:
            return None
        d = deliveries.c
        wanted = select(d.claimed_at).where(
            state_is(d.state, State.SENT), d.claimed_at > after - max(offsets)
        )
        with self._read() as connection:
            claims = connection.scalars(wanted).all()
        return min(
            (at + offset for at in claims for offset in offsets if at + offset > after),
            default=None,
        )

    def record_sample(self, sample: Sample) -> bool:
        """Keep a sample; tell whether it is new (one per delivery and offset)."""
        counts = sample.counts
        try:
            with self._write() as connection:
                connection.execute(
                    insert(samples).values(
                        delivery=sample.delivery,
                        after=sample.after,
                        at=sample.at,
                        likes=counts.likes,
                        reposts=counts.reposts,
                        replies=counts.replies,
                        quotes=counts.quotes,
                        bookmarks=counts.bookmarks,
                        impressions=counts.impressions,
                        simulated=sample.simulated,
                    )
                )
        except IntegrityError:
            return False
        return True

    def samples(
        self,
        *,
        delivery: int | None = None,
        campaign: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> list[Sample]:
        """List samples in order of time; `since` and `until` bound their posts' hours."""
        d, s = deliveries.c, samples.c
        wanted = select(samples).join(deliveries, d.id == s.delivery).order_by(s.at, s.delivery)
        if delivery is not None:
            wanted = wanted.where(s.delivery == delivery)
        if campaign is not None:
            wanted = wanted.where(d.campaign == campaign)
        if since is not None:
            wanted = wanted.where(d.due >= since)
        if until is not None:
            wanted = wanted.where(d.due < until)
        with self._read() as connection:
            return [
                Sample(
                    delivery=row.delivery,
                    after=row.after,
                    at=row.at,
                    counts=Counts(
                        likes=row.likes,
                        reposts=row.reposts,
                        replies=row.replies,
                        quotes=row.quotes,
                        bookmarks=row.bookmarks,
                        impressions=row.impressions,
                    ),
                    simulated=row.simulated,
                )
                for row in connection.execute(wanted)
            ]
