"""How fast files are answered, and whether a flood of them delays posts that are due.

    .venv/bin/python -m tests.bench.bench_intake [files]

The daemon works in real time on an in-memory network, with ten posts due at each of two full
minutes: once with an empty inbox, and once with all files dropped at once shortly before.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from time import perf_counter, sleep

from bot import daemon
from bot.app import Bot, open_bot
from bot.content.files import Folder
from bot.intake import Intake
from bot.model import Account
from bot.networks.base import Network
from bot.networks.memory import MemoryNetwork
from bot.settings import Settings
from tests.bench.bench_commands import CAMPAIGN, SUBJECTS

ACCOUNTS = (
    "timezone: UTC\naccounts:\n  masto-en: {network: mastodon, server: 'https://m.example'}\n"
)
SCHEDULES = (
    f"{ACCOUNTS}schedules: {{daily: {{campaign: big, accounts: [masto-en], times: ['03:33']}}}}\n"
)
MINUTES = 2
AT_ONCE = 10
POSTS = MINUTES * AT_ONCE
AHEAD = timedelta(seconds=20)


def make(root: Path, at: datetime) -> Path:
    """Write a campaign whose posts are due from `at` on; gives its inbox."""
    home = root / "content/big"
    (home / "messages").mkdir(parents=True)
    (home / "inbox").mkdir()
    (root / "schedules.yaml").write_text(SCHEDULES)
    (home / "campaign.yaml").write_text(CAMPAIGN)
    for n in range(POSTS):
        when = f"{at + timedelta(minutes=n // AT_ONCE):%Y-%m-%d %H:%M}"
        text = f"---\nat: {when}\ncard: none\n---\nDue number {n}: {SUBJECTS[n % 10]}, {n * 7919}\n"
        (home / f"messages/m{n:02}.md").write_text(text)
    return home / "inbox"


def drop(inbox: Path, files: int) -> None:
    """Save all files at once; each third one is too long."""
    for n in range(files):
        subject = SUBJECTS[n % 10]
        text = f"Volunteer {n} writes of {subject} in street {n * 104729 % 1000003}. Come along!\n"
        (inbox / f"text {n:05}.txt").write_text(text if n % 3 else text * 9)


def answered_alone(files: int) -> float:
    """Answer all files without anything else going on; files a second."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        inbox = make(root, datetime.now(UTC) + timedelta(days=1))
        drop(inbox, files)
        with _bot(root) as bot:
            intake = Intake(root, bot.store, bot.store)
            began = perf_counter()
            now = datetime.now(UTC)
            while intake.look(bot.catalog, now):
                while intake.pending:
                    for _ in intake.answer(bot.catalog, now + timedelta(seconds=2)):
                        pass
            seconds = perf_counter() - began
        _check(root, files)
    return files / seconds


def delays(files: int) -> tuple[list[float], int]:
    """Have posts go out while files are answered; their delays in s, and files left by then."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        soon = datetime.now(UTC) + AHEAD + timedelta(minutes=1)
        first = soon.replace(second=0, microsecond=0)
        inbox = make(root, first)
        stop = Event()
        with _bot(root) as bot:
            network = bot.network("masto-en")
            thread = Thread(target=daemon.run, args=(bot, stop))
            thread.start()
            sleep(max(0.0, (first - AHEAD - datetime.now(UTC)).total_seconds()))
            drop(inbox, files)
            end = first + timedelta(minutes=MINUTES)
            while len(network.posts) < POSTS and datetime.now(UTC) < end:  # type: ignore[attr-defined] # an in-memory one
                sleep(0.2)
            left = sum(entry.is_file() for entry in os.scandir(inbox))
            stop.set()
            thread.join()
            late = [
                (d.receipt.posted_at - d.due).total_seconds()
                for d in bot.store.deliveries()
                if d.receipt is not None and d.receipt.posted_at is not None
            ]
    if len(late) < POSTS:
        raise SystemExit(f"only {len(late)} of {POSTS} posts went out")
    return late, left


def _bot(root: Path) -> Bot:
    networks: dict[str, Network] = {}

    def connect(account: Account) -> Network:
        made = MemoryNetwork(account, clock=lambda: datetime.now(UTC))
        return networks.setdefault(account.name, made)

    settings = Settings(root)
    bot = open_bot(settings, lambda: datetime.now(UTC), connect_with=connect)
    bot.settings.data.mkdir(exist_ok=True)
    return bot


def _check(root: Path, files: int) -> None:
    with Folder.root(root / "content/big/inbox/returned") as folder:
        returned = len(folder.entries())
    received = len(list((root / "content/big/inbox/received").iterdir()))
    if received + returned // 2 != files:
        raise SystemExit(f"{received} received, {returned // 2} returned of {files}")


def main() -> None:
    """Print the figures."""
    files = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    print(f"{files} files, each third one refused with a note")
    print(f"answered with nothing else going on: {answered_alone(files):.0f} files a second")
    print(f"{'inbox':16} {'largest delay':>14} {'median':>8} {'answered meanwhile':>20}")
    for name, dropped in (("empty", 0), (f"{files} at once", files)):
        late, left = delays(dropped)
        middle = sorted(late)[len(late) // 2]
        print(f"{name:16} {max(late):12.2f} s {middle:6.2f} s {dropped - left:20}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of the process: {peak:.0f} MB")


if __name__ == "__main__":
    main()
