"""A bot to be killed: delivers from a ledger to a "network" that is a file; see test_kill.py.

It says on stdout where it is, before and after the post is made, and goes on when it hears a
byte on stdin; so it can be killed at exactly those points. Its clock goes by looks, not by
time, so that waiting takes none.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from bot.jobs.deliver import deliver_due
from bot.jobs.reconcile import reconcile
from bot.model import Account, Counts, Draft, Limits, NetworkName, Receipt, State
from bot.networks.base import DEFAULT_LIMITS, Seen
from bot.store import Store
from tests.ledger.world import NINE, catalog_of

ACCOUNTS = (Account("one", NetworkName.MASTODON), Account("two", NetworkName.MASTODON))


class FileNetwork:
    """A network whose timeline is a file with a text on each line. It knows no keys."""

    name = NetworkName.MASTODON
    resend_window = timedelta(0)
    posts_read = 0
    clock_ahead: timedelta | None = None
    tells_limits = False

    def __init__(self, file: Path) -> None:
        self._file = file

    def limits(self) -> Limits:
        """Give the usual limits."""
        return DEFAULT_LIMITS[self.name]

    def publish(self, draft: Draft, picture: bytes | None, key: str) -> Receipt:
        """Write the text down."""
        del picture, key
        _pass_point()
        descriptor = os.open(self._file, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(descriptor, f"{draft.text}\n".encode())
        os.close(descriptor)
        _pass_point()
        return self._receipt(draft)

    def find(self, draft: Draft, since: datetime, until: datetime | None = None) -> Receipt | None:
        """Look whether the text was written down."""
        del since, until
        written = self._file.read_text().splitlines() if self._file.exists() else []
        return self._receipt(draft) if draft.text in written else None

    def posts_since(self, since: datetime) -> Sequence[Seen]:
        """Nobody puts a ledger back here."""
        del since
        return ()

    def measure(self, receipts: Sequence[Receipt]) -> Mapping[str, Counts]:
        """Nobody asks."""
        del receipts
        return {}

    def _receipt(self, draft: Draft) -> Receipt:
        return Receipt(f"{self._file.name}-{draft.text}", f"file://{self._file}")


def _pass_point() -> None:
    os.write(1, b".")
    os.read(0, 1)


class LookingClock:
    """A twentieth of a second passes each time somebody looks."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def __call__(self) -> datetime:
        """Tell the time."""
        self._now += timedelta(seconds=0.05)
        return self._now


def main(folder: Path, started: int) -> None:
    """Deliver until nothing is left; `started` is how often this was started before."""
    clock = LookingClock(NINE + started * timedelta(seconds=10))
    networks = {a.name: FileNetwork(folder / f"{a.name}.txt") for a in ACCOUNTS}
    catalog = catalog_of(ACCOUNTS)
    with Store.open(f"sqlite:///{folder / 'ledger.db'}") as store:
        store.interrupted(clock())
        while store.deliveries(states=(State.QUEUED, State.SENDING, State.IN_DOUBT)):
            deliver_due(store, networks, catalog, clock, folder, sandbox=True)
            reconcile(store, networks, catalog, clock, sandbox=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
