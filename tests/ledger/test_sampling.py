"""Engagement is read at its offsets, once, honestly, and within the spending cap."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from bot.jobs.sample import SampleReport, sample_due
from bot.model import Counts
from tests.ledger.world import HOUR, KEYED, MINUTE, NINE, World, X

DAY = 24 * HOUR


def sample(world: World, log: list[dict[str, object]] | None = None) -> SampleReport:
    """Read what is due."""
    lines: list[dict[str, object]] = [] if log is None else log
    return sample_due(
        world.store,
        world.servers,
        world.catalog,
        world.machine.clock,
        lines.append,
        simulated=True,
    )


def offsets(report: SampleReport) -> list[timedelta]:
    """Which offsets were taken."""
    return [taken.after for taken in report.taken]


def test_each_offset_is_taken_once_in_its_time(world: World) -> None:
    """15 min, 1 h, 6 h, 1 d, 3 d, 7 d, and then no more."""
    world.queue(KEYED)
    world.deliver()
    taken = []
    for _ in range(10 * 24 * 4):
        taken += offsets(sample(world))
        world.machine.true += 15 * MINUTE
    assert taken == [15 * MINUTE, HOUR, 6 * HOUR, DAY, 3 * DAY, 7 * DAY]
    kept = world.store.samples()
    assert [s.at - NINE for s in kept] == taken
    assert {s.simulated for s in kept} == {True}


def test_what_was_missed_is_not_made_up(world: World) -> None:
    """Down for seven hours: the count of now is the six-hour sample, and no earlier one."""
    world.queue(KEYED)
    world.deliver()
    world.machine.true += 7 * HOUR
    assert offsets(sample(world)) == [6 * HOUR]
    assert offsets(sample(world)) == []
    world.machine.true += 10 * DAY
    assert offsets(sample(world)) == []


def test_other_offsets_take_no_sample_of_the_past(world: World) -> None:
    """The offsets are edited: what was sampled at an hour is not sampled at half an hour."""
    world.queue(KEYED)
    world.deliver()
    world.machine.true += HOUR
    assert offsets(sample(world)) == [HOUR]
    world.catalog = replace(world.catalog, sample_after=(30 * MINUTE, 2 * HOUR))
    assert offsets(sample(world)) == []


def test_the_next_sample_wakes_us(world: World) -> None:
    """A stepping clock knows where to step to."""
    after = world.catalog.sample_after
    assert world.store.next_sample_due(after, NINE) is None
    world.queue(KEYED)
    world.deliver()
    assert world.store.next_sample_due(after, NINE) == NINE + 15 * MINUTE
    assert world.store.next_sample_due(after, NINE + 15 * MINUTE) == NINE + HOUR
    assert world.store.next_sample_due(after, NINE + 7 * DAY) is None


def test_a_sample_is_a_line_of_json_too(world: World) -> None:
    """One line per sample; what the network did not say is null, not zero."""
    delivery = world.queue(KEYED)
    world.deliver()
    world.machine.true += 15 * MINUTE
    lines: list[dict[str, object]] = []
    sample(world, lines)
    (line,) = (json.loads(json.dumps(entry)) for entry in lines)
    assert line == {
        "at": "2022-02-21T09:15:00+00:00",
        "delivery": delivery.id,
        "account": "masto",
        "network": "mastodon",
        "campaign": "c",
        "message": delivery.message,
        "url": "https://example.net/masto-1",
        "after_seconds": 900,
        "likes": 3,
        "reposts": None,
        "replies": None,
        "quotes": None,
        "bookmarks": None,
        "impressions": None,
        "simulated": True,
    }


def test_a_deleted_post_gets_a_sample_without_counts(world: World) -> None:
    """Gone is not zero, and it is not asked for again and again."""
    world.queue(KEYED)
    world.deliver()
    world.servers[KEYED.name].posts.clear()
    world.machine.true += 15 * MINUTE
    assert [s.counts for s in sample(world).taken] == [Counts()]
    assert offsets(sample(world)) == []


def test_reading_on_x_is_metered_and_capped(world: World) -> None:
    """A tenth of a cent a post; past the cap nothing is read."""
    world.use(replace(X, monthly_cap_usd=Decimal("0.036")))
    for _ in range(2):
        world.queue(X)
    world.deliver()
    world.machine.true += 15 * MINUTE
    assert len(sample(world).taken) == 2
    assert world.store.spent(X.name, NINE) == Decimal("0.032")
    for hours in (1, 6):
        world.machine.true = NINE + hours * HOUR
        sample(world)
    world.machine.true += DAY
    report = sample(world)
    assert report.taken == ()
    assert "$0.036 of $0.04 spent" in report.troubles[0]
    assert sample(world).troubles == ()  # said once an hour, not at each tick


def test_an_unreadable_network_is_asked_later(world: World) -> None:
    """A trouble postpones reading, not posting, and loses no sample."""
    world.queue(KEYED)
    world.deliver()
    world.machine.true += 15 * MINUTE
    world.servers[KEYED.name].faults.append("blind")
    assert "unreadable" in sample(world).troubles[0]
    assert sample(world) == SampleReport()
    assert world.store.due(world.machine.clock() + HOUR) == []
    assert world.store.account_states() == []
    world.machine.true += 6 * MINUTE
    assert offsets(sample(world)) == [15 * MINUTE]
    assert world.store.account_states("read") == []


def test_samples_are_found_by_delivery_campaign_and_hour(world: World) -> None:
    """What a report asks for."""
    delivery = world.queue(KEYED)
    world.deliver()
    world.machine.true += 15 * MINUTE
    sample(world)
    assert len(world.store.samples(delivery=delivery.id, campaign="c")) == 1
    assert world.store.samples(campaign="other") == []
    assert len(world.store.samples(since=NINE, until=NINE + HOUR)) == 1
    assert world.store.samples(since=NINE + HOUR) == []
    assert world.store.samples(until=NINE) == []
