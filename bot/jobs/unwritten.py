"""Writes down the answers that the ledger did not take when they came.

Nothing else is posted before that: the ledger has to take them first.
"""

from __future__ import annotations

import logging
from datetime import datetime

from bot.jobs.sending import event_name
from bot.model import Delivery, State
from bot.settle import Interrupted, Outcome, Policy, Posted, belated, settle
from bot.store import EvidenceTaken, NoSuchDelivery, StaleDelivery, Store

log = logging.getLogger("bot.jobs.deliver")


def write_down(store: Store, now: datetime) -> list[Delivery]:
    """Write down what is held in hand, and what a process that ended has left in a file.

    Raises:
        StoreUnavailable: there is still no room; all is kept.
    """
    settled = []
    with store.unwritten.writing:
        in_hand = list(store.unwritten.in_hand)
        if not in_hand and not store.left_unwritten:
            return []
        for claimed, outcome in in_hand:
            settled += _settle(store, claimed, outcome, now)
        for note in store.left_unwritten:
            try:
                current = store.delivery(note.delivery)
            except NoSuchDelivery:
                continue
            if current.key == note.key:
                settled += _settle(store, current, Posted(note.receipt), now)
        store.left_unwritten.clear()
        store.unwritten.clear(len(in_hand))
    log.info("written down: what came of %s calls while the ledger took nothing", len(settled))
    return settled


def _settle(store: Store, claimed: Delivery, outcome: Outcome, now: datetime) -> list[Delivery]:
    before = store.delivery(claimed.id)
    if before.state is not State.SENDING or before.tries != claimed.tries:
        meaning = belated(before, claimed, outcome)
        if meaning is None:
            return []
        outcome = meaning
    after = settle(before, outcome, now, Policy())
    try:
        store.record(before, after, event_name(outcome), now, after.reason)
    except EvidenceTaken:
        if before.state is not State.SENDING:
            return []
        after = settle(before, Interrupted(), now, Policy())
        store.record(before, after, "interrupted", now, after.reason)
    except StaleDelivery as error:
        log.info("%s", error)
        return []
    return [after]
