"""What the two servers and the page share: memory, clock, seed, faults, addresses."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from bot.model import Counts
from bot.sandbox import ids, wording
from bot.sandbox.engagement import simulate
from bot.sandbox.faults import Faults
from bot.sandbox.flavours import Flavour
from bot.sandbox.limits import Windows
from bot.sandbox.records import (
    Charge,
    NetworkKey,
    SandboxAccount,
    SandboxMedia,
    SandboxPoll,
    SandboxPost,
)
from bot.sandbox.store import Row, Store

XDialect = Literal["2.166", "2.167"]
"""Versions of X's API description; 2.167 renames `retweet_count` and others."""

PRICES = {
    "post": Decimal("0.015"),
    "post with a link": Decimal("0.200"),
    "delete": Decimal("0.010"),
    "alt text": Decimal("0.005"),
    "read": Decimal("0.005"),
    "read on the own timeline": Decimal("0.001"),
}
"""US dollars a call, or a post read (X's pricing page, 2026-08-22)."""


@dataclass
class World:
    """Everything that a request handler needs."""

    store: Store
    clock: Callable[[], datetime]
    seed: int
    faults: Faults
    media_dir: Path
    flavour: Flavour
    x_dialect: XDialect
    x_characters: int
    """Of a post on X; more than 280 for paying accounts."""
    zone: ZoneInfo
    duplicate_window: timedelta
    windows: Windows
    x_url: str = ""
    mastodon_url: str = ""
    page_url: str = ""
    closing: threading.Event = field(default_factory=threading.Event)
    """Set when the sandbox ends; hanging requests wait on it."""

    def now(self) -> datetime:
        """Read the sandbox's clock, in UTC."""
        return self.clock().astimezone(UTC)

    # --- accounts ---------------------------------------------------------------------------

    def accounts(self, network: NetworkKey | None = None) -> list[SandboxAccount]:
        """List the accounts in the order in which they were made."""
        rows = self.store.all(
            "SELECT * FROM accounts WHERE ?1 IS NULL OR network = ?1 ORDER BY rowid", network
        )
        return [_account(row) for row in rows]

    def account(self, network: NetworkKey, name: str) -> SandboxAccount | None:
        """Find an account by our name of it."""
        return self._find(network, "name", name)

    def account_by_id(self, network: NetworkKey, account_id: str) -> SandboxAccount | None:
        """Find an account by its network's id."""
        return self._find(network, "id", account_id)

    def account_by_username(self, network: NetworkKey, username: str) -> SandboxAccount | None:
        """Find an account by its handle."""
        return self._find(network, "username", username)

    def _find(self, network: NetworkKey, column: str, value: str) -> SandboxAccount | None:
        found = self.store.one(
            f"SELECT * FROM accounts WHERE network = ? AND {column} = ?",  # noqa: S608 (ours)
            network,
            value,
        )
        return None if found is None else _account(found)

    # --- posts ------------------------------------------------------------------------------

    def new_id(self, network: NetworkKey) -> str:
        """Make the next id for a post or a picture. Call it inside the transaction."""
        now = self.now()
        if network == "x" or self.flavour.ids == "number":
            first, last = (ids.snowflake_range if network == "x" else ids.mastodon_range)(now)
            used = self.store.greatest_id(network, first, last)
            return str(first if used is None else used + 1)
        row = self.store.one(
            "SELECT (SELECT count(*) FROM posts) + (SELECT count(*) FROM media) AS n"
        )
        counter = row["n"] if row is not None else 0
        make = ids.ulid if self.flavour.ids == "ulid" else ids.snac_id
        return make(now, counter, self.seed)

    def posts(
        self, network: NetworkKey | None = None, account: str | None = None
    ) -> list[SandboxPost]:
        """List posts that were not deleted, in the order in which they were made."""
        return [self.as_post(row) for row in self.store.posts(network, account)]

    def as_post(self, row: Row) -> SandboxPost:
        """Turn a row into a post, with its counts as of now."""
        network: NetworkKey = row["network"]
        media = [self.as_media(item) for item in self.store.media_of(network, row["id"])]
        created = moment(row["created_ms"])
        poll = json.loads(row["poll"]) if row["poll"] else None
        return SandboxPost(
            network=network,
            id=row["id"],
            account=row["account"],
            text=row["text"],
            created_at=created,
            media=media,
            visibility=row["visibility"],
            language=row["language"],
            content_warning=row["cw"],
            sensitive=bool(row["sensitive"]),
            reply_to=row["reply_to"],
            poll=poll
            and SandboxPoll(
                tuple(poll["options"]), timedelta(seconds=poll["seconds"]), poll["multiple"]
            ),
            key=row["key"],
            counts=self._counts(network, row["text"], created, bool(media)),
            url=self.post_url(network, row["account"], row["id"]),
        )

    def _counts(self, network: NetworkKey, text: str, created: datetime, picture: bool) -> Counts:
        return simulate(
            self.seed,
            network,
            text,
            self.now() - created,
            has_link=wording.has_link(network, text),
            has_picture=picture,
        )

    def as_media(self, row: Row) -> SandboxMedia:
        """Turn a row into a picture."""
        focus = json.loads(row["focus"]) if row["focus"] else None
        return SandboxMedia(
            id=row["id"],
            account=row["account"],
            file=self.media_dir / row["file"],
            media_type=row["media_type"],
            width=row["width"],
            height=row["height"],
            size=row["size"],
            alt=row["alt"],
            focus=None if focus is None else (focus[0], focus[1]),
            created_at=moment(row["created_ms"]),
            post_id=row["post_id"],
        )

    def post_url(self, network: NetworkKey, account: str, post_id: str) -> str:
        """Return the address of a post's own page, on the server that made it."""
        found = self.account(network, account)
        username = account if found is None else found.username
        if network == "x":
            return f"{self.x_url}/{username}/status/{post_id}"
        return f"{self.mastodon_url}/@{username}/{post_id}"

    # --- money ------------------------------------------------------------------------------

    def charge(self, what: str, calls: int = 1) -> None:
        """Run the meter for `calls` of one of PRICES."""
        if calls:
            self.store.add_charge(what, calls, int(PRICES[what] * 100_000) * calls)

    def charges(self) -> list[Charge]:
        """Read the meter."""
        return [
            Charge(row["what"], row["calls"], Decimal(row["millicents"]) / 100_000)
            for row in self.store.all("SELECT * FROM charges ORDER BY what")
        ]


def moment(ms: int) -> datetime:
    """Turn milliseconds since 1970 into a time."""
    return datetime.fromtimestamp(ms / 1000, UTC)


def _account(row: Row) -> SandboxAccount:
    return SandboxAccount(
        network=row["network"],
        name=row["name"],
        id=row["id"],
        username=row["username"],
        display_name=row["display_name"],
        bot=bool(row["bot"]),
        created_at=moment(row["created_ms"]),
        language=row["language"],
        visibility=row["visibility"],
        note=row["note"],
    )
