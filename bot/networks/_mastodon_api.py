"""Mastodon.py, set up so that it does nothing by itself, and its loosely typed answers read."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from mastodon import Mastodon

from bot.model import Counts, Receipt
from bot.networks._errors import wire_error
from bot.networks._http import USER_AGENT, Refused, Wire

VERSION = "4.6.0"
"""What Mastodon.py is told: the newest API it knows. What a server lacks, it answers with 404."""


def client(wire: Wire, token: str | None, *, timeout: float) -> Mastodon:
    """Make a client that looks up no versions (a failing look-up recurses) and never waits."""
    made = Mastodon(
        api_base_url=wire.base,
        ratelimit_method="throw",
        request_timeout=timeout,
        mastodon_version=VERSION,
        version_check_mode="created",
        session=wire,
        user_agent=USER_AGENT,
    )
    made.access_token = token  # not in the call: there it may also be a file's name
    return made


def receipt_of(status: Any) -> Receipt:  # noqa: ANN401 (Mastodon.py's types promise too much)
    """Read a status.

    Raises:
        ValueError, AttributeError: it is none, or has no id.
    """
    at, url, uri = status.created_at, status.url, status.uri
    if isinstance(at, datetime):
        at = at if at.tzinfo is not None else at.replace(tzinfo=UTC)
    return Receipt(
        remote_id=id_of(status),
        url=str(url or uri or ""),
        posted_at=at if isinstance(at, datetime) else None,
        uri=None if uri is None else str(uri),
    )


def counts_of(status: Any) -> Counts:  # noqa: ANN401 (as above)
    """Read a status's engagement; what the server does not give is None."""
    return Counts(
        likes=_count(status.favourites_count),
        reposts=_count(status.reblogs_count),
        replies=_count(status.replies_count),
        quotes=_count(status.quotes_count),
    )


def alt_of(status: Any) -> str | None:  # noqa: ANN401 (as above)
    """Return the alt text of a status's first picture; None where the server gives none."""
    for media in status.media_attachments or ():
        description = media.description
        return str(description) if description else None
    return None


def id_of(entity: Any) -> str:  # noqa: ANN401 (as above)
    """Return an entity's id as text.

    Raises:
        ValueError: it has none.
    """
    if entity.id is None or entity.id == "":
        raise ValueError("no id in the answer")
    return str(entity.id)


def is_gone(error: Exception, *also: int) -> bool:
    """Tell whether a call failed because the thing is not there (404, 410, and `also`)."""
    failure = wire_error(error)
    return isinstance(failure, Refused) and failure.status in (404, 410, *also)


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
