"""What may happen to a bot, in any order: faults, crashes, clock steps, pauses, people.

One machine, driven by Hypothesis and by plain seeds; see test_state_machine.py.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.model import Delivery, Missed, Receipt, State, WhenInDoubt
from bot.settle import waits_for_person
from tests.ledger.world import (
    HOUR,
    KEYED,
    KEYLESS,
    MINUTE,
    SECOND,
    X_RESENDS,
    Crash,
    Stored,
    World,
    X,
    threaded,
)

EAGER = replace(KEYLESS, when_in_doubt=WhenInDoubt.RESEND)
ACCOUNTS = {account.name: account for account in (KEYED, EAGER, X, X_RESENDS)}
FAULTS = (
    *["timeout, posted"] * 4,
    *["timeout, not posted"] * 4,
    "crash, posted",
    "crash, not posted",
    "bug, posted",
    "limit",
    "refused connection",
    "no credits",
    "invalid",
    "blind",
)
OVER = {State.SENT, State.FAILED, State.SKIPPED}

SPANS = (5 * SECOND, 40 * SECOND, 2 * MINUTE, 12 * MINUTE, 55 * MINUTE, 3 * HOUR)
ERRORS = (0 * HOUR, -3 * HOUR, -20 * MINUTE, 20 * MINUTE, 3 * HOUR)
"""How wrong the wall clock may be."""

spans = st.sampled_from(SPANS)
errors = st.sampled_from(ERRORS)


class Histories(RuleBasedStateMachine):
    """What may happen to a bot, in any order."""

    retries_blindly = False

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self.world = World(Path(self._folder.name))
        self.world.use(EAGER)
        # Longer than it is looked for: only the key keeps a resend from posting twice.
        self.world.servers[KEYED.name].lag = 5 * MINUTE
        self.world.servers[EAGER.name].lag = 40 * SECOND
        self.world.servers[X.name].lag = 8 * MINUTE

    @initialize(refuses=st.booleans())
    def duplicates(self, refuses: bool) -> None:
        """X refuses duplicates within a time that nobody knows: it may, or may not.

        Where it does, its timeline lags longer than we look, so that a resend is tried.
        """
        server = self.world.servers[X_RESENDS.name]
        server.refuses_duplicates = refuses
        server.lag = 15 * MINUTE if refuses else 8 * MINUTE

    # --- what happens --------------------------------------------------------------------

    @rule(
        account=st.sampled_from(sorted(ACCOUNTS)),
        lasting=st.booleans(),
        twin=st.booleans(),
        copies=st.sampled_from((1, 1, 2)),
        parts=st.sampled_from((0, 0, 0, 1, 2)),
        faults=st.lists(st.sampled_from(FAULTS), max_size=3),
    )
    def queue(
        self, account: str, lasting: bool, twin: bool, copies: int, parts: int, faults: list[str]
    ) -> None:
        """Posts come due: with an expiry or without, perhaps a thread, perhaps twins.

        Their account's server is up to something at its next calls.
        """
        for _ in range(copies):
            text = "The same words again" if twin else ""
            post = self.world.post(ACCOUNTS[account], text, missed=Missed.SPACE_OUT)
            more = (f"{post.slot}, part {n + 2}" for n in range(parts))
            post = replace(
                post,
                expires=None if lasting else post.expires,
                draft=threaded(post.draft, *more),
            )
            self.world.store.enqueue([post], self.world.machine.clock())
        self.world.servers[account].faults.extend(faults)

    @rule(crash_after=st.none() | st.integers(0, 60), span=spans)
    def run(self, crash_after: int | None, span: timedelta) -> None:
        """The bot works for a while, and may die at any step of it."""
        self.world.machine.crash_after = crash_after
        end = self.world.machine.true + span
        while self.world.machine.true < end:
            self.tick()
            self.world.machine.true += max(span / 8, 15 * SECOND)
        self.world.machine.crash_after = None

    def tick(self) -> None:
        """The bot wakes, and is started anew where it dies."""
        try:
            self.work()
        except Crash:
            self.world.restart()

    @rule(span=spans)
    def stand_still(self, span: timedelta) -> None:
        """Time passes, and nobody works."""
        self.world.machine.true += span

    @rule(span=spans)
    def pause(self, span: timedelta) -> None:
        """Somebody turns the stop switch on, and off again after a while."""
        self.world.store.pause("all", "ana", "", self.world.machine.clock())
        self.run(None, span)
        self.world.store.resume("all", self.world.machine.clock())

    @rule(off=errors)
    def set_clock(self, off: timedelta) -> None:
        """The wall clock is set, right or wrong."""
        self.world.machine.off = off

    @rule(off=errors)
    def reboot(self, off: timedelta) -> None:
        """The machine starts anew, perhaps with another idea of the time."""
        self.world.machine.true += 2 * MINUTE
        self.world.machine.booted = self.world.machine.true
        self.world.machine.off = off
        self.world.restart()

    @rule()
    def answer(self) -> None:
        """A person looks at the timelines and settles what waits for it."""
        now = self.world.machine.clock()
        for delivery in self.all():
            if waits_for_person(delivery):
                posts = self.world.posts_of(delivery)
                self.world.store.resolve(delivery.id, _receipt(posts), "ana", now)

    def work(self) -> None:
        """One tick; the seeded fault puts whatever is in doubt straight back."""
        self.world.tick()
        if self.retries_blindly:
            now = self.world.machine.clock()
            for delivery in self.all():
                if delivery.state is State.IN_DOUBT:
                    again = replace(delivery, state=State.QUEUED, not_before=now, doubt_since=None)
                    self.world.store.record(delivery, again, "retried", now)

    # --- what must hold ------------------------------------------------------------------

    def all(self) -> list[Delivery]:
        """Every delivery as it stands."""
        return self.world.store.deliveries()

    @invariant()
    def never_twice(self) -> None:
        """No delivery makes two posts, and none is claimed by a delivery it is not of."""
        current = {delivery.id: delivery for delivery in self.all()}
        for delivery in current.values():
            posts = self.world.posts_of(delivery)
            assert len(posts) <= 1, f"{delivery} was posted {len(posts)} times"
            if delivery.state is State.SENT:
                assert posts, f"{delivery} was never posted"
                assert delivery.receipt is not None
                assert delivery.receipt.remote_id == posts[0].receipt.remote_id
            if delivery.state in {State.FAILED, State.SKIPPED}:
                assert self.is_hidden(delivery) or not posts, f"{delivery} was posted"
                assert delivery.reason
            if posts and delivery.previous is not None:
                before = self.world.posts_of(current[delivery.previous])
                assert posts[0].draft.in_reply_to == before[0].receipt.remote_id

    def is_hidden(self, delivery: Delivery) -> bool:
        """Tell whether a timeline that lags longer than we look may hide a post given up.

        That much is honest: it is skipped as "in doubt, and not on our timeline".
        """
        if delivery.doubt_since is None:
            return False
        if delivery.account == X_RESENDS.name:
            lags = self.world.servers[X_RESENDS.name].refuses_duplicates
            return lags and delivery.state is State.SKIPPED
        return delivery.account == KEYED.name

    def teardown(self) -> None:
        """Whatever happened, a bot that is left in peace brings everything to an end."""
        try:
            for server in self.world.servers.values():
                server.faults.clear()
            for number in range(100):
                if all(delivery.state in OVER for delivery in self.all()):
                    break
                self.tick()
                self.answer()
                self.world.machine.true += (3 if number < 60 else 15) * MINUTE
            self.never_twice()
            lost = [delivery for delivery in self.all() if delivery.state not in OVER]
            assert not lost, f"never settled: {lost}"
            silent = [d for d in self.all() if d.state is State.SKIPPED and d.expires is None]
            reasons = {d.reason for d in silent}
            assert all(r.startswith(("missed", "the part before")) for r in reasons), reasons
        finally:
            self.world.close()
            self._folder.cleanup()


class BlindRetries(Histories):
    """The same histories, over a bot that retries what it has no answer to."""

    retries_blindly = True


def _receipt(posts: list[Stored]) -> Receipt | None:
    return posts[0].receipt if posts else None
