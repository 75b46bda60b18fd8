"""A server that answers what a test wrote down, for answers the sandbox does not give."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Request:
    """A request as it came in."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    port: int
    """The client's, which tells connections apart."""


@dataclass(frozen=True)
class Answer:
    """What is answered to it. `body` is sent as JSON unless it is text."""

    body: object = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: bool = False
    """Whether each character of `body` is a byte."""


class Scripted:
    """Answers by method and path; 404 for what is not in the script."""

    def __init__(self) -> None:
        self.script: dict[str, Answer] = {}
        self.requests: list[Request] = []
        self.url = ""

    def calls(self, *lines: str) -> list[Request]:
        """Return the requests of the given `METHOD /path` lines."""
        return [one for one in self.requests if f"{one.method} {_bare(one.path)}" in lines]


def _bare(path: str) -> str:
    return path.partition("?")[0]


@contextmanager
def scripted() -> Iterator[Scripted]:
    """Run such a server on loopback."""
    script = Scripted()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"  # connections are kept unless the client closes them

        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            port = self.client_address[1]
            script.requests.append(Request(self.command, self.path, dict(self.headers), body, port))
            answer = script.script.get(f"{self.command} {_bare(self.path)}", Answer("", 404))
            content = answer.body if isinstance(answer.body, str) else json.dumps(answer.body)
            sent = content.encode("latin-1" if answer.raw else "utf-8")
            self.send_response_only(answer.status)  # without a Date: it is the machine's
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        do_GET = do_POST = do_PATCH = _answer  # noqa: N815 (http.server's names)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (http.server's)
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    script.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield script
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
