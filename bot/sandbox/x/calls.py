"""What X's routes share: the caller within the rate limit, and reading parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import g, request

from bot.sandbox.limits import Allowance, Rule
from bot.sandbox.records import SandboxAccount
from bot.sandbox.world import World
from bot.sandbox.x import auth
from bot.sandbox.x.names import MEDIA_FIELDS, POST_FIELDS, USER_FIELDS
from bot.sandbox.x.problems import invalid, too_many

QUARTER = timedelta(minutes=15)
POST = Rule("post", 100, QUARTER)
DELETE = Rule("delete", 50, QUARTER)
UPLOAD = Rule("upload", 500, QUARTER)
READ = Rule("read", 900, QUARTER)
TIMELINE = Rule("timeline", 900, QUARTER)
ME = Rule("me", 75, QUARTER)


def allowed(world: World, rule: Rule) -> SandboxAccount:
    """Return who calls, and count the call.

    Raises:
        Problem: 401 for a bad signature, 429 above the limit.
    """
    account = auth.caller(world)
    allowance = world.windows.count(f"x/{account.name}", rule, world.now())
    if allowance.exceeded:
        raise too_many(allowance.reset, rule.calls)
    g.allowance = allowance
    return account


def rate_headers() -> dict[str, str]:
    """Return X's rate-limit headers for the request at hand."""
    allowance: Allowance | None = g.get("allowance")
    if allowance is None:
        return {}
    return {
        "x-rate-limit-limit": str(allowance.limit),
        "x-rate-limit-remaining": str(allowance.remaining),
        "x-rate-limit-reset": str(int(allowance.reset.timestamp())),
    }


def listed(world: World, name: str, known: frozenset[str] | None = None) -> set[str]:
    """Read a comma-separated query parameter.

    Raises:
        Problem: 400 for a value that X's description does not know.
    """
    values = {value for value in request.args.get(name, "").split(",") if value}
    for value in sorted(values - known if known is not None else ()):
        raise invalid(
            world.x_dialect,
            f"The `{name}` query parameter value [{value}] is not one of"
            f" [{','.join(sorted(known or ()))}]",
            **{name.replace(".", "__"): value},
        )
    return values


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which fields of posts, and of what they expand to, are asked for."""

    post: set[str]
    expansions: set[str]
    other: Mapping[str, set[str]]


def wanted(world: World) -> Wanted:
    """Read the field parameters; those of posts by their old and by their new name.

    Raises:
        Problem: 400 for a field that X's description does not know.
    """
    post = listed(world, "tweet.fields", POST_FIELDS) | listed(world, "post.fields", POST_FIELDS)
    expansions = listed(world, "expansions")
    if "attachments.media_keys" in expansions:
        post.add("attachments")
    other = {
        "user": listed(world, "user.fields", USER_FIELDS),
        "media": listed(world, "media.fields", MEDIA_FIELDS),
    }
    return Wanted(post, expansions, other)


def time_of(world: World, name: str) -> datetime | None:
    """Read a time parameter, `YYYY-MM-DDTHH:mm:ssZ`.

    Raises:
        Problem: 400 for anything else.
    """
    value = request.args.get(name)
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        moment = None
    if moment is None or moment.utcoffset() is None:
        raise invalid(
            world.x_dialect,
            f"The `{name}` query parameter value [{value}] is not a valid RFC 3339 time",
            **{name: value},
        )
    return moment.astimezone(UTC)


def number(world: World, name: str, default: int, low: int, high: int) -> int:
    """Read a whole number between `low` and `high`.

    Raises:
        Problem: 400 for anything else.
    """
    value = request.args.get(name)
    if value is None:
        return default
    if not value.isdigit() or not low <= int(value) <= high:
        raise invalid(
            world.x_dialect,
            f"The `{name}` query parameter value [{value}] is not between {low} and {high}",
            **{name: value},
        )
    return int(value)
