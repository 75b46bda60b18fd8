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

import ipaddress
import logging
import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import ConnectTimeoutError, MaxRetryError

from bot.networks._bounded import BoundedAdapter
from bot.networks._headers import Heard

USER_AGENT = "Loudhailer (campaign publisher)"

# At DEBUG these two print tokens and their secrets.
for _name in ("oauthlib", "requests_oauthlib"):
    logging.getLogger(_name).setLevel(logging.INFO)

_TIDIED = ("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset", "Deprecation")
"""Mastodon.py raises over a malformed one of these, although the post was made."""


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
        timeout: seconds to connect, and seconds without a byte from the server; the answer has
            to be there in twice that time.
        refusals: whether an answer that is no success raises `Refused` (False: the caller
            reads the status itself).
        clock: tells the time, to understand what the server says of limits and of its own time.
    """

    def __init__(
        self,
        base: str,
        *,
        instead_of: str = "",
        timeout: float,
        refusals: bool = True,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        super().__init__()
        self.base = base
        self.heard = Heard(clock)
        self._instead_of = instead_of
        self._timeout = timeout
        self._refusals = refusals
        self._last = threading.local()  # posting, looking and reading may share a session
        self.headers["User-Agent"] = USER_AGENT
        # Clearing urllib3's pools closes nothing while an answer is still held: say it, too.
        self.headers["Connection"] = "close"
        # A proxy from the environment has no way to our loopback.
        self.trust_env = not _is_loopback(urlsplit(base).hostname or "")
        for scheme in ("http://", "https://"):
            self.mount(scheme, BoundedAdapter())

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
        self.heard.note(method, url.removeprefix(self.base), response.headers)
        if self._refusals and not 200 <= response.status_code < 300:
            raise Refused(response)
        for name in _TIDIED:
            response.headers.pop(name, None)
        self._last.answer = response
        return response

    def last_answer(self) -> object:
        """Parse this thread's last success again, for what a library drops of it."""
        answer: requests.Response | None = getattr(self._last, "answer", None)
        return None if answer is None else answer.json()


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


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
    return text.split(": ", 1)[1] if text.startswith(("<", "HTTP", "_")) and ": " in text else text


def _json_object(response: requests.Response) -> Mapping[str, Any]:
    try:
        body = response.json()
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}
