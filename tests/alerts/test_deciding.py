"""Told once, again after a day, and when it is over: whatever fails in between."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telling import Alert, Decision, Kind, Told, decide, digest_key, wanted_digest, worded
from bot.telling.decide import FLAPS, REMIND_AFTER

NINE = datetime(2022, 2, 21, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LONDON = ZoneInfo("Europe/London")
KEYS = {
    "account:x": Kind.ACCOUNT,
    "doubt:1": Kind.DOUBT,
    "undone:2": Kind.MISSED,
    "spending:x": Kind.SPENDING,
}


def alert(key: str, since: datetime = NINE, what: str = "") -> Alert:
    """An alert under a key."""
    return Alert(key, KEYS[key], what or f"{key} is so", "bot status", since)


class Operator:
    """Who is told, with the ledger that remembers it."""

    def __init__(self) -> None:
        self.rows: dict[str, Told] = {}
        self.heard: list[tuple[datetime, str, str]] = []

    def look(self, alerts: list[Alert], now: datetime, *, taken: bool = True) -> Decision:
        """One round, as the teller makes it."""
        decision = decide(alerts, self.rows, now)
        self.rows.update({row.key: row for row in decision.unspoken})
        if decision and taken:
            for way in ("news", "reminders", "over"):
                self.heard += [(now, way, row.key) for row in getattr(decision, way)]
            self.rows.update({row.key: row for row in decision.told(now)})
        return decision


def test_once_then_daily_then_over() -> None:
    """The whole life of an alert that lasts for two days."""
    operator = Operator()
    for minutes in range(0, 2 * 24 * 60 + 60, 30):
        operator.look([alert("account:x")], NINE + minutes * MINUTE)
    operator.look([], NINE + timedelta(days=3))
    operator.look([], NINE + timedelta(days=4))
    assert [(at - NINE, way) for at, way, _ in operator.heard] == [
        (timedelta(0), "news"),
        (REMIND_AFTER, "reminders"),
        (2 * REMIND_AFTER, "reminders"),
        (timedelta(days=3), "over"),
    ]


def test_what_happened_is_told_once_and_never_over() -> None:
    """A missed post is a fact: neither repeated nor taken back."""
    operator = Operator()
    for hours in range(60):
        now = NINE + timedelta(hours=hours)
        operator.look([alert("undone:2")] if hours < 24 else [], now)
    assert [way for _, way, _ in operator.heard] == ["news"]


def test_what_happened_is_told_even_late() -> None:
    """A mail server that is down for two days loses nothing, though the look-back is a day."""
    operator = Operator()
    operator.look([alert("undone:2")], NINE, taken=False)
    operator.look([], NINE + timedelta(days=2))
    assert [(way, key) for _, way, key in operator.heard] == [("news", "undone:2")]


def test_what_flaps_is_told_once_an_hour() -> None:
    """On and off every five minutes, for two hours: not twenty-four messages."""
    operator = Operator()
    for n in range(25):
        operator.look([alert("account:x")] if n % 2 == 0 else [], NINE + 5 * n * MINUTE)
    assert len(operator.heard) <= 6


def test_what_was_gone_before_anybody_heard_is_not_told() -> None:
    """Neither that it began nor that it is over."""
    operator = Operator()
    operator.look([alert("account:x")], NINE, taken=False)
    operator.look([], NINE + MINUTE)
    assert operator.heard == []
    assert operator.rows["account:x"].ended_at is not None


def test_what_was_not_looked_at_is_not_over() -> None:
    """A ledger that cannot be read says nothing about accounts."""
    operator = Operator()
    operator.look([alert("account:x")], NINE)
    decision = decide([], operator.rows, NINE + MINUTE, known=[Kind.LEDGER])
    assert not decision
    assert not decision.unspoken


@given(
    st.lists(
        st.tuples(
            st.sets(st.sampled_from(sorted(KEYS))),
            st.integers(-120, 3000),
            st.booleans(),
        ),
        max_size=40,
    )
)
def test_nothing_is_told_too_often_or_forgotten(
    rounds: list[tuple[set[str], int, bool]],
) -> None:
    """Any coming and going, any clock, any failing: each is told once an hour at the most.

    And at the end, once the sending works again, there is nothing that holds and is untold.
    """
    operator = Operator()
    now = NINE
    for keys, minutes, taken in rounds:
        now += minutes * MINUTE
        operator.look([alert(key) for key in sorted(keys)], now, taken=taken)
    for key, kind in KEYS.items():
        of_key = [(at, way) for at, way, heard in operator.heard if heard == key]
        for (before, was), (after, way) in pairwise(of_key):
            if way == "news":
                assert not kind.happens
                assert abs(after - before) >= FLAPS
            elif way == "reminders":
                assert kind.is_repeated
                assert abs(after - before) >= REMIND_AFTER
            else:
                assert was in ("news", "reminders")
    holding = rounds[-1][0] if rounds else set()
    operator.look([alert(key) for key in sorted(holding)], now + timedelta(days=1))
    for key in holding:
        assert any(heard == key for _, way, heard in operator.heard if way == "news")
    again = decide([alert(key) for key in holding], operator.rows, now + timedelta(days=1))
    assert not again


def test_a_burst_is_one_message() -> None:
    """A hundred posts missed by an outage: one title, a few lines, and the number."""
    rows = [
        Told(f"undone:{n}", Kind.MISSED, NINE, None, None, 0, f"post {n} did not go out\nbot post")
        for n in range(100)
    ]
    words = worded(Decision(news=tuple(rows)), "Loudhailer", LONDON)
    assert words.title == "Loudhailer: did not go out (100)"
    assert "and 92 more" in words.body
    assert len(words.body) < 1500


HAVANA = ZoneInfo("America/Havana")


def digests(start: datetime, looks: list[timedelta], zone: ZoneInfo, at: time) -> list[str]:
    """The days of which a digest is sent, looking at these moments in this order."""
    sent: list[str] = []
    for offset in looks:
        day = wanted_digest(at, zone, start + offset, sent)
        if day is not None:
            sent.append(digest_key(day))
    return sent


@pytest.mark.parametrize("at", [time(0, 0), time(0, 30), time(2, 30), time(8, 0), time(23, 59)])
@pytest.mark.parametrize("zone", [LONDON, HAVANA, ZoneInfo("Australia/Lord_Howe")])
def test_a_digest_a_day_for_a_year(zone: ZoneInfo, at: time) -> None:
    """Hours that the clocks skip or repeat included: no day left out, none twice."""
    start = datetime(2022, 1, 1, 12, tzinfo=UTC)
    sent = digests(start, [20 * n * MINUTE for n in range(365 * 72)], zone, at)
    first = date.fromisoformat(sent[0].removeprefix("digest:"))
    assert len(sent) in (365, 366)
    assert sent == [digest_key(first + timedelta(days=n)) for n in range(len(sent))]


@given(st.lists(st.integers(-3000, 3000), max_size=30))
def test_a_clock_that_jumps_sends_no_digest_twice(jumps: list[int]) -> None:
    """Back and forth by days: no day's digest goes out a second time."""
    now, looks = timedelta(0), []
    for minutes in jumps:
        now += minutes * MINUTE
        looks.append(now)
    sent = digests(NINE, looks, LONDON, time(8))
    assert len(sent) == len(set(sent))


def test_a_digest_that_is_hours_late_is_left_out() -> None:
    """Whoever starts the bot in the evening does not get the morning's."""
    assert wanted_digest(time(8), LONDON, NINE, []) is not None
    assert wanted_digest(time(8), LONDON, NINE + timedelta(hours=5), []) is None
    assert wanted_digest(None, LONDON, NINE, []) is None
    assert wanted_digest(time(8), LONDON, NINE - timedelta(hours=2), []) is None
