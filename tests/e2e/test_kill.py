"""The power goes off, again and again: each post exactly once."""

from __future__ import annotations

import random
import select
import signal
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic

import pytest

from bot.model import State
from bot.sandbox import Sandbox
from bot.store import Store
from tests.e2e.world import daemon, make_root, wait_for_line

KILLS = 6
EACH = 5
"""Messages that fall due before each life."""
POSTS = 2 * EACH * (KILLS + 1)


def _message(number: int, at: datetime) -> str:
    card = "" if number % 5 == 0 else "card: none\n"
    front = f"---\nat: {at:%Y-%m-%dT%H:%M}+00:00\naccounts: [x-main, masto-en]\n{card}---\n"
    say = f"Tenant {number} of the house says: freeze the rents & mend {'abc'[number % 3]}{number}!"
    return f"{front}{say}\n"


@pytest.mark.timeout(240)
def test_kill_9_at_random_moments_posts_each_exactly_once(tmp_path: Path) -> None:
    """Seventy deliveries, six kills in their midst, then a restart: none lost, none twice."""
    root = make_root(tmp_path, {})
    with daemon(root, "--sandbox", "--port", "0") as first:
        wait_for_line(first, "sandbox")
        store = _ledger_when_it_is_there(root, first)
    messages = root / "content" / "rent-strike" / "messages"
    now = datetime.now(UTC) - timedelta(minutes=1)

    chance = random.Random(20220221)  # noqa: S311 # a reproducible torture, not a secret
    killed_midway = 0
    with store:
        for life in range(KILLS):
            _write(messages, life, now)
            sent = store.counts_by_state()["sent"]
            with daemon(root, "--sandbox", "--port", "0") as process:
                # However fast or slow the machine is, it is in their midst.
                _let_it_send(process, store, sent + chance.randrange(EACH))
                _let_it_run(process, chance.uniform(0.0, 0.1))
                process.send_signal(signal.SIGKILL)
                process.wait()
            counts = store.counts_by_state()
            killed_midway += bool(counts["sent"]) and bool(counts["queued"] or counts["sending"])
        _write(messages, KILLS, now)
        with daemon(root, "--sandbox", "--port", "0") as process:
            _let_it_send(process, store, POSTS)
        assert all(d.state is State.SENT for d in store.deliveries())
        receipts = {(d.account, d.receipt.remote_id) for d in store.deliveries() if d.receipt}
    assert killed_midway >= KILLS // 2, "the kills missed the deliveries: this test showed nothing"

    with Sandbox(root / "data/sandbox/sandbox.db", clock=lambda: datetime.now(UTC)) as sandbox:
        posts = sandbox.posts()
    said = Counter((p.account, p.text) for p in posts)
    assert len(posts) == len(said) == POSTS, [k for k, n in said.items() if n > 1]
    assert {(p.account, p.id) for p in posts} == receipts
    assert all(len(p.media) == _has_card(p.text) for p in posts)


def _has_card(text: str) -> bool:
    return int(text.split(" ")[1]) % 5 == 0


def _write(messages: Path, life: int, at: datetime) -> None:
    for number in range(life * EACH, (life + 1) * EACH):
        (messages / f"m{number:03}.md").write_text(_message(number, at), encoding="utf-8")


def _let_it_send(process: object, store: Store, posts: int) -> None:
    """Wait until so many posts are out."""
    deadline = monotonic() + 150
    while store.counts_by_state()["sent"] < posts:
        assert monotonic() < deadline, store.counts_by_state()
        _let_it_run(process, 0.02)


def _let_it_run(process: object, seconds: float) -> None:
    """Wait for the time to pass, with an ear for the daemon's log."""
    stderr = getattr(process, "stderr", None)
    deadline = monotonic() + seconds
    while stderr is not None and (left := deadline - monotonic()) > 0:
        ready, _, _ = select.select([stderr], [], [], left)
        if ready and not stderr.readline():
            return


def _ledger_when_it_is_there(root: Path, process: object) -> Store:
    """Open the ledger once the first tick has written its watermark."""
    deadline = monotonic() + 30
    path = root / "data/sandbox/loudhailer.db"
    while monotonic() < deadline:
        if path.exists():
            store = Store.open(f"sqlite:///{path}")
            if store.watermark() is not None:
                return store
            store.close()
        _let_it_run(process, 0.1)
    raise AssertionError("the daemon made no ledger")
