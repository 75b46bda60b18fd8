"""Statuses: post, read, delete, context, and an account's own timeline."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, request

from bot.sandbox.gate import changed, json_answer, lag
from bot.sandbox.ids import milliseconds
from bot.sandbox.mastodon import calls, errors, shapes
from bot.sandbox.mastodon.params import flag, params, texts
from bot.sandbox.records import SandboxAccount, SandboxPost
from bot.sandbox.store import Row, dump
from bot.sandbox.world import World
from bot.text import count_mastodon

KEY_LIFE_MS = 3600 * 1000
VISIBILITIES = ("public", "unlisted", "private", "direct")
MAX_MEDIA = 4


def statuses(world: World) -> Blueprint:
    """Make the routes of statuses."""
    routes = Blueprint("statuses", __name__)

    @routes.post("/api/v1/statuses")
    def create() -> Response:
        account = calls.allowed(world, calls.POSTS)
        asked = params()
        key = request.headers.get("Idempotency-Key") or None
        with world.store.transaction():
            earlier = _earlier(world, account, key)
            if earlier is not None:
                return _replay(world, earlier)
            row = _store(world, account, asked, key)
        return json_answer(shapes.status_json(world, world.as_post(row)))

    @routes.get("/api/v1/statuses/<post_id>")
    def read(post_id: str) -> Response:
        calls.allowed(world)
        return json_answer(shapes.status_json(world, _existing(world, post_id)))

    @routes.delete("/api/v1/statuses/<post_id>")
    def delete(post_id: str) -> Response:
        account = calls.allowed(world, calls.DELETE)
        post = _existing(world, post_id)
        if post.account != account.name:
            raise errors.not_found()
        shown = shapes.status_json(world, post, source=True)
        world.store.delete_post("mastodon", post_id)
        return json_answer(shown)

    @routes.get("/api/v1/statuses/<post_id>/context")
    def context(post_id: str) -> Response:
        calls.allowed(world)
        post = _existing(world, post_id)
        ancestors: list[SandboxPost] = []
        above = post
        while above.reply_to is not None:
            row = world.store.post("mastodon", above.reply_to)
            if row is None:
                break
            above = world.as_post(row)
            ancestors.insert(0, above)
        below = [post.id]
        descendants = []
        for other in world.posts("mastodon"):
            if other.reply_to in below:
                below.append(other.id)
                descendants.append(other)
        return json_answer(
            {
                "ancestors": [shapes.status_json(world, item) for item in ancestors],
                "descendants": [shapes.status_json(world, item) for item in descendants],
            }
        )

    @routes.get("/api/v1/accounts/<account_id>/statuses")
    def timeline(account_id: str) -> Response:
        calls.allowed(world)
        owner = world.account_by_id("mastodon", account_id)
        if owner is None:
            raise errors.not_found()
        return _timeline(world, owner)

    return routes


def _existing(world: World, post_id: str) -> SandboxPost:
    row = world.store.post("mastodon", post_id)
    if row is None:
        raise errors.not_found()
    return world.as_post(row)


# --- posting ---------------------------------------------------------------------------------


def _earlier(world: World, account: SandboxAccount, key: str | None) -> Row | None:
    """Find what the account's `key` was used for within the hour that Mastodon keeps it."""
    if key is None or world.flavour.keys == "ignore" or changed("ignore_keys"):
        return None
    return world.store.one(
        "SELECT * FROM keys WHERE account = ? AND key = ? AND used_ms > ?",
        account.name,
        key,
        milliseconds(world.now()) - KEY_LIFE_MS,
    )


def _replay(world: World, earlier: Row) -> Response:
    post = _existing(world, earlier["post_id"])  # deleted meanwhile: 404, as on Mastodon
    if world.flavour.keys == "error" or changed("replay_500"):
        raise errors.Refused(500, "Internal server error")
    return json_answer(shapes.status_json(world, post))


def _store(world: World, account: SandboxAccount, asked: dict[str, Any], key: str | None) -> Row:
    flavour, language = world.flavour, account.language
    if asked.get("scheduled_at"):
        raise errors.Refused(422, "The sandbox does not schedule: our own schedule rules")
    text, warning = str(asked.get("status") or ""), str(asked.get("spoiler_text") or "")
    media = texts(asked.get("media_ids"))
    poll = _poll(world, account, asked.get("poll"))
    if not text.strip() and not media:
        # A content warning alone becomes the text, as in PostStatusService.
        if not warning:
            raise errors.blank(flavour.invalid, language)
        text, warning = warning, ""
    _check_length(world, language, text, warning)
    visibility = asked.get("visibility") or flavour.visibility or account.visibility
    if visibility not in VISIBILITIES:
        raise errors.invalid(flavour.invalid, language, "Visibility is not included in the list")
    if media and poll is not None:
        raise errors.invalid(flavour.invalid, language, "Cannot attach media to a poll")
    _check_media(world, account, media)
    reply_to = asked.get("in_reply_to_id")
    if reply_to is not None:
        reply_to = str(reply_to)
        if world.store.post("mastodon", reply_to) is None:
            raise errors.Refused(404, "Record not found")
    post_id = world.new_id("mastodon")
    now_ms = milliseconds(world.now())
    world.store.add_post(
        media,
        network="mastodon",
        id=post_id,
        account=account.name,
        text=text,
        created_ms=now_ms,
        visibility=visibility,
        language=_language(asked.get("language"), language),
        cw=warning or None,
        sensitive=int(flag(asked.get("sensitive"), default=bool(warning)) or bool(warning)),
        reply_to=reply_to,
        poll=None if poll is None else dump(poll),
        key=key,
    )
    if key is not None and flavour.keys != "ignore" and not changed("ignore_keys"):
        world.store.run(
            "INSERT OR REPLACE INTO keys VALUES (?, ?, ?, ?)", account.name, key, post_id, now_ms
        )
    row = world.store.post("mastodon", post_id)
    if row is None:
        raise errors.Refused(500, "the sandbox lost a post")
    return row


def _check_length(world: World, language: str, text: str, warning: str) -> None:
    limit = world.flavour.characters
    if limit is None:
        return
    if world.flavour.url_length is None:
        # GoToSocial counts what was sent, addresses in full, in code points.
        fits = len(text) + len(warning) <= limit
    else:
        fits = count_mastodon(text, limit, warning).length <= limit
    if not fits:
        raise errors.too_long(world.flavour.invalid, language, limit)


def _check_media(world: World, account: SandboxAccount, media: list[str]) -> None:
    invalid = world.flavour.invalid
    if len(media) > MAX_MEDIA:
        raise errors.invalid(
            invalid, account.language, f"Cannot attach more than {MAX_MEDIA} files"
        )
    rows = [world.store.media("mastodon", media_id) for media_id in media]
    day_ago = milliseconds(world.now() - timedelta(days=1))
    for media_id, row in zip(media, rows, strict=True):
        purged = row is not None and row["post_id"] is None and row["created_ms"] < day_ago
        if row is None or row["account"] != account.name or row["post_id"] or purged:
            raise errors.invalid(
                invalid, account.language, f"Media with ID {media_id} not found or already attached"
            )
        if row["ready_ms"] is None or row["ready_ms"] > milliseconds(world.now()):
            raise errors.Refused(
                invalid, "Cannot attach files that have not finished processing. Try again later!"
            )


def _poll(world: World, account: SandboxAccount, asked: object) -> dict[str, Any] | None:
    if not isinstance(asked, dict) or not asked.get("options"):
        return None
    options = texts(asked["options"])
    seconds = str(asked.get("expires_in") or "")
    wrong = None
    if not 2 <= len(options) <= 4:
        wrong = "Poll must have between 2 and 4 options"
    elif any(not 0 < len(option) <= 50 for option in options):
        wrong = "Poll options must be 1 to 50 characters each"
    elif len(set(options)) < len(options):
        wrong = "Poll options must be different"
    elif not seconds.isdigit() or not 300 <= int(seconds) <= 2_629_746:
        wrong = "Poll duration is too short or too long"
    if wrong is not None:
        raise errors.invalid(world.flavour.invalid, account.language, wrong)
    return {
        "options": options,
        "seconds": int(seconds),
        "multiple": flag(asked.get("multiple")),
    }


def _language(asked: object, fallback: str) -> str:
    """`pt-BR` falls back to `pt`; what is no language is ignored, as on Mastodon."""
    tag = str(asked or "").replace("_", "-").split("-")[0].lower()
    return tag if 2 <= len(tag) <= 3 and tag.isalpha() and tag.isascii() else fallback


# --- reading ---------------------------------------------------------------------------------


def _timeline(world: World, owner: SandboxAccount) -> Response:
    limit = request.args.get("limit", "20")
    size = min(int(limit), 40) if limit.isdigit() and int(limit) else 20
    upward = "min_id" in request.args
    after, before = world.store.bounds(
        "mastodon",
        owner.name,
        after=request.args.get("min_id") or request.args.get("since_id"),
        before=request.args.get("max_id"),
    )
    rows = world.store.timeline(
        "mastodon",
        owner.name,
        until_ms=milliseconds(world.now() - lag()),
        after=after,
        before=before,
        replies=not flag(request.args.get("exclude_replies")),
        only_media=flag(request.args.get("only_media")),
        # min_id pages upward from the oldest, everything else downward from the newest.
        upward=upward,
        limit=size,
    )
    page = [world.as_post(row) for row in rows]
    response = json_answer([shapes.status_json(world, post) for post in page])
    if page:
        base = request.base_url
        response.headers["Link"] = (
            f'<{base}?limit={size}&max_id={page[-1].id}>; rel="next", '
            f'<{base}?limit={size}&min_id={page[0].id}>; rel="prev"'
        )
    return response
