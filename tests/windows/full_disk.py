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
from bot.model import Account, Draft, NetworkName, Picture, Post, PostState, Receipt
from bot.networks.base import OutcomeUnknown
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
    """Fills the disk at a call; None where it has room."""
    fills_at = 1
    """At which call."""
    fills_before = False
    """Whether while the picture is uploaded, or once the post is made."""

    def publish(self, draft: Draft, picture: bytes | None, key: str) -> Receipt:
        """Post, and let the disk be full from then on."""
        self.calls += 1
        fills = self.fills if self.calls == self.fills_at else None
        if fills is not None and self.fills_before:
            fills.enter_context(full_disk())
        receipt = super().publish(draft, picture, key)
        if fills is not None and not self.fills_before:
            fills.enter_context(full_disk())
        return receipt


def main(folder: Path, when: str) -> dict[str, Any]:
    """Let the disk be full at a claim, an upload, an answer, a part's answer, a look or a reading.

    It has room again afterwards, and the bot works on for some minutes.
    """
    now = [NINE]
    server = Server(ACCOUNT, clock=lambda: now[0])
    networks, catalog = {ACCOUNT.name: server}, catalog_of([ACCOUNT])
    found: dict[str, Any] = {}
    with Store.open(f"sqlite:///{folder / 'ledger.db'}") as store:

        def deliver() -> tuple[str, ...]:
            return deliver_due(store, networks, catalog, lambda: now[0], folder, workers=1).troubles

        (folder / "card.png").write_bytes(b"a picture")
        store.enqueue([_post(pictured=when == "upload", part=when == "part")], NINE)
        server.fills_at, server.fills_before = 1 + (when == "part"), when == "upload"
        with ExitStack() as disk:
            if when == "claim":
                disk.enter_context(full_disk())
            elif when in ("upload", "answer", "part"):
                server.fills = disk
            elif when == "look":
                server.fail_next(OutcomeUnknown("the line went dead"), stored=True)
                deliver()
                now[0] += timedelta(minutes=1)
                disk.enter_context(full_disk())
                try:
                    reconcile(store, networks, catalog, lambda: now[0])
                except StoreError as error:
                    found["troubles"] = [str(error)]
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
            if when not in ("look", "sample"):
                found["troubles"] = deliver()
            found["calls while full"] = server.calls
        server.fills = None
        for _ in range(8):
            deliver()
            reconcile(store, networks, catalog, lambda: now[0])
            now[0] += timedelta(minutes=1)
        sample_due(store, networks, catalog, lambda: now[0], lambda _: None, simulated=True)
        found |= {
            "state": " ".join(sorted({d.state.value for d in store.deliveries()})),
            "calls": server.calls,
            "posts": len(server.posts),
            "samples": len(store.samples()),
        }
    return found


def _post(*, pictured: bool, part: bool) -> Post:
    draft = Draft(
        ACCOUNT.name,
        ACCOUNT.network,
        "Free him now",
        "en",
        12,
        500,
        picture=Picture(Path("card.png"), "image/png", "A card") if pictured else None,
        thread=("The second part",) if part else (),
        thread_lengths=(15,) if part else (),
    )
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
