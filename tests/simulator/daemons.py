"""The processes that work on the ledger: one alone, or several, each with a lease."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, cast

from bot.jobs.deliver import deliver_due
from bot.jobs.lease import SHARE, Lease
from bot.jobs.reconcile import reconcile
from bot.jobs.refresh import refresh
from bot.jobs.sample import sample_due
from bot.settle import waits_for_person
from bot.store import Store, StoreError
from tests.ledger.machine import MINUTE, SECOND, Crash
from tests.plan.desk import draft
from tests.simulator.hub import Process

if TYPE_CHECKING:
    from bot.jobs.drafting import Drafter
    from tests.simulator.simulation import Simulation

RESTARTS = (1 * SECOND, 20 * SECOND, 5 * MINUTE)
"""After what time a process that died is started again."""

LEASE = 5 * MINUTE
"""How long one is good for: longer than in use, or an hour would be mostly renewals."""


class Worker:
    """A daemon: works, sleeps, and is started again where it dies.

    Several of them have leases, as machines have that share a server. Nothing but the ledger keeps
    them apart here: Procrastinate, which in use gives each account to one at a time, is not there.
    """

    def __init__(self, world: Simulation, number: int) -> None:
        self.world = world
        self.number = number
        self.lease: Lease | None = None
        self.process: Process = world.hub.start(f"worker {number}", self._live)
        if not world.alone:
            self.process.fellow = world.hub.start(f"lease of worker {number}", self._renew)

    def _live(self) -> None:
        hub, dead = self.world.hub, False
        while True:
            try:
                if dead:
                    self.lease = None
                    hub.wait(self.world.chance.choice(RESTARTS))
                dead = False
                self._work()
            except Crash:
                dead = True

    def _renew(self) -> None:
        """Renew the lease beside all other work, as long as the process lives."""
        while True:
            self.world.hub.wait(LEASE / 3)
            if self.lease is not None:
                self.lease.renew()

    def _work(self) -> None:
        world, store = self.world, self.world.ledger.store()
        if not world.alone:
            machine = world.machine
            lease = Lease(
                store, machine.clock, "host", self.number, lambda: machine.boot()[0], LEASE / SHARE
            )
            lease.renew()
            self.lease = lease
        while True:
            pause = world.every
            try:
                self.tick(store)
                pause = self._pause(store)
            except StoreError:
                pass  # told of; the next tick starts from the ledger
            world.hub.wait(pause)

    def _pause(self, store: Store) -> timedelta:
        """Sleep until something is due, as the daemon does."""
        now, most = self.world.hub.clock(), self.world.every
        due = store.next_due(now)
        return most if due is None else max(200 * timedelta(milliseconds=1), min(due - now, most))

    def tick(self, store: Store) -> None:
        """What the daemon does each time it wakes."""
        world, clock = self.world, self.world.machine.clock
        now = clock()
        if not self._may_plan(store, now):
            return
        deliver_due(
            store,
            world.servers,
            world.catalog,
            clock,
            world.folder,
            workers=1,
            may_call=self.may_call(),
        )
        self._look(store)
        sample_due(store, world.servers, world.catalog, clock, lambda _: None, simulated=True)

    def may_call(self) -> Callable[[], bool] | None:
        """What is asked at the very moment of a call."""
        return self.lease.holds if self.lease else None

    def _may_plan(self, store: Store, now: datetime) -> bool:
        """Plan, where it is ours to; tell whether this tick may go on."""
        world = self.world
        if world.alone and not store.note_clock(now, *world.machine.boot()).believed:
            return False
        ours = self.lease is None or (self.lease.holds() and self.lease.lead("planning"))
        if ours and world.catalog.schedules:
            refresh(world.catalog, store, cast("Drafter", draft), now)
        return True

    def _look(self, store: Store) -> None:
        world = self.world
        begun = world.machine.true
        looked = reconcile(store, world.servers, world.catalog, world.machine.clock).looked
        for delivery in looked:
            world.looks[delivery.id] = begun
            posts = world.posts_of(delivery)
            if waits_for_person(delivery) and posts and posts[0].shown_from <= begun:
                world.tally.undecided += 1
                world.wrong.append(f"{delivery} is on the timeline, and a person is asked")
