"""An account keeps to its network's measure, and one in trouble is left alone, longer each time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from bot.jobs.metering import forecast, spendings
from bot.model import State
from bot.networks.base import POST_CAPS, Cap
from bot.settle import Policy, rest
from tests.ledger.world import HOUR, KEYED, MINUTE, NINE, SECOND, World, X

QUARTER, DAY = POST_CAPS[X.network]


def test_the_table_of_x() -> None:
    """A hundred in a quarter of an hour for an account, ten thousand a day for the app."""
    assert Cap(100, 15 * MINUTE) == QUARTER
    assert Cap(10_000, 24 * HOUR, whole_app=True) == DAY


def test_x_is_not_asked_for_more_than_it_takes(world: World) -> None:
    """While X says nothing of its limits, the next post waits for its quarter of an hour to end."""
    for _ in range(QUARTER.posts + 2):
        world.queue(X)
    other = world.queue(KEYED)
    assert world.deliver().troubles == ("x-main: x takes no more posts in so short a time",)
    assert world.servers[X.name].calls == QUARTER.posts
    assert world.now(other).state is State.SENT
    world.machine.true = NINE + QUARTER.span + SECOND
    world.deliver()
    assert world.servers[X.name].calls > QUARTER.posts


def test_a_sandbox_has_no_such_table(world: World) -> None:
    """What a rehearsal posts in a minute is a month's posts."""
    for _ in range(QUARTER.posts + 1):
        world.queue(X)
    world.deliver(sandbox=True)
    assert world.servers[X.name].calls == QUARTER.posts + 1


def test_an_outage_leaves_few_doubts(world: World) -> None:
    """A server that answers nothing for ten minutes is not given a post every few seconds."""
    queued = [world.queue(X) for _ in range(20)]
    server = world.servers[X.name]
    server.faults.extend(["timeout, not posted"] * 20)
    end = world.machine.true + 10 * MINUTE
    while world.machine.true < end:
        world.deliver()
        world.machine.true += 15 * SECOND
    doubts = [d for d in queued if world.now(d).state is State.IN_DOUBT]
    assert 2 <= len(doubts) <= 8


def test_rest_grows_with_the_trouble() -> None:
    """Half of its length: from half a minute up to a quarter of an hour."""
    waits = [rest(n * MINUTE, Policy()) for n in (0, 1, 4, 30, 600)]
    assert waits == [30 * SECOND, 30 * SECOND, 2 * MINUTE, 15 * MINUTE, 15 * MINUTE]


def test_an_old_trouble_is_not_the_beginning_of_a_new_one(world: World) -> None:
    """A fault in the morning and one in the evening are two troubles, each with a short rest."""
    world.queue(KEYED)
    world.servers[KEYED.name].faults.append("timeout, posted")
    world.deliver()
    assert world.store.trouble_since(KEYED.name, NINE + 2 * MINUTE) < NINE + MINUTE
    evening = NINE + 10 * HOUR
    assert world.store.trouble_since(KEYED.name, evening) == evening


def test_a_post_that_goes_out_ends_all_troubles(world: World) -> None:
    """Keys and credits are good again: looks and readings do not wait for their hour."""
    queued = world.queue(X, expires=None)
    server = world.servers[X.name]
    server.faults.append("no credits")
    world.deliver()
    for use in ("look", "read"):
        world.store.suspend(X.name, NINE + 9 * HOUR, "401", True, NINE, use=use)
    world.machine.true += HOUR + MINUTE
    world.deliver()
    assert world.now(queued).state is State.SENT
    assert not [*world.store.account_states("look"), *world.store.account_states("read")]


def test_what_a_month_comes_to(world: World) -> None:
    """Spent and to come, against the cap; a plan adds its own, with what reading will cost."""
    world.use(replace(X, monthly_cap_usd=Decimal("0.10")))
    world.queue(X)
    world.deliver()
    world.queue(X)
    (month,) = spendings(world.store, world.catalog, NINE)
    assert (month.account, month.month, month.cap) == (X.name, "2022-02", Decimal("0.10"))
    assert (month.spent, month.coming) == (Decimal("0.015"), Decimal("0.015"))
    assert not month.near
    posts = [world.post(X), world.post(X), world.post(KEYED)]
    (planned,) = forecast(world.store, world.catalog, posts, NINE)
    assert planned.coming == Decimal("0.015") + 2 * Decimal("0.021")
    assert str(planned) == "x-main: $0.015 of $0.10 spent in 2022-02, $0.057 to come"
    assert not planned.tight
    more = [world.post(X) for _ in range(3)]
    (planned,) = forecast(world.store, world.catalog, [*posts, *more], NINE)
    assert planned.tight
    (past,) = forecast(world.store, world.catalog, posts, datetime(2022, 5, 1, tzinfo=UTC))
    assert (past.spent, past.coming) == (Decimal(0), 2 * Decimal("0.021"))
