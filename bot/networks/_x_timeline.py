"""Our own timeline on X: the one place where reading a post costs a fifth of the usual price.

    timeline = Timeline(client, guard)
    for post in timeline.posts(user_id, since=..., until=...): ...
    timeline.measure(user_id, {"123", "456"})

`posts_read` counts what X charges for.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import tweepy

from bot.model import Counts
from bot.networks._errors import Guard, Step
from bot.networks._headers import Heard
from bot.networks._http import Refused
from bot.networks.base import TryLater
from bot.networks.matching import CLOCK_SKEW

log = logging.getLogger(__name__)

_PAGE = 100
_SMALLEST_PAGE = 5
_FIND_PAGES = 10
ALL_PAGES = 32
"""X serves the 3,200 newest posts of an account."""

_SPELLINGS = (
    ("tweet.fields", "attachments,conversation_id,created_at,entities,note_tweet,public_metrics"),
    ("post.fields", "attachments,conversation_id,created_at,entities,note_post,public_metrics"),
)
"""X's API description 2.167 renamed both parameter and field; servers refuse unknown ones."""


class Timeline:
    """Reads the posts of one user, newest first, reposts left out."""

    def __init__(self, client: tweepy.Client, guard: Guard, heard: Heard) -> None:
        self._client = client
        self._guard = guard
        self._heard = heard
        self._spelling = 0
        self.posts_read = 0

    def posts(
        self,
        user_id: str,
        since: datetime,
        until: datetime | None,
        pages: int = _FIND_PAGES,
    ) -> Iterator[Mapping[str, Any]]:
        """Yield the posts made from `since` to `until`, and those within CLOCK_SKEW around.

        Raises:
            TryLater: the timeline could not be read, or holds more posts than are looked
                through (then "not there" would be a guess).
        """
        window = {"start_time": _iso(since - CLOCK_SKEW)}
        if until is not None:
            window["end_time"] = _iso(until + CLOCK_SKEW + timedelta(seconds=1))
        for post in self._pages(user_id, window, _PAGE, pages, reading=False):
            at = time_of(post)
            if at is not None and at < since - CLOCK_SKEW:
                return  # a server that does not honour start_time; the rest is older still
            yield post

    def measure(self, user_id: str, wanted: Collection[str]) -> Mapping[str, Counts]:
        """Read engagement by id; an id that is gone is missing.

        Each post is asked for by the ids on either side of it, so it costs one post read. On a
        server that ignores those bounds, pages are read until all are found.

        Raises:
            TryLater: the timeline could not be read.
        """
        counts: dict[str, Counts] = {}
        for remote_id in sorted(wanted):
            if remote_id in counts:
                continue
            window, size = _around(remote_id)
            for post in self._pages(user_id, window, size, ALL_PAGES, reading=True):
                if id_of(post) in wanted:
                    counts[id_of(post)] = _counts(post)
                if len(counts) == len(wanted):
                    return counts
        return counts

    def _pages(
        self, user_id: str, window: Mapping[str, str], size: int, pages: int, *, reading: bool
    ) -> Iterator[Mapping[str, Any]]:
        route = f"/2/users/{quote(user_id, safe='')}/tweets"
        params = {"max_results": str(size), "exclude": "retweets", **window}
        for _ in range(pages):
            self._guard.room(self._heard, "GET", route, reading=reading)
            with self._guard.on(Step.READ):
                body = self._page(route, params)
                posts = list(body.get("data") or [])
                for post in posts:
                    id_of(post)  # whatever else it is, it is a post
                token = body["meta"].get("next_token")  # there also where no post is
            yield from posts
            if not token:
                return
            params["pagination_token"] = str(token)
        raise TryLater(f"our own timeline holds more than {pages * size} posts to look through")

    def _page(self, route: str, params: Mapping[str, str]) -> Mapping[str, Any]:
        """Read one page, spelling the fields as the server understands them."""
        for last in (False, True):
            name, fields = _SPELLINGS[self._spelling]
            try:
                body = request(self._client, "GET", route, params={**params, name: fields})
            except Refused as answer:
                if answer.status != 400 or last:
                    raise
            else:
                posts = body.get("data") or []
                self.posts_read += len(posts)
                if last or all("created_at" in post for post in posts):
                    return body
            self._spelling = 1 - self._spelling
        raise AssertionError("the last try returns or raises")


def request(client: tweepy.Client, method: str, route: str, **what: object) -> Mapping[str, Any]:
    """Send what tweepy has no method for, signed by it; return the JSON object of the answer.

    Raises:
        ValueError: the answer is no JSON object, or holds errors and no data.
    """
    body = client.request(method, route, user_auth=True, **what).json()
    if not isinstance(body, dict) or (body.get("errors") and not body.get("data")):
        raise ValueError("no data in the answer")
    return body


def id_of(data: Mapping[str, Any]) -> str:
    """Return the id of a post or an upload.

    Raises:
        ValueError: it has none.
    """
    if not isinstance(data.get("id"), str | int) or not data["id"]:
        raise ValueError("no id in the answer")
    return str(data["id"])


def time_of(post: Mapping[str, Any]) -> datetime | None:
    """Return when a post was made; None where the answer does not say."""
    try:
        at = datetime.fromisoformat(str(post.get("created_at")))
    except ValueError:
        return None
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)


def media_of(post: Mapping[str, Any]) -> list[Any]:
    """Return the keys of the pictures that a post carries."""
    keys = (post.get("attachments") or {}).get("media_keys")
    return keys if isinstance(keys, list) else []


def is_answer(post: Mapping[str, Any]) -> bool:
    """Tell whether a post answers another: then its conversation bears another's id."""
    return str(post.get("conversation_id") or post.get("id")) != str(post.get("id"))


def _counts(post: Mapping[str, Any]) -> Counts:
    metrics = post.get("public_metrics")
    if not isinstance(metrics, dict):
        log.warning("X gives no engagement for post %s", post.get("id"))
        metrics = {}

    def count(*names: str) -> int | None:
        values = [metrics[name] for name in names if isinstance(metrics.get(name), int)]
        return values[0] if values else None

    return Counts(
        likes=count("like_count"),
        reposts=count("repost_count", "retweet_count"),
        replies=count("reply_count"),
        quotes=count("quote_count"),
        bookmarks=count("bookmark_count"),
        impressions=count("impression_count"),
    )


def _around(remote_id: str) -> tuple[dict[str, str], int]:
    """Return the window that holds just one post (its bounds are exclusive), and a page size."""
    if not remote_id.isdecimal():
        return {}, _PAGE
    number = int(remote_id)
    return {"since_id": str(max(number - 1, 0)), "until_id": str(number + 1)}, _SMALLEST_PAGE


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
