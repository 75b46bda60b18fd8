"""The wire both networks use: one `requests.Session` that says what is certain.

tweepy and Mastodon.py both take a session. Ours sets the timeout that tweepy never sets, sends
to the account's own server, never follows a redirect (a 301 turns a POST into a GET), opens
one connection per request (a kept one may be reset right after an error answer, which looks
like doubt), and turns every failure into one of three:

    WireError
    ├── NotSent       no connection was made: nothing reached the server, for certain
    ├── Interrupted   the request may have reached the server
    └── Refused       the server answered, and the answer is not a success

So neither library's own error reading (which trips over odd bodies and headers) nor its
rate-limit arithmetic is ever reached; what is left to them is to build, sign and parse.
"""

from __future__ import annotations

import email.utils
import ipaddress
import logging
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, MaxRetryError, NewConnectionError

USER_AGENT = "Loudhailer (campaign publisher)"

# At DEBUG these two print tokens and their secrets.
for _name in ("oauthlib", "requests_oauthlib"):
    logging.getLogger(_name).setLevel(logging.INFO)

_TIDIED = ("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset", "Deprecation")
"""Mastodon.py raises over a malformed one of these, although the post was made."""

_LONGEST_WAIT = timedelta(hours=25)
"""X's longest window is 24 hours; a later time is a mistake of the server's."""


class WireError(requests.RequestException):
    """A request that did not end in a success."""


class NotSent(WireError):
    """No connection was made (refused, no such host, TLS): nothing reached the server."""


class Interrupted(WireError):
    """The request may have reached the server: a read timeout, a reset, a cut answer."""


class Refused(WireError):
    """The server answered with something else than a success (3xx, 4xx, 5xx)."""

    def __init__(self, response: requests.Response) -> None:
        super().__init__(f"answer {response.status_code}", response=response)
        self.status: int = response.status_code
        self.headers: Mapping[str, str] = response.headers
        self.problem: Mapping[str, Any] = _json_object(response)
        """The JSON object of the body; empty where there is none."""


def base_address(server: str) -> str:
    """Check and tidy a server's base address: https, or plain http on loopback only.

    A missing scheme is https.

    Raises:
        ValueError: anything else, said so that a person can put it right.
    """
    given = server.strip()
    if "@" in given:  # not shown: what stands before it may be a password
        raise ValueError("the server's address must hold no name or password (no @)")
    address = given if "://" in given else f"https://{given}"
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise ValueError(f'server "{given}" is not an address: {error}') from error
    if not host or parts.query or parts.fragment or any(c.isspace() for c in given) or port == 0:
        raise ValueError(f'server "{given}" is not a base address such as https://mastodon.example')
    if parts.scheme == "http" and not _is_loopback(host):
        raise ValueError(
            f'server "{given}": plain http would show the credentials to everyone on the way; '
            "use https (http works on loopback only)"
        )
    if parts.scheme not in ("http", "https"):
        raise ValueError(f'server "{given}": the address must begin with https://')
    return address.rstrip("/")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Wire(requests.Session):
    """A session that only ever speaks to `base`.

    Args:
        base: a checked base address (see `base_address`).
        instead_of: the literal address a library writes into its URLs; `base` takes its place.
        timeout: seconds to connect, and seconds without a byte from the server.
        refusals: whether an answer that is no success raises `Refused` (False: the caller
            reads the status itself).
    """

    def __init__(
        self, base: str, *, instead_of: str = "", timeout: float, refusals: bool = True
    ) -> None:
        super().__init__()
        self.base = base
        self._instead_of = instead_of
        self._timeout = timeout
        self._refusals = refusals
        self._last: requests.Response | None = None
        self.headers["User-Agent"] = USER_AGENT
        # A proxy from the environment has no way to our loopback.
        self.trust_env = not _is_loopback(urlsplit(base).hostname or "")
        for scheme in ("http://", "https://"):
            self.mount(scheme, _Adapter())

    def request(  # type: ignore[override]  # requests' many arguments are passed on as they are
        self,
        method: str,
        url: str,
        **kwargs: Any,  # noqa: ANN401 (requests' own)
    ) -> requests.Response:
        """Send one request.

        Raises:
            NotSent, Interrupted, Refused: as the module's docstring says.
        """
        if self._instead_of and url.startswith(self._instead_of):
            url = self.base + url.removeprefix(self._instead_of)
        kwargs["timeout"] = self._timeout
        kwargs["allow_redirects"] = False
        if kwargs.get("auth") is None:
            kwargs["auth"] = _as_it_is  # else a .netrc may replace the Authorization header
        try:
            response = super().request(method, url, **kwargs)
        except requests.RequestException as error:
            kind = NotSent if _never_connected(error) else Interrupted
            raise kind(_plain_reason(error)) from error
        finally:
            for adapter in self.adapters.values():
                adapter.close()  # the next request opens a connection of its own
        if self._refusals and not 200 <= response.status_code < 300:
            raise Refused(response)
        for name in _TIDIED:
            response.headers.pop(name, None)
        self._last = response
        return response

    def last_answer(self) -> object:
        """Parse the last success again, for what a library drops of it."""
        return None if self._last is None else self._last.json()


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


class _Connection(HTTPSConnection):
    """Says "not connected" for whatever goes wrong before the first byte of a request."""

    def connect(self) -> None:
        try:
            super().connect()
        except (OSError, HTTPException, ValueError) as error:  # TLS, a proxy's tunnel, timeouts
            raise NewConnectionError(self, f"{type(error).__name__}: {error}") from error


class _Pool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _Connection


class _Adapter(HTTPAdapter):
    def init_poolmanager(
        self,
        connections: int,
        maxsize: int,
        block: bool = False,
        **pool_kwargs: Any,  # noqa: ANN401 (requests' own)
    ) -> None:
        super().init_poolmanager(connections, maxsize, block, **pool_kwargs)
        _use_our_connections(self.poolmanager)

    def proxy_manager_for(
        self,
        proxy: str,
        **proxy_kwargs: Any,  # noqa: ANN401 (requests' own)
    ) -> urllib3.ProxyManager:
        manager: urllib3.ProxyManager = super().proxy_manager_for(proxy, **proxy_kwargs)
        _use_our_connections(manager)
        return manager


def _use_our_connections(manager: urllib3.PoolManager) -> None:
    manager.pool_classes_by_scheme = {"http": urllib3.HTTPConnectionPool, "https": _Pool}


def _never_connected(error: requests.RequestException) -> bool:
    cause = error.args[0] if error.args else None
    reason = cause.reason if isinstance(cause, MaxRetryError) else cause
    return isinstance(reason, ConnectTimeoutError)  # urllib3: refused, no such host, and ours


def _plain_reason(error: requests.RequestException) -> str:
    """Say what happened without the addresses of Python objects."""
    cause: object = error.args[0] if error.args else error
    if isinstance(cause, MaxRetryError) and cause.reason is not None:
        cause = cause.reason
    text = str(cause)
    return text.split(": ", 1)[1] if text.startswith(("<", "HTTP")) and ": " in text else text


def _json_object(response: requests.Response) -> Mapping[str, Any]:
    try:
        body = response.json()
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def retry_at(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """Read when a server may be asked again; None where it does not say or makes no sense.

    Understood: `Retry-After` (seconds or a date), X's `x-rate-limit-reset` and its 24-hour
    companions (seconds since 1970; those count whose `-remaining` is 0), and Mastodon's
    `X-RateLimit-Reset` (ISO time; GoToSocial: seconds since 1970).
    """
    resets = ("x-rate-limit", "x-user-limit-24hour", "x-app-limit-24hour", "x-ratelimit")
    present = [name for name in resets if f"{name}-reset" in headers]
    empty = [name for name in present if headers.get(f"{name}-remaining") == "0"]
    moments = [_moment(headers[f"{name}-reset"], now) for name in empty or present[:1]]
    if "retry-after" in headers:
        moments.append(_after(headers["retry-after"], now))
    sensible = [at for at in moments if at is not None and now < at <= now + _LONGEST_WAIT]
    return max(sensible, default=None)


def _moment(text: str, now: datetime) -> datetime | None:
    try:
        if text.strip().isdecimal():
            return datetime.fromtimestamp(int(text), tz=now.tzinfo)
        at = datetime.fromisoformat(text.strip())
    except (ValueError, OverflowError, OSError):
        return None
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)


def _after(text: str, now: datetime) -> datetime | None:
    try:
        if text.strip().isdecimal():
            return now + timedelta(seconds=int(text))
        at = email.utils.parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)
