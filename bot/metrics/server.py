"""Serves /metrics and /health, to callers of this machine.

A page in a browser on this machine can have its own host's name lead here (DNS rebinding); the
request then names that host, and is refused.
"""

from __future__ import annotations

import errno
import json
import logging
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from threading import BoundedSemaphore, Thread
from typing import Any

from bot.app import Bot
from bot.at_home import is_at_home
from bot.metrics.health import troubles
from bot.pulse import Pulse
from bot.settings import SettingsError
from bot.store.copies import file_of

log = logging.getLogger("bot.metrics")

_SECONDS = 5.0
"""How long a caller may take to say what it wants."""

_AT_A_TIME = 4
"""Callers that are answered at a time; more are told to come again."""

Answer = tuple[int, str, bytes]
"""Status, content type, body."""


class Server(ThreadingHTTPServer):
    """Answers GET requests for some paths, each in a thread of its own."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 16

    def __init__(self, host: str, port: int, pages: dict[str, Callable[[], Answer]]) -> None:
        if ":" in host:
            self.address_family = socket.AF_INET6
        self.pages = pages
        self.slots = BoundedSemaphore(_AT_A_TIME)
        self.beyond_loopback = not _is_loopback(host)
        super().__init__((host, port), _Handler)

    def server_bind(self) -> None:
        """Bind without looking up the machine's name, which may take seconds."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = "", int(self.server_address[1])

    def may_be_asked_as(self, host: str) -> bool:
        """Tell whether a request may name `host`: this machine, as only its own people call it."""
        name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
        name = name.strip("[]").lower()
        if name == "localhost" or _is_loopback(name):
            return True
        # Nobody else can make an address, or a name without a dot, lead here.
        return self.beyond_loopback and bool(name) and (_is_address(name) or is_at_home(name))

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401, ARG002 # as the library has it
        """A caller that hangs up is no matter of ours."""
        log.debug("a caller of the metrics went away")


class _Handler(BaseHTTPRequestHandler):
    server: Server
    timeout = _SECONDS
    server_version = "Loudhailer"
    sys_version = ""

    def do_GET(self) -> None:
        """Answer, if the request is for us."""
        if not self.server.may_be_asked_as(self.headers.get("Host", "")):
            self._say((403, "text/plain", b"not by that name\n"))
            return
        page = self.server.pages.get(self.path.partition("?")[0])
        if page is None:
            self._say((404, "text/plain", b"there are /metrics and /health\n"))
        elif not self.server.slots.acquire(blocking=False):
            self._say((503, "text/plain", b"busy\n"))
        else:
            try:
                self._say(page())
            finally:
                self.server.slots.release()

    def _say(self, answer: Answer) -> None:
        status, kind, body = answer
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""


@contextmanager
def serving(bot: Bot, pulse: Pulse) -> Iterator[int | None]:
    """Serve while the daemon works, if the settings say so; gives the port.

    A port that is taken is told of in the log, and is no reason not to post.
    """
    server = _open(bot, pulse)
    if server is None:
        yield None
        return
    with server:
        Thread(target=server.serve_forever, name="metrics", daemon=True).start()
        log.info("metrics: http://%s:%s/metrics", *server.server_address[:2])
        try:
            yield server.server_port
        finally:
            server.shutdown()


def _open(bot: Bot, pulse: Pulse) -> Server | None:
    """Bind, if the settings say so; else tell which setting is in the way."""
    try:
        address = bot.settings.metrics_address
    except SettingsError as error:
        log.error("no metrics are served: %s", error)
        return None
    if address is None:
        return None
    host, port = address
    try:
        return Server(host, port, _pages(bot, pulse))
    except (OSError, UnicodeError) as error:
        number = getattr(error, "errno", None)
        if number == errno.EADDRINUSE:
            why = f"METRICS_PORT {port} on {host} is in use: choose another, or end what has it"
        elif number == errno.EACCES:
            why = f"METRICS_PORT {port} may not be taken by this user: choose one above 1023"
        elif number == errno.EADDRNOTAVAIL or isinstance(error, socket.gaierror | UnicodeError):
            why = f'METRICS_HOST is "{host}", which is no address of this machine (port {port})'
        else:
            why = f"METRICS_HOST {host}, METRICS_PORT {port}: {error}"
        log.error("no metrics are served: %s", why)
        return None


def _pages(bot: Bot, pulse: Pulse) -> dict[str, Callable[[], Answer]]:
    from prometheus_client import CollectorRegistry, disable_created_metrics, generate_latest
    from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

    from bot.metrics.collector import Figures

    disable_created_metrics()  # type: ignore[no-untyped-call] # it has no types
    registry = CollectorRegistry(auto_describe=False)
    figures = Figures(bot, pulse, registry)
    ledger = file_of(bot.settings.database_url)

    def metrics() -> Answer:
        figures.refresh()
        return 200, CONTENT_TYPE_PLAIN_0_0_4, generate_latest(registry)

    def health() -> Answer:
        found = troubles(bot, pulse, ledger)
        body = {"ok": not found, "troubles": found}
        return 503 if found else 200, "application/json", json.dumps(body).encode() + b"\n"

    return {"/metrics": metrics, "/health": health}


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _is_loopback(host: str) -> bool:
    return _is_address(host) and ip_address(host).is_loopback
