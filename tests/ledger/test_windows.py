"""One plain example for each moment at which a post can be lost or made twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.model import Receipt, State, WhenInDoubt
from bot.settle import NEEDS_PERSON, waits_for_person
from bot.store import Store
from tests.ledger.world import (
    HOUR,
    KEYED,
    KEYLESS,
    MINUTE,
    SECOND,
    X_RESENDS,
    Crash,
    World,
    X,
)


def test_a_post_goes_out_once(world: World) -> None:
    """The plain path: queued, claimed, posted, and its receipt kept."""
    queued = world.queue(KEYED)
    world.tick()
    sent = world.now(queued)
    assert sent.state is State.SENT
    assert sent.receipt == world.posts_of(queued)[0].receipt
    world.run(2 * MINUTE)
    assert world.servers[KEYED.name].calls == 1


def test_a_kill_before_the_call_is_looked_for_and_sent_again(world: World) -> None:
    """Claimed, then killed before anything was sent: not on the timeline, so it goes out."""
    queued = world.queue(KEYED)
    world.servers[KEYED.name].faults.append("crash, not posted")
    with pytest.raises(Crash):
        world.tick()
    world.restart()
    assert world.now(queued).state is State.SENDING
    world.run(3 * MINUTE)
    assert world.now(queued).state is State.SENT
    assert len(world.posts_of(queued)) == 1


def test_a_kill_after_the_call_is_found(world: World) -> None:
    """Posted, then killed before the answer was kept: found, not posted again."""
    queued = world.queue(KEYLESS)
    world.servers[KEYLESS.name].faults.append("crash, posted")
    with pytest.raises(Crash):
        world.tick()
    world.restart()
    world.run(3 * MINUTE)
    assert world.now(queued).state is State.SENT
    assert world.servers[KEYLESS.name].calls == 1


def test_a_kill_before_the_claim_is_on_the_disk_sends_nothing(world: World) -> None:
    """No durable claim, no call."""
    queued = world.queue(KEYED)
    for steps in range(40):
        world.machine.crash_after = steps
        try:
            world.deliver()
        except Crash:
            world.restart()
            if world.now(queued).state is State.QUEUED:
                assert world.servers[KEYED.name].calls == 0
                continue
        break
    assert world.now(queued).state is State.SENDING


def test_a_timeout_that_posted_is_found(world: World) -> None:
    """A read timeout is doubt, and the timeline ends it."""
    queued = world.queue(X)
    world.servers[X.name].faults.append("timeout, posted")
    world.tick()
    assert world.now(queued).state is State.IN_DOUBT
    world.run(MINUTE)
    found = world.now(queued)
    assert found.state is State.SENT
    assert found.receipt == world.posts_of(queued)[0].receipt


def test_a_timeline_that_lags_does_not_lead_to_a_second_post(world: World) -> None:
    """One absence is no evidence: the second look finds it."""
    queued = world.queue(X_RESENDS)
    server = world.servers[X_RESENDS.name]
    server.lag = 8 * MINUTE
    server.faults.append("timeout, posted")
    world.run(15 * MINUTE)
    assert world.now(queued).state is State.SENT
    assert server.calls == 1


def test_a_process_that_stood_still_in_its_call_is_looked_for_from_then_on(world: World) -> None:
    """Hours after the claim the call was made after all: its timeline lags from then.

    Found by the simulator: seed 145, in which two looks were taken for three hours of looking.
    """
    queued = world.queue(X_RESENDS, expires=None)
    server = world.servers[X_RESENDS.name]
    server.lag = 8 * MINUTE
    server.faults.append("timeout, posted")

    def stand_still() -> None:
        world.machine.true += 3 * HOUR

    server.before_post = stand_still
    world.tick()
    server.before_post = lambda: None
    world.run(15 * MINUTE)
    assert world.now(queued).state is State.SENT
    assert server.calls == 1


def test_x_asks_a_person_after_ten_minutes(world: World) -> None:
    """Nobody can tell on X, so nothing is sent again by itself."""
    queued = world.queue(X)
    world.servers[X.name].faults.append("timeout, not posted")
    world.run(9 * MINUTE)
    assert not waits_for_person(world.now(queued))
    world.run(3 * MINUTE)
    asked = world.now(queued)
    assert waits_for_person(asked)
    assert asked.reason.startswith(NEEDS_PERSON)
    assert world.servers[X.name].calls == 1


def test_a_person_says_it_is_not_there(world: World) -> None:
    """`bot resolve --not-posted`: it goes out, and a later doubt is dated anew."""
    queued = world.queue(X)
    world.servers[X.name].faults.append("timeout, not posted")
    world.run(12 * MINUTE)
    decided = world.store.resolve(queued.id, None, "ana", world.machine.clock())
    assert (decided.state, decided.doubt_since) == (State.QUEUED, None)
    world.tick()
    assert world.now(queued).state is State.SENT
    assert len(world.posts_of(queued)) == 1


def test_a_person_says_where_it_is(world: World) -> None:
    """`bot resolve --posted`: its receipt is kept and nothing is sent."""
    queued = world.queue(X)
    world.servers[X.name].faults.append("timeout, not posted")
    world.run(12 * MINUTE)
    receipt = Receipt("17", "https://x.com/us/status/17")
    world.store.resolve(queued.id, receipt, "ana", world.machine.clock())
    world.run(MINUTE)
    assert world.now(queued).receipt == receipt
    assert world.servers[X.name].calls == 1


def test_mastodon_resends_with_the_same_key(world: World) -> None:
    """Absent twice and the key is fresh: the same key goes again, after a minute of looking."""
    queued = world.queue(KEYED)
    server = world.servers[KEYED.name]
    server.faults.append("timeout, not posted")
    world.run(MINUTE - 15 * SECOND)
    assert server.calls == 1
    world.run(2 * MINUTE)
    assert world.now(queued).state is State.SENT
    assert [post.key for post in server.posts] == [queued.key]


def test_a_server_that_ignores_keys_is_not_sent_to_again(world: World) -> None:
    """Without keys a resend would not be safe, so a person is asked."""
    queued = world.queue(KEYLESS)
    world.servers[KEYLESS.name].faults.append("timeout, not posted")
    world.run(3 * MINUTE)
    assert waits_for_person(world.now(queued))


def test_a_key_is_not_relied_on_beyond_its_window(world: World) -> None:
    """The server forgets a key after an hour: past fifty minutes a person is asked."""
    queued = world.queue(KEYED, expires=None)
    server = world.servers[KEYED.name]
    server.faults.extend(["timeout, not posted", *["blind"] * 70])
    world.run(80 * MINUTE)
    assert waits_for_person(world.now(queued))
    assert server.calls == 1


def test_a_resend_that_was_held_up_is_looked_for_again(world: World) -> None:
    """Found absent with a fresh key, then paused for an hour: the key is old by then."""
    queued = world.queue(KEYED, expires=None)
    server = world.servers[KEYED.name]
    server.faults.append("timeout, not posted")
    world.tick()
    world.store.pause("all", "ana", "", world.machine.clock())
    world.run(2 * MINUTE)
    assert world.now(queued).state is State.QUEUED
    world.run(HOUR)
    world.store.resume("all", world.machine.clock())
    world.run(2 * MINUTE)
    assert waits_for_person(world.now(queued))
    assert server.calls == 1


def test_the_account_may_choose_to_resend(world: World) -> None:
    """`when_in_doubt: resend` on X: after ten minutes of looking, without a person."""
    queued = world.queue(X_RESENDS)
    world.servers[X_RESENDS.name].faults.append("timeout, not posted")
    world.run(12 * MINUTE)
    assert world.now(queued).state is State.SENT
    assert len(world.posts_of(queued)) == 1


def test_the_account_may_choose_to_ask(world: World) -> None:
    """`when_in_doubt: ask` on Mastodon: the key is not used."""
    world.use(replace(KEYED, when_in_doubt=WhenInDoubt.ASK))
    queued = world.queue(KEYED)
    world.servers[KEYED.name].faults.append("timeout, not posted")
    world.run(3 * MINUTE)
    assert waits_for_person(world.now(queued))


def test_a_duplicate_after_a_doubt_is_a_hint_that_it_went_out(world: World) -> None:
    """The resend is refused because the first try had come through: found, not failed."""
    queued = world.queue(X_RESENDS)
    server = world.servers[X_RESENDS.name]
    server.lag = 20 * MINUTE  # longer than we look: the resend meets the first post
    server.faults.append("timeout, posted")
    world.run(11 * MINUTE)
    assert world.now(queued).refused
    world.run(15 * MINUTE)
    assert world.now(queued).state is State.SENT
    assert len(world.posts_of(queued)) == 1


def test_a_refusal_without_doubt_is_final(world: World) -> None:
    """422: it is not posted and never will be."""
    queued = world.queue(KEYED)
    world.servers[KEYED.name].faults.append("invalid")
    world.tick()
    failed = world.now(queued)
    assert (failed.state, failed.reason) == (State.FAILED, "too long")


def test_no_twin_is_sent_while_one_is_in_doubt(world: World) -> None:
    """Two deliveries with the same words: the second waits until the first is settled."""
    first = world.queue(KEYLESS, "Free him now, at last!")
    second = world.queue(KEYLESS, "free him NOW at last")
    world.servers[KEYLESS.name].faults.append("timeout, posted")
    world.tick()
    assert world.now(first).state is State.IN_DOUBT
    assert world.now(second).state is State.QUEUED
    world.use(KEYLESS)
    world.run(2 * MINUTE)
    assert [world.now(d).state for d in (first, second)] == [State.SENT, State.SENT]
    assert [len(world.posts_of(d)) for d in (first, second)] == [1, 1]


def test_no_twin_is_sent_before_one_that_is_to_be_sent_again(world: World) -> None:
    """Found absent is not yet sure: a twin sent meanwhile could be taken for it (seed 1447)."""
    first = world.queue(X_RESENDS, "The same words")
    world.servers[X_RESENDS.name].faults.append("timeout, not posted")
    world.tick()
    second = world.queue(X_RESENDS, "The same words")
    world.store.pause(f"account:{X_RESENDS.name}", "ana", "", world.machine.clock())
    world.run(11 * MINUTE)
    assert world.now(first).state is State.QUEUED
    world.store.resume(f"account:{X_RESENDS.name}", world.machine.clock())
    assert [d.id for d in world.store.due(world.machine.clock())] == [first.id]
    assert world.store.claim(second.id, world.machine.clock()) is None


def test_another_deliverys_post_is_no_evidence(world: World) -> None:
    """The same words were posted before, minutes ago: that post is not this one."""
    first = world.queue(KEYED, "The same words")
    world.tick()
    second = world.queue(KEYED, "The same words")
    world.servers[KEYED.name].faults.append("timeout, not posted")
    world.tick()
    assert world.now(second).state is State.IN_DOUBT
    world.run(3 * MINUTE)
    sent = [world.now(d) for d in (first, second)]
    assert [d.state for d in sent] == [State.SENT, State.SENT]
    assert [d.receipt for d in sent] == [world.posts_of(d)[0].receipt for d in sent]


def test_the_claim_is_on_the_disk_before_the_call(world: World) -> None:
    """A second connection, from within the call, sees the claim with its key and time."""
    queued = world.queue(KEYED)
    seen = []

    def look() -> None:
        with Store.open(world.url) as other:
            d = other.delivery(queued.id)
        seen.append((d.state, d.key, d.claimed_at, d.tries))

    world.servers[KEYED.name].before_post = look
    world.deliver()
    assert seen == [(State.SENDING, queued.key, world.machine.clock(), 1)]


def test_an_unexpected_fault_of_an_adapter_is_doubt(world: World) -> None:
    """Whatever it raised, the post may be there; its text, which may hold a secret, is not kept."""
    queued = world.queue(KEYED)
    world.servers[KEYED.name].faults.append("bug, posted")
    world.deliver()
    doubtful = world.now(queued)
    assert doubtful.state is State.IN_DOUBT
    assert not [e for e in world.store.events() if "secret" in e.detail]
    world.run(MINUTE)
    assert world.now(queued).state is State.SENT
