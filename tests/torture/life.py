"""One life of a bot: open it, work through what is due, until it is killed or all is done.

What a person would do is done here, too: a doubt that waits for one is settled by what really
stands on the server. If the post stood there all the time, the bot could have known.
"""

from __future__ import annotations

import logging
import os
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.app import Bot, open_bot
from bot.jobs.refresh import next_slot
from bot.lanes import Lanes
from bot.model import Account, Delivery, Receipt, State
from bot.networks.base import Network
from bot.settings import Settings
from bot.settle import waits_for_person
from bot.store import Store
from bot.worklock import sole_worker
from tests.torture.campaign import SAMPLES
from tests.torture.points import NUMBER, watch_ledger, watched
from tests.torture.server import ServerAt
from tests.torture.shared import Shared

DECIDED = (State.SENT, State.FAILED, State.SKIPPED)

_LONGEST_JUMP = timedelta(days=2)
_NOTHING_NEXT = timedelta(minutes=2)
_SHORTEST = timedelta(milliseconds=200)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a round happens."""

    root: Path
    server: ServerAt
    shared: Shared
    rows: int
    """How many deliveries the campaign makes."""

    @property
    def settings(self) -> Settings:
        """Of a bot in this place."""
        return Settings(self.root, {})

    def connect(self, account: Account) -> Network:
        """Lead to the sandbox, past the points."""
        return watched(lambda a: self.server.connect(self.shared, a), self.passing)(account)

    def passing(self, point: str) -> None:
        """Come to a point."""
        number = NUMBER[point]
        if self.shared.is_due(number):
            self.shared.die(number)

    def tell(self, kind: str, text: str) -> None:
        """Leave a finding for the parent, whatever becomes of this process."""
        line = f"{kind}\t{text}\n".encode()
        descriptor = os.open(self.root / "findings", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        os.write(descriptor, line)
        os.close(descriptor)


class _Faults(logging.Handler):
    """Keeps what the bot calls a fault of its own: under torture, too, there must be none."""

    def __init__(self, place: Place) -> None:
        super().__init__(logging.ERROR)
        self._place = place

    def emit(self, record: logging.LogRecord) -> None:
        trace = "" if record.exc_info is None else repr(record.exc_info[1])
        self._place.tell("fault", f"{record.getMessage()} {trace}")


def live(place: Place, opened: Callable[[], None]) -> int:
    """Work until all is done; the exit code of the process."""
    shared = place.shared
    shared.live()
    side_by_side = shared.lives % 2 == 0
    logging.getLogger().addHandler(_Faults(place))
    watch_ledger(place.passing)
    try:
        with (
            sole_worker(place.settings.data),
            open_bot(place.settings, shared.clock, connect_with=place.connect) as bot,
        ):
            bot.watch_clock = False  # ours jumps on purpose
            bot.draws_ahead = False  # drawing is slow, and tortured elsewhere
            for problem in bot.problems:
                place.tell("fault", str(problem))
            opened()
            while not _done(bot, place):
                _tick(bot, side_by_side=side_by_side)
                _be_the_person(bot, place)
                _jump(bot, place)
    except Exception:  # noqa: BLE001 - told to the parent, which fails over it
        place.tell("fault", traceback.format_exc().replace("\n", " / "))
        return 1
    return 0


def _tick(bot: Bot, *, side_by_side: bool) -> None:
    """Work once: one account after the other, or each in its lane as under the daemon."""
    if not side_by_side:
        bot.tick()
        return
    lanes = Lanes(lambda account: bot.serve(None, account))
    bot.tick(None, lanes.hand_out)
    lanes.close()  # waits for them: time must not be jumped over while they work


def _done(bot: Bot, place: Place) -> bool:
    counts = bot.store.counts_by_state()
    if not sum(counts[state] for state in DECIDED) == sum(counts.values()) == place.rows:
        return False
    last = [sample for sample in bot.store.samples() if sample.after == SAMPLES[-1]]
    return len(last) == counts[State.SENT]


def _jump(bot: Bot, place: Place) -> None:
    """Let the time pass until something is due, once nothing is on its way any more."""
    place.server.settle()
    now = bot.clock()
    moments = [
        bot.store.next_due(now),
        next_slot(bot.catalog, now, _LONGEST_JUMP),
        bot.store.next_sample_due(SAMPLES, now),
    ]
    # An account that is not read for a while is due at no moment.
    following = min((m for m in moments if m is not None), default=now + _NOTHING_NEXT)
    place.shared.jump(max(now + _SHORTEST, following))


def _be_the_person(bot: Bot, place: Place) -> None:
    waiting = [d for d in bot.store.deliveries(states=(State.IN_DOUBT,)) if waits_for_person(d)]
    if not waiting:
        return
    place.server.settle()
    for delivery in waiting:
        receipt = _really(bot.store, place, delivery)
        place.tell("asked", f"{delivery.id}")
        if receipt is not None:
            place.tell("undecided", f"delivery {delivery.id} stands there as {receipt.remote_id}")
        bot.store.resolve(delivery.id, receipt, "whoever looked", bot.clock())


def _really(store: Store, place: Place, delivery: Delivery) -> Receipt | None:
    """Find a delivery's post behind the network's back."""
    for post in place.server.posts():
        receipt = Receipt(post.id, post.url)
        ours = post.account == delivery.account and post.text == delivery.draft.text
        if ours and store.owner(post.account, receipt) is None:
            return receipt
    return None
