"""How long the commands take on a repository of 10,000 messages and a ledger of 20,000 posts.

    .venv/bin/python -m tests.bench.bench_commands [messages]

Every command is a process of its own, as a person starts it; the ratios are to a bare
interpreter's start in the same run, so that a slow machine slows both sides.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

from bot.model import (
    Counts,
    Draft,
    NetworkName,
    Post,
    PostState,
    Receipt,
    Sample,
)
from bot.settle import Claimed, Policy, Posted, settle
from bot.store import Step, Store

REPOSITORY = Path(__file__).resolve().parents[2]
START = datetime(2026, 1, 1, 9, tzinfo=UTC)
SUBJECTS = "rents courts press trains schools water clinics nights wages parks".split()  # noqa: SIM905 # reads better
SCHEDULES = """\
timezone: Europe/London
accounts:
  x-main: {network: x, language: en}
  masto-en: {network: mastodon, server: "https://mastodon.example", language: en}
schedules:
  daily:
    campaign: big
    accounts: [x-main, masto-en]
    times: ["09:00", "12:00", "18:00"]
    pick: shuffle
"""
CAMPAIGN = """\
name: Big
languages: [en]
hashtags: {always: [Big], rotating: [One, Two, Three]}
links: [example.org]
brand: {name: Big}
actions: {sign: {kind: petition, title: Sign, goal: 5000, link: "https://example.org/sign"}}
"""


def make(root: Path, messages: int) -> None:
    """Write the repository."""
    folder = root / "content/big/messages"
    folder.mkdir(parents=True)
    (root / "schedules.yaml").write_text(SCHEDULES)
    (folder.parent / "campaign.yaml").write_text(CAMPAIGN)
    for n in range(messages):
        subject = SUBJECTS[n % len(SUBJECTS)]
        front = (
            "---\naction: sign\nsource: our own count\nas_of: 2026-01-01\n---\n" if n % 2 else ""
        )
        text = f"Number {n}: the {subject} are ours, so is street {n * 7919 % 10007}. Say so!"
        (folder / f"m{n:05}.md").write_text(f"{front}{text}\n")


def fill(root: Path, messages: int, posts: int) -> None:
    """Fill the ledger with posts that went out and were measured."""
    (root / "data").mkdir()
    with Store.open(f"sqlite:///{root / 'data/loudhailer.db'}") as store:
        store.enqueue(list(_posts(messages, posts)), START, watermark=datetime.now(UTC))
        steps = []
        for queued in store.deliveries():
            sending = settle(queued, Claimed(), queued.due, Policy())
            receipt = Receipt(f"r{queued.id}", f"https://x.example/{queued.id}", queued.due)
            sent = settle(sending, Posted(receipt), queued.due, Policy())
            steps += [Step(queued, sending, "claimed"), Step(sending, sent, "posted")]
        store.record_all(steps, START)
        for delivery in store.deliveries():
            at = delivery.due + timedelta(hours=1)
            counts = Counts(likes=delivery.id % 50, reposts=delivery.id % 7)
            store.record_sample(Sample(delivery.id, timedelta(hours=1), at, counts))


def _posts(messages: int, posts: int) -> Iterator[Post]:
    for n in range(posts):
        account = ("x-main", "masto-en")[n % 2]
        network = NetworkName.X if n % 2 == 0 else NetworkName.MASTODON
        at = START + timedelta(minutes=15 * (n // 2))
        text = f"Post {n // 2} of the past, about {SUBJECTS[n % 10]} and {n * 104729 % 10007}"
        yield Post(
            at=at,
            slot=f"past|{n // 2}",
            account=account,
            network=network,
            campaign="big",
            message=f"big/m{n // 2 % messages:05}",
            state=PostState.PLANNED,
            draft=Draft(account, network, text, "en", len(text), 280, hashtags=("Big",)),
        )


def timed(root: Path, *arguments: str) -> float:
    """Seconds that a process takes, the better of two."""
    return min(_once(root, *arguments) for _ in range(2))


def _once(root: Path, *arguments: str) -> float:
    began = perf_counter()
    done = subprocess.run([sys.executable, *arguments], cwd=root, capture_output=True, check=False)  # noqa: S603 # our own program
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr.decode())
    return perf_counter() - began


def main() -> None:
    """Print the figures."""
    messages = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        make(root, messages)
        began = perf_counter()
        fill(root, messages, 2 * messages)
        print(
            f"{messages} messages, {2 * messages} posts ({perf_counter() - began:.1f} s to set up)"
        )
        bare = timed(root, "-c", "pass")
        print(f"{'command':34} {'seconds':>8} {'x bare start':>13}")
        for command in (
            ("--help",),
            ("check",),
            ("plan", "--days", "7", "--no-cards"),
            ("plan", "--days", "7", "--json"),
            ("status",),
            ("queue",),
            ("report",),
        ):
            seconds = timed(root, "-m", "bot", *command)
            print(f"{'bot ' + ' '.join(command):34} {seconds:8.2f} {seconds / bare:13.0f}")


if __name__ == "__main__":
    main()
