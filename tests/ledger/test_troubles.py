"""Delivering: one account's trouble is its own, and no trouble posts twice or loses a post."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event

from sqlalchemy import event

from bot.model import Draft, Picture, Receipt, State
from bot.store import Store
from tests.ledger.world import HOUR, KEYED, KEYLESS, MINUTE, NINE, SECOND, Server, World, X


def with_picture(world: World, path: str = "card.png") -> Draft:
    """A draft that carries a picture."""
    draft = world.post(KEYED).draft
    assert draft is not None
    return replace(draft, picture=Picture(Path(path), "image/png", "A card"))


def test_a_limit_stops_the_account_and_no_other(world: World) -> None:
    """`until` holds for the whole account; the rest goes on; success ends it."""
    mine = [world.queue(KEYED), world.queue(KEYED)]
    other = world.queue(X)
    server = world.servers[KEYED.name]
    server.faults.append("limit")
    report = world.deliver()
    assert (server.calls, world.now(other).state) == (1, State.SENT)
    assert report.troubles == ("masto: rate limit",)
    world.run(4 * MINUTE)
    assert server.calls == 1
    world.run(8 * MINUTE)  # the second is late by now, and keeps its distance
    assert {world.now(d).state for d in mine} == {State.SENT}
    assert world.store.account_states() == []


def test_what_needs_a_person_is_tried_each_hour_and_burns_no_try(world: World) -> None:
    """No credits: shown, retried hourly, and the delivery is as fresh as before."""
    queued = world.queue(X, expires=None)
    server = world.servers[X.name]
    server.faults.extend(["no credits"] * 3)
    world.run(150 * MINUTE, every=MINUTE)
    assert server.calls == 3
    assert world.now(queued).tries == 0
    (state,) = world.store.account_states()
    assert (state.reason, state.needs_person) == ("no credits left", True)
    world.run(HOUR, every=MINUTE)
    assert world.now(queued).state is State.SENT


def test_one_that_keeps_failing_does_not_block_those_behind_it(world: World) -> None:
    """A delivery whose picture breaks the server waits longer each time; others pass it."""
    first, second = world.queue(KEYED), world.queue(KEYED)
    world.servers[KEYED.name].faults.append("refused connection")
    world.run(MINUTE)
    posts = world.servers[KEYED.name].posts
    assert [p.key for p in posts] == [second.key, first.key]


def test_a_fault_of_ours_with_one_account_leaves_the_others_alone(world: World) -> None:
    """Whatever is raised outside a call is that account's trouble."""
    broken, other = world.queue(KEYED), world.queue(X)

    def check(picture: Picture, content: bytes) -> str | None:
        raise LookupError(f"secret {picture.path} {len(content)}")

    (world.folder / "card.png").write_bytes(b"a card")
    pictured = world.queue(KEYED, draft=with_picture(world))
    report = world.deliver(check_picture=check)
    assert world.now(other).state is State.SENT
    assert {world.now(d).state for d in (broken, pictured)} == {State.SENT, State.QUEUED}
    assert report.troubles == ("masto: unexpected LookupError",)


def test_a_missing_picture_is_waited_for(world: World) -> None:
    """No call without the card that was planned; when it is back, it goes out with it."""
    queued = world.queue(KEYED, draft=with_picture(world))
    world.deliver()
    held = world.now(queued)
    assert (held.state, held.tries) == (State.QUEUED, 0)
    assert "card.png: No such file" in held.reason
    (world.folder / "card.png").write_bytes(b"a card")
    world.run(3 * MINUTE)
    assert world.now(queued).state is State.SENT
    assert world.servers[KEYED.name].posts[0].pictured


def test_a_changed_picture_is_not_sent(world: World) -> None:
    """The caller's check compares the bytes with what was planned."""
    (world.folder / "card.png").write_bytes(b"another card")
    queued = world.queue(KEYED, draft=with_picture(world))
    world.deliver(check_picture=lambda _, content: "was changed" if b"another" in content else None)
    assert world.now(queued).reason == "its picture card.png: was changed"
    assert world.servers[KEYED.name].calls == 0


@contextmanager
def locked(world: World) -> Iterator[None]:
    """Somebody else holds the right to write, and we do not wait for it."""
    other = Store.open(world.url)
    patience = "SET lock_timeout = 1" if world.on_postgres else "PRAGMA busy_timeout = 0"
    with world.store._read() as connection:
        connection.exec_driver_sql(patience)
    with other, other._write():
        yield


def test_a_ledger_that_cannot_be_written_sends_nothing(world: World) -> None:
    """No durable claim, no call."""
    queued = world.queue(KEYED)
    with locked(world):
        report = world.deliver()
    assert world.servers[KEYED.name].calls == 0
    assert "did not answer" in report.troubles[0]
    assert world.now(queued).state is State.QUEUED


def test_an_answer_that_could_not_be_written_down_is_found(world: World) -> None:
    """The post is made, then the disk is full: the next run doubts it, looks, and finds it."""
    queued = world.queue(KEYLESS)
    server = world.servers[KEYLESS.name]
    with ExitStack() as disk:
        server.after_post = lambda: disk.enter_context(locked(world))
        report = world.deliver()
    server.after_post = int
    assert "did not answer" in report.troubles[0]
    world.run(MINUTE)
    assert world.now(queued).state is State.SENT
    assert len(server.posts) == 1


def test_a_process_that_stood_still_makes_no_call(world: World) -> None:
    """A claim that took half a minute to write is not acted upon: not sent, queued again."""
    queued = world.queue(KEYED)

    def stall(_: object) -> None:
        world.machine.true += 30 * SECOND

    event.listen(world.store._engine, "commit", stall)
    world.deliver()
    later = world.store.delivery(queued.id)
    assert "stood still" in later.reason
    assert (later.state, world.servers[KEYED.name].calls) == (State.QUEUED, 0)


def test_an_answer_that_comes_after_we_were_taken_for_dead_ends_the_doubt(world: World) -> None:
    """Another process put the delivery into doubt while the call was under way."""
    queued = world.queue(KEYED)

    def take_for_dead() -> None:
        with Store.open(world.url) as other:
            assert [d.id for d in other.interrupted(NINE)] == [queued.id]

    world.servers[KEYED.name].after_post = take_for_dead
    world.deliver()
    assert world.now(queued).state is State.SENT
    assert [e.event for e in world.store.events(delivery=queued.id)][-1] == "found"


def test_an_answer_that_names_anothers_post_is_doubt(world: World) -> None:
    """One remote post is no evidence for two deliveries."""
    first, second = world.queue(KEYED), world.queue(KEYED)

    class Confused(Server):
        """A server that always answers with the same address."""

        def publish(self, draft: Draft, picture: bytes | None, key: str) -> Receipt:
            super().publish(draft, picture, key)
            return self.posts[0].receipt

    world.servers[KEYED.name] = Confused(
        KEYED, world.machine, honours_keys=True, refuses_duplicates=False
    )
    world.deliver()
    assert [world.now(d).state for d in (first, second)] == [State.SENT, State.IN_DOUBT]
    world.run(MINUTE)
    assert world.now(second).receipt == world.posts_of(second)[0].receipt


def test_stop_finishes_the_call_in_hand_and_claims_no_more(world: World) -> None:
    """SIGTERM: the receipt of the call in hand is kept, the next delivery stays queued."""
    first, second = world.queue(KEYED), world.queue(KEYED)
    stop = Event()
    world.servers[KEYED.name].before_post = stop.set
    world.deliver(stop=stop)
    assert [world.now(d).state for d in (first, second)] == [State.SENT, State.QUEUED]


def test_only_what_was_asked_for(world: World) -> None:
    """`bot post` delivers its own post and touches nothing else that is due."""
    old = world.queue(KEYED)
    world.machine.true += 3 * HOUR
    mine = world.queue(KEYED)
    world.deliver(only=[mine.id])
    assert [world.now(d).state for d in (old, mine)] == [State.QUEUED, State.SENT]


def test_one_run_at_a_time_serves_an_account(world: World) -> None:
    """A second run leaves alone what the first one is calling for, and the rest of its account."""
    first, second = world.queue(KEYED), world.queue(KEYED)
    reports = []
    world.servers[KEYED.name].before_post = lambda: reports.append(world.deliver())
    world.deliver()
    assert [report.settled for report in reports] == [(), ()]
    for queued in (first, second):
        assert world.now(queued).state is State.SENT
        assert len(world.posts_of(queued)) == 1


def test_accounts_are_served_side_by_side(world: World) -> None:
    """An account whose server hangs does not keep the others waiting."""
    queued = [world.queue(KEYED), world.queue(X), world.queue(KEYLESS)]
    others = Event()
    waited = []
    world.servers[KEYED.name].before_post = lambda: waited.append(others.wait(timeout=30))
    world.servers[KEYLESS.name].before_post = others.set
    world.deliver(workers=2)
    assert {world.now(d).state for d in queued} == {State.SENT}
    assert waited == [True]


def test_one_lost_answer_ends_the_accounts_run(world: World) -> None:
    """A dead server costs each run one wait, not one for each post that is due."""
    queued = [world.queue(X) for _ in range(3)]
    world.servers[X.name].faults.append("timeout, posted")
    world.deliver()
    states = [world.now(d).state for d in queued]
    assert states == [State.IN_DOUBT, State.QUEUED, State.QUEUED]


def test_one_look_that_hangs_is_enough(world: World) -> None:
    """A timeline that cannot be read is tried once for all of an account's doubts."""
    server = world.servers[X.name]
    for _ in range(3):
        world.queue(X)
        server.faults.append("timeout, posted")
    for _ in range(3):
        world.deliver()
        world.machine.true += 7 * MINUTE
    server.faults.extend(["blind", "blind"])
    (trouble,) = world.look().troubles
    assert "the look failed: timeline unreadable" in trouble
    assert len(server.faults) == 1
    assert world.look().looked == ()
    world.run(5 * MINUTE)
    assert world.store.counts_by_state()[State.SENT] == 3


def test_what_a_person_took_back_meanwhile_is_left_alone(world: World) -> None:
    """Cancelled while we were at it: it stays cancelled, and those behind it go out."""
    (world.folder / "card.png").write_bytes(b"a card")
    first, second = world.queue(KEYED, draft=with_picture(world)), world.queue(KEYED)

    def check(picture: Picture, content: bytes) -> str | None:
        del picture, content
        world.store.cancel(first.id, "ana", NINE)
        return "was changed"

    world.deliver(check_picture=check)
    assert [world.now(d).reason for d in (first, second)] == ["cancelled by ana", ""]
    assert world.now(second).state is State.SENT


def test_an_account_without_keys_is_told_and_waits(world: World) -> None:
    """No connection for it: said once a run, and nothing is lost before its hour passes."""
    queued = world.queue(KEYED)
    del world.servers[KEYED.name]
    assert "no key to it" in world.deliver().troubles[0]
    world.machine.true += timedelta(hours=3)
    world.deliver()
    assert world.now(queued).state is State.SKIPPED


def test_a_person_who_mended_it_need_not_wait_for_the_hour(world: World) -> None:
    """Keys renewed, or credits bought: the posts that wait go at once; a rate limit stays."""
    mine, next_one, other = world.queue(KEYED), world.queue(KEYED), world.queue(X)
    world.servers[KEYED.name].faults.append("no credits")
    world.servers[X.name].faults.append("limit")
    world.deliver()
    world.run(2 * MINUTE)
    assert world.store.try_again(world.machine.clock(), "ana", X.name) == []
    assert world.store.try_again(world.machine.clock(), "ana") == [KEYED.name]
    world.deliver()
    assert {world.now(d).state for d in (mine, next_one)} == {State.SENT}
    assert world.now(other).state is State.QUEUED
    assert [e.detail for e in world.store.events() if e.event == "in use again (post)"] == [
        "mended, says ana"
    ]
    assert world.store.try_again(world.machine.clock(), "ana") == []
