"""A machine that starts in the past: what people see of it, and how they end it."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.app import open_bot
from bot.settings import read_settings
from bot.store import Store
from tests.e2e.world import bot, bot_json, make_root

TOMORROW = timedelta(days=1)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A campaign whose ledger was last kept in another boot, by a clock of tomorrow."""
    made = make_root(tmp_path, {"first.md": "The rents rise again."})
    with Store.open(f"sqlite:///{made / 'data/loudhailer.db'}") as store:
        store.note_clock(datetime.now(UTC) + TOMORROW, TOMORROW, "another boot")
    return made


def test_people_see_that_the_clock_is_in_doubt_and_may_end_it(root: Path) -> None:
    """`bot clock` and `bot status` say so; after `bot clock --right` neither does."""
    asked = bot(root, "clock", check=False)
    assert asked.returncode == 1
    assert "Nothing is posted until it has passed that" in asked.stdout
    assert "CLOCK:" in bot(root, "status").stdout
    assert "posting goes on" in bot(root, "clock", "--right").stdout
    assert bot_json(root, "status", "--json")["clock"] is None
    assert "clock right" in bot(root, "log").stdout


def test_a_tick_does_nothing_and_says_why_once(
    root: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Not even a first look at the plan, which would date the bot's beginning."""
    with (
        caplog.at_level(logging.ERROR, "bot"),
        open_bot(read_settings(root), lambda: datetime.now(UTC)) as made,
    ):
        reports = [made.tick() for _ in range(3)]
        assert made.store.began() is None
    assert all("Nothing is posted" in report.troubles[0] for report in reports)
    assert len([r for r in caplog.records if "Nothing is posted" in r.message]) == 1


def test_a_person_cannot_post_by_a_clock_in_doubt_either(root: Path) -> None:
    """`bot post` says why, as the daemon does; it would be dated by that clock."""
    (root / ".env").touch(0o600)
    (root / ".env").write_text("MASTO_EN_ACCESS_TOKEN=x\n")
    asked = bot(root, "post", "first", "--account", "masto-en", check=False)
    assert asked.returncode != 0
    assert "Nothing is posted until it has passed that" in asked.stderr
