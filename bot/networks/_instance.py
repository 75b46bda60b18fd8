"""What a server of the Mastodon API says of itself: its limits, and whether it is Mastodon.

Read by our own requests, `/api/v2/instance` first, then `/api/v1/instance`: Mastodon.py's
reading of them recurses about a thousand times when they fail.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.model import Limits, NetworkName
from bot.networks._http import Refused, Wire
from bot.networks.base import DEFAULT_LIMITS

_DEFAULTS = DEFAULT_LIMITS[NetworkName.MASTODON]

_OF_MASTODON = re.compile(r"[1-9]\d*\.\d+\.\d+(?:[-+.~][\w.+~-]*)?")
"""`4.6.4`, `4.7.0-nightly.2026-01-01`, `4.3.0+glitch`. Not GoToSocial's `0.20.3+git`, nor snac's
`4.0.0 (not true; really snac/2.83)`, nor `takahe/0.11`, nor `2.7.2 (compatible; …)`."""


@dataclass(frozen=True, slots=True)
class Server:
    """One server: the limits it names, and whether it is Mastodon or a fork of it.

    Only those count a link as 23 characters and honour an Idempotency-Key; GoToSocial even
    claims a reserved length that it does not apply.
    """

    limits: Limits
    is_mastodon: bool
    says_characters: bool = False


def read_server(wire: Wire, headers: Mapping[str, str]) -> Server:
    """Read a server's description; where it has none, the defaults and "not Mastodon".

    An answer of 200 that is no description is none either, but says nothing of the server: a
    page of maintenance looks like that.

    Raises:
        ValueError: neither address has a description, and one answers with something else.
        Refused: the server is in trouble, or does not let us in (401, 403, 429, and 5xx of v1).
        NotSent, Interrupted: it cannot be reached.
    """
    something_else = False
    for version in ("v2", "v1"):
        try:
            response = wire.get(f"{wire.base}/api/{version}/instance", headers=dict(headers))
        except Refused as answer:
            absent = answer.status in (400, 404, 405, 406, 410, 501)
            if absent or (version == "v2" and answer.status >= 500):  # takahe: 500
                continue
            raise
        try:
            said = response.json()
        except (ValueError, RecursionError):
            said = None
        if isinstance(said, dict) and "version" in said:
            return _server(said)
        something_else = True
    if something_else:
        raise ValueError("no description of a server")
    return Server(_DEFAULTS, is_mastodon=False)


def _server(said: Mapping[str, Any]) -> Server:
    settings = _object(said, "configuration")
    statuses = _object(settings, "statuses")
    media = _object(settings, "media_attachments")
    polls = _object(settings, "polls")
    is_mastodon = _OF_MASTODON.fullmatch(str(said["version"])) is not None
    characters = _number(statuses, "max_characters") or _number(said, "max_toot_chars")
    return Server(
        Limits(
            characters=characters or _DEFAULTS.characters,
            alt_characters=_number(media, "description_limit") or _DEFAULTS.alt_characters,
            media_bytes=_number(media, "image_size_limit") or _DEFAULTS.media_bytes,
            media_pixels=_number(media, "image_matrix_limit") or _DEFAULTS.media_pixels,
            url_length=_number(statuses, "characters_reserved_per_url") if is_mastodon else None,
            poll_options=_number(polls, "max_options") or _DEFAULTS.poll_options,
            poll_option_characters=_number(polls, "max_characters_per_option")
            or _DEFAULTS.poll_option_characters,
            attachments=_number(statuses, "max_media_attachments") or _DEFAULTS.attachments,
        ),
        is_mastodon=is_mastodon,
        says_characters=characters is not None,
    )


def _object(said: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = said.get(name)
    return value if isinstance(value, dict) else {}


def _number(said: Mapping[str, Any], name: str) -> int | None:
    value = said.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None
