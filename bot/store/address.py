"""Where the ledger is: reads DATABASE_URL, names it for a person, says why it cannot be used.

Nothing here repeats what may be a password, or a part of one that was taken for something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.store.errors import StoreError, StoreUnavailable

_TRY_FILE = "try sqlite:///data/loudhailer.db"
_SPELLING = "@ : / ? # and % in a password are written %40 %3A %2F %3F %23 and %25"
_MISTAKE = re.compile(r"invalid \S+ value|invalid connection option|bad value for|invalid port")
"""What libpq and psycopg say of an address, before they call any server."""
_ASKED = re.compile(r"\s*Is the server running[^?]*\?")
"""What libpq asks as well."""
_REFUSED = re.compile(r"authentication failed|does not exist|pg_hba|permission denied|no password")


def parse_url(url: str) -> URL:
    """Read a `DATABASE_URL`.

    Raises:
        StoreError: it is nothing that we can use; the text does not repeat it, for the password.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise StoreError(f"DATABASE_URL is no database address: {_TRY_FILE}") from None
    except ValueError:  # what stands in the port's place; it may be the end of a password
        raise _bad_port() from None
    if is_postgres(parsed):
        return _of_server(parsed)
    if parsed.get_backend_name() == "sqlite":
        return _of_file(parsed)
    raise StoreError(
        "the ledger lives in an SQLite file (sqlite:///data/loudhailer.db) or on a PostgreSQL "
        f"server (postgresql://user@host/database), not in {parsed.get_backend_name()}: "
        "see DATABASE_URL"
    )


def _of_file(parsed: URL) -> URL:
    if not parsed.database:
        raise StoreError(f"DATABASE_URL names no file: {_TRY_FILE}")
    if ":memory:" in parsed.database or "mode=memory" in parsed.database:
        raise StoreError(
            "DATABASE_URL names a ledger in memory, which would be forgotten with each command: "
            f"{_TRY_FILE}"
        )
    return parsed


def _of_server(parsed: URL) -> URL:
    if not all(port.isdecimal() and 1 <= int(port) <= 65535 for port in _ports(parsed)):
        raise _bad_port()
    if "@" in f"{parsed.host}{parsed.database}":
        raise StoreError(f"DATABASE_URL has more than one @ before the host: {_SPELLING}")
    return parsed


def _ports(parsed: URL) -> Iterator[str]:
    if parsed.port is not None:
        yield str(parsed.port)
    asked = parsed.query.get("port", ())
    for ports in (asked,) if isinstance(asked, str) else asked:
        yield from (port for port in ports.split(",") if port)


def _bad_port() -> StoreError:
    return StoreError(
        "the port in DATABASE_URL is no number from 1 to 65535: write it like "
        f"postgresql://user@host:5432/database. {_SPELLING}"
    )


def is_postgres(url: URL) -> bool:
    """Tell whether the ledger is on a PostgreSQL server."""
    return url.get_backend_name() in ("postgresql", "postgres")


def named(url: URL) -> str:
    """Name a ledger for a person, without its password."""
    if not is_postgres(url):
        return str(url.database)
    host = url.host or url.query.get("host") or "this machine"
    host = host if isinstance(host, str) else " or ".join(host)
    database = url.database or url.query.get("dbname") or url.username
    return f'"{database}" on {host}' if database else f"(no database named) on {host}"


def unanswered(url: URL, said: str, *, connecting: bool) -> StoreUnavailable:
    """Say that a server did not do as it was asked, and what to look at."""
    if connecting and _MISTAKE.search(said):
        said = said.removeprefix("connection is bad: ")
        return StoreUnavailable(f"DATABASE_URL cannot be used: {said}. Correct it")
    if connecting and _REFUSED.search(said):
        return StoreUnavailable(
            f"the server of the ledger {named(url)} does not let us in: {said}. Look at the "
            "user, the password and the database's name in DATABASE_URL"
        )
    said = _ASKED.sub("", said).strip()
    return StoreUnavailable(
        f"the ledger {named(url)} did not answer: {said}. Is the server that DATABASE_URL names "
        "running, and can it be reached from here?"
    )
