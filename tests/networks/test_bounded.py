"""No server keeps an account waiting for ever, or fills its memory."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot.model import NetworkName
from bot.networks._bounded import LARGEST
from bot.networks._http import Interrupted, Wire
from bot.networks.base import OutcomeUnknown
from tests.networks.planted import POSTING, network_of
from tests.networks.scripted import Answer, Scripted
from tests.networks.stage import make_draft

OK = b"HTTP/1.1 200 OK\r\n"


@contextmanager
def dripping(*drops: bytes, every: float) -> Iterator[str]:
    """Serve one request with `drops` in turn, the last one again and again."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.recv(65536)
                for drop in drops:
                    connection.sendall(drop)
                try:
                    while True:
                        time.sleep(every)  # the server's, which is slow on purpose
                        connection.sendall(drops[-1])
                except OSError:
                    return  # the client has had enough

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        thread.join(10)


@pytest.mark.parametrize(
    "drops",
    [(OK, b"X-Slow: 1\r\n"), (OK + b"Content-Length: 1000000\r\n\r\n", b" ")],
    ids=["headers", "body"],
)
def test_an_answer_that_drips_ends(drops: tuple[bytes, ...]) -> None:
    """No wait is as long as the timeout, and all together are longer than twice that."""
    with dripping(*drops, every=0.05) as url, pytest.raises(Interrupted, match="timed out"):
        Wire(url, timeout=0.3).get(f"{url}/")


@pytest.mark.parametrize("packed", [False, True])
def test_an_answer_without_end_is_cut(server: Scripted, packed: bool) -> None:
    """What is larger than any true answer is not read to its end, packed or not."""
    large = "x" * (LARGEST + 1)
    server.script["GET /"] = Answer(large)
    if packed:
        small = gzip.compress(large.encode()).decode("latin-1")
        server.script["GET /"] = Answer(small, headers={"Content-Encoding": "gzip"}, raw=True)
    with pytest.raises(Interrupted, match="more than 8,388,608 bytes"):
        Wire(server.url, timeout=10).get(f"{server.url}/")


@pytest.mark.parametrize("name", list(NetworkName))
def test_a_post_whose_answer_is_endless_is_doubt(server: Scripted, name: NetworkName) -> None:
    """The post may be there, whatever the server says of it."""
    server.script[POSTING[name]] = Answer("x" * (LARGEST + 1))
    with pytest.raises(OutcomeUnknown):
        network_of(name, server.url).publish(make_draft(name), None, "key")
