"""Finds what went out before the ledger was put back, on our own timelines.

One read of the timeline since the copy answers for all of an account's deliveries. Each takes
a post of exactly its words for its own; a post is nobody's twice. What is left over was made
by a ledger that is lost, with words that are not planned any more, or by a person: where such
a post lies at the hour of a delivery that cannot be found, it is taken to be in its place.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.model import Delivery, Draft, State
from bot.networks.base import Seen
from bot.networks.matching import CLOCK_SKEW, choose, fits
from bot.settle import Absent, Found, Outcome, Policy, Taken, settle
from bot.store import Store

_IN_ITS_PLACE = timedelta(days=1)
"""How long after its hour a post may take the place of one that may go out at any time."""

_ALWAYS = datetime(1970, 1, 2, tzinfo=UTC)

log = logging.getLogger("bot.jobs.reconcile")


def notice(store: Store, now: datetime) -> None:
    """Notice, and say loudly, where the ledger was put back; call it before anything is sent.

    Raises:
        LedgerReplaced: the ledger is gone, or another one lies in its place.
    """
    if found := store.look_behind(now):
        log.warning(
            "the ledger was put back: %s. It is as of %s UTC: approvals, returns, holds, counts, "
            "pauses and resolved doubts of later are gone; say them again. What was due since then "
            "is looked for on the timelines before it may be posted",
            found.how,
            f"{found.since.astimezone(UTC):%Y-%m-%d %H:%M}",
        )


def look_back(
    store: Store,
    posts: Sequence[Seen],
    deliveries: Sequence[Delivery],
    now: datetime,
    policy: Policy,
) -> dict[int, Outcome]:
    """Find one account's deliveries among its posts since the copy was made.

    They are in doubt because the ledger was put back.

    Raises:
        TryLater: a post that fits carries no time.
    """
    account = deliveries[0].account
    free = {
        post.receipt.remote_id: post for post in posts if store.owner(account, post.receipt) is None
    }
    outcomes: dict[int, Outcome] = {}
    absent: list[Delivery] = []
    for delivery in sorted(deliveries, key=lambda d: (d.due, d.id)):
        receipt = choose(delivery.draft, free.values(), _ALWAYS, None)
        if receipt is None:
            outcomes[delivery.id] = Absent()
            if settle(delivery, Absent(), now, policy).state is State.QUEUED:
                absent.append(delivery)
        else:
            outcomes[delivery.id] = Found(receipt)
            del free[receipt.remote_id]
    if absent:
        # What other deliveries of ours may yet find is theirs: further parts, older doubts.
        ours = store.deliveries(states=(State.QUEUED, State.IN_DOUBT), account=account)
        drafts = [_as_part(delivery) for delivery in ours]
        strange = [s for s in free.values() if not any(fits(draft, s) for draft in drafts)]
        outcomes |= _taken(absent, strange)
    return outcomes


def _as_part(delivery: Delivery) -> Draft:
    """The draft of a further part answers a post, even while nobody knows which."""
    draft = delivery.draft
    return replace(draft, in_reply_to="?") if delivery.part and not draft.in_reply_to else draft


def _taken(absent: Sequence[Delivery], strange: Sequence[Seen]) -> dict[int, Outcome]:
    """Give each delivery that is not there the first unknown post of its hour, each post once."""
    by_time = sorted(
        (post.receipt.posted_at, post.receipt.url, post.answers)
        for post in strange
        if post.receipt.posted_at is not None
    )
    outcomes: dict[int, Outcome] = {}
    for delivery in absent:
        last = delivery.expires or delivery.due + _IN_ITS_PLACE
        end = min(last, delivery.put_back_at or last)
        start = max(delivery.due, delivery.doubt_since or delivery.due) - CLOCK_SKEW
        for at, url, answers in by_time:
            if start <= at <= end + CLOCK_SKEW and answers is (delivery.part > 0):
                by_time.remove((at, url, answers))
                outcomes[delivery.id] = Taken(
                    "a post that this ledger does not know was made at its hour, before the "
                    f"ledger was put back: {url}"
                )
                break
    return outcomes
