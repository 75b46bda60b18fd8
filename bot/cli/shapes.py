"""The JSON shapes that programs read."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.model import Counts, Delivery, Draft, NetworkName, Post, PostState
from bot.thread import parts

Shape = dict[str, Any]


def post_shapes(post: Post, zone: ZoneInfo) -> list[Shape]:
    """A planned or skipped post; one shape for each part of a thread."""
    drafts = parts(post.draft) if post.draft is not None else (None,)
    return [
        {
            **_head(post.at, zone, post.account, post.network.value, post.campaign, post.message),
            **_draft(draft),
            "part": number,
            "state": post.state.value,
            "reason": post.reason or None,
            "schedule": post.schedule,
            "late_until": local(post.expires, zone),
        }
        for number, draft in enumerate(drafts)
    ]


def delivery_shape(delivery: Delivery, zone: ZoneInfo) -> Shape:
    """A delivery in the terms of the plan, for holding one against the other."""
    return {
        **_head(
            delivery.due, zone, delivery.account, delivery.network.value, delivery.campaign,
            delivery.message or None,
        ),
        **_draft(delivery.draft if delivery.draft.text else None),
        "part": delivery.part,
        "state": PostState.SKIPPED.value if delivery.state == "skipped" else delivery.state.value,
        "reason": delivery.reason or None,
        "schedule": delivery.schedule,
        "late_until": local(delivery.expires, zone),
    }  # fmt: skip


def ledger_shape(delivery: Delivery, zone: ZoneInfo) -> Shape:
    """A delivery with what the ledger knows of it."""
    return {
        "id": delivery.id,
        **delivery_shape(delivery, zone),
        "state": delivery.state.value,
        "tries": delivery.tries,
        "next_try": local(delivery.not_before, zone),
        "doubt_since": local(delivery.doubt_since, zone),
        "url": delivery.receipt.url if delivery.receipt else None,
        "posted_at": local(delivery.receipt.posted_at, zone) if delivery.receipt else None,
    }


def counts_shape(counts: Counts) -> Shape:
    """Engagement counts; `null` is "the network did not say"."""
    return {
        "likes": counts.likes,
        "reposts": counts.reposts,
        "replies": counts.replies,
        "quotes": counts.quotes,
        "bookmarks": counts.bookmarks,
        "impressions": counts.impressions,
    }


def local(moment: datetime | None, zone: ZoneInfo) -> str | None:
    """A moment as ISO 8601 with the offset of `zone`."""
    return moment.astimezone(zone).isoformat() if moment is not None else None


def _head(
    at: datetime, zone: ZoneInfo, account: str, network: str, campaign: str, message: str | None
) -> Shape:
    return {
        "at": local(at, zone),
        "account": account,
        "network": network,
        "campaign": campaign,
        "message": message,
    }


def _draft(draft: Draft | None) -> Shape:
    if draft is None:
        return dict.fromkeys(
            ("text", "length", "limit", "card", "alt", "cost_usd", "language",
             "content_warning", "visibility", "hashtags", "link", "poll", "warnings")
        )  # fmt: skip
    return {
        "text": draft.text,
        "length": draft.length,
        "limit": draft.limit,
        "card": draft.picture.path.as_posix() if draft.picture else None,
        "alt": draft.picture.alt if draft.picture else None,
        "cost_usd": float(draft.cost_usd),
        "language": draft.language,
        "content_warning": draft.content_warning,
        "visibility": draft.visibility.value if draft.network is NetworkName.MASTODON else None,
        "hashtags": list(draft.hashtags),
        "link": draft.link,
        "poll": list(draft.poll.options) if draft.poll else None,
        "warnings": list(draft.warnings),
    }
