"""Serves one account: hold or claim, call, settle, record."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

from bot.jobs import triage
from bot.jobs.clearing import Gate
from bot.jobs.metering import month_start
from bot.jobs.pacing import day_start, free_again
from bot.model import Account, Catalog, Delivery, Picture, State
from bot.networks.base import PERSON_RETRY, Network, OutcomeUnknown, Rejected, TryLater
from bot.networks.permit import permitted
from bot.settle import (
    Later,
    Outcome,
    Policy,
    Posted,
    Postponed,
    Refused,
    Skip,
    Unknown,
    belated,
    rest,
    settle,
    spread,
)
from bot.store import EvidenceTaken, StaleDelivery, Store, StoreUnavailable

log = logging.getLogger("bot.jobs.deliver")

CheckPicture = Callable[[Picture, bytes], str | None]
"""Says what is wrong with a picture's bytes; None when they are what was planned."""

STALL = timedelta(seconds=20)
"""A claim older than this before its call was made by a process that stood still since."""

NO_ANSWER = "no clear answer"
"""How the reason begins why an account rests whose call may or may not have posted."""

PICTURE_RETRY = timedelta(minutes=2)

_SPREAD = timedelta(seconds=5)
"""Within so long after a server's reset its accounts come back, one by one."""

_LONGEST_WAIT = timedelta(days=1)
"""A server that asks for more has made a mistake."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What all accounts' senders share in one run."""

    store: Store
    catalog: Catalog
    clock: Callable[[], datetime]
    root: Path
    """The folder that pictures lie in."""
    stop: Event
    only: Collection[int] | None
    check_picture: CheckPicture | None
    gate: Callable[[], Gate] | None
    """Gives what may not go out any more, and what is held, as it is at that moment."""
    hindrance: Callable[[], str] | None
    """Says why nothing may be sent at that moment: a stop switch, a clock in doubt."""
    keeps_caps: bool
    """Whether the table of the networks' own caps is kept to; a sandbox has none."""
    may_call: Callable[[], bool] | None
    """Tells whether this process may still call, when it is about to."""
    settled: Callable[[Delivery], None]
    """Hears of every delivery that was moved."""
    trouble: Callable[[str], None]
    """Hears of what went wrong, in words for a person."""


class Sender:
    """Serves one account, one delivery after the other."""

    def __init__(
        self, around: Surroundings, account: Account, network: Network, policy: Policy
    ) -> None:
        self._around = around
        self._store = around.store
        self._clock = around.clock
        self._account = account
        self._network = network
        self._policy = policy
        self._claims_as: int | None = None
        """Which life of this process made the claim in hand."""

    def work(self) -> None:
        """Send what is due, and the thread parts that become due by that."""
        seen: set[int] = set()
        while True:
            now = self._clock()
            waiting = self._store.due(now, account=self._account.name)
            gate = self._gate()
            free = [d for d in waiting if d.id not in seen and not _held(gate, d)]
            due = [d for d in free if self._around.only is None or d.id in self._around.only]
            if not due:
                return
            backlog = triage.backlog(free, now)
            given_up = triage.missed(backlog, now)
            waiting_too = len(backlog) - len(given_up)
            catching_up = {delivery.id for delivery in backlog}
            for delivery in due:
                if self._around.stop.is_set() or self._hindered() or self._used_up():
                    return
                seen.add(delivery.id)
                try:
                    if delivery.id in given_up:
                        self._settle(delivery, Skip(given_up[delivery.id]))
                    elif not self._go(delivery, waiting_too if delivery.id in catching_up else 0):
                        return
                except StaleDelivery as error:
                    # A person was quicker, who cancelled it for example.
                    log.info("%s", error)

    def _gate(self) -> Gate | None:
        return self._around.gate() if self._around.gate is not None else None

    def _hindered(self) -> bool:
        """Tell whether all is stopped; a long run must hear of it as soon as a new one."""
        return self._around.hindrance is not None and bool(self._around.hindrance())

    def _go(self, delivery: Delivery, backlog: int) -> bool:
        """Take one delivery as far as it goes; tell whether the account may go on."""
        now, gate = self._clock(), self._gate()
        if _held(gate, delivery):
            return True
        circumstances = triage.Circumstances(
            account=self._account,
            catalog=self._around.catalog,
            policy=self._policy,
            last_post=self._store.last_post(self._account.name, delivery.id),
            spent=self._store.spent(self._account.name, month_start(now)),
            posted_today=self._posted_today(delivery, now),
            gate=gate,
        )
        if held := triage.hold(delivery, now, circumstances, waiting=backlog):
            self._settle(delivery, held)
            return True
        picture = self._picture(delivery, now)
        if isinstance(picture, Postponed):
            self._around.trouble(
                f"delivery {delivery.id} to {self._account.name}: {picture.reason}"
            )
            self._settle(delivery, picture)
            return True
        claimed = self._claim(delivery)
        if claimed is None:
            return True
        try:
            outcome, needs_person = self._call(claimed, picture)
            after = self._finish(claimed, outcome)
        finally:
            self._store.calling.discard(claimed.id)
        if isinstance(outcome, Later):
            if self._may_call():  # else the trouble is ours, not the account's
                self._suspend(after, outcome, needs_person=needs_person)
            return False
        if isinstance(outcome, Unknown):
            # A server that does not answer is left alone for a while: the next of the account's
            # posts would only be one more doubt.
            self._rest(claimed.key, f"{NO_ANSWER}: {outcome.reason}")
            return False
        if isinstance(outcome, Posted):
            self._works_again()
        return True

    def _used_up(self) -> bool:
        """Tell whether the network takes no more posts for now, and leave it alone until then."""
        now, name = self._clock(), self._account.name
        if not self._around.keeps_caps or self._network.tells_limits:
            return False
        until = free_again(self._store, self._account, self._around.catalog, now)
        if until is None:
            return False
        reason = f"{self._account.network} takes no more posts in so short a time"
        self._around.trouble(f"{name}: {reason}")
        self._store.suspend(name, until, reason, False, now)
        return True

    def _posted_today(self, delivery: Delivery, now: datetime) -> int:
        """Count today's posts, where it matters: a delayed one may be too many for the day."""
        if self._account.posts_per_day is None or not triage.is_delayed(delivery, now):
            return 0
        return self._store.posts_since(
            self._account.name, day_start(now, self._around.catalog.zone)
        )

    def _claim(self, delivery: Delivery) -> Delivery | None:
        self._store.calling.add(delivery.id)  # first: a sweep must not take us for gone
        self._claims_as = self._store.worker
        claimed = None
        try:
            claimed = self._store.claim(delivery.id, self._clock())
        finally:
            if claimed is None:
                self._store.calling.discard(delivery.id)
        return claimed

    def _may_call(self) -> bool:
        """Tell whether what this process has claimed is still its own.

        A lease that lapsed while we stood still may have been taken anew since, by a thread that
        woke up before us: it holds, but for another life of this process than the claim's.
        """
        if self._around.may_call is None:
            return True
        return self._store.worker == self._claims_as and self._around.may_call()

    def _picture(self, delivery: Delivery, now: datetime) -> bytes | Postponed | None:
        """Read the picture while nothing is claimed yet: without it there is no call."""
        picture = delivery.draft.picture
        if picture is None:
            return None
        try:
            content = (self._around.root / picture.path).read_bytes()
        except OSError as error:
            problem: str | None = error.strerror or type(error).__name__
        else:
            check = self._around.check_picture
            problem = check(picture, content) if check else None
            if problem is None:
                return content
        return Postponed(f"its picture {picture.path}: {problem}", now + PICTURE_RETRY)

    def _call(self, claimed: Delivery, picture: bytes | None) -> tuple[Outcome, bool]:
        """Call the network; whatever comes of it is an outcome, and whether it needs a person."""
        if abs(self._clock() - (claimed.claimed_at or claimed.due)) > STALL:
            return Later("we stood still between the claim and the call"), False
        try:
            with permitted(self._may_call):
                return Posted(self._network.publish(claimed.draft, picture, claimed.key)), False
        except Rejected as error:
            return Refused(str(error) or "refused"), False
        except TryLater as error:
            return self._later(error), error.needs_person
        except OutcomeUnknown as error:
            return Unknown(str(error) or "no clear answer"), False
        except Exception as error:  # noqa: BLE001 - whatever it was, the post may be there
            log.error("delivery %s: unexpected %s", claimed.id, type(error).__name__)
            return Unknown(f"unexpected {type(error).__name__}"), False

    def _later(self, error: TryLater) -> Later:
        now = self._clock()
        until = error.until
        if until is None and error.needs_person:
            until = now + PERSON_RETRY
        elif until is not None:
            until += spread(self._account.name, _SPREAD)
        if until is not None:
            until = min(until, now + _LONGEST_WAIT)
        # With a time or a person to wait for, the trouble is the account's, not this try's.
        return Later(error.reason, until, burns=until is None)

    def _finish(self, claimed: Delivery, outcome: Outcome) -> Delivery:
        try:
            return self._settle(claimed, outcome)
        except StoreUnavailable:
            kept = self._store.unwritten.keep(claimed, outcome)
            # The log is a place of its own, perhaps on another disk.
            seen = outcome.receipt.url if isinstance(outcome, Posted) else event_name(outcome)
            where = "in hand and beside the ledger" if kept else "in hand"
            log.error("delivery %s: %s; not written down yet, kept %s", claimed.id, seen, where)
            raise
        except EvidenceTaken as error:
            # An answer that names another delivery's post says nothing about this one.
            return self._settle(claimed, Unknown(str(error)))
        except StaleDelivery:
            # Another process took us for dead. Its doubt ends with what we hold in hand.
            current = self._store.delivery(claimed.id)
            if (meaning := belated(current, claimed, outcome)) is not None:
                return self._settle(current, meaning)
            seen = outcome.receipt.url if isinstance(outcome, Posted) else event_name(outcome)
            self._store.note(current, "late answer", self._clock(), seen)
            return current

    def _settle(self, before: Delivery, outcome: Outcome) -> Delivery:
        now = self._clock()
        after = settle(before, outcome, now, self._policy)
        self._store.record(before, after, event_name(outcome), now, after.reason)
        self._around.settled(after)
        return after

    def _suspend(self, after: Delivery, outcome: Later, *, needs_person: bool) -> None:
        name, now = self._account.name, self._clock()
        self._around.trouble(f"{name}: {outcome.reason}")
        since = self._store.trouble_since(name, now)
        until = outcome.until or now + rest(now - since, self._policy)
        if after.state is State.QUEUED:  # else somebody moved it on meanwhile
            until = max(until, after.not_before)
        self._store.suspend(name, until, outcome.reason, needs_person, now, since=since)

    def _rest(self, key: str, reason: str) -> None:
        """Leave the account alone, the longer the longer its trouble lasts."""
        name, now = self._account.name, self._clock()
        since = self._store.trouble_since(name, now)
        wait = rest(now - since, self._policy)
        wait -= spread(key, wait / 4)
        self._store.suspend(name, now + wait, reason, False, now, since=since)

    def _works_again(self) -> None:
        """A post went out: whatever the account's trouble was, keys and credits are good."""
        name, now = self._account.name, self._clock()
        if self._store.unsuspend(name, now):
            self._store.unsuspend(name, now, use="look")
            self._store.unsuspend(name, now, use="read")


def _held(gate: Gate | None, delivery: Delivery) -> bool:
    """Tell whether a person holds it; it stays as it is, and goes when it is released."""
    return gate is not None and bool(gate.held(delivery))


def event_name(outcome: Outcome) -> str:
    """Name an outcome in the log: `TooLate` is `too late`."""
    name = type(outcome).__name__
    return "".join(f" {c.lower()}" if c.isupper() else c for c in name).strip()
