"""Pictures on X: upload in one go (multipart or JSON) or in pieces, and their alt text."""

from __future__ import annotations

import base64
import binascii
import json
import shutil
from collections.abc import Mapping

from flask import Blueprint, Response, request

from bot.sandbox import pictures
from bot.sandbox.gate import json_answer
from bot.sandbox.ids import milliseconds
from bot.sandbox.records import SandboxAccount
from bot.sandbox.store import Row
from bot.sandbox.world import World
from bot.sandbox.x import calls
from bot.sandbox.x.problems import Problem, invalid

MAX_BYTES = 5 * 1024 * 1024
MAX_ALT = 1000
LIFE_SECONDS = 24 * 3600


def media(world: World) -> Blueprint:
    """Make the routes of pictures."""
    routes = Blueprint("media", __name__)

    def answer(row: Row) -> Response:
        body = {
            "id": row["id"],
            "media_key": f"3_{row['id']}",
            "size": row["size"],
            "expires_after_secs": LIFE_SECONDS,
        }
        if world.x_dialect == "2.166":
            # It demands a `meta` here without saying what is in it.
            response = json_answer({"data": body, "meta": {}})
        else:
            image = {"image_type": row["media_type"], "w": row["width"], "h": row["height"]}
            response = json_answer({"data": {**body, "image": image}})
        response.headers.extend(calls.rate_headers())
        return response

    @routes.post("/2/media/upload")
    def upload() -> Response:
        account = calls.allowed(world, calls.UPLOAD)
        content, category = _sent(world)
        if category not in ("tweet_image", "dm_image"):
            raise invalid(
                world.x_dialect,
                "$.media_category: is not one of [tweet_image, dm_image, subtitles]",
                media_category=category,
            )
        return answer(_keep(world, account, content))

    @routes.post("/2/media/upload/initialize")
    def initialize() -> Response:
        account = calls.allowed(world, calls.UPLOAD)
        asked = request.get_json(silent=True)
        size = asked.get("total_bytes") if isinstance(asked, dict) else None
        if not isinstance(size, int) or not 0 < size <= MAX_BYTES:
            raise invalid(world.x_dialect, "$.total_bytes: is not valid", total_bytes=size)
        with world.store.transaction():
            media_id = world.new_id("x")
            _insert(world, account, media_id, None, b"", ready=False)
        (world.media_dir / f"{media_id}.pieces").mkdir(parents=True, exist_ok=True)
        row = world.store.media("x", media_id)
        return answer(_present(world, row))

    @routes.post("/2/media/upload/<media_id>/append")
    def append(media_id: str) -> Response:
        account = calls.allowed(world, calls.UPLOAD)
        _unfinished(world, account, media_id)
        sent = request.get_json(silent=True) if request.is_json else request.form
        place = str((sent or {}).get("segment_index", ""))
        if not place.isdigit() or int(place) > 999:
            raise invalid(world.x_dialect, "$.segment_index: is not valid", segment_index=place)
        piece = world.media_dir / f"{media_id}.pieces" / f"{int(place):03d}"
        piece.write_bytes(_bytes(world, sent))
        return json_answer({"data": {"expires_at": int(world.now().timestamp()) + LIFE_SECONDS}})

    @routes.post("/2/media/upload/<media_id>/finalize")
    def finalize(media_id: str) -> Response:
        account = calls.allowed(world, calls.UPLOAD)
        _unfinished(world, account, media_id)
        folder = world.media_dir / f"{media_id}.pieces"
        content = b"".join(piece.read_bytes() for piece in sorted(folder.iterdir()))
        row = _keep(world, account, content, media_id)
        shutil.rmtree(folder)
        return answer(row)

    @routes.get("/2/media/upload")
    def status() -> Response:
        account = calls.allowed(world, calls.READ)
        row = world.store.media("x", request.args.get("media_id", ""))
        if row is None or row["account"] != account.name:
            raise Problem(404, "Not Found", "Not Found")
        return answer(row)

    @routes.post("/2/media/metadata")
    def metadata() -> Response:
        account = calls.allowed(world, calls.UPLOAD)
        asked = request.get_json(silent=True)
        media_id = asked.get("id") if isinstance(asked, dict) else None
        row = world.store.media("x", str(media_id))
        if not isinstance(asked, dict) or row is None or row["account"] != account.name:
            raise invalid(world.x_dialect, "$.id: there is no such media", id=media_id)
        alt = ((asked.get("metadata") or {}).get("alt_text") or {}).get("text")
        if not isinstance(alt, str) or not 0 < len(alt) <= MAX_ALT:
            raise invalid(
                world.x_dialect,
                f"$.metadata.alt_text.text: must be at most {MAX_ALT} characters long",
                metadata__alt_text__text=alt,
            )
        world.store.run("UPDATE media SET alt = ? WHERE network = 'x' AND id = ?", alt, media_id)
        world.charge("alt text")
        response = json_answer(
            {"data": {"id": media_id, "associated_metadata": {"alt_text": {"text": alt}}}}
        )
        response.headers.extend(calls.rate_headers())
        return response

    return routes


def _sent(world: World) -> tuple[bytes, str]:
    if request.is_json:
        sent = request.get_json(silent=True)
        if not isinstance(sent, dict):
            raise invalid(world.x_dialect, "The request body is not a JSON object")
        unknown = sent.keys() - {
            "additional_owners",
            "media",
            "media_category",
            "media_type",
            "shared",
        }
        for name in sorted(unknown):
            raise invalid(world.x_dialect, f"$.{name}: is not defined in the schema")
        return _bytes(world, sent), str(sent.get("media_category"))
    return _bytes(world, request.form), request.form.get("media_category", "")


def _bytes(world: World, sent: Mapping[str, str] | None) -> bytes:
    """Read the picture: a multipart file, a multipart field or base64 in JSON."""
    if "media" in request.files:
        uploaded: bytes = request.files["media"].read()
        return uploaded
    value = (sent or {}).get("media")
    if not isinstance(value, str):
        raise invalid(world.x_dialect, "$.media: is missing but it is required")
    try:
        return base64.b64decode(value, validate=True)
    except binascii.Error as error:
        raise invalid(world.x_dialect, "$.media: is not base64") from error


def _keep(
    world: World, account: SandboxAccount, content: bytes, media_id: str | None = None
) -> Row:
    if len(content) > MAX_BYTES:
        raise invalid(world.x_dialect, f"File size exceeds {MAX_BYTES} bytes.", media=len(content))
    try:
        picture = pictures.inspect(content)
    except pictures.NotAPictureError as error:
        raise invalid(world.x_dialect, "media type unrecognized.") from error
    with world.store.transaction():
        if media_id is not None:
            world.store.run("DELETE FROM media WHERE network = 'x' AND id = ?", media_id)
        kept = media_id or world.new_id("x")
        _insert(world, account, kept, picture, content, ready=True)
        return _present(world, world.store.media("x", kept))


def _insert(
    world: World,
    account: SandboxAccount,
    media_id: str,
    picture: pictures.Picture | None,
    content: bytes,
    *,
    ready: bool,
) -> None:
    file = "" if picture is None else pictures.keep(world.media_dir, content, picture.ending)
    world.store.insert(
        "media",
        network="x",
        id=media_id,
        account=account.name,
        file=file,
        media_type="" if picture is None else picture.media_type,
        width=0 if picture is None else picture.width,
        height=0 if picture is None else picture.height,
        size=len(content),
        focus=json.dumps(None),
        created_ms=milliseconds(world.now()),
        ready_ms=milliseconds(world.now()) if ready else None,
    )


def _unfinished(world: World, account: SandboxAccount, media_id: str) -> None:
    row = world.store.media("x", media_id)
    if row is None or row["account"] != account.name or row["ready_ms"] is not None:
        raise invalid(world.x_dialect, "There is no such upload.", id=media_id)


def _present(world: World, row: Row | None) -> Row:
    if row is None:
        raise invalid(world.x_dialect, "There is no such media.")
    return row
