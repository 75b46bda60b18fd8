"""What may happen to a bot, in any order: faults, crashes, clock steps, pauses, people.

One machine for Hypothesis, over the simulator's world; see test_state_machine.py. The seeds
of tests/simulator go through more in the same time; Hypothesis shrinks what it finds.
"""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from random import Random
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.simulator.faulty import BlindRetries
from tests.simulator.hub import Fate
from tests.simulator.ledgers import SharedLedger
from tests.simulator.seeds import ERRORS, FAULTS, JUMPS, SPANS, jump
from tests.simulator.simulation import ACCOUNTS, Simulation

spans = st.sampled_from(SPANS[:5])
errors = st.sampled_from(ERRORS)
scopes = st.sampled_from(("all", *(f"account:{name}" for name in sorted(ACCOUNTS))))


@cache
def ledger() -> SharedLedger:
    """The one ledger of all histories; made when it is first asked for."""
    return SharedLedger()


class Histories(RuleBasedStateMachine):
    """What may happen to a bot, in any order."""

    kind: ClassVar[type[Simulation]] = Simulation

    @initialize(
        refuses=st.booleans(),
        seed=st.integers(0, 1000),
        workers=st.sampled_from((1, 1, 2, 3)),
        restless=st.sampled_from((0.0, 0.3)),
    )
    def begin(self, refuses: bool, seed: int, workers: int, restless: float) -> None:
        """A new ledger, nothing queued; one process alone, or several with leases.

        Those share a clock, which is the server's, and right.
        """
        chance = Random(seed)  # noqa: S311 - the same history each time
        self.world = self.kind(ledger(), chance, workers=workers, restless=restless)
        self.world.x_refuses_duplicates(refuses=refuses)

    @rule(
        account=st.sampled_from(sorted(ACCOUNTS)),
        lasting=st.booleans(),
        twin=st.booleans(),
        copies=st.sampled_from((1, 1, 2)),
        parts=st.sampled_from((0, 0, 0, 1, 2)),
        faults=st.lists(st.sampled_from(FAULTS), max_size=3),
    )
    def come_due(
        self, account: str, lasting: bool, twin: bool, copies: int, parts: int, faults: list[str]
    ) -> None:
        """Posts come due, and their account's server is up to something."""
        self.world.come_due(
            account, lasting=lasting, twin=twin, copies=copies, parts=parts, faults=faults
        )

    @rule(crash=st.none() | st.integers(0, 60), worker=st.integers(0, 2), span=spans)
    def live(self, crash: int | None, worker: int, span: timedelta) -> None:
        """Everybody works for a while, and one may die at any step of it."""
        self.world.fate(worker, Fate(crash_in=crash))
        self.world.live(span)

    @rule(stop=st.integers(0, 40), worker=st.integers(0, 2), stop_for=spans, span=spans)
    def stand_still(self, stop: int, worker: int, stop_for: timedelta, span: timedelta) -> None:
        """One is stopped at any step, and wakes up there when others may have taken over."""
        self.world.fate(worker, Fate(stop_in=stop, stop_for=stop_for))
        self.world.live(span)

    @rule(worker=st.integers(0, 2), stop_for=spans, span=spans)
    def stand_still_at_a_call(self, worker: int, stop_for: timedelta, span: timedelta) -> None:
        """One is stopped at the worst moment: a connection stands, and nothing is sent yet."""
        self.world.fate(worker, Fate(stop_at_call=True, stop_for=stop_for))
        self.world.live(span)

    @rule(worker=st.integers(0, 2), cut_for=spans, span=spans)
    def cut_off(self, worker: int, cut_for: timedelta, span: timedelta) -> None:
        """One is cut off from the ledger's server for a while."""
        if not self.world.alone:
            self.world.fate(worker, Fate(cut_until=self.world.hub.true + cut_for))
        self.world.live(span)

    @rule(span=spans, scope=scopes)
    def pause(self, span: timedelta, scope: str) -> None:
        """Somebody turns a stop switch on, and off again after a while."""
        with self.world.paused(scope):
            self.world.live(span)

    @rule(off=errors)
    def set_clock(self, off: timedelta) -> None:
        """The wall clock is set, right or wrong."""
        if self.world.alone:
            self.world.set_clock(off)

    @rule(by=st.sampled_from(JUMPS), span=spans)
    def jump(self, by: timedelta, span: timedelta) -> None:
        """The clock is an hour or a year wrong for a while, and somebody puts it right."""
        if self.world.alone:
            jump(self.world, by, span)

    @rule(off=errors)
    def reboot(self, off: timedelta) -> None:
        """The machine starts anew, perhaps with another idea of the time."""
        self.world.reboot(off if self.world.alone else timedelta(0))

    @rule()
    def answer(self) -> None:
        """A person looks at the timelines and settles what waits for it."""
        self.world.answer()

    @rule()
    def cancel(self) -> None:
        """A person takes a post back."""
        self.world.cancel()

    @rule()
    def trust_clock(self) -> None:
        """A person says that the clock is right, having set it."""
        self.world.trust_clock()

    @invariant()
    def never_twice(self) -> None:
        """No delivery makes two posts, and none is claimed by a delivery it is not of."""
        self.world.check()

    def teardown(self) -> None:
        """Whatever happened, a bot that is left in peace brings everything to an end."""
        if hasattr(self, "world"):
            try:
                self.world.finish()
            finally:
                self.world.close()


class BlindHistories(Histories):
    """The same histories, over a bot that retries what it has no answer to."""

    kind = BlindRetries
