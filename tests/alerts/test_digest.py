"""The message of the morning, and the settings of all this."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path

import pytest

from bot.at_home import heartbeat_problem
from bot.networks.base import Rejected
from bot.settings import Settings, SettingsError, read_settings
from tests.alerts.stage import HOUR, MINUTE, NINE, stage


def test_what_a_digest_tells(tmp_path: Path) -> None:
    """Yesterday, today, what waits, what it cost: and nothing else on a quiet day."""
    with stage(tmp_path, time(8)) as on:
        on.tell()
        assert on.inbox.titles == ["Loudhailer: Mon 21 Feb, 4 to come, 0 sent yesterday"]
        on.inbox.letters.clear()
        on.tick()
        on.later(7 * HOUR + 59 * MINUTE)
        on.networks["x-main"].fail_next(Rejected("too long"))
        on.later(MINUTE)
        on.tell()
        on.inbox.letters.clear()
        on.bot.store.pause("account:x-main", "anna", "", on.now)
        on.later(15 * HOUR)
        ((title, body),) = on.tell()
    assert title == "Loudhailer: Tue 22 Feb, 4 to come, 3 sent yesterday, 1 not"
    assert body.startswith("Posted yesterday: 3\n- 09:00 x-main: rent-strike/01 memory://")
    assert "Not posted yesterday: 1\n- 17:00 x-main rent-strike/02: too long" in body
    assert "PAUSED: account:x-main; until bot resume" in body
    assert "Coming today: 4\n- 09:00 masto-en: rent-strike/03" in body


def test_a_digest_a_day_over_restarts(tmp_path: Path) -> None:
    """Four days of looks every two hours, a new process each time, the clock once set back."""
    with stage(tmp_path, time(8)) as on:
        for n in range(46):
            on.time[0] = NINE + (n - (3 if 14 < n < 18 else 0)) * 2 * HOUR
            on.pulse.ticked(on.now, 0.1)
            on.anew()
            on.teller.round()
        days = [title.partition(",")[0] for title in on.inbox.titles if "to come" in title]
    assert days == [f"Loudhailer: {day} Feb" for day in ("Mon 21", "Tue 22", "Wed 23", "Thu 24")]


def test_a_digest_that_nobody_takes_is_tried_again(tmp_path: Path) -> None:
    """And counts as sent only then."""
    with stage(tmp_path, time(9, 30)) as on:
        on.later(30 * MINUTE)
        on.inbox.status = 503
        on.tell()
        on.tell()
        assert on.inbox.tried == 1
        on.inbox.status = 200
        on.teller.addresses._all[0].next_try = 0
        assert len(on.tell()) == 1
        on.later(HOUR)
        assert on.tell() == []


def test_a_clock_in_doubt(tmp_path: Path) -> None:
    """By a clock that is a year ahead nothing is looked at: neither reminders nor a digest."""
    with stage(tmp_path, time(8)) as on:
        on.tick()
        on.bot.store.suspend("x-main", None, "401", True, on.now)
        on.tell()
        on.inbox.letters.clear()
        on.bot.watch_clock = True
        on.tick()
        on.time[0] += timedelta(days=365)
        on.bot.tick()
        on.pulse.ticked(on.now, 0.1)
        ((title, body),) = on.tell()
        assert title == "Loudhailer: the clock is in doubt"
        assert "The machine's clock was set forward by" in body
        assert on.tell() == []


def test_an_account_error_is_in_the_digest_too(tmp_path: Path) -> None:
    """Who reads nothing but the digest still sees what waits."""
    with stage(tmp_path, time(9, 30)) as on:
        on.tick()
        on.later(29 * MINUTE)
        on.bot.store.suspend("x-main", None, "401", True, on.now)
        on.tell()
        on.later(MINUTE)
        body = on.body()
    assert "Needs you:\n- x-main is stopped: 401" in body


@pytest.mark.parametrize(
    ("url", "fine"),
    [
        ("https://hc-ping.com/uuid", True),
        ("http://127.0.0.1:3001/api/push/x", True),
        ("http://[::1]/x", True),
        ("http://10.1.2.3/x", True),
        ("http://uptime-kuma:3001/x", True),
        ("http://kuma.lan/x", True),
        ("http://hc-ping.com/sekret", False),
        ("http://8.8.8.8/sekret", False),
        ("ftp://hc-ping.com/sekret", False),
        ("sekret", False),
        ("http://[sekret", False),
    ],
)
def test_where_a_heartbeat_may_go(url: str, fine: bool) -> None:
    """By https anywhere, by http at home; a refusal does not repeat the secret."""
    problem = heartbeat_problem(url)
    assert (problem == "") == fine
    assert "sekret" not in problem


def test_settings_of_being_told(tmp_path: Path) -> None:
    """An hour that is none is an error; an empty one in .env turns the digest off."""
    assert Settings(tmp_path).digest_at == time(8)
    assert Settings(tmp_path, {"ALERT_DIGEST_AT": "17:45"}).digest_at == time(17, 45)
    with pytest.raises(SettingsError, match='"8": write a time of day, like 08:00'):
        _ = Settings(tmp_path, {"ALERT_DIGEST_AT": "8"}).digest_at
    (tmp_path / ".env").write_text("ALERT_DIGEST_AT=\nMETRICS_PORT=\n")
    read = read_settings(tmp_path, {})
    assert read.digest_at is None
    assert read.metrics_address is None
    assert Settings(tmp_path, {"METRICS_PORT": "9187"}).metrics_address == ("127.0.0.1", 9187)
    for wrong in ("0", "70000", "x", "-1"):
        with pytest.raises(SettingsError, match="METRICS_PORT is"):
            _ = Settings(tmp_path, {"METRICS_PORT": wrong}).metrics_address
