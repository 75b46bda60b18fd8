"""When schedules fire, on the nights that clocks change most of all."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Schedule
from bot.slots import crontab, slots

ZONES = [
    "Europe/Berlin",
    "America/Santiago",
    "Asia/Beirut",
    "Africa/Cairo",
    "America/Havana",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "America/St_Johns",
    "Asia/Kathmandu",
    "UTC",
]


def schedule(zone: str = "UTC", *times: time, **more: object) -> Schedule:
    """Build a schedule with the fields that matter here."""
    fields: dict[str, object] = {"times": times, **more}
    return Schedule("s", "c", ZoneInfo(zone), ("a",), **fields)  # type: ignore[arg-type] # test data


def test_gap_posts_once_after_the_jump() -> None:
    """02:30 on the night the clocks go forward is posted once, at 03:30."""
    berlin = schedule("Europe/Berlin", time(2, 30))
    found = slots(
        berlin, datetime(2027, 3, 27, 22, tzinfo=UTC), datetime(2027, 3, 28, 22, tzinfo=UTC)
    )
    assert [(s.at.astimezone(s.schedule.zone).isoformat(), s.key) for s in found] == [
        ("2027-03-28T03:30:00+02:00", "s|2027-03-28|02:30")
    ]


def test_fold_posts_once_the_first_time() -> None:
    """02:30 on the night the clocks go back is posted once, before they do."""
    berlin = schedule("Europe/Berlin", time(2, 30))
    found = slots(
        berlin, datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2026, 10, 25, 22, tzinfo=UTC)
    )
    assert [s.at.astimezone(s.schedule.zone).isoformat() for s in found] == [
        "2026-10-25T02:30:00+02:00"
    ]


def test_berlin_half_past_midnight_is_not_skipped() -> None:
    """CronTrigger with a zone of its own loses 29 March 2027 here (facts: reliability)."""
    berlin = schedule("Europe/Berlin", time(0, 30))
    found = slots(berlin, datetime(2027, 3, 27, tzinfo=UTC), datetime(2027, 3, 31, tzinfo=UTC))
    assert [s.key[2:12] for s in found] == [f"2027-03-{d}" for d in (28, 29, 30, 31)]


@given(
    st.sampled_from(ZONES),
    st.times(min_value=time(0, 0), max_value=time(4, 59)).map(
        lambda t: t.replace(second=0, microsecond=0)
    ),
    st.integers(2015, 2034),
    st.integers(1, 360),
)
def test_every_local_day_has_its_slot_once(zone: str, at: time, year: int, day: int) -> None:
    """Daily means once each local day, in order, whatever the clocks do."""
    start = datetime(year, 1, 1, tzinfo=UTC) + timedelta(days=day)
    found = slots(schedule(zone, at), start, start + timedelta(days=40))
    days = [s.key for s in found]
    assert len(set(days)) == len(days)
    assert sorted(days) == days
    assert 39 <= len(days) <= 41
    assert all(a.at < b.at for a, b in pairwise(found))


@given(
    st.sampled_from(ZONES),
    st.integers(0, 3000),
    st.lists(st.integers(1, 2000), min_size=1, max_size=6),
)
def test_touching_spans_give_the_same_slots(zone: str, offset: int, hours: list[int]) -> None:
    """However the daemon's ticks cut time, no slot is lost or doubled, jitter included."""
    plan = schedule(zone, time(2, 30), time(23, 55), time(0, 5), jitter=timedelta(minutes=45))
    start = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=offset)
    edges = [start]
    for step in hours:
        edges.append(edges[-1] + timedelta(minutes=step))
    pieces = [s.key for a, b in pairwise(edges) for s in slots(plan, a, b)]
    assert pieces == [s.key for s in slots(plan, start, edges[-1])]


@pytest.mark.parametrize(
    ("expression", "weekdays"),
    [("0 9 * * 1", {0}), ("0 9 * * 0", {6}), ("0 9 * * 7", {6}), ("0 9 * * 1-5", {0, 1, 2, 3, 4}),
     ("0 9 * * mon,3", {0, 2}), ("0 9 * * */2", {6, 1, 3, 5}), ("0 9 * * 5-7", {4, 5, 6})],
)  # fmt: skip
def test_cron_weekday_numbers_are_crons(expression: str, weekdays: set[int]) -> None:
    """APScheduler's own reading of `1` is Tuesday; people mean Monday."""
    found = slots(
        schedule(cron=expression),
        datetime(2026, 11, 2, tzinfo=UTC),
        datetime(2026, 11, 9, tzinfo=UTC),
    )
    assert {s.at.weekday() for s in found} == weekdays


@pytest.mark.parametrize("expression", ["", "* * * *", "61 * * * *", "0 9 * * 9", "0 9 * * 5-2"])
def test_bad_cron_is_a_value_error(expression: str) -> None:
    """A wrong expression is refused when it is read, not when it should have fired."""
    with pytest.raises(ValueError, match=r"."):
        crontab(expression)


def test_schedule_bounds_and_days() -> None:
    """A schedule fires only on its days, and only between its start and end."""
    utc = ZoneInfo("UTC")
    bounded = schedule(
        "UTC", time(9), days=("mon", "wed"),
        starts=datetime(2026, 11, 4, tzinfo=utc), ends=datetime(2026, 11, 16, tzinfo=utc),
    )  # fmt: skip
    found = slots(bounded, datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC))
    assert [s.key for s in found] == [
        "s|2026-11-04|09:00",
        "s|2026-11-09|09:00",
        "s|2026-11-11|09:00",
    ]


def test_naive_spans_are_refused() -> None:
    """A span without a zone is a programming error that must not pass silently."""
    with pytest.raises(ValueError, match="time zone"):
        slots(schedule("UTC", time(9)), datetime(2026, 1, 1), datetime(2026, 1, 2, tzinfo=UTC))  # noqa: DTZ001 # the naive one is the test
