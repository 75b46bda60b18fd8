"""X, through tweepy: one account on X's API v2, signed with OAuth 1.0a.

tweepy builds, signs and parses; our session (`_http.Wire`) sets timeout and base address and
judges answers. What tweepy has no method for (v2 media upload, alt text) goes through its
public `Client.request`. Nothing here waits, retries or sleeps: `wait_on_rate_limit` sleeps a
quarter of an hour inside the call.

There is no idempotency key on X. After doubt, `find` reads our own timeline, which is also
how engagement is read, because X charges five times as much for it elsewhere.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import quote

import tweepy

from bot.model import Account, Counts, Draft, Limits, NetworkName, Receipt
from bot.networks._errors import Guard, Step
from bot.networks._http import Refused, Wire, base_address
from bot.networks._x_timeline import (
    ALL_PAGES,
    Timeline,
    id_of,
    is_answer,
    media_of,
    request,
    time_of,
)
from bot.networks.base import DEFAULT_LIMITS, NetworkError, Rejected, Seen, TryLater
from bot.networks.matching import choose, text_from_x

OWN_SERVER = "https://api.x.com"
"""What X's API description names; tweepy's literal is the older api.twitter.com."""
_TWEEPYS_SERVER = "https://api.twitter.com"

_PAST = timedelta(minutes=10)

_POST = ("POST", "/2/tweets")
_UPLOAD = ("POST", "/2/media/upload")
_UPLOAD_LASTS = timedelta(hours=1)
"""How long an upload is good for another try; X keeps it for a day."""

_ACCOUNT_PROBLEMS = {
    "user-suspended": "the account is suspended or locked: log in at X and see why",
    "client-forbidden": "the app may not do this: check its project in X's developer console",
    "oauth1-permissions": "the app may only read: allow it to write, then run bot login again",
    "unsupported-authentication": "these are not OAuth 1.0a credentials of a user",
    "credits-depleted": "no credits are left: top them up in X's developer console",
    "usage-capped": "the plan's usage cap is reached: waiting for the reset does not help",
}
"""By the last part of a problem's `type`: what concerns the account or app, not the draft."""
_ACCOUNT_CODES = {64: "user-suspended", 326: "user-suspended"}
"""X's older error numbers, still found in `errors[].code`: suspended, locked."""


class Me(NamedTuple):
    """Whose account it is."""

    id: str
    username: str
    name: str


class XNetwork:
    """One account on X, or on a server that speaks X's API.

    Args:
        account: `server` overrides X's own address, `characters` the limit of 280.
        secrets: API_KEY, API_SECRET, ACCESS_TOKEN, ACCESS_SECRET.
        timeout: seconds, for connecting and for each wait on the server.
        clock: tells the time, to turn rate-limit answers into moments.

    Raises:
        ValueError: `account.server` is not https (or http on loopback).
    """

    name = NetworkName.X

    def __init__(
        self,
        account: Account,
        secrets: Mapping[str, str],
        *,
        timeout: float = 30.0,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        self._account = account
        self._clock = clock
        base = base_address(account.server or OWN_SERVER)
        self._site = "https://x.com" if account.server is None else base
        self._guard = Guard(
            account.name, base.partition("://")[2], secrets.values(), _trouble_with_account, clock
        )
        self._client = tweepy.Client(
            consumer_key=secrets["API_KEY"],
            consumer_secret=secrets["API_SECRET"],
            access_token=secrets["ACCESS_TOKEN"],
            access_token_secret=secrets["ACCESS_SECRET"],
            return_type=dict,
            wait_on_rate_limit=False,
        )
        self._client.session.close()
        wire = Wire(base, instead_of=_TWEEPYS_SERVER, timeout=timeout, clock=clock)
        self._client.session = wire
        self._heard = wire.heard
        self._timeline = Timeline(self._client, self._guard, self._heard)
        self._me: Me | None = None
        self._uploads: dict[str, tuple[str, datetime]] = {}

    def __repr__(self) -> str:
        return f"<XNetwork {self._account.name}>"

    @property
    def resend_window(self) -> timedelta:
        """Zero: X knows no idempotency key."""
        return timedelta(0)

    @property
    def posts_read(self) -> int:
        """How many posts were read so far; X charges for each."""
        return self._timeline.posts_read

    @property
    def clock_ahead(self) -> timedelta | None:
        """How far X's clock is ahead of ours, as its last answer told."""
        return self._heard.ahead

    @property
    def tells_limits(self) -> bool:
        """Whether X has told how many posts are left."""
        return self._heard.told(*_POST)

    def limits(self) -> Limits:
        """X tells no limits: the documented ones, and the account's own number of characters."""
        limits = DEFAULT_LIMITS[NetworkName.X]
        if self._account.characters is None:
            return limits
        return replace(limits, characters=self._account.characters)

    def me(self) -> Me:
        """Ask once whose account this is.

        Raises:
            TryLater: X could not be asked, or does not accept the credentials.
        """
        if self._me is None:
            with self._guard.on(Step.READ):
                data = self._client.get_me(user_auth=True)["data"]
                self._me = Me(str(data["id"]), str(data["username"]), str(data.get("name", "")))
        return self._me

    def publish(self, draft: Draft, picture: bytes | None, key: str) -> Receipt:
        """Upload the picture with its alt text, then post.

        X has no use for `key`. Where a try certainly did not post, the next one with that key
        takes the same upload; after any other a new one is made, so none is attached twice.

        Whose account it is, for the receipt's address, is asked before the post: afterwards it
        would only lengthen the time in which a crash loses the receipt.

        Raises:
            Rejected, TryLater, OutcomeUnknown: see `_errors`; only the post itself leaves doubt.
        """
        self._guard.room(self._heard, *_POST)
        media = None if draft.picture is None else [self._uploaded(draft, picture, key)]
        username = self._username()
        try:
            remote_id = self._post(draft, media)
        except TryLater:
            if media is not None and self._clock is not None:
                self._uploads[key] = (media[0], self._clock())
            raise
        return Receipt(remote_id, self._address(remote_id, username))

    def _post(self, draft: Draft, media: list[str] | None) -> str:
        poll = draft.poll
        with self._guard.on(Step.POST):
            answer = self._client.create_tweet(
                text=draft.text,
                media_ids=media,
                in_reply_to_tweet_id=draft.in_reply_to,
                poll_options=list(poll.options) if poll else None,
                poll_duration_minutes=_minutes(poll.duration) if poll else None,
                user_auth=True,
            )
            return id_of(answer["data"])

    def find(self, draft: Draft, since: datetime, until: datetime | None = None) -> Receipt | None:
        """Look for `draft` among our posts since `since` (see `matching.choose`).

        Raises:
            TryLater: the timeline could not be read, or is too long to be looked through.
        """
        me = self.me()
        # Said to X only when it is well past: an end that is not yet there may be refused.
        past = until is not None and self._clock is not None and until + _PAST < self._clock()
        posts = self._timeline.posts(me.id, since, until if past else None)
        return choose(draft, [self._seen(me, post) for post in posts], since, until)

    def posts_since(self, since: datetime) -> Sequence[Seen]:
        """Read our own posts since `since`; X gives the newest 3,200.

        Raises:
            TryLater: the timeline could not be read, or is too long to be looked through.
        """
        me = self.me()
        posts = self._timeline.posts(me.id, since, None, pages=ALL_PAGES)
        return [self._seen(me, post) for post in posts]

    def _seen(self, me: Me, post: Mapping[str, Any]) -> Seen:
        return Seen(
            Receipt(id_of(post), self._address(id_of(post), me.username), time_of(post)),
            text_from_x(post),
            pictured=bool(media_of(post)),
            pictures=len(media_of(post)),
            answers=is_answer(post),
        )

    def measure(self, receipts: Sequence[Receipt]) -> Mapping[str, Counts]:
        """Read engagement from our own timeline, one post read for each receipt.

        Raises:
            TryLater: the timeline could not be read.
        """
        wanted = {receipt.remote_id for receipt in receipts}
        return self._timeline.measure(self.me().id, wanted) if wanted else {}

    def _uploaded(self, draft: Draft, picture: bytes | None, key: str) -> str:
        """Take the upload of an earlier try that did not post, or make one."""
        earlier = self._uploads.pop(key, None)
        if earlier is not None and self._clock is not None:
            media_id, at = earlier
            if timedelta(0) <= self._clock() - at < _UPLOAD_LASTS:
                return media_id
        self._guard.room(self._heard, *_UPLOAD)
        return self._upload(draft, picture)

    def _upload(self, draft: Draft, picture: bytes | None) -> str:
        """Upload the picture and its alt text; return the media id.

        tweepy's own `API.media_upload` and `create_media_metadata` speak to v1.1, which X has
        retired; images need no chunks.
        """
        shown = draft.picture
        if shown is None or picture is None:
            raise Rejected("the draft's picture is missing: its file is not there any more")
        kind = "tweet_gif" if shown.media_type == "image/gif" else "tweet_image"
        content = {"media": base64.b64encode(picture).decode(), "media_category": kind}
        with self._guard.on(Step.UPLOAD):
            data = request(self._client, "POST", "/2/media/upload", json=content)["data"]
            media_id = id_of(data)
            state = (data.get("processing_info") or {}).get("state", "succeeded")
        if state != "succeeded":
            raise TryLater(f"X is still working on the picture (state: {state})")
        if shown.alt:
            words = {"id": media_id, "metadata": {"alt_text": {"text": shown.alt}}}
            with self._guard.on(Step.UPLOAD):
                request(self._client, "POST", "/2/media/metadata", json=words)
        return media_id

    def _username(self) -> str | None:
        try:
            return self.me().username
        except NetworkError:
            return None  # the address does without it

    def _address(self, remote_id: str, username: str | None) -> str:
        path = f"{quote(username, safe='')}/status" if username else "i/web/status"
        return f"{self._site}/{path}/{quote(remote_id, safe='')}"


def _trouble_with_account(answer: Refused) -> str | None:
    kind = str(answer.problem.get("type", "")).rstrip("/").rpartition("/")[2]
    title = answer.problem.get("title")
    if title == "UsageCapExceeded":
        kind = "usage-capped"
    errors = answer.problem.get("errors")
    for error in errors if isinstance(errors, list) else []:
        if isinstance(error, dict) and isinstance(error.get("code"), int):
            kind = _ACCOUNT_CODES.get(error["code"], kind)
    if answer.status == 404 and not answer.problem:
        return "there is no X API at that address: check the account's server"
    return _ACCOUNT_PROBLEMS.get(kind) if answer.status < 500 else None


def _minutes(duration: timedelta) -> int:
    return max(5, round(duration.total_seconds() / 60))
