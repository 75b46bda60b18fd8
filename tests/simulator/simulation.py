"""A ledger, its servers, and the processes that work on it, in virtual time.

What runs is the real core: refresh, deliver, reconcile and sample on a real `Store`. What is
made up is the world: servers (tests/ledger/world.py), time and processes (hub.py), people.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import ClassVar

from bot.model import Catalog, Delivery, Missed, State, WhenInDoubt
from bot.settle import waits_for_person
from bot.slots import slots
from bot.store import Store
from tests.ledger.world import (
    HOUR,
    KEYED,
    KEYLESS,
    MINUTE,
    NINE,
    SECOND,
    X_RESENDS,
    World,
    X,
    threaded,
)
from tests.simulator.daemons import Worker
from tests.simulator.hub import Fate, Hub, Tally
from tests.simulator.ledgers import SharedLedger

EAGER = replace(KEYLESS, when_in_doubt=WhenInDoubt.RESEND)
ACCOUNTS = {account.name: account for account in (KEYED, EAGER, X, X_RESENDS)}
OVER = {State.SENT, State.FAILED, State.SKIPPED}

RESTARTS = (1 * SECOND, 20 * SECOND, 5 * MINUTE)
"""After what time a process that died is started again."""


class Wrong(AssertionError):
    """A post that was lost, made twice, or left undecided."""


class Simulation(World):
    """One history."""

    worker_kind: ClassVar[type[Worker]] = Worker

    def __init__(
        self,
        ledger: SharedLedger,
        chance: Random,
        tally: Tally | None = None,
        *,
        workers: int = 1,
        restless: float = 0.0,
        catalog: Catalog | None = None,
    ) -> None:
        self.ledger = ledger
        self.chance = chance
        self.tally = tally or Tally()
        self.hub = Hub(chance, self.tally, restless)
        super().__init__(ledger.folder, machine=self.hub)
        ledger.step = self.hub.at_ledger
        self.every = 15 * SECOND
        """How long the processes sleep at most."""
        self.catalog = replace(catalog or self.catalog, accounts=self.catalog.accounts)
        self.use(EAGER)
        # Longer than it is looked for: only the key keeps a resend from posting twice.
        self.servers[KEYED.name].lag = 5 * MINUTE
        self.servers[EAGER.name].lag = 40 * SECOND
        self.servers[X.name].lag = 8 * MINUTE
        self.x_refuses_duplicates(refuses=False)
        self.wrong: list[str] = []
        self.looks: dict[int, datetime] = {}
        """When each delivery was last looked for."""
        self.alone = workers == 1
        """Whether one process has the ledger for itself; else each has a lease."""
        self.workers = [self.worker_kind(self, n) for n in range(workers)]

    def _open(self) -> Store:
        return self.ledger.emptied()

    def x_refuses_duplicates(self, *, refuses: bool) -> None:
        """X refuses duplicates within a time that nobody knows: it may, or may not.

        Where it does, its timeline lags longer than we look, so that a resend is tried.
        """
        server = self.servers[X_RESENDS.name]
        server.refuses_duplicates = refuses
        server.lag = 15 * MINUTE if refuses else 8 * MINUTE

    # --- what happens --------------------------------------------------------------------

    def come_due(
        self,
        account: str,
        *,
        lasting: bool = False,
        twin: bool = False,
        copies: int = 1,
        parts: int = 0,
        faults: list[str],
    ) -> None:
        """Posts come due: with an expiry or without, perhaps a thread, perhaps twins.

        Their account's server is up to something at its next calls.
        """
        for _ in range(copies):
            text = "The same words again" if twin else ""
            post = self.post(ACCOUNTS[account], text, missed=Missed.SPACE_OUT)
            more = (f"{post.slot}, part {n + 2}" for n in range(parts))
            post = replace(
                post,
                expires=None if lasting else post.expires,
                draft=threaded(post.draft, *more),
            )
            self.store.enqueue([post], self.machine.clock())
        self.servers[account].faults.extend(faults)
        self.tally.lost_answers += sum("posted" in fault for fault in faults)

    def live(self, span: timedelta) -> None:
        """Let everybody work for a while."""
        self.every = max(span / 8, 15 * SECOND)
        self.hub.run_until(self.hub.true + span)

    def fate(self, worker: int, fate: Fate) -> None:
        """Let something happen to a worker at its coming steps."""
        self.workers[worker % len(self.workers)].process.fate = fate

    def set_clock(self, off: timedelta) -> None:
        """The wall clock is set, right or wrong."""
        self.tally.jumps += off != self.hub.off
        self.hub.off = off

    def reboot(self, off: timedelta) -> None:
        """The machine starts anew, perhaps with another idea of the time."""
        for worker in self.workers:
            self.hub.kill(worker.process)
        self.hub.true += 2 * MINUTE
        self.hub.booted = self.hub.true
        self.set_clock(off)

    @contextmanager
    def paused(self, scope: str = "all") -> Iterator[None]:
        """Somebody turns a stop switch on, and off again after a while."""
        self.store.pause(scope, "ana", "", self.machine.clock())
        yield
        self.store.resume(scope, self.machine.clock())

    def answer(self) -> None:
        """A person looks at the timelines and settles what waits for it."""
        for delivery in self.store.deliveries(states=(State.IN_DOUBT,)):
            if waits_for_person(delivery):
                self.tally.asked += 1
                posts = self.posts_of(delivery)
                receipt = posts[0].receipt if posts else None
                self.store.resolve(delivery.id, receipt, "ana", self.machine.clock())

    def cancel(self) -> None:
        """A person takes the newest post back."""
        queued = self.store.deliveries(states=(State.QUEUED,), limit=1, newest_first=True)
        for delivery in queued:
            self.store.cancel(delivery.id, "ana", self.machine.clock())

    def trust_clock(self) -> None:
        """A person sees that the clock is in doubt, puts it right, and says so."""
        self.set_clock(timedelta(0))
        self.store.believe_clock(self.machine.clock(), *self.machine.boot(), by="ana")

    # --- what must hold ------------------------------------------------------------------

    def check(self) -> None:
        """No delivery makes two posts, and none is claimed by a delivery it is not of.

        Raises:
            Wrong: it is not so.
        """
        if self.wrong:
            raise Wrong(self.wrong[0])
        current = {delivery.id: delivery for delivery in self.store.deliveries()}
        for delivery in current.values():
            posts = self.posts_of(delivery)
            if len(posts) > 1:
                self.tally.twice += 1
                raise Wrong(f"{delivery} was posted {len(posts)} times")
            if delivery.state is State.SENT:
                ours = posts[0].receipt.remote_id if posts else None
                if delivery.receipt is None or delivery.receipt.remote_id != ours:
                    self.tally.lost += 1
                    raise Wrong(f"{delivery} is not where it says: {ours}")
            if delivery.state in {State.FAILED, State.SKIPPED}:
                if posts and not self._is_hidden(delivery):
                    raise Wrong(f"{delivery} was posted")
                if not delivery.reason:
                    raise Wrong(f"{delivery} has no reason")
            if posts and delivery.previous is not None:
                before = self.posts_of(current[delivery.previous])
                if posts[0].draft.in_reply_to != before[0].receipt.remote_id:
                    raise Wrong(f"{delivery} answers something else")

    def _is_hidden(self, delivery: Delivery) -> bool:
        """Tell whether a timeline that lags longer than we look hid a post that was given up.

        It was not shown yet at the last look, and the reason says that a try was in doubt.
        """
        looked = self.looks.get(delivery.id)
        (post,) = self.posts_of(delivery)
        if looked is None or post.shown_from <= looked or "on our timeline" not in delivery.reason:
            return False
        if delivery.account == X_RESENDS.name:
            lags = self.servers[X_RESENDS.name].refuses_duplicates
            return lags and delivery.state is State.SKIPPED
        return delivery.account == KEYED.name

    def finish(self) -> None:
        """Whatever happened, a bot that is left in peace brings everything to an end.

        Raises:
            Wrong: it does not.
        """
        for server in self.servers.values():
            server.faults.clear()
        for worker in self.workers:
            worker.process.fate = Fate()
        self.trust_clock()
        self.every = 15 * MINUTE
        self.hub.run_until(max(worker.process.wakes for worker in self.workers) + 2 * self.every)
        for number in range(100):
            if not self.store.deliveries(
                states=(State.QUEUED, State.SENDING, State.IN_DOUBT), limit=1
            ):
                break
            self.every = (10 if number < 30 else 60) * MINUTE
            self.hub.run_until(self.hub.true + self.every)
            self.answer()
        self.check()
        everything = self.store.deliveries()
        self.tally.deliveries += len(everything)
        self.tally.posts += sum(len(server.posts) for server in self.servers.values())
        lost = [delivery for delivery in everything if delivery.state not in OVER]
        if lost:
            self.tally.lost += len(lost)
            raise Wrong(f"never settled: {lost}")
        silent = {d.reason for d in everything if d.state is State.SKIPPED and d.expires is None}
        if not all(r.startswith(("missed", "the part before", "cancelled")) for r in silent):
            raise Wrong(f"given up for no good reason: {silent}")
        self._every_slot_has_its_row(everything)

    def _every_slot_has_its_row(self, everything: list[Delivery]) -> None:
        rows = {(delivery.slot, delivery.account) for delivery in everything}
        began = self.store.began()
        for schedule in self.catalog.schedules if began else ():
            for slot in slots(schedule, NINE + HOUR, self.hub.true - 2 * self.every):
                missing = [a for a in schedule.accounts if (slot.key, a) not in rows]
                if missing and slot.at >= (began or slot.at):
                    self.tally.lost += 1
                    raise Wrong(f"slot {slot.key} is lost on {missing}")

    def close(self) -> None:
        """End all processes."""
        self.hub.end()
        self.ledger.step = lambda _: None
