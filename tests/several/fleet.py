"""Machines that share a ledger on a server, and post to one sandbox.

Each has its own copy of the campaign, its own data folder, and its own way to the database,
which can be cut.
"""

from __future__ import annotations

import re
import select
import shutil
import signal
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread
from time import monotonic

from sqlalchemy import make_url

from bot.model import Delivery, Receipt, State
from bot.sandbox import Sandbox, SandboxPost
from bot.settle import waits_for_person
from bot.store import Store, StoreError
from tests.e2e.world import environment, make_root

ACCOUNTS = """\
timezone: UTC
accounts:
  masto-en: {{network: mastodon, server: "{mastodon}", language: en}}
  masto-intl: {{network: mastodon, server: "{mastodon}", language: en}}
  x-main: {{network: x, server: "{x}", language: en}}
"""
NAMES = ("masto-en", "masto-intl", "x-main")
MARK = re.compile(r"House \d+ says|Part two of house \d+")
"""What tells the posts of one account apart."""

PATIENCE = timedelta(seconds=15)
"""So long the person waits before answering what X would be looked at for ten minutes for."""


class Cable:
    """A way to the database server that can be cut and healed: what was sent waits meanwhile."""

    def __init__(self, server: Path) -> None:
        self._server = str(server)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.cut = False
        self._ends: list[socket.socket] = []
        self._closed = False
        Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                here, _ = self._listener.accept()
            except OSError:
                return
            there = socket.socket(socket.AF_UNIX)
            there.connect(self._server)
            self._ends += [here, there]
            Thread(target=self._carry, args=(here, there), daemon=True).start()

    def _carry(self, here: socket.socket, there: socket.socket) -> None:
        other = {here: there, there: here}
        try:
            while not self._closed:
                for end in select.select([here, there], [], [], 0.2)[0]:
                    while self.cut and not self._closed:
                        select.select([], [], [], 0.05)
                    data = end.recv(65536)
                    if not data:
                        return
                    other[end].sendall(data)
        except OSError:
            return
        finally:
            here.close()
            there.close()

    def close(self) -> None:
        """Let go of all that hangs on it."""
        self._closed = True
        self._listener.close()


class Host:
    """One machine: a folder, a cable, and a daemon that may be running."""

    def __init__(self, name: str, root: Path, url: str, lease: int) -> None:
        self.name = name
        self.root = root
        address = make_url(url)
        folder = Path(str(address.query["host"]))
        self.cable = Cable(folder / f".s.PGSQL.{address.port or 5432}")
        self.url = f"postgresql://postgres@127.0.0.1:{self.cable.port}/{address.database}"
        self._lease = lease
        self.process: subprocess.Popen[bytes] | None = None
        self.log = root / "log.txt"

    def start(self) -> None:
        """Start its daemon."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # our own program
                [sys.executable, "-m", "bot", "run", "--every", "1", "--no-inbox"],
                cwd=self.root,
                stdout=subprocess.DEVNULL,
                stderr=log,
                env=environment(DATABASE_URL=self.url, LOUDHAILER_LEASE_SECONDS=str(self._lease)),
            )

    def signal(self, number: signal.Signals) -> None:
        """Kill, stop or resume it."""
        assert self.process is not None
        self.process.send_signal(number)
        if number is signal.SIGKILL:
            self.process.wait()

    def end(self) -> None:
        """Stop for good."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.kill()
            self.process.wait()
        self.cable.close()


class Fleet:
    """Some machines, the ledger that they share, and the servers that they post to."""

    def __init__(self, hosts: list[Host], store: Store, sandbox: Sandbox) -> None:
        self.hosts = hosts
        self.store = store
        self.sandbox = sandbox
        self.planned: dict[tuple[str, str], str | None] = {}
        """What is to be posted, by account and mark, and the mark of the part that it answers."""
        self.asked = 0
        """How many doubts a person was asked about where nothing stood there."""
        self.undecided = 0
        """And how many where the post stood there."""

    def wait(self, what: Callable[[], bool], seconds: float, *, for_what: str) -> float:
        """Wait until something is so; gives how many seconds that took."""
        began = monotonic()
        while not what():
            if monotonic() - began > seconds:
                raise AssertionError(f"{for_what}: not in {seconds} s\n{self.logs()}")
            select.select([], [], [], 0.05)
        return monotonic() - began

    def workers(self) -> int:
        """How many workers have a lease that is good, by the server's clock."""
        now = self.store.server_time()
        assert now is not None
        return len(self.store.workers(now))

    def logs(self) -> str:
        """What the daemons said last."""
        return "\n".join(
            f"--- {host.name}\n{host.log.read_text('utf-8')[-3000:]}"
            for host in self.hosts
            if host.log.exists()
        )

    def sending(self) -> list[Host]:
        """The machines that are sending something at this moment."""
        pids = set(self.store.senders().values())
        return [h for h in self.hosts if h.process is not None and h.process.pid in pids]

    def write(self, texts: Mapping[str, str]) -> None:
        """Give messages to all machines, as a shared folder does; last to the one that plans."""
        self.wait(lambda: self.store.heartbeat() is not None, 60, for_what="a planner")
        beat = self.store.heartbeat()
        hosts = sorted(
            self.hosts, key=lambda h: (beat and h.process and h.process.pid == beat.pid) or False
        )
        for host in hosts:
            if host is hosts[-1]:
                select.select([], [], [], 4.0)  # each machine looks twice before it takes a change
            for name, text in texts.items():
                file = host.root / "content/rent-strike/messages" / name
                file.write_text(text, encoding="utf-8")
        for text in texts.values():
            above = None
            for mark in sorted(MARK.findall(text)):  # the part of a thread stands above its head
                self.planned |= {(account, mark): above for account in NAMES}
                above = mark

    def twice(self) -> list[tuple[str, str]]:
        """What an account has posted more than once."""
        said = Counter((post.account, mark_of(post)) for post in self.sandbox.posts())
        return [what for what, times in said.items() if times > 1]

    def lost(self) -> list[str]:
        """What was planned and is not there, or not where it belongs, or not in the ledger."""
        posts = self.sandbox.posts()
        marks = {post.id: mark_of(post) for post in posts}
        there = {(post.account, mark_of(post)): post for post in posts}
        wrong = []
        for (account, mark), above in self.planned.items():
            post = there.get((account, mark))
            if post is None:
                wrong.append(f"{account}: {mark} is not there")
            elif (post.reply_to and marks.get(post.reply_to)) != above:
                wrong.append(f"{account}: {mark} answers {post.reply_to}")
        texts = {(post.account, post.id): post.text for post in posts}
        return wrong + [
            f"{d.id} {d.account} {d.state.value}: {d.reason}"
            for d in self.store.deliveries()
            if d.receipt is None or texts.get((d.account, d.receipt.remote_id)) != d.draft.text
        ]

    def open(self) -> int:
        """How many deliveries are still under way; less than none where nothing is planned yet."""
        counts = self.store.counts_by_state()
        if not any(counts.values()):
            return -1
        return counts["queued"] + counts["sending"] + counts["in_doubt"]

    def finish(self, seconds: float) -> None:
        """Wait until all is posted; a person answers what the bot asks, by what is there."""

        def done() -> bool:
            for doubtful in self.store.deliveries(states=(State.IN_DOUBT,)):
                self._be_the_person(doubtful)
            return self.open() == 0

        self.wait(done, seconds, for_what="all is posted")

    def _be_the_person(self, delivery: Delivery) -> None:
        receipt = self._really(delivery)
        asks = waits_for_person(delivery)
        since = delivery.doubt_since
        looked = since is not None and datetime.now(UTC) - since > PATIENCE
        if not asks and (receipt is not None or delivery.account != "x-main" or not looked):
            return
        with suppress(StoreError):  # a look has settled it meanwhile
            self.store.resolve(delivery.id, receipt, "whoever looked", datetime.now(UTC))
            self.asked += receipt is None
            self.undecided += receipt is not None

    def _really(self, delivery: Delivery) -> Receipt | None:
        for post in self.sandbox.posts():
            receipt = Receipt(post.id, post.url)
            ours = post.account == delivery.account and post.text == delivery.draft.text
            if ours and self.store.owner(post.account, receipt) is None:
                return receipt
        return None


def mark_of(post: SandboxPost) -> str:
    """What tells a post apart."""
    found = MARK.search(post.text)
    return found[0] if found else post.text


def messages(count: int, start: datetime, apart: timedelta) -> dict[str, str]:
    """Messages with times of their own: with cards, without, and threads."""
    found = {}
    for number in range(count):
        at = start + number * apart
        card = "" if number % 3 == 0 else "card: none\n"
        thread = f'thread: ["Part two of house {number}."]\n' if number % 5 == 4 else ""
        to = f"accounts: [{', '.join(NAMES)}]\n"
        front = f"---\nat: {at:%Y-%m-%dT%H:%M}+00:00\n{to}{card}{thread}---\n"
        say = f"House {number} says: freeze the rents {number} times!"
        found[f"m{number:04}.md"] = f"{front}{say}\n"
    return found


@contextmanager
def fleet(folder: Path, url: str, names: str, lease: int, flavour: str) -> Iterator[Fleet]:
    """Have machines of these names, one letter each; none is started yet."""
    with ExitStack() as stack:
        sandbox = stack.enter_context(
            Sandbox(
                folder / "elsewhere.db",
                clock=lambda: datetime.now(UTC),
                flavour=flavour,
                rate_limits=False,
            )
        )
        lines = []
        for name in NAMES:
            kind = "x" if name.startswith("x") else "mastodon"
            sandbox.add_account(kind, name, bot=True)
            prefix = name.upper().replace("-", "_")
            if kind == "x":
                keys = sandbox.x_credentials(name).items()
                lines += [f"{prefix}_{key}={value}" for key, value in keys]
            else:
                lines.append(f"{prefix}_ACCESS_TOKEN={sandbox.mastodon_token(name)}")
        accounts = ACCOUNTS.format(mastodon=sandbox.mastodon_url, x=sandbox.x_url)
        first = make_root(folder / "first", {}, "schedules: {}\n", accounts)
        env = first / ".env"
        env.touch(0o600)
        env.write_text("\n".join([*lines, ""]), encoding="utf-8")
        hosts = []
        for name in names:
            shutil.copytree(first, folder / name)
            (folder / name / ".env").chmod(0o600)
            hosts.append(Host(name, folder / name, url, lease))
            stack.callback(hosts[-1].end)
        store = stack.enter_context(Store.open(url))
        yield Fleet(hosts, store, sandbox)
