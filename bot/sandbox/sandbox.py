"""The sandbox as one thing: start it, make accounts, read what was posted, stop it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self
from zoneinfo import ZoneInfo

from bot.model import NetworkName
from bot.sandbox import ids
from bot.sandbox.faults import Faults
from bot.sandbox.flavours import FLAVOURS, Flavour
from bot.sandbox.limits import Windows
from bot.sandbox.mastodon.accounts import grant as grant_mastodon
from bot.sandbox.mastodon.app import mastodon_app
from bot.sandbox.page.app import page_app
from bot.sandbox.records import Charge, NetworkKey, SandboxAccount, SandboxPost
from bot.sandbox.serving import LoopbackServer
from bot.sandbox.store import Store
from bot.sandbox.world import World, XDialect
from bot.sandbox.x.app import x_app
from bot.sandbox.x.auth import grant as grant_x

_SEVEN_MONTHS = timedelta(days=210)


class Sandbox:
    """Loopback X and Mastodon servers, and a page with their timelines.

        with Sandbox(folder / "sandbox.db", clock=clock) as sandbox:
            sandbox.add_account("mastodon", "masto-en", display_name="A campaign")
            ...Mastodon(api_base_url=sandbox.mastodon_url,
                        access_token=sandbox.mastodon_token("masto-en"))...
            assert [post.text for post in sandbox.posts()] == ["Hello"]

    Posts, accounts and tokens are in the `database` file and outlive the process, `kill -9`
    included; open the same file again and they are there. Credentials follow from the seed
    and the account's name, so they stay the same too. Faults and rate-limit counts are kept
    in memory only.
    """

    def __init__(
        self,
        database: Path,
        *,
        clock: Callable[[], datetime],
        x_port: int = 0,
        mastodon_port: int = 0,
        page_port: int = 0,
        seed: int = 1,
        faults: Faults | None = None,
        media_dir: Path | None = None,
        flavour: str = "mastodon-4.5",
        x_dialect: XDialect = "2.166",
        rate_limits: bool = True,
        zone: ZoneInfo | None = None,
        duplicate_window: timedelta = timedelta(hours=24),
        characters: int | None = None,
        alt_characters: int | None = None,
    ) -> None:
        """Open the file and bind the ports; `start`, or `with`, begins to answer.

        Args:
            database: SQLite file, made where it is absent.
            clock: what time it is, aware; posts, counts, limits and the page go by it.
            x_port: on 127.0.0.1; 0 picks a free one, as for the other two.
            mastodon_port: see x_port.
            page_port: see x_port.
            seed: what ids' tails, credentials and simulated engagement are made from.
            faults: to share with a test; a new set by default.
            media_dir: where pictures are kept; `<database>.media` by default.
            flavour: which Mastodon-like server to be, one of flavours.FLAVOURS.
            x_dialect: which version of X's API description to speak.
            rate_limits: off where many posts in little time are the point of a run.
            zone: in which the page shows times; UTC by default.
            duplicate_window: how long X refuses the same text again (undocumented by X).
            characters: of a post, where that is more than the two servers' usual limits
                (paying accounts on X, generous Mastodon servers).
            alt_characters: of an alt text on Mastodon, likewise.

        Raises:
            ValueError: there is no such flavour.
            PortTakenError: another program listens on the port.
        """
        if flavour not in FLAVOURS:
            raise ValueError(f"no flavour {flavour!r}; there are: {', '.join(FLAVOURS)}")
        self.faults = Faults() if faults is None else faults
        self._world = World(
            store=Store(database),
            clock=clock,
            seed=seed,
            faults=self.faults,
            media_dir=media_dir or database.with_name(f"{database.name}.media"),
            flavour=_generous(FLAVOURS[flavour], characters or 0, alt_characters or 0),
            x_characters=max(280, characters or 0),
            x_dialect=x_dialect,
            zone=zone or ZoneInfo("UTC"),
            duplicate_window=duplicate_window,
            windows=Windows(enforce=rate_limits),
        )
        self._servers: list[LoopbackServer] = []
        try:
            for make, port in (
                (x_app, x_port),
                (mastodon_app, mastodon_port),
                (page_app, page_port),
            ):
                self._servers.append(LoopbackServer(make(self._world), port))
        except BaseException:
            self.close()
            raise
        self.x_url, self.mastodon_url, self.page_url = (server.url for server in self._servers)
        self._world.x_url = self.x_url
        self._world.mastodon_url = self.mastodon_url
        self._world.page_url = self.page_url

    def start(self) -> None:
        """Begin to answer, in threads."""
        for server in self._servers:
            server.start()

    def close(self) -> None:
        """Stop: hanging requests end at once, connections are cut, the file is closed."""
        self._world.closing.set()
        closers = [threading.Thread(target=server.close) for server in self._servers]
        for closer in closers:
            closer.start()
        for closer in closers:
            closer.join()
        self._world.store.close()

    def settle(self, seconds: float = 10.0) -> None:
        """Wait until every request that was sent so far has come to its end.

        For whoever kills a client and then wants to know what it has done: its last request may
        still be on the way. A hang on purpose ends once its client is gone.

        Raises:
            TimeoutError: some request has not ended within `seconds`.
        """
        if not all(server.settle(seconds) for server in self._servers):
            raise TimeoutError(f"the sandbox still had requests in hand after {seconds} s")

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # --- accounts ---------------------------------------------------------------------------

    def add_account(
        self,
        network: NetworkKey,
        name: str,
        *,
        username: str | None = None,
        display_name: str | None = None,
        bot: bool = False,
        language: str = "en",
        visibility: str = "public",
        note: str = "",
    ) -> SandboxAccount:
        """Make an account, or return the one of that name.

        Args:
            network: `x` or `mastodon`.
            name: our name of it, as in schedules.yaml.
            username: its handle; by default `name` without what a handle may not hold.
            display_name: by default `name`.
            bot: whether it carries the label of automated accounts.
            language: of Mastodon's error texts, and of posts that name none.
            visibility: of Mastodon posts that name none.
            note: its profile text.

        Raises:
            ValueError: there is no such network.
        """
        network = NetworkName(network).value
        world = self._world
        with world.store.transaction():
            known = world.account(network, name)
            if known is None:
                created = world.now() - _SEVEN_MONTHS
                handle = username or "".join(
                    letter if letter.isascii() and letter.isalnum() else "_" for letter in name
                )
                number = len(world.accounts(network))
                account_id = str(
                    int.from_bytes(ids.digest(world.seed, network, name)[:7], "big") + 10**12
                )
                if network == "mastodon" and world.flavour.ids == "ulid":
                    account_id = ids.ulid(created, number, world.seed)
                world.store.insert(
                    "accounts",
                    network=network,
                    name=name,
                    id=account_id,
                    username=handle[:15] if network == "x" else handle[:30],
                    display_name=display_name or name,
                    bot=int(bot),
                    created_ms=ids.milliseconds(created),
                    language=language,
                    visibility=visibility,
                    note=note,
                )
                self._credentials(network, name)
        found = world.account(network, name)
        if found is None:
            raise LookupError(name)
        return found

    def _credentials(self, network: NetworkKey, name: str) -> None:
        world = self._world
        if network == "mastodon":
            grant_mastodon(
                world, name, ids.secret(world.seed, "mastodon", name), "sandbox", "read write"
            )
            return
        key = ids.secret(world.seed, "x key", name, length=25)
        world.store.insert(
            "apps",
            network="x",
            id=key,
            secret=ids.secret(world.seed, "x secret", name, length=50),
            name=f"{name}'s app",
            redirects="",
            scopes="",
        )
        account = world.account("x", name)
        if account is not None:
            grant_x(world, account, key)

    def accounts(self, network: NetworkKey | None = None) -> list[SandboxAccount]:
        """List the accounts in the order in which they were made."""
        return self._world.accounts(network)

    def x_credentials(self, account: str) -> dict[str, str]:
        """Return API_KEY, API_SECRET, ACCESS_TOKEN and ACCESS_SECRET of an account on X.

        Raises:
            KeyError: there is no such account.
        """
        known = self._known("x", account)
        app = self._world.store.one(
            "SELECT id, secret FROM apps WHERE network = 'x' AND id = ?",
            ids.secret(self._world.seed, "x key", account, length=25),
        )
        if app is None:
            raise KeyError(f"the sandbox's file was made with another seed: {account}")
        token, token_secret = grant_x(self._world, known, app["id"])
        return {
            "API_KEY": app["id"],
            "API_SECRET": app["secret"],
            "ACCESS_TOKEN": token,
            "ACCESS_SECRET": token_secret,
        }

    def mastodon_token(self, account: str) -> str:
        """Return the access token of an account on Mastodon.

        Raises:
            KeyError: there is no such account.
        """
        self._known("mastodon", account)
        return ids.secret(self._world.seed, "mastodon", account)

    def revoke(self, network: NetworkKey, account: str) -> None:
        """Withdraw the account's tokens: calls with them are answered 401 from now on."""
        self._known(network, account)
        self._world.store.run(
            "DELETE FROM tokens WHERE network = ? AND account = ?", network, account
        )

    def _known(self, network: NetworkKey, name: str) -> SandboxAccount:
        found = self._world.account(network, name)
        if found is None:
            raise KeyError(f"no account {name!r} on {network}; call add_account first")
        return found

    # --- what came of it --------------------------------------------------------------------

    def posts(
        self, network: NetworkKey | None = None, account: str | None = None
    ) -> list[SandboxPost]:
        """List posts that were not deleted, in the order in which they were made."""
        return self._world.posts(network, account)

    def charges(self) -> list[Charge]:
        """Say what X would have charged so far, by kind of call."""
        return self._world.charges()


def _generous(flavour: Flavour, characters: int, alt_characters: int) -> Flavour:
    """Raise a server's limits where it has any that are lower."""
    return replace(
        flavour,
        characters=max(flavour.characters, characters) if flavour.characters else None,
        alt_characters=max(flavour.alt_characters, alt_characters),
    )
