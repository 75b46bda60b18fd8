"""One GET over HTTPS, to an IP address that was looked at, within a time and a size.

    name -> resolve, once -> all its addresses public? -> connect to that one
         -> TLS for the name -> GET -> 200, JSON, no more than 1 MiB

The whole of it, name included, takes no longer than `seconds`: when they are over, the socket
is shut, whatever it waits for. No redirect is followed, nothing is remembered, no proxy is
asked, nothing of ours is sent but who we are.
"""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address
from queue import Empty, SimpleQueue
from threading import Event, Thread, Timer
from time import monotonic
from urllib.parse import SplitResult, quote, urlsplit

from requests.utils import DEFAULT_CA_BUNDLE_PATH

import bot
from bot.fetching.addresses import IpAddress, is_public
from bot.fetching.errors import FetchError

SECONDS = 5.0
MOST = 2**20

USER_AGENT = f"Loudhailer/{bot.__version__} (campaign publisher; reads a petition's count)"
_JSON = ("application/json", "text/json")
_BROKEN = "its answer breaks off, or is not HTTP"
_MOST_ADDRESSES = 4
_IN_ADDRESSES = "%/?#[]@!$&'()*+,;=:~"
"""What stays as it is in an address; all other signs but letters and digits are escaped."""


def system_addresses(host: str, port: int) -> Sequence[str]:
    """Look a name up as the machine does.

    Raises:
        OSError: it has no address.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def system_trust() -> ssl.SSLContext:
    """Trust whom the networks' libraries trust, also on a machine without certificates."""
    return ssl.create_default_context(cafile=str(DEFAULT_CA_BUNDLE_PATH))


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Reads addresses. All that a test has to change for a server on loopback is a parameter."""

    resolve: Callable[[str, int], Sequence[str]] = system_addresses
    allows: Callable[[IpAddress], bool] = is_public
    trust: Callable[[], ssl.SSLContext] = system_trust
    seconds: float = SECONDS
    most: int = MOST

    def __call__(self, url: str) -> bytes:
        """Read the JSON document at `url`, which is https.

        Raises:
            FetchError: there is none that can be used.
        """
        parts = urlsplit(url)
        host = parts.hostname
        if parts.scheme != "https" or not host or "@" in parts.netloc:
            raise FetchError("its address is not https, or has a name or password in it")
        deadline = monotonic() + self.seconds
        try:
            host = host.encode("idna").decode("ascii")
            addresses = self._addresses(host, parts.port or 443, deadline)
            return self._get(parts, host, addresses, deadline)
        except FetchError:
            raise
        except (OSError, UnicodeError, ValueError, http.client.HTTPException) as error:
            if monotonic() >= deadline:
                raise self._too_slow() from error
            raise FetchError(_reason(error)) from error

    def _too_slow(self) -> FetchError:
        return FetchError(f"it took longer than {self.seconds:g} seconds")

    def _addresses(self, host: str, port: int, deadline: float) -> list[str]:
        """Look `host` up, once; refuse it if any of its addresses is not allowed."""
        answer: SimpleQueue[Sequence[str] | OSError | UnicodeError] = SimpleQueue()

        def look_up() -> None:
            try:
                answer.put(self.resolve(host, port))
            except (OSError, UnicodeError) as error:
                answer.put(error)

        # The machine's own look-up cannot be stopped, so it is left behind.
        Thread(target=look_up, daemon=True, name="look-up").start()
        try:
            found = answer.get(timeout=max(deadline - monotonic(), 0.0))
        except Empty:
            raise self._too_slow() from None
        if isinstance(found, Exception):
            raise FetchError(f"the name {host} has no address") from found
        for address in found:
            if not self.allows(ip_address(address)):
                raise FetchError(f"the name {host} leads to {address}, which is not public")
        if not found:
            raise FetchError(f"the name {host} has no address")
        return list(found)[:_MOST_ADDRESSES]

    def _get(
        self, parts: SplitResult, host: str, addresses: Sequence[str], deadline: float
    ) -> bytes:
        plain = self._connected(addresses, parts.port or 443, deadline)
        handle = plain.dup()  # TLS takes the first one over; both are the same connection
        over = Event()

        def stop() -> None:
            over.set()
            with suppress(OSError):
                handle.shutdown(socket.SHUT_RDWR)

        # A timeout of the socket begins anew with each byte; this one does not.
        timer = Timer(max(deadline - monotonic(), 0.0), stop)
        timer.daemon = True
        timer.start()
        connection = http.client.HTTPConnection(host, parts.port or 443)
        try:
            with self.trust().wrap_socket(plain, server_hostname=host) as secure:
                connection.sock = secure
                connection.auto_open = 0
                return self._answer(connection, parts, over)
        finally:
            timer.cancel()
            connection.close()
            plain.close()
            handle.close()

    def _connected(self, addresses: Sequence[str], port: int, deadline: float) -> socket.socket:
        failed: OSError | None = None
        for address in addresses:
            left = deadline - monotonic()
            if left <= 0:
                break
            try:
                return socket.create_connection((address, port), timeout=left)
            except OSError as error:
                failed = error
        raise failed or self._too_slow()

    def _answer(
        self, connection: http.client.HTTPConnection, parts: SplitResult, over: Event
    ) -> bytes:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        target = quote(target, safe=_IN_ADDRESSES)
        host = connection.host if parts.port in (None, 443) else f"{connection.host}:{parts.port}"
        headers = {
            "Host": host,
            "User-Agent": USER_AGENT,
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "Connection": "close",
        }
        connection.request("GET", target, headers=headers)
        answer = connection.getresponse()
        with answer:
            _check(answer)
            content = answer.read(self.most + 1)
            missing = answer.length
        if over.is_set():
            raise self._too_slow()
        if len(content) > self.most:
            raise FetchError(f"its answer is larger than {self.most:,} bytes")
        if missing:
            raise FetchError(_BROKEN)
        return content


def _check(answer: http.client.HTTPResponse) -> None:
    """Refuse an answer for what it says of itself."""
    if 300 <= answer.status < 400:
        raise FetchError("it sends us on to another address: write that one, if it is right")
    if answer.status != 200:
        raise FetchError(f"it answers {answer.status}")
    kind = (answer.getheader("Content-Type") or "").split(";")[0].strip().lower()
    if kind not in _JSON and not (kind.startswith("application/") and kind.endswith("+json")):
        shown = kind[:60] if kind.isprintable() and kind else "something"
        raise FetchError(f"it answers with {shown}, not with JSON")
    packed = (answer.getheader("Content-Encoding") or "identity").strip().lower()
    if packed != "identity":
        raise FetchError("its answer is packed, which we did not ask for")


def _reason(error: Exception) -> str:
    """Say what went wrong without the server's own words, which may be anything."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not good: {error.verify_message}"
    if isinstance(error, ssl.SSLError):
        return "no encrypted connection came about"
    if isinstance(error, ConnectionRefusedError):
        return "it refuses connections"
    if isinstance(error, http.client.HTTPException):
        return _BROKEN
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    return f"its address cannot be used: {type(error).__name__}"
