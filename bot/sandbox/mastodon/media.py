"""Pictures: upload, describe, look up."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, request

from bot.sandbox import pictures
from bot.sandbox.gate import changed, json_answer
from bot.sandbox.ids import milliseconds
from bot.sandbox.mastodon import calls, errors, shapes
from bot.sandbox.mastodon.params import params
from bot.sandbox.records import SandboxAccount
from bot.sandbox.store import Row
from bot.sandbox.world import World

MAX_BYTES = 16 * 1024 * 1024


def media(world: World) -> Blueprint:
    """Make the routes of pictures."""
    routes = Blueprint("media", __name__)

    def answer(row: Row | None, waiting: int = 200) -> Response:
        """Show a picture; `waiting` is the status while it is being processed."""
        if row is None:
            raise errors.not_found()
        ready = row["ready_ms"] <= milliseconds(world.now())
        shown = shapes.media_json(world, world.as_media(row), ready=ready)
        return json_answer(shown, 200 if ready else waiting)

    @routes.post("/api/v2/media")
    @routes.post("/api/v1/media", endpoint="upload_v1")
    def upload() -> Response:
        account = calls.allowed(world, calls.MEDIA)
        file = request.files.get("file")
        content = b"" if file is None else file.read()
        if not content:
            raise errors.invalid(world.flavour.invalid, account.language, "File can't be blank")
        return answer(_keep(world, account, content), waiting=202)

    @routes.put("/api/v1/media/<media_id>")
    def update(media_id: str) -> Response:
        account = calls.allowed(world)
        row = _own(world, account, media_id)
        if row["post_id"] is not None:
            raise errors.not_found()
        asked = params()
        with world.store.transaction():
            if "description" in asked:
                world.store.run(
                    "UPDATE media SET alt = ? WHERE network = 'mastodon' AND id = ?",
                    _description(world, account, asked),
                    media_id,
                )
            if "focus" in asked:
                world.store.run(
                    "UPDATE media SET focus = ? WHERE network = 'mastodon' AND id = ?",
                    _focus(asked),
                    media_id,
                )
        return answer(world.store.media("mastodon", media_id))

    @routes.get("/api/v1/media/<media_id>")
    def read(media_id: str) -> Response:
        return answer(_own(world, calls.allowed(world), media_id), waiting=206)

    return routes


def _processing() -> timedelta:
    fault = changed("slow_media")
    return timedelta(seconds=0 if fault is None else float(fault.options.get("seconds", 60)))


def _own(world: World, account: SandboxAccount, media_id: str) -> Row:
    row = world.store.media("mastodon", media_id)
    if row is None or row["account"] != account.name:
        raise errors.not_found()
    return row


def _keep(world: World, account: SandboxAccount, content: bytes) -> Row | None:
    invalid, language = world.flavour.invalid, account.language
    if len(content) > MAX_BYTES:
        raise errors.invalid(invalid, language, f"File size must be less than {MAX_BYTES} bytes")
    try:
        picture = pictures.inspect(content)
    except pictures.NotAPictureError as error:
        raise errors.invalid(invalid, language, "File content type is invalid") from error
    asked = params()
    alt = _description(world, account, asked)
    name = pictures.keep(world.media_dir, content, picture.ending)
    with world.store.transaction():
        media_id = world.new_id("mastodon")
        world.store.insert(
            "media",
            network="mastodon",
            id=media_id,
            account=account.name,
            file=name,
            media_type=picture.media_type,
            width=picture.width,
            height=picture.height,
            size=len(content),
            alt=alt,
            focus=_focus(asked),
            created_ms=milliseconds(world.now()),
            ready_ms=milliseconds(world.now() + _processing()),
        )
        return world.store.media("mastodon", media_id)


def _description(world: World, account: SandboxAccount, asked: dict[str, Any]) -> str | None:
    alt = str(asked.get("description") or "") or None
    limit = world.flavour.alt_characters
    if alt is not None and len(alt) > limit:
        raise errors.invalid(
            world.flavour.invalid, account.language, f"Description is too long (maximum {limit})"
        )
    return alt


def _focus(asked: dict[str, Any]) -> str | None:
    """Read `x,y`, each from -1 to 1; anything else is ignored, as on Mastodon."""
    try:
        across, up = (float(part) for part in str(asked.get("focus")).split(","))
    except ValueError:
        return None
    return json.dumps([max(-1.0, min(across, 1.0)), max(-1.0, min(up, 1.0))])
