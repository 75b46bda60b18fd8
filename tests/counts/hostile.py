"""A real HTTPS server on loopback, with a certificate made for the test, that may behave badly."""

from __future__ import annotations

import json
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from ipaddress import ip_address
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Event, Thread
from typing import Any

import trustme

from bot.fetching import Fetcher

HOST = "counts.example.org"

Behaviour = Callable[["Connection"], None]


@dataclass
class Connection:
    """One caller: what it asked, and a way to answer."""

    head: str
    write: Callable[[bytes], Any]
    over: Event
    """Set when the server closes; whoever waits, waits on it."""


@dataclass
class Server:
    """What it does by path, and what it was asked."""

    port: int
    authority: trustme.CA
    does: dict[str, Behaviour] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def url(self, path: str = "/n.json") -> str:
        """The address of a path."""
        return f"https://{HOST}:{self.port}{path}"

    def fetcher(self, *addresses: str, **more: Any) -> Fetcher:
        """What reads from here: its name resolved to loopback, its authority trusted."""

        def resolve(_host: str, _port: int) -> Sequence[str]:
            return addresses or ("127.0.0.1",)

        def trust() -> ssl.SSLContext:
            context = ssl.create_default_context()
            self.authority.configure_trust(context)
            return context

        given: dict[str, Any] = {
            "resolve": resolve,
            "allows": lambda address: address == ip_address("127.0.0.1"),
            "trust": trust,
            **more,
        }
        return Fetcher(**given)


def answer(
    body: bytes | str,
    *headers: str,
    status: str = "200 OK",
    kind: str = "application/json",
) -> Behaviour:
    """Answer properly, with the length said."""
    content = body.encode() if isinstance(body, str) else body

    def behave(connection: Connection) -> None:
        lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", *headers]
        head = "\r\n".join([*lines, f"Content-Length: {len(content)}", "", ""])
        connection.write(head.encode() + content)

    return behave


def tells(number: object) -> Behaviour:
    """Answer with a count, under `data.total`."""
    return answer(json.dumps({"data": {"total": number}}))


def drip(before: bytes = b"", byte: bytes = b" ") -> Behaviour:
    """Answer a byte at a time, for ever."""

    def behave(connection: Connection) -> None:
        connection.write(before)
        while not connection.over.wait(0.05):
            connection.write(byte)

    return behave


def silence(connection: Connection) -> None:
    """Take the request and say nothing."""
    connection.over.wait(30)


@contextmanager
def server(*, name: str = HOST, tls: bool = True) -> Iterator[Server]:
    """Have a server running, whose certificate is for `name`."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    over = Event()
    made: Server

    class Handler(StreamRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):
                if not tls:
                    self.request.sendall(b"220 this is another protocol\r\n")
                    over.wait(30)
                    return
                with context.wrap_socket(self.request, server_side=True) as secure:
                    head = b""
                    while b"\r\n\r\n" not in head:
                        more = secure.recv(4096)
                        if not more:
                            return
                        head += more
                    text = head.decode()
                    made.asked.append(text)
                    path = text.split(" ")[1]
                    made.does.get(path, tells(1))(Connection(text, secure.sendall, over))

    class Threads(ThreadingTCPServer):
        daemon_threads = True
        allow_reuse_address = True
        block_on_close = True

        def handle_error(self, request: Any, client_address: Any) -> None:
            """A caller that hangs up is no error here."""

    with Threads(("127.0.0.1", 0), Handler) as threads:
        made = Server(threads.server_address[1], authority)
        worker = Thread(target=threads.serve_forever, args=(0.02,), daemon=True)
        worker.start()
        try:
            yield made
        finally:
            over.set()
            threads.shutdown()
            worker.join()
