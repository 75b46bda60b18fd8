"""Which count is the newest, how long it is good, and which one a person should look at."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.counting import (
    as_shown,
    good_until,
    is_good,
    next_try,
    odd,
    odd_reading,
    why_not,
    with_counts,
)
from bot.model import Action, ActionKind, Brand, Campaign, Catalog, PetitionCount

MEXICO = ZoneInfo("America/Mexico_City")
DAY = date(2022, 2, 20)
NOON = datetime(2022, 2, 20, 12, tzinfo=UTC)
SIGN = Action("sign", ActionKind.PETITION, {}, goal=50_000, count=12_000, count_as_of=DAY)
EVENT = Action("march", ActionKind.EVENT, {}, starts=NOON)
CAMPAIGN = Campaign(
    "c", {}, ("en",), Brand("C"), actions={"sign": SIGN, "march": EVENT}, zone=MEXICO
)
CATALOG = Catalog(zone=MEXICO, accounts={}, schedules=(), campaigns={"c": CAMPAIGN}, messages={})


def count(number: int, day: date = DAY, at: datetime = NOON, action: str = "sign") -> PetitionCount:
    """A count of the campaign's petition."""
    return PetitionCount("c", action, number, day, at, "anna")


def shown(*counts: PetitionCount) -> tuple[int | None, date | None]:
    """The petition's count in a catalog with these counts."""
    action = with_counts(CATALOG, counts).campaigns["c"].actions["sign"]
    return action.count, action.count_as_of


def test_the_later_day_wins_whoever_told() -> None:
    """The file's own count gives way to a newer one, and stays before an older one."""
    later, earlier = DAY + timedelta(days=1), DAY - timedelta(days=1)
    assert shown() == (12_000, DAY)
    assert shown(count(13_000, later)) == (13_000, later)
    assert shown(count(11_000, earlier)) == (12_000, DAY)
    assert shown(count(13_000, later), count(11_000, earlier)) == (13_000, later)


def test_of_one_day_what_was_written_down_last_wins() -> None:
    """A correction of the same day counts; the ledger goes before the file."""
    again = NOON + timedelta(hours=1)
    assert shown(count(11_900)) == (11_900, DAY)
    assert shown(count(12_200, at=again), count(11_900)) == (12_200, DAY)


def test_only_petitions_are_counted_and_nothing_else_changes() -> None:
    """A count of an event, or of what is gone, is passed over."""
    made = with_counts(CATALOG, [count(1, action="march"), count(1, action="gone")])
    assert made == CATALOG
    assert with_counts(CATALOG, []) is CATALOG
    other = PetitionCount("gone", "sign", 1, DAY, NOON, "anna")
    assert with_counts(CATALOG, [other]) is CATALOG


def test_a_count_is_good_from_its_day_to_a_week_after_it() -> None:
    """By the campaign's clocks: a day in Mexico ends six hours after London's."""
    until = datetime(2022, 2, 28, 6, tzinfo=UTC)
    assert good_until(SIGN, CAMPAIGN) == until
    begins = datetime(2022, 2, 20, 6, tzinfo=UTC)
    moment = timedelta(seconds=1)
    good = {at: is_good(SIGN, CAMPAIGN, at) for at in (begins, begins - moment, until)}
    assert good == {begins: True, begins - moment: False, until: True}
    assert not is_good(SIGN, CAMPAIGN, until + moment)


def test_why_a_count_is_not_shown_says_what_to_do() -> None:
    """The reason stands in plans and in the log, where a person reads it."""
    late = NOON + timedelta(days=30)
    command = "bot count sign NUMBER --campaign c"
    assert why_not(SIGN, CAMPAIGN, late) == (
        f'the count of petition "sign" is of 2022-02-20, older than the 7 days it lasts: {command}'
    )
    assert why_not(replace(SIGN, count=None), CAMPAIGN, NOON) == (
        f'petition "sign" has no count yet: {command}'
    )
    assert "a later day" in why_not(SIGN, CAMPAIGN, NOON - timedelta(days=2))
    assert why_not(SIGN, CAMPAIGN, NOON) == ""
    for span, words in ((timedelta(hours=36), "36 hours"), (timedelta(days=1), "1 day")):
        short = replace(CAMPAIGN, counts_last=span)
        assert f"the {words} it lasts" in why_not(SIGN, short, late)


def test_a_stale_count_is_taken_away_and_the_rest_stays() -> None:
    """What draws texts and cards never sees a count that it may not show."""
    stale = as_shown(CAMPAIGN, NOON + timedelta(days=30))
    assert stale.actions["sign"] == replace(SIGN, count=None, count_as_of=None)
    assert stale.actions["march"] is EVENT
    assert as_shown(CAMPAIGN, NOON) is CAMPAIGN


@pytest.mark.parametrize(
    ("number", "why"),
    [
        (12_000, ""),
        (12_001, ""),
        (119_999, ""),
        (11_999, "it is less than the 12,000 of 2022-02-20"),
        (0, "it is less than the 12,000 of 2022-02-20"),
        (120_001, "it is more than 10 times the 12,000 of 2022-02-20"),
        (10**9, "it is more than 10 times the 12,000 of 2022-02-20"),
    ],
)
def test_a_count_that_shrinks_or_leaps_is_odd(number: int, why: str) -> None:
    """A dropped digit, a digit too many, another petition's figure."""
    assert odd(number, SIGN) == why


def test_what_is_far_beyond_the_goal_is_odd_once() -> None:
    """The first time a person looks; a petition that is there already goes on growing."""
    first = replace(SIGN, count=None, count_as_of=None)
    assert odd(150_000, first) == ""
    assert odd(150_001, first) == "it is more than 3 times the goal of 50,000"
    assert odd(150_001, replace(SIGN, count=149_000)) == (
        "it is more than 3 times the goal of 50,000"
    )
    assert odd(160_000, replace(SIGN, count=155_000)) == ""
    assert odd(10**9, replace(first, goal=None)) == ""


def test_a_small_petition_may_grow_tenfold() -> None:
    """Three friends today, fifty tomorrow: no reason to ask."""
    assert odd(50, replace(SIGN, count=3)) == ""
    assert odd(1_004, replace(SIGN, count=3))


def test_a_source_that_begins_with_nought_waits() -> None:
    """A page shows it before its counter is drawn."""
    first = replace(SIGN, count=None, count_as_of=None)
    assert "not loaded" in odd_reading(0, first)
    assert odd(0, first) == ""
    assert odd_reading(7, first) == ""
    assert odd_reading(0, replace(SIGN, count=0)) == ""


@given(st.timedeltas(timedelta(minutes=5), timedelta(days=30)), st.integers(0, 10_000))
def test_a_failing_source_is_left_alone_for_longer_but_not_for_good(
    every: timedelta, failures: int
) -> None:
    """Twice as long each time, up to a day or its own time."""
    wait = next_try(every, failures)
    assert every <= wait <= max(every, timedelta(days=1))
    assert wait <= next_try(every, failures + 1)
