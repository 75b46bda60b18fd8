"""From what happens to the message that is read: a real ledger, real files, real Apprise."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.model import State
from bot.networks.base import OutcomeUnknown, Rejected, TryLater
from bot.store.witness import NAME
from tests.alerts.stage import HOUR, MINUTE, NINE, Stage, stage

CAPPED = """\
schedules:
  daily:
    campaign: rent-strike
    accounts: [x-main]
    times: ["09:01", "09:02"]
    pick: in_order
"""


@pytest.fixture
def on(tmp_path: Path) -> Iterator[Stage]:
    """A campaign at nine on a Monday, whose daemon ticks for the first time."""
    with stage(tmp_path) as made:
        made.tick()
        yield made


def test_all_is_well_says_nothing(on: Stage) -> None:
    """Nobody reads what comes every day."""
    for _ in range(3):
        on.later(HOUR)
        assert on.tell() == []


def test_an_account_that_needs_a_person(on: Stage) -> None:
    """Told once though it is tried every hour, told again after a day, told when it is over."""
    on.later(timedelta(hours=7, minutes=59))
    for _ in range(6):
        on.networks["x-main"].fail_next(TryLater("401: the keys were revoked", needs_person=True))
    on.later(MINUTE)
    ((title, body),) = on.tell()
    assert title == "Loudhailer: an account needs you"
    assert "x-main is stopped: 401: the keys were revoked" in body
    assert "bot login x-main" in body
    for _ in range(4):
        on.later(5 * HOUR)
        letters = on.tell()
        assert not any("x-main is stopped" in text for _, text in letters)
    on.anew()
    on.later(4 * HOUR)
    letters = on.tell()
    assert "Still so:" in letters[0][1]
    assert "(since Mon 21 Feb 17:00 GMT)" in letters[0][1]
    on.bot.store.unsuspend("x-main", on.now)
    ((title, body),) = on.tell()
    assert title == "Loudhailer: it is over"
    assert "x-main is stopped" in body
    assert on.tell() == []


def test_a_doubt_that_only_a_person_can_settle(on: Stage) -> None:
    """With both commands that settle it, and over once one of them was given."""
    on.later(timedelta(hours=7, minutes=59))
    on.networks["x-main"].fail_next(OutcomeUnknown("read timeout"))
    for _ in range(7):
        on.later(2 * MINUTE)
    (doubt,) = on.bot.store.deliveries(states=(State.IN_DOUBT,))
    body = on.body()
    assert f"Nobody can tell whether {doubt.message} went out on x-main" in body
    assert f"bot resolve {doubt.id} --posted ADDRESS; if not: bot resolve {doubt.id}" in body
    on.bot.store.resolve(doubt.id, None, "anna", on.now)
    assert on.body().startswith("Over:")


def test_refused_and_missed_posts(on: Stage) -> None:
    """What the network refused; then what an outage of a day made late, in one message."""
    on.later(timedelta(hours=7, minutes=59))
    on.networks["x-main"].fail_next(Rejected("too long"))
    on.later(MINUTE)
    body = on.body()
    assert "on x-main, Mon 21 Feb 17:00 GMT, was refused: too long" in body
    assert "bot post rent-strike/" in body
    on.later(timedelta(hours=30))
    on.teller.round()
    title, body = on.inbox.letters[-1]
    assert "did not go out (4)" in title
    assert "a post on x-main, Tue 22 Feb 17:00 GMT, did not go out: missed: nothing was" in body
    on.anew()
    assert on.tell() == []


def test_cancelling_is_no_news(on: Stage) -> None:
    """Whoever cancels a post knows."""
    on.bot.store.pause("all", "anna", "", on.now)
    on.later(8 * HOUR)
    for delivery in on.bot.store.deliveries(states=(State.QUEUED,)):
        on.bot.store.cancel(delivery.id, "anna", on.now)
    assert on.tell() == []


def test_nothing_to_say_tomorrow(on: Stage) -> None:
    """Told when the last message was used; over as soon as there is another one."""
    for path in (on.root / "content/rent-strike/messages").glob("0[2-8].md"):
        path.unlink()
    on.write("messages/01.md", "---\ncard: none\n---\nSaid today.")
    on.later(8 * HOUR)
    body = on.body()
    assert "Nothing goes out on x-main in the coming day: the one post" in body
    assert "nothing left to say" in body
    assert body.count("Nothing goes out") == 2
    on.write("messages/09.md", "---\ncard: none\n---\nSomething new.")
    on.later(HOUR)
    assert on.body().startswith("Over:")


def test_a_schedule_that_has_ended_is_no_news(on: Stage) -> None:
    """The campaign is over, and that is as it should be; a quiet day is, too."""
    schedules = on.root / "schedules.yaml"
    was = schedules.read_text()
    schedules.write_text(was.replace("pick: in_order", "pick: in_order\n    until: 2022-02-21"))
    on.bot.reload()
    on.bot.reload()
    on.later(10 * HOUR)
    assert on.tell() == []
    schedules.write_text("quiet_days: [2022-02-22]\n" + was)
    on.bot.reload()
    on.bot.reload()
    on.later(HOUR)
    assert on.tell() == []


def test_money_runs_out(tmp_path: Path) -> None:
    """At four fifths of the cap, and when the next post would pass it; each once a month."""
    with stage(tmp_path, schedules=CAPPED) as on:
        schedules = on.root / "schedules.yaml"
        text = schedules.read_text().replace(
            "network: x, language: en", "network: x, language: en, limits: {monthly_cap_usd: 0.09}"
        )
        schedules.write_text(text)
        on.bot.reload()
        on.bot.reload()
        on.tick()
        assert on.tell() == []
        on.bot.store.spend("x-main", on.now, "post", on.bot.catalog.prices.post * 5)
        body = on.body()
        assert "x-main comes near its spending cap: $0.08 of $0.09 are spent in 2022-02" in body
        on.bot.store.spend("x-main", on.now, "post", on.bot.catalog.prices.read)
        letters = on.tell()
        assert "has reached its spending cap" in letters[0][1]
        assert "comes near" not in letters[0][1]


def test_submissions_that_wait(on: Stage) -> None:
    """After four hours, not at once: somebody may be about to look."""
    on.write("waiting/kind.md", "---\nlanguage: en\n---\nFrom a volunteer.\n")
    file = on.root / "content/rent-strike/waiting/kind.md"
    os.utime(file, (NINE.timestamp(), NINE.timestamp()))
    on.later(3 * HOUR)
    assert on.tell() == []
    on.later(HOUR)
    body = on.body()
    assert "A submission waits for a person, the oldest since Mon 21 Feb 09:00 GMT" in body
    assert "> bot review" in body
    file.unlink()
    assert on.tell() == []


def test_a_message_whose_hour_comes_unapproved(on: Stage) -> None:
    """A day before, while something can be done; and when it is too late for it."""
    on.write("messages/open.md", "---\nat: 2022-02-22 07:00\n---\nThis needs nobody's word.\n")
    assert on.tell() == []
    on.write("messages/verdict.md", "---\nat: 2022-02-22 08:00\napproval: required\n---\nFreed!\n")
    body = on.body()
    assert "rent-strike/verdict is to go out Tue 22 Feb 08:00 GMT, and may not" in body
    on.later(24 * HOUR)
    assert not any("verdict" in text for _, text in on.tell())
    on.later(3 * HOUR)
    body = on.body()
    assert "rent-strike/verdict, Tue 22 Feb 08:00 GMT, did not go out, for want of" in body


def test_errors_in_the_files(on: Stage) -> None:
    """After ten minutes: whoever saves a slip has a while to see it."""
    on.write("messages/bad.md", "---\nacton: sign\n---\nA slip.\n")
    on.tell()
    on.later(9 * MINUTE)
    assert on.tell() == []
    on.later(2 * MINUTE)
    body = on.body()
    assert "The files have an error since Mon 21 Feb 09:00 GMT" in body
    assert "bad.md:2:1" in body
    on.write("messages/bad.md", "No slip.\n")
    assert on.body().startswith("Over:")


def test_an_account_without_keys(on: Stage) -> None:
    """`bot run` goes on with the others, so it has to be said."""
    del on.bot.settings.environment["MASTO_EN_ACCESS_TOKEN"]  # type: ignore[attr-defined] # a dict
    body = on.body()
    assert "masto-en posts nothing: it has no keys here" in body
    assert "> bot login masto-en" in body


def test_a_tick_that_does_not_end(on: Stage) -> None:
    """The telling is no part of the ticking, so it can tell of it."""
    on.time[0] += 6 * MINUTE
    body = on.body()
    assert "has not come to the end of its work since Mon 21 Feb 09:00 GMT" in body
    on.later(MINUTE)
    assert on.body().startswith("Over:")


def test_a_ledger_that_cannot_be_written(on: Stage) -> None:
    """Told once though nothing can be written down, and written down once it can be."""
    ledger = on.bot.settings.data / "loudhailer.db"
    on.bot.store.close()
    saved = ledger.read_bytes()
    for part in ledger.parent.glob("loudhailer.db*"):
        part.unlink()
    ledger.write_bytes(b"this is no database at all" * 400)
    on.pulse.troubled("the ledger loudhailer.db did not answer: disk full", on.now)
    on.time[0] += 2 * MINUTE
    body = on.body()
    assert "Nothing can be posted since Mon 21 Feb 09:00 GMT: the ledger" in body
    on.time[0] += 2 * MINUTE
    assert on.tell() == []
    on.bot.store.close()
    for part in ledger.parent.glob("loudhailer.db*"):
        part.unlink()
    ledger.write_bytes(saved)
    on.tick()
    ((title, body),) = on.tell()
    assert title == "Loudhailer: it is over"
    on.anew()
    assert on.tell() == []
    assert [row.key for row in on.bot.store.alerts(NINE) if row.times] == ["ledger:here"]


def test_a_ledger_that_was_put_back(on: Stage) -> None:
    """Told once, though the ledger knows for ever that it is a copy."""
    on.tell()
    (on.bot.settings.data / NAME).unlink()
    on.bot.store.watch(on.bot.settings.data)  # as a new process does: it has seen nothing itself
    on.tick()
    body = on.body()
    assert "The ledger was put back: " in body
    assert "approvals, returns, holds" in body
    for days in range(1, 7):
        on.time[0] = NINE + timedelta(days=days)
        on.pulse.ticked(on.now, 0.1)
        on.anew()
        assert not any("put back" in text for _, text in on.tell())
