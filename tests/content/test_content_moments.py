"""Dates and times: in whose zone, to which end of the day, and where clocks change."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.content.repo import Repo

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2022-02-25 10:00", datetime(2022, 2, 25, 9, tzinfo=UTC)),
        ("2022-02-25T10:00", datetime(2022, 2, 25, 9, tzinfo=UTC)),
        ("2022-2-5 9:05", datetime(2022, 2, 5, 8, 5, tzinfo=UTC)),
        ("2022-02-25T10:00:00Z", datetime(2022, 2, 25, 10, tzinfo=UTC)),
        ("2022-02-25 10:00+05:30", datetime(2022, 2, 25, 4, 30, tzinfo=UTC)),
        ("2022-02-25 10:00 -0300", datetime(2022, 2, 25, 13, tzinfo=UTC)),
    ],
)
def test_ways_to_write_a_time(repo: Repo, written: str, expected: datetime) -> None:
    """Without an offset it is the campaign's zone that counts, with one the offset."""
    at = repo.one(f"at: {written}").at
    assert at == expected
    assert at.tzinfo == PARIS


@pytest.mark.parametrize(
    "written",
    [
        "2022-02-25 25:00",
        "2022-02-25 10",
        "25 Feb 2022",
        "2022-13-01 10:00",
        "0001-01-01 00:00",
        "9999-12-31 23:59",
        "2022-02-25 10:00+99:00",
        "2022-02-25 10:00 CET",
        "20220225",
        "2022-W08-5",
        "1645783200",
    ],
)
def test_ways_not_to_write_a_time(repo: Repo, written: str) -> None:
    """What could mean two things, or nothing, is refused where it stands."""
    [problem] = repo.says(f"at: {written}")
    assert problem.startswith("2:5: at: ")


def test_the_zone_of_schedules_counts_where_the_campaign_has_none(repo: Repo) -> None:
    """One zone is enough for most."""
    repo.change_campaign("timezone: Europe/Paris\n", "")
    at = repo.one("at: 2022-07-01 10:00").at
    assert at == datetime(2022, 7, 1, 9, tzinfo=UTC)


def test_a_date_is_true_to_its_end(repo: Repo) -> None:
    """`true_until: 2024-06-24` holds all that day, in the campaign's zone."""
    message = repo.one("true_until: 2024-06-24")
    assert message.is_true_at(datetime(2024, 6, 24, 23, 59, tzinfo=PARIS))
    assert not message.is_true_at(datetime(2024, 6, 25, tzinfo=PARIS))


def test_a_date_begins_at_its_midnight(repo: Repo) -> None:
    """`not_before: 2024-06-24` begins with that day."""
    message = repo.one("not_before: 2024-06-24")
    assert message.is_true_at(datetime(2024, 6, 24, tzinfo=PARIS))
    assert not message.is_true_at(datetime(2024, 6, 23, 23, 59, tzinfo=PARIS))


def test_bounds_hold_across_a_clock_change(repo: Repo) -> None:
    """Within one zone Python compares wall clocks, which go back: bounds are kept in UTC."""
    message = repo.one("true_until: 2022-10-30T01:00Z")  # 02:00 in Paris, the second time
    first = datetime(2022, 10, 30, 2, 30, tzinfo=PARIS, fold=0)  # 00:30 UTC
    second = datetime(2022, 10, 30, 2, 30, tzinfo=PARIS, fold=1)  # 01:30 UTC
    assert message.is_true_at(first)
    assert not message.is_true_at(second)


def test_a_time_that_the_clocks_jump_over(repo: Repo) -> None:
    """It is moved forward, and a warning says to when."""
    says = repo.says("at: 2022-03-27 02:30")
    assert says == [
        (
            "2:5: at: 02:30 does not exist in Europe/Paris on 2022-03-27, when the clocks go "
            "forward; 03:30 (+0200) is used"
        )
    ]
    at = repo.load().catalog.messages["water/new"].at
    assert at == datetime(2022, 3, 27, 1, 30, tzinfo=UTC)


def test_a_time_that_comes_twice(repo: Repo) -> None:
    """The first is used, and a warning says so."""
    says = repo.says("at: 2022-10-30 02:30")
    assert says == [
        (
            "2:5: at: 02:30 comes twice in Europe/Paris on 2022-10-30, when the clocks go back; "
            "the first (+0200) is used"
        )
    ]
    at = repo.load().catalog.messages["water/new"].at
    assert at is not None
    assert at.astimezone(UTC) == datetime(2022, 10, 30, 0, 30, tzinfo=UTC)


def test_an_event_of_whole_days(repo: Repo) -> None:
    """Its days begin at midnight where it takes place; the last day is named, not the next."""
    repo.change_campaign(
        "    starts: 2022-02-25\n",
        "    starts: 2022-02-15\n    ends: 2022-02-25\n    timezone: America/New_York\n",
    )
    march = repo.load().catalog.campaigns["water"].actions["march"]
    assert march.all_day
    assert march.starts == datetime(2022, 2, 15, 5, tzinfo=UTC)
    assert march.ends == datetime(2022, 2, 25, 5, tzinfo=UTC)
    assert march.ends.tzinfo == ZoneInfo("America/New_York")


def test_an_event_with_its_hour(repo: Repo) -> None:
    """A date and time, in the campaign's zone where it names none."""
    repo.change_campaign("starts: 2022-02-25\n", "starts: 2022-02-25 18:00\n")
    march = repo.load().catalog.campaigns["water"].actions["march"]
    assert not march.all_day
    assert march.starts == datetime(2022, 2, 25, 17, tzinfo=UTC)
