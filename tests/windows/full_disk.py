"""A bot whose disk is full for a while; see test_windows_disk.py. Prints what came of it.

No file of this process may grow (`RLIMIT_FSIZE`), which is what a full disk is to SQLite.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.jobs.deliver import deliver_due
from bot.jobs.reconcile import reconcile
from bot.jobs.sample import sample_due
from bot.model import Account, Draft, NetworkName, Post, PostState, Receipt
from bot.networks.memory import MemoryNetwork
from bot.store import Store, StoreError
from tests.ledger.machine import NINE
from tests.ledger.world import catalog_of

ACCOUNT = Account("one", NetworkName.MASTODON)


@contextmanager
def full_disk() -> Iterator[None]:
    """Let no file grow."""
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


class Server(MemoryNetwork):
    """A network that knows no keys; the disk may fill while it answers."""

    resend_window = timedelta(0)
    calls = 0
    fills: ExitStack | None = None

    def publish(self, draft: Draft, picture: bytes | None, key: str) -> Receipt:
        """Post, and let the disk be full from then on."""
        self.calls += 1
        receipt = super().publish(draft, picture, key)
        if self.fills is not None:
            self.fills.enter_context(full_disk())
        return receipt


def main(folder: Path, when: str) -> dict[str, Any]:
    """Let the disk be full `when` a post is claimed, when it is answered, or when it is read."""
    now = [NINE]
    server = Server(ACCOUNT, clock=lambda: now[0])
    networks, catalog = {ACCOUNT.name: server}, catalog_of([ACCOUNT])
    found: dict[str, Any] = {}
    with Store.open(f"sqlite:///{folder / 'ledger.db'}") as store:

        def deliver() -> tuple[str, ...]:
            return deliver_due(store, networks, catalog, lambda: now[0], folder, workers=1).troubles

        store.enqueue([_post()], NINE)
        with ExitStack() as disk:
            if when == "claim":
                disk.enter_context(full_disk())
            elif when == "answer":
                server.fills = disk
            else:
                deliver()
                now[0] += timedelta(minutes=20)
                disk.enter_context(full_disk())
                try:
                    sample_due(
                        store, networks, catalog, lambda: now[0], lambda _: None, simulated=True
                    )
                except StoreError as error:
                    found["troubles"] = [str(error)]
            if when != "sample":
                found["troubles"] = deliver()
            found["calls while full"] = server.calls
        server.fills = None
        for _ in range(4):
            deliver()
            reconcile(store, networks, catalog, lambda: now[0])
            now[0] += timedelta(minutes=1)
        sample_due(store, networks, catalog, lambda: now[0], lambda _: None, simulated=True)
        (delivery,) = store.deliveries()
        found |= {
            "state": delivery.state.value,
            "calls": server.calls,
            "posts": len(server.posts),
            "samples": len(store.samples()),
        }
    return found


def _post() -> Post:
    draft = Draft(ACCOUNT.name, ACCOUNT.network, "Free him now", "en", 12, 500)
    planned = Post(
        at=NINE,
        slot="s|1",
        account=ACCOUNT.name,
        network=ACCOUNT.network,
        campaign="c",
        message="c/1",
        state=PostState.PLANNED,
        schedule="s",
        draft=draft,
    )
    return replace(planned, expires=NINE + timedelta(hours=2))


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]), sys.argv[2])))
