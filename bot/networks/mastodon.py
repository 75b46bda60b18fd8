"""Mastodon and the servers that speak its API, through Mastodon.py.

The library is told a version and never looks one up (a failing look-up recurses for 43 s), and
never waits (`ratelimit_method="throw"`). Our session (`_http.Wire`) judges answers before the
library does, so a malformed rate-limit header cannot turn a post that was made into an error.

Every post names its visibility and language, because servers' defaults differ, and is sent at
once: what `scheduled_at` does differs too. Ids are opaque texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from mastodon.errors import MastodonError

from bot.model import Account, Counts, Draft, Limits, NetworkName, Receipt
from bot.networks._errors import Guard, Step
from bot.networks._http import Refused, Wire, base_address
from bot.networks._instance import Server, read_server
from bot.networks._mastodon_api import alt_of, client, counts_of, id_of, is_gone, receipt_of
from bot.networks.base import Rejected, Seen, TryLater
from bot.networks.matching import CLOCK_SKEW, choose, text_from_html

_KEY_KEPT = timedelta(minutes=50)
"""Mastodon keeps an Idempotency-Key for 3600 s; the rest is for clocks and slow answers."""
_PAGE = 40
_FIND_PAGES = 25
_ALL_PAGES = 100
_PICTURE_WAIT = timedelta(seconds=15)
_POST = ("POST", "/api/v1/statuses")
_UPLOAD = ("POST", "/api/v2/media")


class Me(NamedTuple):
    """Whose account it is. `automated` is None where the server does not say."""

    id: str
    handle: str
    name: str
    automated: bool | None


class MastodonNetwork:
    """One account on a server that speaks the Mastodon API.

    Args:
        account: `server` is the base address; `characters` lowers the server's limit, or takes
            its place where the server names none.
        secrets: ACCESS_TOKEN.
        timeout: seconds, for connecting and for each wait on the server.
        clock: tells the time, to turn rate-limit answers into moments.

    Raises:
        ValueError: `account.server` is missing, or not https (or http on loopback).
    """

    name = NetworkName.MASTODON
    posts_read = 0
    """Reading costs nothing on Mastodon."""
    tells_limits = False
    """Of posts it tells no number that are left, only of calls."""

    def __init__(
        self,
        account: Account,
        secrets: Mapping[str, str],
        *,
        timeout: float = 30.0,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        if not account.server:
            raise ValueError(f'account "{account.name}": a Mastodon account needs its server')
        self._account = account
        self._clock = clock
        token = secrets["ACCESS_TOKEN"]
        self._wire = Wire(base_address(account.server), timeout=timeout, clock=clock)
        self._client = client(self._wire, token, timeout=timeout)
        self._host = urlsplit(self._wire.base).netloc
        self._guard = Guard(account.name, self._host, [token], _trouble_with_account, clock)
        self._server: Server | None = None
        self._me: Me | None = None
        self._unfinished: dict[str, str] = {}

    def __repr__(self) -> str:
        return f"<MastodonNetwork {self._account.name}>"

    @property
    def resend_window(self) -> timedelta:
        """50 minutes on Mastodon; zero on servers that ignore keys, or could not be asked."""
        try:
            server = self._server or self._read_server()
        except TryLater:
            return timedelta(0)
        return _KEY_KEPT if server.is_mastodon else timedelta(0)

    @property
    def clock_ahead(self) -> timedelta | None:
        """How far the server's clock is ahead of ours, as its last answer told."""
        return self._wire.heard.ahead

    def limits(self) -> Limits:
        """Read the limits from the server; where it names none, the defaults.

        Raises:
            TryLater: the server could not be asked.
        """
        server = self._read_server()
        own = self._account.characters
        if own is None:
            return server.limits
        characters = min(own, server.limits.characters) if server.says_characters else own
        return replace(server.limits, characters=characters)

    def me(self) -> Me:
        """Ask once whose account this is.

        Raises:
            TryLater: the server could not be asked, or does not accept the token.
        """
        if self._me is None:
            with self._guard.on(Step.READ):
                said: Any = self._client.account_verify_credentials()
                acct = str(said.acct)
                self._me = Me(
                    id=id_of(said),
                    handle=f"@{acct}" if "@" in acct else f"@{acct}@{self._host}",
                    name=str(said.display_name or ""),
                    automated=said.bot if isinstance(said.bot, bool) else None,
                )
        return self._me

    def set_automated(self) -> None:
        """Mark the account as automated in its profile.

        Raises:
            TryLater: it did not work; `needs_person` where the token may not do it.
        """
        with self._guard.on(Step.READ):
            self._client.account_update_credentials(bot=True)
        self._me = None

    def publish(self, draft: Draft, picture: bytes | None, key: str) -> Receipt:
        """Upload the picture with its alt text, then post, with `key` as Idempotency-Key.

        Raises:
            Rejected, TryLater, OutcomeUnknown: see `_errors`; only the post itself leaves doubt.
                On Mastodon 4.6 a key that was used is answered with 500 although the post
                exists, on others with 404 when the post was deleted since.
        """
        self._room(*_POST)
        media = None
        try:
            media = None if draft.picture is None else [self._upload(draft, picture, key)]
            return self._post(draft, media, key)
        except TryLater:
            if media is not None:  # certainly not attached to anything: the next try takes it
                self._unfinished[key] = media[0]
            raise
        except Rejected:
            # Some servers answer a bad token with 400 or 422: ask, before the draft is blamed.
            self._me = None
            self.me()
            raise

    def find(self, draft: Draft, since: datetime, until: datetime | None = None) -> Receipt | None:
        """Look for `draft` among our posts since `since` (see `matching.choose`).

        Raises:
            TryLater: the timeline could not be read, or is too long to be looked through.
        """
        return choose(draft, self._seen(since - CLOCK_SKEW, _FIND_PAGES), since, until)

    def posts_since(self, since: datetime) -> Sequence[Seen]:
        """Read our own posts since `since`, at most some thousands.

        Raises:
            TryLater: the timeline could not be read, or is too long to be looked through.
        """
        return self._seen(since, _ALL_PAGES)

    def measure(self, receipts: Sequence[Receipt]) -> Mapping[str, Counts]:
        """Read engagement, one status at a time: reading several at once is Mastodon's alone.

        Raises:
            TryLater: the server could not be asked.
        """
        counts: dict[str, Counts] = {}
        for receipt in receipts:
            self._room("GET", f"/api/v1/statuses/{receipt.remote_id}", reading=True)
            with self._guard.on(Step.READ):
                try:
                    status: Any = self._client.status(receipt.remote_id)
                except MastodonError as error:
                    if is_gone(error):
                        continue
                    raise
                counts[receipt.remote_id] = counts_of(status)
        return counts

    def _room(self, method: str, path: str, *, reading: bool = False) -> None:
        self._guard.room(self._wire.heard, method, path, reading=reading)

    def _read_server(self) -> Server:
        headers = {"Authorization": f"Bearer {self._client.access_token}"}
        with self._guard.on(Step.READ):
            self._server = read_server(self._wire, headers)
        return self._server

    def _upload(self, draft: Draft, picture: bytes | None, key: str) -> str:
        """Upload the picture as bytes (a file would be sent empty on a repeat); return its id."""
        shown = draft.picture
        if shown is None or picture is None:
            raise Rejected("the draft's picture is missing: its file is not there any more")
        earlier = self._unfinished.pop(key, None)
        with self._guard.on(Step.UPLOAD):
            media: Any = None if earlier is None else self._uploaded(earlier)
            if media is None:
                self._room(*_UPLOAD)
                media = self._client.media_post(
                    picture, mime_type=shown.media_type, description=shown.alt or None
                )
            media_id = id_of(media)
            ready = media.url is not None
        if not ready:  # answered 202; pictures are usually done at once
            self._unfinished[key] = media_id
            until = self._clock() + _PICTURE_WAIT if self._clock is not None else None
            raise TryLater(f"{self._host} is still working on the picture", until=until)
        return media_id

    def _uploaded(self, media_id: str) -> Any | None:  # noqa: ANN401 (Mastodon.py's)
        """Look at an earlier upload; None where the server has dropped it."""
        try:
            return self._client.media(media_id)
        except MastodonError as error:
            if is_gone(error, 422):
                return None
            raise

    def _post(self, draft: Draft, media: list[Any] | None, key: str) -> Receipt:
        poll: Any = None
        if draft.poll is not None:
            seconds = round(draft.poll.duration.total_seconds())
            options = list(draft.poll.options)
            poll = self._client.make_poll(options, seconds, multiple=draft.poll.multiple)
        with self._guard.on(Step.POST):
            status: Any = self._client.status_post(
                draft.text,
                in_reply_to_id=draft.in_reply_to,
                media_ids=media,
                # A poll goes as JSON, where Mastodon.py writes "0" for False: GoToSocial refuses.
                sensitive=None if poll is not None else False,
                visibility=draft.visibility.value,
                spoiler_text=draft.content_warning or None,
                language=draft.language,
                idempotency_key=key,
                poll=poll,
            )
            return receipt_of(status)

    def _seen(self, since: datetime, pages: int) -> list[Seen]:
        return [
            Seen(
                receipt,
                text_from_html(str(status.content or "")),
                pictured=bool(status.media_attachments),
                warning=str(status.spoiler_text or ""),
                pictures=len(status.media_attachments or ()),
                alt=alt_of(status),
                answers=status.in_reply_to_id is not None,
            )
            for receipt, status in self._timeline(since, pages)
            if status.reblog is None  # some servers do not leave boosts out, though asked to
        ]

    def _timeline(self, earliest: datetime, pages: int) -> Iterator[tuple[Receipt, Any]]:
        """Yield our own posts down to `earliest`, newest first, boosts left out.

        Raises:
            TryLater: it could not be read, or there is too much of it.
        """
        me, last, known = self.me().id, None, set[str]()
        for _ in range(pages):
            self._room("GET", f"/api/v1/accounts/{me}/statuses")
            with self._guard.on(Step.READ):
                page: Any = self._client.account_statuses(
                    me, exclude_reblogs=True, limit=_PAGE, max_id=last
                )
                if not isinstance(self._wire.last_answer(), list):
                    raise TypeError("no list in the answer")  # Mastodon.py makes one of {}
                posts = [(receipt_of(status), status) for status in page]
            fresh = [(receipt, s) for receipt, s in posts if receipt.remote_id not in known]
            # A page is read to its end: a pinned or backdated post may stand above newer ones.
            new = [pair for pair in fresh if not _is_before(pair[0], earliest)]
            yield from new
            if not new:  # the end, or a server that does not honour max_id
                return
            known.update(receipt.remote_id for receipt, _ in fresh)
            last = fresh[-1][0].remote_id
        raise TryLater(f"our own timeline holds more than {pages * _PAGE} posts since then")


def _is_before(receipt: Receipt, earliest: datetime) -> bool:
    return receipt.posted_at is not None and receipt.posted_at < earliest


def _trouble_with_account(answer: Refused) -> str | None:
    if answer.status == 403:
        return "the account or its token may not do this: see its settings, or run bot login again"
    if answer.status == 404 and not answer.problem:
        return "there is no Mastodon API at that address: check the account's server"
    return None
