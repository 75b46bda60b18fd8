"""A draft with a thread -> the drafts of its parts, one post each."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from bot.model import Draft


def parts(draft: Draft) -> tuple[Draft, ...]:
    """Take a draft apart: itself without the thread, then one draft for each further part.

    The first part carries the picture, the poll and the cost of the whole.
    """
    following = zip(draft.thread, draft.thread_lengths, strict=True)
    return (
        replace(draft, thread=(), thread_lengths=()),
        *(_part(draft, text, length) for text, length in following),
    )


def _part(draft: Draft, text: str, length: int) -> Draft:
    return replace(
        draft,
        text=text,
        length=length,
        picture=None,
        poll=None,
        thread=(),
        thread_lengths=(),
        link=None,
        hashtags=(),
        cost_usd=Decimal(0),
        warnings=(),
    )
