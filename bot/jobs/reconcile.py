"""Settles doubts by looking at our own timeline, never by posting again blindly."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event
from typing import TypeVar

from bot.jobs.looking_back import look_back
from bot.jobs.metering import metered
from bot.jobs.sending import NO_ANSWER, event_name
from bot.model import Catalog, Delivery, Receipt
from bot.networks.base import PERSON_RETRY, Network, NetworkError, TryLater
from bot.networks.matching import CLOCK_SKEW
from bot.settle import Absent, Found, Later, Outcome, Policy, policy_for, settle, waits_for_person
from bot.store import EvidenceTaken, StaleDelivery, Store

log = logging.getLogger("bot.jobs.reconcile")

CLOCKS_DIFFER = timedelta(days=1)
"""How much earlier than the doubt a look begins: our clock may be wrong, by a zone even.

What else it finds by that are the same words said on the account within that day, by another
delivery (which owns its post) or by a person's hand. Where the server tells the time, what it
dates before the doubt is no evidence; it only keeps a resend from going out beside it.
"""

_INSTANT = timedelta(milliseconds=1)
"""The step in which networks date posts."""

_MOST_TWINS = 5

T = TypeVar("T", bound=Outcome | Mapping[int, Outcome])


@dataclass(frozen=True, slots=True)
class ReconcileReport:
    """What one round of looks came to."""

    looked: tuple[Delivery, ...] = ()
    """Every delivery that was looked for, as it then stood."""
    troubles: tuple[str, ...] = ()


def reconcile(
    store: Store,
    networks: Mapping[str, Network],
    catalog: Catalog,
    clock: Callable[[], datetime],
    *,
    sandbox: bool = False,
    stop: Event | None = None,
    account: str | None = None,
) -> ReconcileReport:
    """Look for every delivery in doubt whose time for a look has come, or one account's.

    An account that is gone from the catalog or has no keys is not looked at; its doubts wait.
    """
    looked: list[Delivery] = []
    troubles: list[str] = []
    blind: set[str] = set()
    looked_back: dict[int, tuple[Outcome, bool]] = {}
    waiting = store.in_doubt(clock(), account)
    for delivery in waiting:
        name = delivery.account
        whose, network = catalog.accounts.get(name), networks.get(name)
        if whose is None or network is None:
            troubles.append(f"delivery {delivery.id} is in doubt, but {name} cannot be used")
            continue
        if name in blind or (stop is not None and stop.is_set()):
            continue
        policy = policy_for(whose, resend_window=network.resend_window, sandbox=sandbox)
        with metered(store, network, whose, catalog, clock()):
            if delivery.put_back_at is None:
                outcome, needs_person = _look(store, network, delivery, clock())
            else:
                if delivery.id not in looked_back:
                    group = [d for d in waiting if d.account == name and d.put_back_at is not None]
                    looked_back |= _look_back(store, network, group, clock(), policy)
                outcome, needs_person = looked_back[delivery.id]
        now = clock()
        after = settle(delivery, outcome, now, policy)
        detail = after.reason
        if isinstance(outcome, Later):
            # One look that hangs is enough: the account's others wait with it.
            detail = f"the look failed: {outcome.reason}"
            blind.add(name)
            store.suspend(name, after.not_before, outcome.reason, needs_person, now, use="look")
            troubles.append(f"delivery {delivery.id} to {name}: {detail}")
        else:
            store.unsuspend(name, now, use="look")
        try:
            store.record(delivery, after, event_name(outcome), now, detail)
        except (EvidenceTaken, StaleDelivery) as error:
            # Settled by somebody else between the look and now; the next round sees how.
            log.info("%s", error)
            continue
        if isinstance(outcome, Found) and _is_resting(store, name):
            store.unsuspend(name, now)  # its server answers again: a thread goes on at once
        if waits_for_person(after):
            troubles.append(f"delivery {after.id} to {name} {after.reason}")
        looked.append(after)
    for trouble in troubles:
        log.warning("%s", trouble)
    return ReconcileReport(tuple(looked), tuple(troubles))


def _is_resting(store: Store, account: str) -> bool:
    """Tell whether an account is left alone only because an answer was lost."""
    return any(
        state.account == account and state.reason.startswith(NO_ANSWER)
        for state in store.account_states()
    )


def _look(
    store: Store, network: Network, delivery: Delivery, now: datetime
) -> tuple[Outcome, bool]:
    """Look once; whatever comes of it is an outcome, and whether it needs a person."""
    doubt = min(delivery.doubt_since or now, now)
    since = _look_from(doubt, now, network)
    found = _answer(lambda: _ours(store, network, delivery, doubt, since), delivery, now)
    return found if isinstance(found, tuple) else (found, False)


def _look_back(
    store: Store, network: Network, group: Sequence[Delivery], now: datetime, policy: Policy
) -> dict[int, tuple[Outcome, bool]]:
    """Look once for all of an account that may have gone out before the ledger was put back."""
    since = min(min(d.doubt_since or now, now) for d in group)

    def ask() -> Mapping[int, Outcome]:
        posts = network.posts_since(_look_from(since, now, network))
        after = [post for post in posts if not _is_before(post.receipt, since, network)]
        return look_back(store, after, group, now, policy)

    found = _answer(ask, group[0], now)
    if isinstance(found, tuple):
        return dict.fromkeys((d.id for d in group), found)
    return {number: (outcome, False) for number, outcome in found.items()}


def _answer(ask: Callable[[], T], delivery: Delivery, now: datetime) -> T | tuple[Later, bool]:
    """Give what a look tells; where it fails, that it is to be made later."""
    try:
        return ask()
    except TryLater as error:
        until = error.until
        if until is None and error.needs_person:
            until = now + PERSON_RETRY  # a look each minute would not mend a revoked key
        return Later(error.reason, until), error.needs_person
    except NetworkError as error:
        return Later(str(error)), False
    except Exception as error:  # noqa: BLE001 - an answer we cannot read is no absence
        log.error("delivery %s: unexpected %s in a look", delivery.id, type(error).__name__)
        return Later(f"unexpected {type(error).__name__} in a look"), False


def _ours(
    store: Store, network: Network, delivery: Delivery, doubt: datetime, since: datetime
) -> Found | Absent:
    """Find the delivery's post, passing over those with the same words that are others'.

    `find` gives the oldest that fits; what it gives again is all there is.

    Raises:
        TryLater: there are more of them than can be told apart.
    """
    others: set[str] = set()
    like = ""
    while len(others) < _MOST_TWINS:
        receipt = network.find(delivery.draft, since)
        if receipt is None or receipt.remote_id in others:
            return Absent(like)
        if store.owner(delivery.account, receipt) is None:
            if not _is_before(receipt, doubt, network):
                return Found(receipt)
            like = receipt.url or receipt.remote_id
        others.add(receipt.remote_id)
        if receipt.posted_at is None:
            break
        since = receipt.posted_at + _INSTANT
    raise TryLater("its post cannot be told from those of other deliveries")


def _look_from(doubt: datetime, now: datetime, network: Network) -> datetime:
    """Say from when on to look, by the server's clock as far as it has told it.

    A doubt that is in the server's future was dated by a clock that was as far ahead as it is now.
    """
    ahead = network.clock_ahead or timedelta(0)
    return (doubt if doubt <= now + ahead else doubt + ahead) - CLOCKS_DIFFER


def _is_before(receipt: Receipt, doubt: datetime, network: Network) -> bool:
    """Tell whether a post was surely made before the doubt began, by the server's clock."""
    ahead = network.clock_ahead
    if ahead is None or receipt.posted_at is None:
        return False
    return receipt.posted_at < doubt + ahead - CLOCK_SKEW
