"""What our ledger costs per post, beside a bare client loop against the same server.

    .venv/bin/python -m tests.bench.bench_delivery [posts]

The server answers at once and keeps nothing. The loop is Mastodon.py alone, one post after the
other, which forgets all it did; ours claims, posts, settles and records each of them, on a file
(WAL, every commit on the disk) and on a PostgreSQL server, for one account and for four.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from threading import Thread
from time import perf_counter

from bot.jobs.deliver import deliver_due
from bot.model import Account, Draft, NetworkName, Post, PostState, State
from bot.networks.base import Network
from bot.networks.registry import connect
from bot.store import Store
from tests.ledger.world import catalog_of
from tests.postgres import postgres_server

START = datetime(2022, 2, 21, 9, tzinfo=UTC)
_numbers = count(1)


class _Answering(BaseHTTPRequestHandler):
    """Takes every post, and knows who we are."""

    def _answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        number = str(next(_numbers))
        account = {"id": "1", "username": "me", "acct": "me", "url": "http://127.0.0.1/@me"}
        status = {
            "id": number,
            "uri": f"http://127.0.0.1/{number}",
            "url": f"http://127.0.0.1/@me/{number}",
            "created_at": "2022-02-21T09:00:00.000Z",
            "account": account,
            "content": "",
            "media_attachments": [],
        }
        body = json.dumps(status if self.command == "POST" else account).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = _answer  # noqa: N815 (http.server's names)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (http.server's)
        """Say nothing."""


@contextmanager
def server() -> Iterator[str]:
    """Run the server; gives its address."""
    running = ThreadingHTTPServer(("127.0.0.1", 0), _Answering)
    Thread(target=running.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{running.server_port}"
    finally:
        running.shutdown()
        running.server_close()


def drafts(account: str, posts: int) -> list[Draft]:
    """What there is to say."""
    return [
        Draft(
            account=account,
            network=NetworkName.MASTODON,
            text=f"{account}, number {number}: freeze the rents",
            language="en",
            length=40,
            limit=500,
        )
        for number in range(posts)
    ]


def bare(network: Network, account: str, posts: int) -> float:
    """Posts a second of the client alone."""
    said = drafts(account, posts)
    began = perf_counter()
    for number, draft in enumerate(said):
        network.publish(draft, None, f"bare-{account}-{number}")
    return posts / (perf_counter() - began)


def ours(store: Store, networks: dict[str, Network], posts: int) -> float:
    """Posts a second through the ledger, the accounts side by side."""
    planned = [
        Post(
            at=START,
            slot=f"bench|{number}",
            account=name,
            network=NetworkName.MASTODON,
            campaign="c",
            message=f"c/m{number}",
            state=PostState.PLANNED,
            expires=START + timedelta(days=1),
            draft=draft,
        )
        for name in networks
        for number, draft in enumerate(drafts(name, posts // len(networks)))
    ]
    store.enqueue(planned, START)
    catalog = catalog_of(Account(name, NetworkName.MASTODON) for name in networks)
    began = perf_counter()
    report = deliver_due(store, networks, catalog, lambda: START, Path(), workers=len(networks))
    took = perf_counter() - began
    if report.count(State.SENT) != len(planned):
        raise AssertionError(f"{report.count(State.SENT)} of {len(planned)}: {report.troubles}")
    return len(planned) / took


def main(posts: int) -> None:
    """Measure all in one run, and print posts a second and the ratio to the bare loop."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = stack.enter_context(server())
        postgres = stack.enter_context(postgres_server(durable=True))
        networks = {
            name: connect(
                replace(Account(name, NetworkName.MASTODON), server=url),
                {"ACCESS_TOKEN": "token"},
                clock=lambda: START,
            )
            for name in ("one", "two", "three", "four")
        }
        one = {"one": networks["one"]}
        bare(networks["one"], "warm", 20)
        alone = bare(networks["one"], "one", posts)
        print(f"{posts} posts, against a server that answers at once")
        print(f"  the client alone              {alone:7.0f} a second   1.00")
        for accounts in (one, networks):
            for name, address in (
                ("file", f"sqlite:///{folder / f'{len(accounts)}.db'}"),
                ("server", postgres.ledger()),
            ):
                with Store.open(address) as store:
                    reached = ours(store, accounts, posts)
                what = f"ledger on a {name}, {len(accounts)} account{'s' * (len(accounts) > 1)}"
                print(f"  {what:29} {reached:7.0f} a second   {reached / alone:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400)
