"""The thread that tells: looks, decides, sends, and remembers what was told.

What was told is written into the ledger. While the ledger cannot be written, which is itself
something to tell, it is kept in memory and written down as soon as that is possible.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from threading import Event
from time import monotonic

from bot.alerts.addresses import Addresses
from bot.alerts.looking import Looker
from bot.store import StoreError
from bot.telling import (
    REMIND_AFTER,
    Late,
    Situation,
    Told,
    decide,
    digest,
    digest_key,
    find,
    wanted_digest,
    worded,
)
from bot.telling.find import known_kinds

log = logging.getLogger("bot.alerts")

LOOK_EVERY = 30.0
FIRST_LOOK = 5.0
"""Seconds after the start: the first tick has then told most of what an outage has done."""

LEAST_GAP = 120.0
"""Seconds between two messages: what happens meanwhile goes into the next one."""

_REMEMBERED = timedelta(days=3)
"""How long what is over is looked at, to tell nothing twice."""


@dataclass(slots=True)
class Teller:
    """All that tells; used by one thread."""

    looker: Looker
    addresses: Addresses
    clock: Callable[[], datetime]
    name: str
    """Which Loudhailer speaks, in titles."""
    digest_at: time | None = None
    least_gap: float = LEAST_GAP
    _unsaved: dict[str, Told] = field(default_factory=dict)
    _known: dict[str, Told] = field(default_factory=dict)
    _unsaved_digests: set[str] = field(default_factory=set)
    _leads_now: bool = False
    _sent_at: float | None = None
    _blind_since: datetime | None = None

    def round(self) -> None:
        """Look once, and tell what there is to tell."""
        now = self.clock()
        self.addresses.send_pending()
        situation = self._look(now)
        before = {
            key: row for key, row in {**self._known, **self._unsaved}.items() if self._mine(row)
        }
        decision = decide(find(situation), before, now, known_kinds(situation))
        self._save(decision.unspoken, now)
        if decision and self._may_send():
            words = worded(decision, self.name, situation.zone)
            if self.addresses.send(words):
                self._sent_at = monotonic()
                self._save(decision.told(now), now)
        if self._leads_now and not situation.clock:
            self._digest(now, situation)

    def _look(self, now: datetime) -> Situation:
        store = self.looker.bot.store
        self._leads_now = False
        try:
            # Of several daemons one tells what concerns them all; each tells of itself.
            self._leads_now = self.looker.pulse.leads
            looker = self.looker
            situation = looker.look(now) if self._leads_now else looker.only_itself(now)
            self._known = {row.key: row for row in store.alerts(now - _REMEMBERED)}
            self._blind_since = None
        except StoreError as error:
            self._blind_since = self._blind_since or now
            late = self.looker.late()
            if not late.trouble:
                late = Late(late.since, str(error), self._blind_since)
            return self.looker.blind(now, late)
        return situation

    def _mine(self, row: Told) -> bool:
        """Whether it is for this process to go on with what was told.

        What another machine has told of itself is for that one; once it has not said so again
        for longer than it would, there is no such machine any more.
        """
        if not row.kind.is_ours or row.key.endswith(f":{self.looker.host}"):
            return True
        gone = row.told_at is not None and self.clock() - row.told_at > REMIND_AFTER * 1.5
        return self._leads_now and gone

    def _may_send(self) -> bool:
        gap = self._sent_at is None or monotonic() - self._sent_at >= self.least_gap
        return gap and self.addresses.may_try

    def _save(self, rows: Iterable[Told], now: datetime) -> None:
        self._unsaved.update({row.key: row for row in rows})
        if not self._unsaved:
            return
        try:
            self.looker.bot.store.save_alerts(list(self._unsaved.values()), now)
        except StoreError as error:
            log.debug("what was told is not written down yet: %s", error)
        else:
            self._known.update(self._unsaved)
            self._unsaved.clear()

    def _digest(self, now: datetime, situation: Situation) -> None:
        store = self.looker.bot.store
        try:
            for key in list(self._unsaved_digests):
                store.save_digest(key, now)
                self._unsaved_digests.discard(key)
            day = wanted_digest(self.digest_at, situation.zone, now, store.digests())
            if day is None or not self.addresses.may_try:
                return
            if self.addresses.send(digest(self.looker.day(now), self.name)):
                self._unsaved_digests.add(digest_key(day))
                store.save_digest(digest_key(day), now)
                self._unsaved_digests.clear()
        except StoreError as error:
            log.debug("no digest: %s", error)


def keep_telling(teller: Teller, stop: Event) -> None:
    """Tell until `stop` is set; in a thread of its own."""
    wait = FIRST_LOOK
    while not stop.wait(wait):
        wait = LOOK_EVERY
        try:
            teller.round()
        except Exception:
            # What goes wrong here must neither end the telling nor touch the posting.
            log.exception("telling failed; the next try is in %g seconds", LOOK_EVERY)
