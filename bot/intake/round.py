"""Takes what volunteers saved: one look at all inboxes, and another, then the answers.

look(now)                 what lies there; first finishes what a crash left half done
answer(now), 2 s later    a batch of what is still the same; again, until nothing is pending
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Final

from bot.content.desks import desk
from bot.content.files import Refused
from bot.content.waiting import INBOX
from bot.intake import carrying
from bot.intake.checks import Checker
from bot.intake.clerk import Clerk
from bot.intake.drawer import Drawer
from bot.intake.earlier import Earlier
from bot.intake.findings import Answer, Finding
from bot.intake.hand import Hand, record
from bot.intake.look import Found, look, ready
from bot.intake.pairs import Pairs
from bot.intake.room import Room, room
from bot.intake.task import Submission
from bot.jobs.drafting import Drafter, known_limits
from bot.model import Catalog
from bot.reasons import Reason
from bot.store import Store, StoreError
from bot.yamlfile.problems import ContentError

log = logging.getLogger("bot")

BATCH: Final = 50
"""Files answered before another campaign has its turn, and others may use the folders."""

_FAILURES = (OSError, Refused, StoreError, ContentError)


@dataclass(slots=True)
class _Look:
    at: datetime
    left: deque[Found]
    pairs: Pairs
    fresh: bool = True
    """Whether what was said elsewhere has not been read since."""


@dataclass(slots=True)
class Intake:
    """Follows the inboxes of all campaigns."""

    root: Path
    store: Store
    """The ledger of posts, which knows what was said and what servers allow."""
    audit: Store
    """The ledger that people's words are in; the same, but for a sandbox."""
    drawer: type[Drawer] = Drawer
    _earlier: Earlier = field(default_factory=Earlier)
    _looks: dict[str, _Look] = field(default_factory=dict)
    _stuck: set[tuple[str, Found]] = field(default_factory=set)
    """Files that cannot be answered, until they change."""
    _told: dict[str, str] = field(default_factory=dict)

    @property
    def pending(self) -> int:
        """How many files of the last look are still to be answered."""
        return sum(len(one.left) for one in self._looks.values())

    def look(self, catalog: Catalog, now: datetime, only: Iterable[str] | None = None) -> int:
        """Look at the inboxes; returns how many files lie there to be answered.

        `only` names the campaigns to look at; all of the catalog's where it is None.
        """
        self._looks.clear()
        for campaign in catalog.campaigns if only is None else only:
            try:
                with room(self.root, campaign, self.drawer) as open_room:
                    carrying.finish(open_room, self._recorder(campaign, now))
                    found = look(open_room.inbox, open_room.ours)
            except _FAILURES as error:
                self._tell(campaign, str(error))
                continue
            self._tell(campaign, "")
            left = deque(one for one in found if (campaign, one) not in self._stuck)
            if left:
                self._looks[campaign] = _Look(now, left, Pairs.of(left))
        return self.pending

    def answer(
        self, catalog: Catalog, now: datetime, stop: Event | None = None
    ) -> Iterator[Answer]:
        """Answer the next files of each campaign, as far as it is time for it.

        Never raises for what lies in an inbox: what cannot be answered is logged and left.
        """
        for campaign, one in list(self._looks.items()):
            if not ready(one.at, now):
                continue
            if campaign not in catalog.campaigns:  # taken away, or spoilt, since the look
                del self._looks[campaign]
                continue
            try:
                yield from self._batch(campaign, one, catalog, now, stop)
            except _FAILURES as error:
                self._tell(campaign, str(error))
                one.left.clear()
            if not one.left:
                del self._looks[campaign]

    def _batch(
        self, campaign: str, one: _Look, catalog: Catalog, now: datetime, stop: Event | None
    ) -> Iterator[Answer]:
        with room(self.root, campaign, self.drawer) as open_room:
            carrying.finish(open_room, self._recorder(campaign, now))
            clerk = self._clerk(open_room, one, catalog, now)
            for _ in range(min(BATCH, len(one.left))):
                if stop is not None and stop.is_set():
                    one.left.clear()
                    break
                yield from self._one(one.left.popleft(), clerk)

    def _clerk(self, open_room: Room, one: _Look, catalog: Catalog, now: datetime) -> Clerk:
        if one.fresh:
            self._earlier.follow(catalog, self.store, open_room)
            one.fresh = False
        limits = known_limits(self.store, catalog)
        checker = Checker(
            desk(self.root, catalog, open_room.campaign, []),
            catalog,
            Drafter(self.root, catalog, limits, draw=False),
            self._earlier,
            now,
        )
        hand = Hand(open_room, catalog.campaigns[open_room.campaign], self.audit, now)
        return Clerk(hand, checker, one.pairs)

    def _one(self, found: Found, clerk: Clerk) -> list[Answer]:
        hand = clerk.hand
        campaign = hand.room.campaign
        try:
            return clerk.answer(found)
        except _FAILURES as error:
            log.warning("%s/%s: %s is left: %s", campaign, INBOX, found.name, error)
            self._stuck.add((campaign, found))
        except Exception:
            # One file's fault, ours too, must not stop the others.
            log.exception("%s/%s: %s", campaign, INBOX, found.name)
            self._stuck.add((campaign, found))
            carrying.finish(hand.room, hand.record)
            return hand.give_back([found], [Finding(Reason.of("our-fault"))])
        carrying.finish(hand.room, hand.record)
        return []

    def _recorder(self, campaign: str, now: datetime) -> carrying.Record:
        def write(submissions: Iterable[Submission]) -> None:
            record(self.audit, campaign, list(submissions), now)

        return write

    def _tell(self, campaign: str, trouble: str) -> None:
        """Say once what keeps an inbox from being looked at."""
        if trouble and self._told.get(campaign) != trouble:
            log.warning("content/%s/%s is not looked at: %s", campaign, INBOX, trouble)
        self._told[campaign] = trouble
