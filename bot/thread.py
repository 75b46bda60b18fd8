"""A draft with a thread -> the drafts of its parts, one post each."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from bot.model import Draft, NetworkName
from bot.text import count_mastodon, count_x


def parts(draft: Draft) -> tuple[Draft, ...]:
    """Take a draft apart: itself without the thread, then one draft for each further part.

    The first part carries the picture, the poll and the cost of the whole.
    """
    return (replace(draft, thread=()), *(_part(draft, text) for text in draft.thread))


def _part(draft: Draft, text: str) -> Draft:
    if draft.network is NetworkName.X:
        length = count_x(text, limit=draft.limit).length
    else:
        warning = draft.content_warning or ""
        length = count_mastodon(text, limit=draft.limit, content_warning=warning).length
    return replace(
        draft,
        text=text,
        length=length,
        picture=None,
        poll=None,
        thread=(),
        link=None,
        hashtags=(),
        cost_usd=Decimal(0),
        warnings=(),
    )
