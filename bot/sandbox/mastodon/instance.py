"""What the server says of itself: limits, version, contact."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from bot.sandbox.gate import json_answer
from bot.sandbox.mastodon.errors import Refused, not_found
from bot.sandbox.world import World

TITLE = "Sandbox"
DESCRIPTION = "A sandbox on this machine. Nothing here is real, and nothing leaves it."


def instance(world: World) -> Blueprint:
    """Make the routes of the instance."""
    routes = Blueprint("instance", __name__)

    @routes.get("/api/v2/instance")
    @routes.get("/api/v2/instance/")
    def v2() -> Response:
        if not world.flavour.instance_v2:
            raise absent(world)
        return json_answer(_second(world))

    @routes.get("/api/v1/instance")
    @routes.get("/api/v1/instance/")
    def v1() -> Response:
        if not world.flavour.instance_v1:
            raise absent(world)
        return json_answer(_first(world))

    return routes


def absent(world: World) -> Refused:
    """Say, as the server does, that it has no such description."""
    status = world.flavour.no_instance
    return not_found() if status == 404 else Refused(status, "Server Error")


def _configuration(world: World) -> dict[str, Any]:
    flavour = world.flavour
    return {
        "accounts": {
            "max_display_name_length": 40,
            "max_note_length": 500,
            "max_avatar_description_length": 150,
            "max_header_description_length": 150,
            "max_featured_tags": 10,
            "max_pinned_statuses": 5,
            "max_profile_fields": 4,
            "profile_field_name_limit": 255,
            "profile_field_value_limit": 255,
        },
        "statuses": {
            "max_characters": flavour.characters or 100_000,
            "max_media_attachments": 4,
            "characters_reserved_per_url": flavour.url_length or 0,
        },
        "media_attachments": {
            "description_limit": flavour.alt_characters,
            "image_matrix_limit": 33_177_600,
            "image_size_limit": 16 * 1024 * 1024,
            "supported_mime_types": ["image/jpeg", "image/png", "image/gif", "image/webp"],
            "video_frame_rate_limit": 120,
            "video_matrix_limit": 8_294_400,
            "video_size_limit": 99 * 1024 * 1024,
        },
        "polls": {
            "max_options": 4,
            "max_characters_per_option": 50,
            "min_expiration": 300,
            "max_expiration": 2_629_746,
        },
    }


def _second(world: World) -> dict[str, Any]:
    url = world.mastodon_url
    return {
        "domain": url.split("//", 1)[1],
        "title": TITLE,
        "version": world.flavour.version,
        "source_url": "https://github.com/mastodon/mastodon",
        "description": DESCRIPTION,
        "usage": {"users": {"active_month": len(world.accounts("mastodon"))}},
        "thumbnail": {"url": f"{url}/thumbnail.png", "description": ""},
        "icon": [],
        "languages": ["en"],
        "configuration": {
            "urls": {
                "streaming": url.replace("http", "ws", 1),
                "status": None,
                "about": f"{url}/about",
                "privacy_policy": None,
                "terms_of_service": None,
            },
            "vapid": {"public_key": ""},
            **_configuration(world),
            "translation": {"enabled": False},
            "timelines_access": {
                feed: {"local": "public", "remote": "public"}
                for feed in ("live_feeds", "hashtag_feeds", "trending_link_feeds")
            },
            "limited_federation": False,
        },
        "registrations": {
            "enabled": False,
            "approval_required": False,
            "reason_required": False,
            "message": None,
            "min_age": None,
            "url": None,
        },
        "api_versions": {"mastodon": 11},
        "wrapstodon": None,
        "contact": {"email": "", "account": None},
        "rules": [],
    }


def _first(world: World) -> dict[str, Any]:
    url = world.mastodon_url
    return {
        "uri": url.split("//", 1)[1],
        "title": TITLE,
        "short_description": DESCRIPTION,
        "description": DESCRIPTION,
        "email": "",
        "version": world.flavour.version,
        "urls": {"streaming_api": url.replace("http", "ws", 1)},
        "stats": {
            "user_count": len(world.accounts("mastodon")),
            "status_count": len(world.store.posts("mastodon")),
            "domain_count": 0,
        },
        "thumbnail": f"{url}/thumbnail.png",
        "languages": ["en"],
        "registrations": False,
        "approval_required": False,
        "invites_enabled": False,
        "configuration": _configuration(world),
        "contact_account": None,
        "rules": [],
    }
