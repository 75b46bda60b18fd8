"""After a week of downtime nothing bursts: the whole tick in virtual time, on two networks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from bot.app import Bot, open_bot
from bot.jobs.refresh import next_slot
from bot.model import Account, Missed, State
from bot.networks.base import TryLater
from bot.networks.memory import MemoryNetwork
from bot.settings import Settings
from tests.e2e.world import make_root

START = datetime(2022, 2, 21, 8, 30, tzinfo=UTC)
BACK = START + timedelta(days=7, hours=2, minutes=45)
"""A quarter past eleven, a week later; London is at UTC then."""
MINUTE = timedelta(minutes=1)
PER_DAY = 9

ACCOUNTS = f"""\
timezone: Europe/London
samples: [1d]
accounts:
  x-main:
    network: x
    language: en
    quiet_hours: "21:00-08:00"
    limits: {{posts_per_day: {PER_DAY}}}
  masto-en:
    network: mastodon
    server: "https://mastodon.example"
    language: en
    quiet_hours: "21:00-08:00"
    limits: {{posts_per_day: {PER_DAY}, least_gap: 10m}}
"""

SCHEDULES = """\
schedules:
  hours:
    campaign: rent-strike
    accounts: [x-main, masto-en]
    times: ["09:00", "11:00", "13:00", "17:00"]
    pick: in_order
    missed: {missed}
    late: {late}
  halves:
    campaign: rent-strike
    accounts: [x-main, masto-en]
    times: ["10:30", "18:30"]
    pick: shuffle
    missed: {missed}
    late: {late}
"""


def messages() -> dict[str, str]:
    """Enough to say, a thread among it, and two with a time of their own."""
    found = {
        f"{n:03}.md": f"---\ncard: none\n---\nReason number {n} to freeze the rents now.\n"
        for n in range(90)
    }
    found["005.md"] = (
        "---\ncard: none\nthread: [And the second half of it., And its end.]\n---\n"
        "A long story in three parts begins here.\n"
    )
    for name, at in (("early", "2022-02-24T12:00+00:00"), ("late", "2022-02-28T10:45+00:00")):
        found[f"{name}.md"] = f"---\ncard: none\nat: {at}\n---\nOn its day only: {name}.\n"
    return found


@contextmanager
def bot_that_was_down(
    root: Path, missed: Missed, late: str
) -> Iterator[tuple[Bot, list[datetime]]]:
    """A bot that looked once at its plan, and then was not there for a week."""
    make_root(root, messages(), SCHEDULES.format(missed=missed.value, late=late), ACCOUNTS)
    now = [START]

    def connect(account: Account) -> MemoryNetwork:
        return MemoryNetwork(account, clock=lambda: now[0])

    with open_bot(Settings(root, {}), lambda: now[0], connect_with=connect) as bot:
        bot.watch_clock, bot.draws_ahead, bot.asks_limits = False, False, False
        bot.tick()
        now[0] = BACK
        yield bot, now


def run(bot: Bot, now: list[datetime], span: timedelta) -> None:
    """Let it work; it wakes when something is due."""
    end = now[0] + span
    while now[0] < end:
        bot.tick()
        wakes = [bot.store.next_due(now[0]), next_slot(bot.catalog, now[0], span)]
        due = min((at for at in wakes if at is not None), default=end)
        now[0] = max(due, now[0] + MINUTE)


@pytest.mark.parametrize("late", ["2h", "7d"])
@pytest.mark.parametrize("missed", list(Missed))
def test_after_a_week_of_downtime_nothing_bursts(tmp_path: Path, missed: Missed, late: str) -> None:
    """Each mode, several schedules on one account, threads, fixed posts, quiet hours, gaps."""
    with bot_that_was_down(tmp_path, missed, late) as (bot, now):
        many = missed is Missed.SPACE_OUT and late == "7d"
        run(bot, now, timedelta(hours=30 if many else 12))
        for name, gap in (("x-main", 5), ("masto-en", 10)):
            network = bot.network(name)
            assert isinstance(network, MemoryNetwork)
            firsts = [p for p in network.posts if p.draft.in_reply_to is None]
            times = [post.at for post in firsts]
            assert times, "it went on posting"
            assert all(later - earlier >= gap * MINUTE for earlier, later in pairwise(times))
            assert all(8 <= at.hour < 21 for at in times)
            assert max(Counter(at.date() for at in times).values()) <= PER_DAY
            texts = [post.draft.text for post in network.posts]
            assert len(texts) == len(set(texts))
            old = [d for d in bot.store.deliveries(account=name) if d.due < BACK and d.part == 0]
            assert {d.state for d in old} <= {State.SENT, State.SKIPPED, State.QUEUED}
            assert all(d.reason for d in old if d.state is State.SKIPPED)
            sent = [d for d in old if d.state is State.SENT]
            drawn = [d for d in sent if d.schedule is not None]
            if missed is Missed.SKIP:
                assert drawn == []
            elif missed is Missed.LATEST:
                newest = {d.schedule: d.due for d in sorted(old, key=lambda d: d.due)}
                assert {d.schedule: d.due for d in drawn} == {
                    schedule: at for schedule, at in newest.items() if schedule is not None
                }
            else:
                assert len(drawn) >= (2 if late == "2h" else 3)
                if many:  # so they take their time
                    claims = sorted(d.claimed_at for d in drawn if d.claimed_at)
                    assert all(b - a >= 30 * MINUTE for a, b in pairwise(claims))
            # What had its own time within two hours is said, what had it on Thursday is not.
            assert "On its day only: early." not in " ".join(texts)
            assert ("On its day only: late." in " ".join(texts)) == any(
                d.schedule is None for d in sent
            )


def test_a_server_that_was_down_is_a_downtime_too(tmp_path: Path) -> None:
    """We were there, and the network was not: its return is no burst either."""
    with bot_that_was_down(tmp_path, Missed.LATEST, "1d") as (bot, now):
        now[0] = BACK + timedelta(days=1)  # a new day, at a quarter past eleven
        bot.tick()
        network = bot.network("masto-en")
        assert isinstance(network, MemoryNetwork)
        before = len(network.posts)
        for _ in range(60):
            network.fail_next(TryLater("connection refused"))
        while not any(d.tries > 3 for d in bot.store.deliveries(account="masto-en")):
            run(bot, now, timedelta(hours=1))
        assert len(network.posts) == before
        run(bot, now, timedelta(hours=8))
        posted = [p for p in network.posts[before:] if p.draft.in_reply_to is None]
        assert len(posted) <= 2, "the newest of each schedule"
