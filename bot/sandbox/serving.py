"""A WSGI server on loopback: threads, keep-alive, and a way to misbehave.

werkzeug's own handler closes the connection after each answer. Real servers keep it open,
and a client that reuses a connection which the server has just closed is one of the ways in
which nobody knows whether a post went out. So this handler keeps connections alive. It also
does to a connection what a fault asks for through the WSGI environment:

    sandbox.end = "reset"    TCP RST, nothing sent
    sandbox.end = "drop"     closed in order, nothing sent
    sandbox.end = "cut"      headers and half of the body, then closed
"""

from __future__ import annotations

import io
import logging
import socket
import struct
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

HOST = "127.0.0.1"
BODY_LIMIT = 24 * 1024 * 1024
"""Bytes; above the largest picture that either network takes."""

log = logging.getLogger("bot.sandbox")


class PortTakenError(OSError):
    """The port that was asked for belongs to another program."""


class _Handler(WSGIRequestHandler):
    """Serves the requests of one connection, one after the other."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 60
    """Seconds that an idle connection is kept."""
    track: Callable[[socket.socket, bool], None]

    def handle(self) -> None:
        self.track(self.connection, True)
        try:
            super().handle()
        finally:
            self.track(self.connection, False)

    def run_wsgi(self) -> None:
        environ = self.make_environ()
        length = environ.get("CONTENT_LENGTH") or "0"
        chunked = environ.get("wsgi.input_terminated", False)
        if not length.isdigit() or int(length) > BODY_LIMIT:
            self.close_connection = True
            self._send("413 Content Too Large", [], b"")
            return
        if self.headers.get("Expect", "").lower() == "100-continue":
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        body = environ["wsgi.input"].read(BODY_LIMIT if chunked else int(length))
        environ["wsgi.input"] = io.BytesIO(body)
        environ["CONTENT_LENGTH"] = str(len(body))
        answer: list[Any] = []

        def start_response(
            status: str, headers: list[tuple[str, str]], *_: object
        ) -> Callable[[bytes], object]:
            answer[:] = [status, headers]
            return self.wfile.write  # for PEP 333's old way, which Flask does not use

        chunks = self.server.app(environ, start_response)
        try:
            content = b"".join(chunks)
        finally:
            close = getattr(chunks, "close", None)
            if close is not None:
                close()
        end: Literal["reset", "drop", "cut"] | None = environ.get("sandbox.end")
        if end == "reset":
            # Linger 0 makes close() send RST instead of FIN (socket(7)).
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
        if end in ("reset", "drop"):
            self.close_connection = True
            return
        self._send(answer[0], answer[1], content, cut=end == "cut")

    def _send(
        self, status: str, headers: list[tuple[str, str]], content: bytes, *, cut: bool = False
    ) -> None:
        if cut:
            self.close_connection = True
        lines = [f"HTTP/1.1 {status}"]
        lines += [f"{name}: {value}" for name, value in headers if name != "Content-Length"]
        lines.append(f"Content-Length: {len(content)}")
        if self.close_connection:
            lines.append("Connection: close")
        head = "\r\n".join([*lines, "", ""]).encode("latin-1")
        if self.command == "HEAD":
            content = b""
        self.wfile.write(head + (content[: len(content) // 2] if cut else content))

    def finish(self) -> None:
        if self.connection.fileno() != -1:
            super().finish()

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 (werkzeug's name)
        log.debug("%s: %s", type, message % args if args else message)


class _Server(ThreadedWSGIServer):
    """Knows how many of the connections that it has accepted are not done with."""

    def __init__(self, app: WSGIApplication, handler: type[_Handler], listening: int) -> None:
        self._open = 0
        self._changed = threading.Condition()
        super().__init__(HOST, 0, app, handler, fd=listening)

    def process_request(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 (socketserver's)
        with self._changed:  # before its thread is there: nothing accepted is overlooked
            self._open += 1
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:  # noqa: ANN401 (socketserver's)
        super().shutdown_request(request)
        with self._changed:
            self._open -= 1
            self._changed.notify_all()

    def wait_until_idle(self, seconds: float) -> bool:
        with self._changed:
            return self._changed.wait_for(lambda: self._open == 0, seconds)


class LoopbackServer:
    """One application on one loopback port, in threads of its own."""

    def __init__(self, app: WSGIApplication, port: int = 0) -> None:
        """Bind the port; 0 picks a free one.

        Raises:
            PortTakenError: another program listens there.
        """
        self._live: set[socket.socket] = set()
        self._idle = threading.Condition()
        handler = type("Handler", (_Handler,), {"track": staticmethod(self._track)})
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as bound:
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                bound.bind((HOST, port))
            except OSError as error:
                raise PortTakenError(
                    f"port {port} on {HOST} cannot be used ({error.strerror}): choose another"
                ) from error
            bound.listen(128)
            self._server = _Server(app, handler, bound.fileno())
        self.url = f"http://{HOST}:{self._server.port}"
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), name=f"sandbox {self.url}", daemon=True
        )

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def settle(self, seconds: float) -> bool:
        """Wait until all connections that were made so far are done with; tell whether they are.

        Connections are accepted in their order, so one more, made now, comes after all of them.
        """
        with socket.create_connection((HOST, self._server.port), seconds) as last:
            last.shutdown(socket.SHUT_WR)
            last.settimeout(seconds)
            try:
                last.recv(1)  # nothing was asked: it is closed once it was accepted
            except TimeoutError:
                return False
        return self._server.wait_until_idle(seconds)

    def close(self) -> None:
        """Stop listening, cut every connection, and wait until their threads have ended."""
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join(5)
        self._server.server_close()
        with self._idle:
            for connection in self._live:
                _shut(connection)
            self._idle.wait_for(lambda: not self._live, timeout=5)

    def _track(self, connection: socket.socket, live: bool) -> None:
        with self._idle:
            if live:
                self._live.add(connection)
            else:
                self._live.discard(connection)
            self._idle.notify_all()


def _shut(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # the client was quicker
