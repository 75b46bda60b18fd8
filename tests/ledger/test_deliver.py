"""Delivering: what goes out at its hour, what waits, and what is given up."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from decimal import Decimal
from itertools import pairwise

import pytest

from bot.model import Message, Missed, State
from tests.ledger.world import (
    HOUR,
    KEYED,
    KEYLESS,
    MINUTE,
    NINE,
    SECOND,
    World,
    X,
    catalog_of,
    threaded,
)

# --- lateness ----------------------------------------------------------------------------


def test_what_is_too_late_is_skipped_and_says_why(world: World) -> None:
    """Past its `expires` nothing goes out, whatever kept it."""
    plain, paused, suspended = world.queue(KEYLESS), world.queue(KEYED), world.queue(X)
    world.store.pause(f"account:{KEYED.name}", "ana", "", NINE)
    world.store.suspend(X.name, None, "no credits", True, NINE)
    world.machine.true += 2 * HOUR + SECOND
    world.deliver()
    assert [world.now(d).reason for d in (plain, paused, suspended)] == [
        "too late",
        "too late: paused past its hour",
        "too late: no credits",
    ]
    assert {world.now(d).state for d in (plain, paused, suspended)} == {State.SKIPPED}


def test_what_had_to_wait_for_a_doubt_says_for_which(world: World) -> None:
    """A twin, or a thread's next part: the person who settles the doubt is told what it cost."""
    first = world.queue(X, "The same words")
    twin = world.queue(X, "The same words")
    parts = thread(world)
    for name in (X.name, KEYED.name):
        world.servers[name].faults.extend(["timeout, not posted", *["blind"] * 2])
    world.deliver()
    world.machine.true += 4 * HOUR
    world.deliver()
    assert [world.now(twin).reason, world.store.delivery(parts[1]).reason] == [
        f"too late: it waited for delivery {n}, which is in doubt" for n in (first.id, parts[0])
    ]


def test_the_pause_file_holds_everything(world: World) -> None:
    """Nothing is sent; what passes its hour meanwhile is skipped."""
    queued = world.queue(KEYED)
    world.deliver(paused=True)
    assert world.now(queued).state is State.QUEUED
    world.machine.true += 3 * HOUR
    world.deliver(paused=True)
    assert world.now(queued).reason == "too late: paused past its hour"


def test_one_missed_post_goes_out_late(world: World) -> None:
    """A short outage costs no post: `late` says how late it may be, even with `skip`."""
    queued = world.queue(KEYED, missed=Missed.SKIP)
    world.machine.true += HOUR
    world.deliver()
    assert world.now(queued).state is State.SENT


@pytest.mark.parametrize(
    ("missed", "sent"),
    [(Missed.SKIP, []), (Missed.LATEST, [2]), (Missed.SPACE_OUT, [0, 1, 2])],
)
def test_several_missed_posts_are_not_burst_out(
    world: World, missed: Missed, sent: list[int]
) -> None:
    """After an outage the schedule's `missed` decides, and never two at once."""
    queued = []
    for _ in range(3):
        queued.append(world.queue(KEYED, missed=missed))
        world.machine.true += 10 * MINUTE
    world.deliver()
    assert len(world.servers[KEYED.name].posts) == min(len(sent), 1)
    world.run(12 * MINUTE)
    assert [i for i, d in enumerate(queued) if world.now(d).state is State.SENT] == sent
    times = [post.at for post in world.servers[KEYED.name].posts]
    assert all(b - a >= 5 * MINUTE for a, b in pairwise(times))


@pytest.mark.parametrize("missed", [Missed.SKIP, Missed.LATEST, Missed.SPACE_OUT])
def test_a_short_pause_is_not_burst_out_either(world: World, missed: Missed) -> None:
    """Two minutes are enough for two posts to come due; they do not go out in one breath."""
    for minute in range(2):
        world.queue(KEYED, missed=missed, schedule="s", at=NINE + minute * MINUTE)
    world.machine.true = NINE + MINUTE + 40 * SECOND
    world.deliver()
    assert len(world.servers[KEYED.name].posts) == 1
    world.run(10 * MINUTE)
    times = [post.at for post in world.servers[KEYED.name].posts]
    assert all(b - a >= 5 * MINUTE for a, b in pairwise(times))
    assert len(times) == (2 if missed is Missed.SPACE_OUT else 1)


def test_what_was_planned_for_one_minute_goes_out_in_it(world: World) -> None:
    """Ten posts of one minute are what the plan says, not a backlog."""
    for _ in range(10):
        world.queue(KEYED, schedule="s")
    world.machine.true += 2 * MINUTE
    world.deliver()
    assert len(world.servers[KEYED.name].posts) == 10


def test_spaced_out_posts_keep_the_accounts_least_gap(world: World) -> None:
    """Twenty minutes on this account, so twenty minutes between the missed ones."""
    world.use(replace(KEYED, least_gap=20 * MINUTE))
    for _ in range(2):
        world.queue(KEYED, missed=Missed.SPACE_OUT)
    world.machine.true += 10 * MINUTE
    world.run(30 * MINUTE)
    first, second = (post.at for post in world.servers[KEYED.name].posts)
    assert second - first >= 20 * MINUTE


def test_posts_planned_a_gap_apart_go_out_at_their_hour(world: World) -> None:
    """A first post that took seconds does not put off the next one."""
    world.use(replace(KEYED, least_gap=30 * MINUTE))
    world.queue(KEYED)
    second = world.queue(KEYED, at=NINE + 30 * MINUTE)
    world.machine.true += 20 * SECOND
    world.deliver()
    world.machine.true = NINE + 30 * MINUTE
    world.deliver()
    assert world.now(second).state is State.SENT


def test_a_delayed_post_keeps_out_of_quiet_hours(world: World) -> None:
    """Held up into the night, it waits for the morning, or is skipped by its `late`."""
    world.use(replace(KEYED, quiet_from=time(9, 30), quiet_to=time(10, 30)))
    queued = world.queue(KEYED)
    world.machine.true += 45 * MINUTE
    world.deliver()
    held = world.now(queued)
    assert (held.state, held.not_before) == (State.QUEUED, NINE + 90 * MINUTE)
    world.machine.true = NINE + 90 * MINUTE
    world.deliver()
    assert world.now(queued).state is State.SENT


def test_quiet_hours_over_midnight_and_a_clock_change(world: World) -> None:
    """The end is 07:00 by the wall clock, also in the night that is an hour shorter."""
    world.use(replace(KEYED, quiet_from=time(23), quiet_to=time(7)))
    world.machine.true = datetime(2022, 3, 26, 22, 30, tzinfo=NINE.tzinfo)
    queued = world.queue(KEYED, expires=None)
    world.machine.true += HOUR
    world.deliver()
    assert world.now(queued).not_before == datetime(2022, 3, 27, 6, tzinfo=NINE.tzinfo)


# --- truth and money ---------------------------------------------------------------------


def test_what_is_no_longer_true_is_skipped(world: World) -> None:
    """Queued while it was true, due to go out when it is not."""
    queued = world.queue(KEYED)
    message = Message(
        queued.message, "c", "m1.md", queued.draft.text, "en", true_until=NINE + MINUTE
    )
    world.catalog = catalog_of([KEYED], [message])
    world.machine.true += 2 * MINUTE
    world.deliver()
    assert world.now(queued).reason.startswith("no longer true since 2022-02-21T09:01")


def test_the_spending_cap_stops_before_the_call(world: World) -> None:
    """What was spent and what this would cost, together: past the cap nothing is called."""
    world.use(replace(X, monthly_cap_usd=Decimal("0.04")))
    first, second, third = (world.queue(X) for _ in range(3))
    world.deliver()
    assert [world.now(d).state for d in (first, second, third)] == [
        State.SENT,
        State.SENT,
        State.SKIPPED,
    ]
    assert world.now(third).reason == (
        "it costs $0.015 and $0.006 for reading it, and $0.030 of $0.04 are spent this month"
    )


# --- threads -----------------------------------------------------------------------------


def thread(world: World) -> list[int]:
    """Queue a thread of three and give its deliveries."""
    post = world.post(KEYED)
    long = replace(post, draft=threaded(post.draft, "the second", "the third"))
    return world.store.enqueue([long], NINE)


def test_a_thread_goes_out_part_by_part(world: World) -> None:
    """Each part answers the one before, in one run."""
    thread(world)
    world.deliver()
    posts = world.servers[KEYED.name].posts
    assert [p.draft.text for p in posts[1:]] == ["the second", "the third"]
    assert [p.draft.in_reply_to for p in posts] == [None, "masto-1", "masto-2"]
    assert [p.draft.length for p in posts[1:]] == [10, 9]


def test_a_part_waits_for_the_one_before(world: World) -> None:
    """While part one is in doubt, part two is not sent."""
    ids = thread(world)
    world.servers[KEYED.name].faults.append("timeout, posted")
    world.deliver()
    assert [world.store.delivery(i).state for i in ids] == [
        State.IN_DOUBT,
        State.QUEUED,
        State.QUEUED,
    ]
    world.run(MINUTE)
    assert {world.store.delivery(i).state for i in ids} == {State.SENT}


def test_a_thread_that_was_begun_is_finished(world: World) -> None:
    """Part one went out in its last minute: the others may follow, if not the day after."""
    ids = thread(world)
    world.servers[KEYED.name].faults.append("timeout, posted")
    world.machine.true += 2 * HOUR
    world.deliver()
    world.run(MINUTE)
    assert {world.store.delivery(i).state for i in ids} == {State.SENT}


def test_a_broken_thread_is_given_up(world: World) -> None:
    """Part one refused: the others have nothing to answer."""
    ids = thread(world)
    world.servers[KEYED.name].faults.append("invalid")
    for _ in range(3):
        world.deliver()
    assert [world.store.delivery(i).state for i in ids] == [
        State.FAILED,
        State.SKIPPED,
        State.SKIPPED,
    ]
