"""Draws the cards of the coming day before their hour, and clears away what nobody needs.

What is due finds its card on the disk: neither a slow disk nor a heavy template stands
between a message and its hour. A card is named by what it shows, so one that is drawn ahead
and then not used (a text was changed) does no harm and is cleared away in time.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot import cards
from bot.compose import wordings
from bot.jobs.drafting import Drafter
from bot.jobs.refresh import next_slot, plan_span
from bot.model import Catalog, Draft, PastPost, State
from bot.store import Store

log = logging.getLogger("bot")

AHEAD = timedelta(days=1)
"""How far ahead cards are drawn."""

KEPT = timedelta(days=14)
"""How long a picture is kept after its last use, though nothing refers to it any more."""

LASTS = timedelta(hours=1)
"""How long the cards that were drawn ahead are taken as enough, while the content rests."""

QUIET = timedelta(seconds=30)
"""So long before the next slot no card is drawn ahead: nothing may make a post late."""

_OPEN = (State.QUEUED, State.SENDING, State.IN_DOUBT)


@dataclass(slots=True)
class Prepared:
    """For which content, and when, the coming day's cards were drawn."""

    stamp: str = ""
    at: datetime | None = None

    def wanting(self, catalog: Catalog, stamp: str, now: datetime) -> bool:
        """Tell whether it is time to draw ahead, and count it as done."""
        lasts = self.at is not None and timedelta(0) <= now - self.at < LASTS
        if (lasts and stamp == self.stamp) or next_slot(catalog, now, QUIET) is not None:
            return False
        self.stamp, self.at = stamp, now
        return True


def prepare(
    catalog: Catalog,
    store: Store,
    drafter: Drafter,
    root: Path,
    now: datetime,
    earlier: Iterable[PastPost] = (),
) -> None:
    """Draw the coming day's cards, and clear away old ones."""
    coming = draw_ahead(catalog, store, drafter, now, earlier)
    try:
        gone = clear_away(store, root, coming, now)
    except cards.CardError as error:
        log.warning("%s", error)
        return
    if gone:
        log.info("cleared away old pictures that nothing refers to: %s", gone)


def draw_ahead(
    catalog: Catalog,
    store: Store,
    drafter: Drafter,
    now: datetime,
    earlier: Iterable[PastPost] = (),
) -> set[Path]:
    """Draw what goes out in the coming day; returns the pictures that it refers to."""
    posts = plan_span(catalog, store, drafter, now, now + AHEAD, earlier, now=now)
    return _pictures(post.draft for post in posts)


def redraw_missing(
    catalog: Catalog, store: Store, drafter: Drafter, root: Path, now: datetime
) -> None:
    """Draw again what queued deliveries refer to and somebody has deleted.

    The same words and look give the same picture under the same name; where they have changed
    meanwhile it stays missing, and the delivery says so.
    """
    for delivery in store.deliveries(states=(State.QUEUED,), until=now):
        picture = delivery.draft.picture
        if picture is None or (root / picture.path).is_file():
            continue
        message = catalog.messages.get(delivery.message or "")
        account = catalog.accounts.get(delivery.account)
        if message is None or account is None:
            continue
        # Which turn it was is not written down; each wording has its own.
        for turn in range(len(wordings(message, account.network))):
            drafter(message, account, turn, delivery.due)
            if (root / picture.path).is_file():
                break


def clear_away(store: Store, root: Path, coming: set[Path], now: datetime) -> int:
    """Delete pictures that no open delivery and none of `coming` refers to; returns how many.

    Only those that were last used longer than `KEPT` ago: another ledger on this folder (the
    sandbox's) may refer to younger ones.
    """
    waiting = _pictures(delivery.draft for delivery in store.deliveries(states=_OPEN))
    return len(cards.prune(root, coming | waiting, older_than=KEPT, now=now))


def _pictures(drafts: Iterable[Draft | None]) -> set[Path]:
    return {
        draft.picture.path for draft in drafts if draft is not None and draft.picture is not None
    }
