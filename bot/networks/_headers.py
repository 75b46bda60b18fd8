"""What the headers of an answer tell: when to come back, how many calls are left, what time it is.

| network  | headers                                                             |
| -------- | ------------------------------------------------------------------- |
| X        | `x-rate-limit-*`, `x-user-limit-24hour-*`, `x-app-limit-24hour-*`   |
| Mastodon | `X-RateLimit-*` (ISO time; GoToSocial: seconds since 1970)          |
| any      | `Retry-After` (seconds or a date), `Date`                           |

Whatever makes no sense says nothing: a header is never a reason to lose a receipt.
"""

from __future__ import annotations

import email.utils
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Lock

_FAMILIES = ("x-rate-limit", "x-user-limit-24hour", "x-app-limit-24hour", "x-ratelimit")

_LONGEST_WAIT = timedelta(hours=25)
"""X's longest window is 24 hours; a later time is a mistake of the server's."""

_READING_KEEPS = 10
"""Reading engagement leaves a tenth of the calls to what matters more: posts, and looks."""

_NUMBER = re.compile(r"/[^/]*[0-9][^/]*(?=/|$)")
"""An id in a path. All of an account's statuses are one route with one limit."""

_VERSION = re.compile(r"/(?:2|api/v[0-9])(?=/)")


@dataclass(frozen=True, slots=True)
class Left:
    """How many calls are left of one limit."""

    remaining: int
    limit: int | None
    reset: datetime
    """By our own clock."""


@dataclass(slots=True)
class Heard:
    """What one account's server told in the headers of its answers. Safe in any thread."""

    clock: Callable[[], datetime] | None
    ahead: timedelta | None = None
    """How far the server's clock is ahead of ours; None: it has not told."""
    _left: dict[str, tuple[Left, ...]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def note(self, method: str, path: str, headers: Mapping[str, str]) -> None:
        """Remember what an answer told."""
        if self.clock is None:
            return
        now = self.clock()
        said = server_time(headers)
        found = tuple(_left(headers, now))
        with self._lock:
            if said is not None:
                self.ahead = said - now
            if found:
                self._left[route(method, path)] = found

    def told(self, method: str, path: str) -> bool:
        """Tell whether the server ever said how many such calls are left."""
        return route(method, path) in self._left

    def used_up(self, method: str, path: str, *, reading: bool = False) -> Left | None:
        """Give the limit that allows no such call at the moment; None where one may be made.

        `reading` engagement stops a little earlier, so that a look is still possible.
        """
        if self.clock is None:
            return None
        now = self.clock()
        with self._lock:
            known = self._left.get(route(method, path), ())
        empty = [
            left
            for left in known
            if left.reset > now
            and left.remaining <= ((left.limit or 0) // _READING_KEEPS if reading else 0)
        ]
        return max(empty, key=lambda left: left.reset, default=None)


def route(method: str, path: str) -> str:
    """Name what is limited together: the method, and the path without its ids and query."""
    bare = path.partition("?")[0]
    version = _VERSION.match(bare)
    start = version.end() if version else 0
    return f"{method.upper()} {bare[:start]}{_NUMBER.sub('/:id', bare[start:])}"


def retry_at(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """Read when a server may be asked again; None where it does not say or makes no sense.

    Of several limits those count whose `-remaining` is 0. Moments are put into our own time
    where the server's `Date` differs from it.
    """
    present = [name for name in _FAMILIES if f"{name}-reset" in headers]
    empty = [name for name in present if headers.get(f"{name}-remaining") == "0"]
    moments = [_reset(headers, name, now) for name in empty or present[:1]]
    if "retry-after" in headers:
        moments.append(_after(headers, now))
    return max((at for at in moments if at is not None), default=None)


def server_time(headers: Mapping[str, str]) -> datetime | None:
    """Read what time the server says it is; None from a cache, whose answers are old."""
    if "date" not in headers or "age" in headers:
        return None
    return _http_date(headers["date"])


def _left(headers: Mapping[str, str], now: datetime) -> list[Left]:
    found = []
    for name in _FAMILIES:
        remaining = headers.get(f"{name}-remaining", "").strip()
        limit = headers.get(f"{name}-limit", "").strip()
        if not _is_number(remaining) or f"{name}-reset" not in headers:
            continue
        at = _reset(headers, name, now)
        if at is not None:
            found.append(Left(int(remaining), int(limit) if _is_number(limit) else None, at))
    return found


def _reset(headers: Mapping[str, str], name: str, now: datetime) -> datetime | None:
    return _sensible(_ours(_moment(headers[f"{name}-reset"], now), headers, now), now)


def _after(headers: Mapping[str, str], now: datetime) -> datetime | None:
    text = headers["retry-after"].strip()
    if _is_number(text):
        try:
            return _sensible(now + timedelta(seconds=int(text)), now)
        except OverflowError:
            return None
    return _sensible(_ours(_http_date(text), headers, now), now)


def _ours(at: datetime | None, headers: Mapping[str, str], now: datetime) -> datetime | None:
    """Put a moment of the server's into our time; its clock, or ours, may be wrong."""
    said = server_time(headers)
    if at is None or said is None:
        return at
    try:
        return now + (at - said)
    except OverflowError:
        return None


def _sensible(at: datetime | None, now: datetime) -> datetime | None:
    return at if at is not None and now < at <= now + _LONGEST_WAIT else None


def _moment(text: str, now: datetime) -> datetime | None:
    try:
        if _is_number(text.strip()):
            return datetime.fromtimestamp(int(text), tz=now.tzinfo)
        at = datetime.fromisoformat(text.strip())
    except (ValueError, OverflowError, OSError):
        return None
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)


def _http_date(text: str) -> datetime | None:
    try:
        at = email.utils.parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 18
