"""POST, GET and DELETE of posts on X, and an account's own timeline."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, request

from bot.sandbox import wording
from bot.sandbox.gate import json_answer, lag
from bot.sandbox.ids import milliseconds
from bot.sandbox.records import SandboxAccount, SandboxPost
from bot.sandbox.store import dump
from bot.sandbox.world import World
from bot.sandbox.x import calls, shapes
from bot.sandbox.x.checks import checked
from bot.sandbox.x.problems import DUPLICATE, TOO_LONG, Problem, forbidden, invalid, not_found
from bot.text import count_x

_ID = re.compile(r"[0-9]{1,19}", re.ASCII)
MEDIA_LIFE_MS = 24 * 3600 * 1000


def posts(world: World) -> Blueprint:
    """Make the routes of posts."""
    routes = Blueprint("posts", __name__)

    def answer(value: dict[str, Any], status: int = 200) -> Response:
        response = json_answer(value, status)
        response.headers.extend(calls.rate_headers())
        return response

    @routes.post("/2/tweets")
    def create() -> Response:
        account = calls.allowed(world, calls.POST)
        asked = checked(world.x_dialect, request.get_json(silent=True))
        post = _store(world, account, asked)
        linked = wording.has_link("x", post.text)
        world.charge("post with a link" if linked else "post")
        created = {
            "id": post.id,
            "text": shapes.render(world, post).text,
            "edit_history_tweet_ids": [post.id],
        }
        return answer({"data": shapes.in_dialect(world, created)}, 201)

    @routes.delete("/2/tweets/<post_id>")
    def delete(post_id: str) -> Response:
        account = calls.allowed(world, calls.DELETE)
        _require_id(world, "id", post_id)
        row = world.store.post("x", post_id)
        if row is not None and row["account"] != account.name:
            raise forbidden("You are not authorized to delete this Tweet.")
        if row is not None:
            world.store.delete_post("x", post_id)
        world.charge("delete")
        return answer({"data": {"deleted": row is not None}})

    @routes.get("/2/tweets/<post_id>")
    def read(post_id: str) -> Response:
        calls.allowed(world, calls.READ)
        wanted = calls.wanted(world)
        _require_id(world, "id", post_id)
        row = world.store.post("x", post_id)
        if row is None:
            return answer({"errors": [not_found(world.x_dialect, "tweet", "id", post_id)]})
        world.charge("read")
        post = world.as_post(row)
        return answer(_page(world, wanted, [post], lambda shown: shown[0]))

    @routes.get("/2/tweets")
    def read_many() -> Response:
        calls.allowed(world, calls.READ)
        wanted = calls.wanted(world)
        ids = request.args.get("ids", "").split(",")
        if not 1 <= len(ids) <= 100:
            raise invalid(world.x_dialect, "ids: 1 to 100 are allowed", ids=ids)
        for post_id in ids:
            _require_id(world, "ids", post_id)
        rows = {post_id: world.store.post("x", post_id) for post_id in ids}
        found = [world.as_post(row) for row in rows.values() if row is not None]
        world.charge("read", len(found))
        body = _page(world, wanted, found, list)
        missing = [
            not_found(world.x_dialect, "tweet", "ids", post_id)
            for post_id, row in rows.items()
            if row is None
        ]
        return answer({**body, **({"errors": missing} if missing else {})})

    @routes.get("/2/users/<user_id>/tweets")
    def timeline(user_id: str) -> Response:
        caller = calls.allowed(world, calls.TIMELINE)
        _require_id(world, "id", user_id)
        owner = world.account_by_id("x", user_id)
        if owner is None:
            return answer({"errors": [not_found(world.x_dialect, "user", "id", user_id)]})
        return answer(_timeline(world, owner, own=owner.name == caller.name))

    return routes


def _require_id(world: World, name: str, value: str) -> None:
    if not _ID.fullmatch(value):
        raise invalid(
            world.x_dialect,
            f"The `{name}` query parameter value [{value}] is not valid",
            **{name: value},
        )


def _page(
    world: World,
    wanted: calls.Wanted,
    found: list[SandboxPost],
    form: Callable[[list[dict[str, Any]]], Any],
) -> dict[str, Any]:
    """Word posts with what they expand to; X leaves out `data` where there is none."""
    included = shapes.includes_json(world, found, wanted.expansions, wanted.other)
    shown = [shapes.post_json(world, post, wanted.post) for post in found]
    body: dict[str, Any] = {"data": form(shown)} if shown else {}
    if included:
        body["includes"] = included
    return body


def _timeline(world: World, owner: SandboxAccount, *, own: bool) -> dict[str, Any]:
    wanted = calls.wanted(world)
    since, until = calls.time_of(world, "start_time"), calls.time_of(world, "end_time")
    size = calls.number(world, "max_results", 10, 5, 100)
    token = request.args.get("pagination_token", "")
    if token and not re.fullmatch(r"s[0-9]{1,9}", token, re.ASCII):
        raise invalid(world.x_dialect, "Invalid pagination token", pagination_token=token)
    start = int(token[1:]) if token else 0
    shown_until = world.now() - lag()
    after, before = world.store.bounds(
        "x", owner.name, after=request.args.get("since_id"), before=request.args.get("until_id")
    )
    rows = world.store.timeline(
        "x",
        owner.name,
        since_ms=0 if since is None else milliseconds(since),
        # end_time is exclusive.
        until_ms=min(milliseconds(shown_until), _before(until)),
        after=after,
        before=before,
        replies="replies" not in calls.listed(world, "exclude"),
        limit=size + 1,
        offset=start,
    )
    page = [world.as_post(row) for row in rows[:size]]
    world.charge("read on the own timeline" if own else "read", len(page))
    meta: dict[str, Any] = {"result_count": len(page)}
    if page:
        meta |= {"newest_id": page[0].id, "oldest_id": page[-1].id}
    if len(rows) > size:
        meta["next_token"] = f"s{start + size}"
    if start:
        meta["previous_token"] = f"s{max(start - size, 0)}"
    return {**_page(world, wanted, page, list), "meta": meta}


def _before(moment: datetime | None) -> int:
    return 2**62 if moment is None else milliseconds(moment) - 1


def _store(world: World, account: SandboxAccount, asked: dict[str, Any]) -> SandboxPost:
    """Check what only the sandbox's memory can tell, and store the post."""
    text: str = asked["text"]
    counted = count_x(text, limit=world.x_characters)
    if text and not counted.valid:
        raise forbidden(TOO_LONG)
    if len(counted.cashtags) > 1:
        raise forbidden("Posts with more than one cashtag are not allowed on this plan.")
    if asked.get("quote_tweet_id"):
        raise forbidden("Quoting posts is not available on this plan.")
    with world.store.transaction():
        now = world.now()
        reply_to = (asked.get("reply") or {}).get("in_reply_to_tweet_id")
        if reply_to is not None:
            _check_reply(world, account, reply_to)
        media = (asked.get("media") or {}).get("media_ids", [])
        for media_id in media:
            row = world.store.media("x", media_id)
            stale = row and milliseconds(now) - row["created_ms"] > MEDIA_LIFE_MS
            if not row or row["account"] != account.name or row["post_id"] or stale:
                raise invalid(
                    world.x_dialect, "Your media IDs are invalid.", media__media_ids=media
                )
        _check_duplicate(world, account, text)
        poll = asked.get("poll")
        post_id = world.new_id("x")
        world.store.add_post(
            media,
            network="x",
            id=post_id,
            account=account.name,
            text=text,
            created_ms=milliseconds(now),
            visibility="public",
            sensitive=0,
            reply_to=reply_to,
            poll=poll
            and dump(
                {
                    "options": poll["options"],
                    "seconds": poll["duration_minutes"] * 60,
                    "multiple": False,
                }
            ),
            extra=json.dumps({key: asked[key] for key in asked if key not in _STORED}),
        )
        row = world.store.post("x", post_id)
    if row is None:
        raise Problem(500, "Internal Server Error", "the sandbox lost a post")
    return world.as_post(row)


_STORED = {"text", "media", "poll", "reply"}


def _check_reply(world: World, account: SandboxAccount, reply_to: str) -> None:
    parent = world.store.post("x", reply_to)
    if parent is None:
        raise forbidden("You attempted to reply to a Tweet that is deleted or not visible to you.")
    if parent["account"] != account.name:
        raise forbidden(
            "Reply to this conversation is not allowed because you have not been mentioned or"
            " otherwise engaged by the author of the post you are replying to."
        )


def _check_duplicate(world: World, account: SandboxAccount, text: str) -> None:
    since = milliseconds(world.now() - world.duplicate_window)
    recent = world.store.timeline("x", account.name, since_ms=since, limit=10_000)
    mine = _folded(text)
    if mine and any(_folded(row["text"]) == mine for row in recent):
        raise forbidden(DUPLICATE)


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
