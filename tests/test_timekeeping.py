"""When a wall clock is believed, and when it is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.timekeeping import STANDS_AFTER, Sight, Verdict, in_words, judge

NOON = Sight(datetime(2026, 11, 16, 12, tzinfo=UTC), timedelta(days=2), "one boot")
HOUR = timedelta(hours=1)
YEAR = timedelta(days=365)


def later(sight: Sight, span: timedelta, step: timedelta = timedelta(0)) -> Sight:
    """The same machine after a while, its wall clock set by `step`."""
    return replace(sight, at=sight.at + span + step, boot=sight.boot + span)


@pytest.mark.parametrize("step", [HOUR, -HOUR, YEAR, -YEAR, timedelta(minutes=2)])
def test_a_clock_that_was_set_must_stand(step: timedelta) -> None:
    """An hour or a year, forward or back: not believed at once, and believed in the end."""
    first = judge(NOON, None, seen := later(NOON, HOUR, step))
    assert not first.believed
    assert first.doubted == seen
    still = judge(NOON, seen, later(seen, STANDS_AFTER - timedelta(seconds=1)))
    assert still.doubted == seen
    assert judge(NOON, seen, later(seen, STANDS_AFTER)) == Verdict(step=step)


def test_a_clock_that_is_set_again_must_stand_anew() -> None:
    """Two steps in a row: the five minutes count from the second."""
    first = later(NOON, HOUR, HOUR)
    second = later(first, 4 * STANDS_AFTER / 5, YEAR)
    assert judge(NOON, first, second).doubted == second


def test_a_clock_that_was_put_right_is_as_if_nothing_had_been() -> None:
    """It is where the boot clock says it should be."""
    wrong = later(NOON, HOUR, YEAR)
    assert judge(NOON, wrong, later(NOON, 2 * HOUR)) == Verdict()


@pytest.mark.parametrize("seconds", [-4, 0, 4])
def test_a_time_server_may_do_its_work(seconds: int) -> None:
    """Seconds are put right by and by, and nobody notices."""
    assert judge(NOON, None, later(NOON, HOUR, timedelta(seconds=seconds))) == Verdict()


def test_half_a_minute_is_noted_and_holds_nothing_up() -> None:
    """No post moves by more than a person would be late."""
    half = timedelta(seconds=30)
    assert judge(NOON, None, later(NOON, HOUR, -half)) == Verdict(step=-half)


def test_a_laptop_may_sleep() -> None:
    """Sleep counts in the boot clock: the lid was shut for a week, and nobody set anything."""
    assert judge(NOON, None, later(NOON, timedelta(days=7))) == Verdict()


def test_after_a_reboot_the_clock_may_not_go_back() -> None:
    """Ahead is a machine that was off; behind is one that has lost the time."""
    other = replace(NOON, boot=timedelta(minutes=1), boot_id="another boot")
    assert judge(NOON, None, later(other, HOUR)) == Verdict(rebooted=True)
    behind = judge(NOON, None, later(other, HOUR, -10 * HOUR))
    assert "2026-11-16 03:00 UTC" in behind.doubt
    assert "bot clock --right" in behind.doubt


def test_a_clock_that_nobody_has_set_is_not_believed() -> None:
    """A machine without a battery begins in 1970, and a new ledger knows nothing better."""
    new = Sight(datetime(1970, 1, 1, tzinfo=UTC), timedelta(seconds=40), "one boot")
    assert not judge(None, None, new).believed
    assert judge(None, new, replace(new, at=NOON.at)) == Verdict()


def test_the_first_sight_is_believed() -> None:
    """There is nothing to hold against it."""
    assert judge(None, None, NOON) == Verdict()


@pytest.mark.parametrize(
    ("span", "words"),
    [(YEAR, "365 d"), (HOUR, "1 h"), (HOUR + timedelta(minutes=5, seconds=9), "1 h 5 min"),
     (-timedelta(seconds=70), "1 min 10 s"), (timedelta(0), "0 s")],
)  # fmt: skip
def test_spans_are_told_as_people_do(span: timedelta, words: str) -> None:
    """No timedelta's own text, which says that an hour back is -1 day, 23:00:00."""
    assert in_words(span) == words
