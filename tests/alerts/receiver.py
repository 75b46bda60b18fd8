"""A server on loopback that takes what alerts are sent to: json:// addresses, and pings."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any


@dataclass
class Receiver:
    """What came in, and how it answers."""

    port: int = 0
    status: int = 200
    letters: list[tuple[str, str]] = field(default_factory=list)
    """Titles and bodies of what was taken."""
    pings: list[str] = field(default_factory=list)
    tried: int = 0
    arrived: Event = field(default_factory=Event)
    released: Event = field(default_factory=Event)
    """A status of 0 hangs until this is set."""

    def url(self, path: str = "") -> str:
        """The Apprise address that leads here."""
        return f"json://127.0.0.1:{self.port}/{path}"

    @property
    def titles(self) -> list[str]:
        """The titles of what was taken."""
        return [title for title, _ in self.letters]


@contextmanager
def receiver() -> Iterator[Receiver]:
    """Have one running."""
    state = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            """Take a message, or not."""
            document: dict[str, Any] = json.loads(
                self.rfile.read(int(self.headers["Content-Length"]))
            )
            state.tried += 1
            state.arrived.set()
            if state.status == 0:
                state.released.wait(60)
            elif state.status == 200:
                state.letters.append((document["title"], document["message"]))
            self.send_response(state.status or 500)
            self.end_headers()
            self.wfile.write(b"what came in with secrets in it")

        def do_GET(self) -> None:
            """Take a ping."""
            state.pings.append(self.path)
            if state.status == 0:
                state.released.wait(60)
            self.send_response(state.status or 500)
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, *_: object) -> None:
            """Callers that hang up are what is tried here."""

    with Quiet(("127.0.0.1", 0), Handler) as server:
        state.port = server.server_port
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield state
        finally:
            state.released.set()
            server.shutdown()
