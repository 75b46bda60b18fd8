"""The sandbox's memory: one SQLite file, so that posts outlive a `kill -9`.

Each call commits before it returns, hence before the server answers: what a client was told
is stored is stored, and what it was not told may be stored all the same, as with the real
networks. One connection, one lock; the files of pictures lie in a folder beside it.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bot.sandbox.schema import SCHEMA

Row = sqlite3.Row
Value = str | int | float | bytes | None
"""What a column holds."""
_FOREVER = 2**62


class Store:
    """All SQL of the sandbox. Safe to call from any thread."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=10)
        self._db.row_factory = sqlite3.Row
        self._db.execute("PRAGMA journal_mode=WAL")
        # NORMAL survives the death of the process, which is what the sandbox promises; only
        # the machine's death may lose the last posts.
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.executescript(SCHEMA)

    def close(self) -> None:
        """Close the file. Later calls raise sqlite3.ProgrammingError."""
        with self._lock:
            self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do all or nothing of what is inside; nests into the outer transaction."""
        with self._lock:
            if self._db.in_transaction:
                yield
                return
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def all(self, sql: str, *values: Value) -> list[Row]:
        """Return every row of a SELECT."""
        with self._lock:
            return self._db.execute(sql, values).fetchall()

    def one(self, sql: str, *values: Value) -> Row | None:
        """Return the first row of a SELECT, or None."""
        with self._lock:
            row: Row | None = self._db.execute(sql, values).fetchone()
            return row

    def run(self, sql: str, *values: Value) -> int:
        """Execute one statement and return how many rows it touched."""
        with self.transaction():
            return self._db.execute(sql, values).rowcount

    def insert(self, table: str, **values: Value) -> None:
        """Add one row to `table`, one of SCHEMA's."""
        names = ", ".join(values)
        marks = ", ".join("?" for _ in values)
        # Table and column names are this package's own literals; the values are bound.
        self.run(f"INSERT INTO {table} ({names}) VALUES ({marks})", *values.values())  # noqa: S608

    # --- posts ------------------------------------------------------------------------------

    def posts(
        self,
        network: str | None = None,
        account: str | None = None,
        *,
        deleted: bool = False,
    ) -> list[Row]:
        """Return posts in the order in which they were made."""
        return self.all(
            "SELECT * FROM posts WHERE (?1 IS NULL OR network = ?1)"
            " AND (?2 IS NULL OR account = ?2) AND (?3 OR NOT deleted) ORDER BY seq",
            network,
            account,
            deleted,
        )

    def post(self, network: str, post_id: str) -> Row | None:
        """Return a post that was not deleted."""
        return self.one(
            "SELECT * FROM posts WHERE network = ? AND id = ? AND NOT deleted", network, post_id
        )

    def greatest_id(self, network: str, low: int, high: int) -> int | None:
        """Return the greatest number among ids of posts and media within `low`..`high`."""
        row = self.one(
            "SELECT max(number) AS number FROM ("
            "SELECT max(CAST(id AS INTEGER)) AS number FROM posts"
            " WHERE network = ?1 AND CAST(id AS INTEGER) BETWEEN ?2 AND ?3"
            " UNION ALL SELECT max(CAST(id AS INTEGER)) FROM media"
            " WHERE network = ?1 AND CAST(id AS INTEGER) BETWEEN ?2 AND ?3)",
            network,
            low,
            high,
        )
        return None if row is None else row["number"]

    def timeline(
        self,
        network: str,
        account: str,
        *,
        since_ms: int = 0,
        until_ms: int | None = None,
        after: int = 0,
        before: int | None = None,
        replies: bool = True,
        only_media: bool = False,
        upward: bool = False,
        limit: int,
        offset: int = 0,
    ) -> list[Row]:
        """Return a page of an account's posts, newest first.

        Args:
            network: whose.
            account: whose.
            since_ms: made at this time or later.
            until_ms: made at this time or earlier.
            after: with a greater `seq`.
            before: with a smaller `seq`.
            replies: with replies.
            only_media: only with pictures.
            upward: the oldest that match, not the newest.
            limit: at most so many.
            offset: leave out so many first.
        """
        order = "ASC" if upward else "DESC"
        rows = self.all(
            "SELECT * FROM posts"  # noqa: S608 (order is one of two words)
            " WHERE network = ? AND account = ? AND NOT deleted"
            " AND created_ms >= ? AND created_ms <= ? AND seq > ? AND seq < ?"
            " AND (? OR reply_to IS NULL)"
            " AND (? OR EXISTS (SELECT 1 FROM media WHERE media.network = posts.network"
            " AND media.post_id = posts.id))"
            f" ORDER BY seq {order} LIMIT ? OFFSET ?",
            network,
            account,
            since_ms,
            _FOREVER if until_ms is None else until_ms,
            after,
            _FOREVER if before is None else before,
            replies,
            not only_media,
            limit,
            offset,
        )
        return rows[::-1] if upward else rows

    def place(self, network: str, account: str, post_id: str) -> tuple[int, bool]:
        """Say where an id stands among an account's posts.

        Returns the post's `seq` and True; for an id that is none of them, the `seq` of the
        newest with a smaller id (0 where there is none) and False.
        """
        row = self.one(
            "SELECT seq FROM posts WHERE network = ? AND account = ? AND id = ?",
            network,
            account,
            post_id,
        )
        if row is not None:
            return row["seq"], True
        row = self.one(
            "SELECT max(seq) AS seq FROM posts WHERE network = ?1 AND account = ?2 AND"
            " CASE WHEN ?3 GLOB '*[^0-9]*' THEN id < ?3"
            " ELSE CAST(id AS INTEGER) < CAST(?3 AS INTEGER) END",
            network,
            account,
            post_id,
        )
        return (0 if row is None or row["seq"] is None else row["seq"]), False

    def bounds(
        self, network: str, account: str, *, after: str | None, before: str | None
    ) -> tuple[int, int | None]:
        """Turn ids that bound a timeline into what `timeline` takes as after and before."""
        above = 0 if after is None else self.place(network, account, after)[0]
        if before is None:
            return above, None
        place, known = self.place(network, account, before)
        return above, place if known else place + 1

    def tally(self, network: str, account: str) -> tuple[int, int | None]:
        """Return how many posts an account has, and when it made the last one (ms)."""
        row = self.one(
            "SELECT count(*) AS posts, max(created_ms) AS last FROM posts"
            " WHERE network = ? AND account = ? AND NOT deleted",
            network,
            account,
        )
        return (0, None) if row is None else (row["posts"], row["last"])

    def add_post(self, media: Sequence[str], **values: Value) -> None:
        """Store a post and tie the uploaded `media` to it, in their order."""
        with self.transaction():
            self.insert("posts", **values)
            for place, media_id in enumerate(media):
                self.run(
                    "UPDATE media SET post_id = ?, place = ? WHERE network = ? AND id = ?",
                    values["id"],
                    place,
                    values["network"],
                    media_id,
                )

    def delete_post(self, network: str, post_id: str) -> None:
        """Mark a post as deleted and free its pictures, as Mastodon does for a redraft."""
        with self.transaction():
            self.run("UPDATE posts SET deleted = 1 WHERE network = ? AND id = ?", network, post_id)
            self.run(
                "UPDATE media SET post_id = NULL WHERE network = ? AND post_id = ?",
                network,
                post_id,
            )

    def media_of(self, network: str, post_id: str) -> list[Row]:
        """Return the pictures of a post in their order."""
        return self.all(
            "SELECT * FROM media WHERE network = ? AND post_id = ? ORDER BY place",
            network,
            post_id,
        )

    def media(self, network: str, media_id: str) -> Row | None:
        """Return one uploaded picture."""
        return self.one("SELECT * FROM media WHERE network = ? AND id = ?", network, media_id)

    def add_charge(self, what: str, calls: int, millicents: int) -> None:
        """Add to the meter; a millicent is 0.00001 US dollars."""
        self.run(
            "INSERT INTO charges VALUES (?1, ?2, ?3) ON CONFLICT (what) DO UPDATE SET"
            " calls = calls + ?2, millicents = millicents + ?3",
            what,
            calls,
            millicents,
        )


def dump(value: object) -> str:
    """Write a value for a JSON column."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
