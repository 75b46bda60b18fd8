"""A status, an account and a picture in the JSON shapes of Mastodon 4.6."""

from __future__ import annotations

from typing import Any

from bot.sandbox import wording
from bot.sandbox.mastodon.errors import mastodon_time
from bot.sandbox.mastodon.rendering import content_html
from bot.sandbox.records import SandboxAccount, SandboxMedia, SandboxPost
from bot.sandbox.world import World, moment


def status_json(world: World, post: SandboxPost, *, source: bool = False) -> dict[str, Any]:
    """Word a post; `source` gives its plain text instead of HTML, as deleting does."""
    owner = world.account("mastodon", post.account)
    if owner is None:
        raise LookupError(f"post {post.id} has no account")
    parent = world.store.post("mastodon", post.reply_to) if post.reply_to else None
    found = list(wording.pieces("mastodon", post.text))
    tags = dict.fromkeys(piece.text[1:].lower() for piece in found if piece.kind == "hashtag")
    mentioned = {
        account.id: account
        for piece in found
        if piece.kind == "mention"
        and (account := world.account_by_username("mastodon", piece.text[1:].split("@")[0]))
    }
    counts = post.counts
    text = {"text": post.text} if source else {"content": content_html(world, post.text)}
    return {
        "id": post.id,
        "created_at": mastodon_time(post.created_at),
        "in_reply_to_id": post.reply_to,
        "in_reply_to_account_id": owner.id if parent is not None else None,
        "sensitive": post.sensitive,
        "spoiler_text": post.content_warning or "",
        "visibility": post.visibility,
        "language": post.language,
        "uri": f"{world.mastodon_url}/ap/users/{owner.id}/statuses/{post.id}",
        "url": post.url,
        "replies_count": counts.replies,
        "reblogs_count": counts.reposts,
        "favourites_count": counts.likes,
        "quotes_count": counts.quotes,
        "edited_at": None,
        "favourited": False,
        "reblogged": False,
        "muted": False,
        "bookmarked": False,
        "pinned": False,
        **text,
        "filtered": [],
        "reblog": None,
        "application": {"name": "Sandbox", "website": None},
        "account": account_json(world, owner),
        "media_attachments": [media_json(world, item) for item in post.media],
        "mentions": [
            {
                "id": account.id,
                "username": account.username,
                "url": f"{world.mastodon_url}/@{account.username}",
                "acct": account.username,
            }
            for account in mentioned.values()
        ],
        "tags": [{"name": tag, "url": f"{world.mastodon_url}/tags/{tag}"} for tag in tags],
        "emojis": [],
        "tagged_collections": [],
        "quote": None,
        "card": None,
        "poll": poll_json(world, post),
        "quote_approval": {
            "automatic": ["public"],
            "manual": [],
            "current_user": "automatic",
        },
    }


def poll_json(world: World, post: SandboxPost) -> dict[str, Any] | None:
    """Word a post's poll; nobody votes in the sandbox."""
    if post.poll is None:
        return None
    ends = post.created_at + post.poll.duration
    return {
        "id": post.id,
        "expires_at": mastodon_time(ends),
        "expired": ends <= world.now(),
        "multiple": post.poll.multiple,
        "votes_count": 0,
        "voters_count": 0,
        "voted": True,
        "own_votes": [],
        "options": [{"title": title, "votes_count": 0} for title in post.poll.options],
        "emojis": [],
    }


def account_json(world: World, account: SandboxAccount) -> dict[str, Any]:
    """Word an account as other people see it."""
    posts, last_ms = world.store.tally("mastodon", account.name)
    url = f"{world.mastodon_url}/@{account.username}"
    missing = f"{world.mastodon_url}/avatars/original/missing.png"
    return {
        "id": account.id,
        "username": account.username,
        "acct": account.username,
        "display_name": account.display_name,
        "locked": False,
        "bot": account.bot,
        "discoverable": True,
        "indexable": False,
        "group": False,
        "created_at": f"{account.created_at:%Y-%m-%d}T00:00:00.000Z",
        "note": content_html(world, account.note),
        "url": url,
        "uri": f"{world.mastodon_url}/ap/users/{account.id}",
        "avatar": missing,
        "avatar_static": missing,
        "avatar_description": "",
        "header": missing.replace("avatars", "headers"),
        "header_static": missing.replace("avatars", "headers"),
        "header_description": "",
        "followers_count": 0,
        "following_count": 0,
        "statuses_count": posts,
        "last_status_at": None if last_ms is None else f"{moment(last_ms):%Y-%m-%d}",
        "hide_collections": None,
        "show_media": True,
        "show_media_replies": True,
        "show_featured": True,
        "noindex": False,
        "feature_approval": {"automatic": [], "manual": [], "current_user": "denied"},
        "emojis": [],
        "roles": [],
        "fields": [],
    }


def own_account_json(world: World, account: SandboxAccount) -> dict[str, Any]:
    """Word an account as it sees itself."""
    return account_json(world, account) | {
        "source": {
            "privacy": account.visibility,
            "sensitive": False,
            "language": account.language,
            "note": account.note,
            "fields": [],
            "follow_requests_count": 0,
            "hide_collections": None,
            "discoverable": True,
            "indexable": False,
            "attribution_domains": [],
            "quote_policy": "public",
        },
        "role": {
            "id": "-99",
            "name": "",
            "permissions": "65536",
            "color": "",
            "highlighted": False,
            "collection_limit": 10,
        },
    }


def media_json(world: World, item: SandboxMedia, *, ready: bool = True) -> dict[str, Any]:
    """Word a picture; one that is still being processed has no address yet."""
    url = f"{world.mastodon_url}/media/{item.file.name}" if ready else None
    size = {
        "width": item.width,
        "height": item.height,
        "size": f"{item.width}x{item.height}",
        "aspect": round(item.width / item.height, 4),
    }
    focus = {} if item.focus is None else {"focus": {"x": item.focus[0], "y": item.focus[1]}}
    return {
        "id": item.id,
        "type": "image",
        "url": url,
        "preview_url": url,
        "remote_url": None,
        "preview_remote_url": None,
        "text_url": None,
        "meta": {**focus, "original": size, "small": size},
        "description": item.alt,
        "blurhash": "UGC~-#M{0JfkNFofR%M{IURj%Mt7E0oM%MR*",
    }
