"""kill -9 of a real process, before and after posts are made: each is there exactly once."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

from bot.model import Draft, NetworkName, Post, PostState, State
from bot.store import Store
from tests.ledger.killed import ACCOUNTS
from tests.ledger.world import NINE

ROOT = Path(__file__).resolve().parents[2]
POSTS = 30
KILLS = 6


def test_kill_dash_nine(tmp_path: Path) -> None:
    """Killed six times in thirty posts to servers that know no keys, and restarted."""
    address = f"sqlite:///{tmp_path / 'ledger.db'}"
    with Store.open(address) as store:
        store.enqueue([_post(number) for number in range(POSTS)], NINE)
    moments = random.Random(20220221)  # noqa: S311 - moments to be killed at, not secrets
    for started in range(KILLS):
        _start(tmp_path, started, kill_after=moments.randrange(1, 9))
    _start(tmp_path, KILLS, kill_after=None)
    written = [
        text for a in ACCOUNTS for text in (tmp_path / f"{a.name}.txt").read_text().splitlines()
    ]
    assert sorted(written) == sorted(f"text {number}" for number in range(POSTS))
    with Store.open(address) as store:
        assert store.counts_by_state()[State.SENT] == POSTS
        told = [event.event for event in store.events(last=1000)]
    assert told.count("interrupted") >= KILLS


def _start(folder: Path, started: int, kill_after: int | None) -> None:
    """Let the bot work until it has come to so many of its points, or to the end."""
    command = [sys.executable, "-m", "tests.ledger.killed", str(folder), str(started)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, bufsize=0) as bot:  # noqa: S603 - our own code
        assert bot.stdin is not None
        assert bot.stdout is not None
        points = 0
        while bot.stdout.read(1):
            points += 1
            if points == kill_after:
                bot.kill()
                return
            bot.stdin.write(b".")
        assert kill_after is None
        assert bot.wait() == 0


def _post(number: int) -> Post:
    account = ACCOUNTS[number % 2].name
    return Post(
        at=NINE,
        slot=f"s|{number}",
        account=account,
        network=NetworkName.MASTODON,
        campaign="c",
        message=f"c/{number}",
        state=PostState.PLANNED,
        schedule="s",
        draft=Draft(account, NetworkName.MASTODON, f"text {number}", "en", 7, 500),
    )
