"""A bot on a campaign's folder with a clock that the test sets, and who tells of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.alerts import Looker, Teller, open_addresses
from bot.app import Bot, open_bot
from bot.model import Account
from bot.networks.base import Network
from bot.networks.memory import MemoryNetwork
from bot.pulse import Pulse
from bot.settings import DATABASE_FILE, Settings
from bot.store import Store
from tests.alerts.receiver import Receiver, receiver
from tests.e2e.world import make_root

NINE = datetime(2022, 2, 21, 9, tzinfo=UTC)
"""A Monday; the schedule has posts at nine and at five."""
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)

MESSAGES = {
    f"{n:02}.md": f"---\ncard: none\n---\nMessage number {n} of the strike.\n" for n in range(1, 9)
}


@dataclass
class Stage:
    """Everything that a test of alerts touches."""

    root: Path
    bot: Bot
    pulse: Pulse
    inbox: Receiver
    teller: Teller
    networks: dict[str, MemoryNetwork]
    """Those that were connected, by account."""
    time: list[datetime] = field(default_factory=lambda: [NINE])

    @property
    def now(self) -> datetime:
        """The moment."""
        return self.time[0]

    def later(self, span: timedelta) -> None:
        """Let time pass, and the daemon tick."""
        self.time[0] += span
        self.tick()

    def tick(self) -> None:
        """What the daemon does when it wakes."""
        self.bot.tick()
        self.pulse.ticked(self.now, 0.1)

    def tell(self) -> list[tuple[str, str]]:
        """One look, and what came of it."""
        before = len(self.inbox.letters)
        self.teller.round()
        return self.inbox.letters[before:]

    def body(self) -> str:
        """One look that sends one message: its body."""
        ((_, body),) = self.tell()
        return body

    def write(self, name: str, text: str) -> None:
        """Put a file into the campaign's folder, and have the daemon read it."""
        path = self.root / "content/rent-strike" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        self.bot.reload()
        self.bot.reload()

    def anew(self) -> None:
        """Tell from a new process: nothing is remembered but what is in the ledger."""
        teller = self.teller
        self.teller = Teller(
            Looker(self.bot, self.pulse, "here"), teller.addresses, self.bot.clock, teller.name,
            teller.digest_at, least_gap=0,
        )  # fmt: skip


@cache
def _empty_ledger() -> bytes:
    """A ledger without anything in it: its tables are made once, and copied for each test."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / DATABASE_FILE
        Store.open(f"sqlite:///{file}").close()
        return file.read_bytes()


@contextmanager
def stage(folder: Path, digest_at: time | None = None, schedules: str = "") -> Iterator[Stage]:
    """Have one, and its address; nothing needs telling at first."""
    root = make_root(folder, MESSAGES, *([schedules] if schedules else []))
    moment = [NINE]
    networks: dict[str, MemoryNetwork] = {}
    settings = Settings(
        root, {"X_MAIN_API_KEY": "k", "X_MAIN_API_SECRET": "k", "X_MAIN_ACCESS_TOKEN": "k",
               "X_MAIN_ACCESS_SECRET": "k", "MASTO_EN_ACCESS_TOKEN": "k"},
    )  # fmt: skip

    def connect(account: Account) -> Network:
        network = MemoryNetwork(account, clock=lambda: moment[0])
        networks[account.name] = network
        return network

    settings.data.mkdir()
    (settings.data / DATABASE_FILE).write_bytes(_empty_ledger())
    with (
        receiver() as inbox,
        open_bot(settings, lambda: moment[0], connect_with=connect) as bot,
    ):
        bot.watch_clock = bot.draws_ahead = False
        pulse = Pulse(NINE, NINE)
        addresses, problems = open_addresses(inbox.url("in"), seconds=10)
        assert not problems
        teller = Teller(
            Looker(bot, pulse, "here"), addresses, bot.clock, "Loudhailer", digest_at, least_gap=0
        )
        yield Stage(root, bot, pulse, inbox, teller, networks, moment)
