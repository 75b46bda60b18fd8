"""A post, a user, a picture and a poll, in the JSON shapes of X API v2."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.sandbox import ids, wording
from bot.sandbox.gate import changed
from bot.sandbox.records import SandboxAccount, SandboxMedia, SandboxPost
from bot.sandbox.world import World
from bot.sandbox.x.names import NEW_NAMES


def x_time(moment: datetime) -> str:
    """Write a time as X does: UTC, milliseconds, Z."""
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"


def in_dialect(world: World, value: dict[str, Any]) -> dict[str, Any]:
    """Rename the keys of `value`, all the way down, to what the sandbox's dialect calls them."""
    if world.x_dialect == "2.166":
        return value
    return {NEW_NAMES.get(key, key): _renamed(world, item) for key, item in value.items()}


def _renamed(world: World, value: object) -> object:
    if isinstance(value, dict):
        return in_dialect(world, value)
    return [_renamed(world, item) for item in value] if isinstance(value, list) else value


@dataclass(frozen=True, slots=True)
class Rendered:
    """A post's text as X gives it back, and where its links, hashtags and mentions are."""

    text: str
    entities: Mapping[str, list[dict[str, Any]]]


def render(world: World, post: SandboxPost) -> Rendered:
    """Put t.co links for links, escape &, < and >, and add the link to the pictures.

    Positions count in the text as returned. X appends a t.co link for attached pictures; its
    `expanded_url` ends in `/photo/1`, and its entity is repeated for each picture.
    """
    text = ""
    found: dict[str, list[dict[str, Any]]] = {}
    for piece in wording.pieces("x", post.text):
        shown, extra = html.escape(piece.text, quote=False), {}
        if piece.kind == "url":
            target = wording.address(piece)
            shown = f"https://t.co/{ids.short_code(world.seed, target)}"
            extra = {
                "url": shown,
                "expanded_url": target,
                "display_url": _shortened(target.split("//", 1)[1]),
            }
            kind = "urls"
        elif piece.kind == "hashtag":
            kind, extra = "hashtags", {"tag": piece.text[1:]}
        elif piece.kind == "mention":
            kind, extra = "mentions", _mention(world, piece.text[1:])
        if piece.kind != "text":
            span = {"start": len(text), "end": len(text) + len(shown)}
            found.setdefault(kind, []).append({**span, **extra})
        text += shown
    if post.media:
        text += " " if text else ""
        link = f"https://t.co/{ids.short_code(world.seed, 'media', post.id)}"
        owner = world.account("x", post.account)
        username = owner.username if owner is not None else post.account
        span = {"start": len(text), "end": len(text) + len(link)}
        found.setdefault("urls", []).extend(
            {
                **span,
                "url": link,
                "expanded_url": f"https://x.com/{username}/status/{post.id}/photo/1",
                "display_url": f"pic.x.com/{link.rsplit('/', 1)[1]}",
                "media_key": media_key(item),
            }
            for item in post.media
        )
        text += link
    return Rendered(text, found)


def _mention(world: World, username: str) -> dict[str, Any]:
    account = world.account_by_username("x", username)
    return {"username": username, **({} if account is None else {"id": account.id})}


def _shortened(url: str) -> str:
    url = url.rstrip("/")
    return url if len(url) <= 28 else f"{url[:27]}…"


def media_key(item: SandboxMedia) -> str:
    """Return the key of a picture; 3 stands for photos."""
    return f"3_{item.id}"


def post_json(world: World, post: SandboxPost, fields: Iterable[str]) -> dict[str, Any]:
    """Word a post: id, text, edit history, and the `fields` that were asked for."""
    rendered = render(world, post)
    owner = world.account("x", post.account)
    owner_id = "0" if owner is None else owner.id
    root = post
    while root.reply_to is not None:
        parent = world.store.post("x", root.reply_to)
        if parent is None:
            break
        root = world.as_post(parent)
    counts = post.counts
    wanted = {
        "author_id": owner_id,
        "conversation_id": root.id,
        "created_at": x_time(post.created_at),
        "display_text_range": [0, len(rendered.text)],
        "lang": wording.guess_language(post.text),
        "possibly_sensitive": False,
        "reply_settings": "everyone",
        "public_metrics": {
            "retweet_count": counts.reposts,
            "reply_count": counts.replies,
            "like_count": counts.likes,
            "quote_count": counts.quotes,
            "bookmark_count": counts.bookmarks,
            "impression_count": counts.impressions,
        },
        "entities": rendered.entities or None,
        "in_reply_to_user_id": owner_id if post.reply_to else None,
        "referenced_tweets": post.reply_to and [{"type": "replied_to", "id": post.reply_to}],
        "referenced_posts": post.reply_to and [{"type": "replied_to", "id": post.reply_to}],
        "attachments": _attachments(post),
    }
    if changed("no_metrics"):
        del wanted["public_metrics"]
    chosen = {name: wanted[name] for name in sorted(fields) if wanted.get(name) is not None}
    answer = {"id": post.id, "text": rendered.text, "edit_history_tweet_ids": [post.id], **chosen}
    return in_dialect(world, answer)


def _attachments(post: SandboxPost) -> dict[str, list[str]] | None:
    if post.media:
        return {"media_keys": [media_key(item) for item in post.media]}
    return {"poll_ids": [post.id]} if post.poll else None


def includes_json(
    world: World, posts: Iterable[SandboxPost], expansions: set[str], fields: Mapping[str, set[str]]
) -> dict[str, Any]:
    """Word what the posts' `expansions` point to: media, polls, users."""
    posts = list(posts)
    included: dict[str, list[dict[str, Any]]] = {}
    if "attachments.media_keys" in expansions:
        included["media"] = [
            media_json(world, item, fields["media"]) for post in posts for item in post.media
        ]
    if "attachments.poll_ids" in expansions:
        included["polls"] = [poll_json(world, post) for post in posts if post.poll]
    if "author_id" in expansions:
        owners = {post.account: world.account("x", post.account) for post in posts}
        included["users"] = [
            user_json(world, owner, fields["user"]) for owner in owners.values() if owner
        ]
    return in_dialect(world, {name: items for name, items in included.items() if items})


def media_json(world: World, item: SandboxMedia, fields: set[str]) -> dict[str, Any]:
    """Word a picture."""
    wanted = {
        "url": f"{world.x_url}/media/{item.file.name}",
        "alt_text": item.alt,
        "width": item.width,
        "height": item.height,
    }
    chosen = {name: wanted[name] for name in sorted(fields) if wanted.get(name) is not None}
    return {"media_key": media_key(item), "type": "photo", **chosen}


def poll_json(world: World, post: SandboxPost) -> dict[str, Any]:
    """Word a post's poll; nobody votes in the sandbox."""
    if post.poll is None:
        return {}
    ends = post.created_at + post.poll.duration
    return {
        "id": post.id,
        "options": [
            {"position": place, "label": label, "votes": 0}
            for place, label in enumerate(post.poll.options, 1)
        ],
        "duration_minutes": int(post.poll.duration.total_seconds() // 60),
        "end_datetime": x_time(ends),
        "voting_status": "open" if ends > world.now() else "closed",
    }


def user_json(world: World, account: SandboxAccount, fields: Iterable[str]) -> dict[str, Any]:
    """Word an account: id, name, username, and the `fields` that were asked for."""
    posts, _ = world.store.tally("x", account.name)
    wanted = {
        "created_at": x_time(account.created_at),
        "description": account.note,
        "protected": False,
        "verified": False,
        "verified_type": "none",
        "profile_image_url": f"{world.x_url}/avatar/{account.username}.svg",
        "url": "",
        "public_metrics": {
            "followers_count": 1200,
            "following_count": 80,
            "tweet_count": posts,
            "listed_count": 3,
            "like_count": 0,
        },
    }
    chosen = {name: wanted[name] for name in sorted(fields) if name in wanted}
    answer = {
        "id": account.id,
        "name": account.display_name,
        "username": account.username,
        **chosen,
    }
    return in_dialect(world, answer)
