"""Checks the body of POST /2/tweets against X's description; 2.166 and 2.167 agree on it."""

from __future__ import annotations

import re
from typing import Any

from bot.sandbox.x.names import words
from bot.sandbox.x.problems import Problem, invalid

FIELDS = words(
    "card_uri community_id direct_message_deep_link edit_options for_super_followers_only geo"
    " made_with_ai media nullcast paid_partnership poll quote_tweet_id reply reply_settings"
    " share_with_followers text"
)
INNER = {
    "media": words(
        "call_to_actions description embeddable media_ids preview_media_id tagged_user_ids title"
    ),
    "poll": frozenset({"duration_minutes", "options", "reply_settings"}),
    "reply": frozenset(
        {"auto_populate_reply_metadata", "exclude_reply_user_ids", "in_reply_to_tweet_id"}
    ),
}
REPLY_SETTINGS = frozenset({"following", "mentionedUsers", "subscribers", "verified"})
_ID = re.compile(r"[0-9]{1,19}", re.ASCII)


def checked(dialect: str, body: object) -> dict[str, Any]:
    """Return the body with `text` filled in.

    Raises:
        Problem: 400, saying which part of it X would not take.
    """
    if not isinstance(body, dict):
        raise invalid(dialect, "The request body is not a JSON object")
    _known(dialect, "$", body, FIELDS)
    for name, known in INNER.items():
        part = body.get(name)
        if part is not None:
            if not isinstance(part, dict):
                raise invalid(dialect, f"$.{name}: is not an object", **{name: part})
            _known(dialect, f"$.{name}", part, known)
    text = body.get("text") or ""
    if not isinstance(text, str):
        raise invalid(dialect, "$.text: integer found, string expected", text=text)
    _media(dialect, body)
    _poll(dialect, body)
    reply = body.get("reply") or {}
    if reply and not _ID.fullmatch(str(reply.get("in_reply_to_tweet_id", ""))):
        raise invalid(
            dialect,
            "$.reply.in_reply_to_tweet_id: does not match the regex pattern ^[0-9]{1,19}$",
            reply__in_reply_to_tweet_id=reply.get("in_reply_to_tweet_id"),
        )
    setting = body.get("reply_settings")
    if setting is not None and setting not in REPLY_SETTINGS:
        raise invalid(dialect, "$.reply_settings: is not an allowed value", reply_settings=setting)
    if not text.strip() and not body.get("media"):
        raise invalid(dialect, "Your Tweet must have text or media.", text=text)
    return {**body, "text": text}


def _known(dialect: str, where: str, part: dict[str, Any], known: frozenset[str]) -> None:
    for name in sorted(part.keys() - known):
        raise invalid(
            dialect,
            f"{where}.{name}: is not defined in the schema and the schema does not allow"
            " additional properties",
        )


def _media(dialect: str, body: dict[str, Any]) -> None:
    media = body.get("media")
    if media is None:
        return
    if body.get("poll") or body.get("quote_tweet_id") or body.get("card_uri"):
        raise invalid(
            dialect, "Media, poll, quote_tweet_id and card_uri are mutually exclusive.", media=media
        )
    media_ids = media.get("media_ids")
    if not isinstance(media_ids, list) or not 1 <= len(media_ids) <= 4:
        raise invalid(
            dialect, "$.media.media_ids: there must be 1 to 4 items", media__media_ids=media_ids
        )
    if not all(isinstance(item, str) and _ID.fullmatch(item) for item in media_ids):
        raise invalid(
            dialect,
            "$.media.media_ids: does not match the regex pattern ^[0-9]{1,19}$",
            media__media_ids=media_ids,
        )
    if len(set(media_ids)) < len(media_ids):
        raise invalid(dialect, "Your media IDs are invalid.", media__media_ids=media_ids)


def _poll(dialect: str, body: dict[str, Any]) -> None:
    poll = body.get("poll")
    if poll is None:
        return
    options, minutes = poll.get("options"), poll.get("duration_minutes")
    wrong: Problem | None = None
    if not isinstance(options, list) or not 2 <= len(options) <= 4:
        wrong = invalid(
            dialect, "$.poll.options: there must be 2 to 4 items", poll__options=options
        )
    elif not all(isinstance(item, str) and 1 <= len(item) <= 25 for item in options):
        wrong = invalid(
            dialect, "$.poll.options: must be 1 to 25 characters long", poll__options=options
        )
    elif not isinstance(minutes, int) or not 5 <= minutes <= 10080:
        wrong = invalid(
            dialect,
            "$.poll.duration_minutes: must be between 5 and 10080",
            poll__duration_minutes=minutes,
        )
    if wrong is not None:
        raise wrong
