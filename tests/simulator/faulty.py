"""Faults that we put in ourselves: a test that does not report them could not find anything."""

from __future__ import annotations

from dataclasses import replace

from bot.model import State
from bot.store import Store
from tests.simulator.daemons import Worker
from tests.simulator.simulation import Simulation


class BlindWorker(Worker):
    """Sends again whatever it has no answer to, as a plain retry loop does."""

    def tick(self, store: Store) -> None:
        """Work, and put what is in doubt straight back."""
        super().tick(store)
        now = self.world.machine.clock()
        for delivery in store.deliveries(states=(State.IN_DOUBT,)):
            again = replace(delivery, state=State.QUEUED, not_before=now, doubt_since=None)
            store.record(delivery, again, "retried", now)


class BlindRetries(Simulation):
    """A world of such workers."""

    worker_kind = BlindWorker


class StubbornWorker(Worker):
    """Calls when it wakes up, though its work was taken over."""

    def may_call(self) -> None:
        """Let nobody ask."""


class Stubborn(Simulation):
    """A world of such workers."""

    worker_kind = StubbornWorker
