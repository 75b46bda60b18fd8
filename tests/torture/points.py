"""The named points at which a process is killed, all of them in this one place.

None needs a change of the code under torture: SQLAlchemy tells of statements and commits, the
`Network` port is wrapped where it is handed in, and the sandbox's server knows how far a
request has come.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Engine, event
from sqlalchemy.pool import Pool

from bot.model import Account, Counts, Draft, Limits, NetworkName, Receipt
from bot.networks.base import Network, Seen
from tests.networks.through import Through

T = TypeVar("T")

WRITES = (
    "plan",  # due slots become rows
    "limits",  # what a server accepts
    "claim",
    "receipt",  # posted, with a receipt
    "doubt",  # posted or not, nobody knows
    "later",  # certainly not posted
    "suspension",  # the account waits
    "interrupted",  # the start finds a claim without an outcome
    "absent",  # a look that did not find it
    "found",  # a look that did
    "decided",  # a person has settled a doubt
    "sample",
)
"""Transactions of the ledger; each can be cut off before its commit and right after it."""

CALLS = ("limits", "publish", "find", "measure")
"""Calls of the port; before, after an answer, and after an error."""

REQUESTS = {
    "upload": ("mastodon", "x"),
    "alt": ("x",),
    "post": ("mastodon", "x"),
    "timeline": ("mastodon", "x"),
    "measure": ("mastodon",),
}
"""Requests by the sandbox's operation, and on which networks they occur."""

STAGES = {
    "lost": "the process dies with the request on its way, and the server never gets it",
    "received": "the process dies with the request at the server, which does it all the same",
    "done": "the server has done it, and the process dies before the answer",
}
ON_THE_WIRE = tuple(f"{request}: {stage}" for request in REQUESTS for stage in STAGES)

POINTS = (
    *(f"{write}: {when} the commit" for write in WRITES for when in ("before", "after")),
    *(f"{call}: {when}" for call in CALLS for when in ("called", "answered", "failed")),
    *ON_THE_WIRE,
)
NUMBER = {name: number for number, name in enumerate(POINTS)}


def occurs_on(point: str, network: NetworkName) -> bool:
    """Tell whether a network's accounts can come to a point at all."""
    what, _, _ = point.partition(": ")
    if point in ON_THE_WIRE:
        return network.value in REQUESTS[what]
    # X tells no limits, so nothing is asked.
    return not (network is NetworkName.X and point == "limits: failed")


Pass = Callable[[str], None]
"""Hears of each point that is come to; may not return."""


def watch_ledger(passing: Pass) -> None:
    """Come to a point before each commit and after it, on every engine of this process."""
    written: dict[int, str] = {}  # by DBAPI connection; the last that tells
    committed: dict[int, str] = {}

    def statement(connection: Any, _cursor: Any, sql: str, parameters: Any, *_: Any) -> None:
        if name := _write_of(sql, parameters):
            written[id(connection.connection.dbapi_connection)] = name

    def committing(connection: Any) -> None:
        key = id(connection.connection.dbapi_connection)
        if name := written.pop(key, None):
            passing(f"{name}: before the commit")
            committed[key] = name

    def rolling_back(connection: Any) -> None:
        written.pop(id(connection.connection.dbapi_connection), None)

    def given_back(dbapi_connection: Any, _record: Any) -> None:
        if name := committed.pop(id(dbapi_connection), None):
            passing(f"{name}: after the commit")

    event.listen(Engine, "before_cursor_execute", statement)
    event.listen(Engine, "commit", committing)
    event.listen(Engine, "rollback", rolling_back)
    event.listen(Pool, "checkin", given_back)


_BY_EVENT = {
    "claimed": "claim",
    "posted": "receipt",
    "unknown": "doubt",
    "later": "later",
    "interrupted": "interrupted",
    "absent": "absent",
    "found": "found",
    "decided": "decided",
}
"""What an attempt's event makes of the transaction that writes it."""

_BY_TABLE = {
    "INSERT INTO deliveries": "plan",
    "INSERT INTO account_facts": "limits",
    "UPDATE account_facts": "limits",
    "INSERT INTO account_states": "suspension",
    "UPDATE account_states": "suspension",
    "INSERT INTO samples": "sample",
}


def _write_of(sql: str, parameters: Any) -> str | None:
    """Name the transaction that a statement is part of, as far as it tells."""
    if sql.startswith("INSERT INTO attempts"):
        many = parameters if isinstance(parameters, list) else [parameters]
        values = many[0].values() if isinstance(many[0], Mapping) else many[0]
        for value in values:
            if isinstance(value, str) and value in _BY_EVENT:
                return _BY_EVENT[value]
        return None
    return next((name for start, name in _BY_TABLE.items() if sql.startswith(start)), None)


class Watched(Through):
    """A network that comes to a point before each call and after it."""

    def __init__(self, network: Network, passing: Pass) -> None:
        super().__init__(network)
        self._passing = passing

    def limits(self) -> Limits:
        """Ask, between two points."""
        return self._call("limits", self._network.limits)

    def publish(self, draft: Draft, picture: bytes | None, key: str) -> Receipt:
        """Post, between two points."""
        return self._call("publish", lambda: self._network.publish(draft, picture, key))

    def find(self, draft: Draft, since: datetime, until: datetime | None = None) -> Receipt | None:
        """Look, between two points."""
        return self._call("find", lambda: self._network.find(draft, since, until))

    def posts_since(self, since: datetime) -> Sequence[Seen]:
        """Read our own timeline, between two points."""
        return self._call("posts since", lambda: self._network.posts_since(since))

    def measure(self, receipts: Sequence[Receipt]) -> Mapping[str, Counts]:
        """Read, between two points."""
        return self._call("measure", lambda: self._network.measure(receipts))

    def _call(self, name: str, call: Callable[[], T]) -> T:
        self._passing(f"{name}: called")
        try:
            answer = call()
        except Exception:
            self._passing(f"{name}: failed")
            raise
        self._passing(f"{name}: answered")
        return answer


def watched(connect: Callable[[Account], Network], passing: Pass) -> Callable[[Account], Network]:
    """Give a `connect` whose networks come to points."""
    return lambda account: Watched(connect(account), passing)
