"""Half a campaign, a backup, the other half, the backup put back: nothing twice, nothing lost."""

from __future__ import annotations

import select
import signal
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic

import pytest

from bot.sandbox import Sandbox
from bot.store import Store
from tests.e2e.world import bot, daemon, make_root, wait_for_line

HALF = 3


def write(root: Path, numbers: range) -> None:
    """Write messages that are due now, some with a card."""
    folder = root / "content" / "rent-strike" / "messages"
    at = datetime.now(UTC) - timedelta(minutes=1)
    for number in numbers:
        front = f"at: {at:%Y-%m-%dT%H:%M}+00:00\naccounts: [x-main, masto-en]\n"
        card = "" if number % 4 == 0 else "card: none\n"
        text = f"Tenant {number} says: freeze the rents & mend {'abcd'[number % 4]}{number}!"
        (folder / f"m{number}.md").write_text(f"---\n{front}{card}---\n{text}\n", encoding="utf-8")


def run_until_sent(root: Path, sent: int) -> None:
    """Have the daemon at work until so many are posted, and stop it."""
    ledger = root / "data/sandbox/loudhailer.db"
    counts: dict[str, int] = {}
    with daemon(root, "--sandbox", "--port", "0") as process:
        wait_for_line(process, "started")
        assert process.stderr is not None
        deadline = monotonic() + 150
        while monotonic() < deadline:
            if select.select([process.stderr], [], [], 0.5)[0]:
                process.stderr.readline()
                continue
            with Store.open(f"sqlite:///{ledger}") as store:
                counts = store.counts_by_state()
            if counts["sent"] == sent and not counts["queued"] + counts["in_doubt"]:
                break
        process.send_signal(signal.SIGTERM)
        process.stderr.read()
        process.wait()
    assert counts["sent"] == sent, counts


@pytest.mark.timeout(390)
def test_a_backup_that_is_put_back_posts_nothing_twice(tmp_path: Path) -> None:
    """Both networks, over HTTP, as an operator would do it."""
    root = make_root(tmp_path, {})
    write(root, range(HALF))
    run_until_sent(root, 2 * HALF)
    said = bot(root, "backup", "--sandbox", "copy.db").stdout
    assert "whole from end to end" in said
    write(root, range(HALF, 2 * HALF))
    run_until_sent(root, 4 * HALF)
    said = bot(root, "restore", "--sandbox", "copy.db").stdout
    assert "looked for on your own timelines" in said.replace("\n", " ")
    run_until_sent(root, 4 * HALF)

    with Sandbox(root / "data/sandbox/sandbox.db", clock=lambda: datetime.now(UTC)) as sandbox:
        posts = sandbox.posts()
    said_once = Counter((p.account, p.text) for p in posts)
    assert set(said_once.values()) == {1}
    assert len(posts) >= 4 * HALF
    said = bot(root, "status", "--sandbox").stdout
    assert "a backup was put in its place" in said
    assert "all that may be posted was looked for" in said
    wrong = bot(root, "restore", "--sandbox", "schedules.yaml", check=False)
    assert wrong.returncode == 1
    assert "schedules.yaml is damaged, or no ledger" in wrong.stderr
