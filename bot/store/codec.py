"""Values to columns and back. Drafts and limits are JSON, restored exactly as they were."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Row

from bot.model import Delivery, Draft, Limits, Missed, NetworkName, Receipt, State
from bot.text import normalise


@cache
def _drafts() -> TypeAdapter[Draft]:
    return TypeAdapter(Draft)


@cache
def _limits() -> TypeAdapter[Limits]:
    return TypeAdapter(Limits)


def draft_to_json(draft: Draft) -> str:
    """Write a draft as JSON."""
    return _drafts().dump_json(draft).decode()


def draft_from_json(text: str) -> Draft:
    """Read a draft that `draft_to_json` wrote."""
    return _drafts().validate_json(text)


def limits_to_json(limits: Limits) -> str:
    """Write limits as JSON."""
    return _limits().dump_json(limits).decode()


def limits_from_json(text: str) -> Limits:
    """Read limits that `limits_to_json` wrote."""
    return _limits().validate_json(text)


def twin_hash(text: str) -> str:
    """Give the same value to texts that say the same words.

    A text of nothing but emoji or links normalises to nothing; it stands for itself.
    """
    return hashlib.sha256((normalise(text) or text).encode()).hexdigest()[:32]


def columns_of(delivery: Delivery) -> dict[str, Any]:
    """Give the columns that a delivery's progress changes; the others never do."""
    receipt = delivery.receipt
    # The server's word; without a zone it says nothing, and is no reason to lose the receipt.
    posted_at = receipt.posted_at if receipt else None
    if posted_at is not None and posted_at.utcoffset() is None:
        posted_at = None
    return {
        "state": delivery.state.value,
        "not_before": delivery.not_before,
        "tries": delivery.tries,
        "claimed_at": delivery.claimed_at,
        "doubt_since": delivery.doubt_since,
        "absences": delivery.absences,
        "refused": delivery.refused,
        "reason": delivery.reason,
        "remote_id": receipt.remote_id if receipt else None,
        "url": receipt.url if receipt else None,
        "uri": receipt.uri if receipt else None,
        "posted_at": posted_at,
        "checked_at": delivery.checked_at,
        "put_back_at": delivery.put_back_at,
    }


def delivery_of(row: Row[*tuple[Any, ...]]) -> Delivery:
    """Make a delivery of its row and `parent`, the remote id of the part before."""
    draft = draft_from_json(row.draft)
    if row.parent is not None:
        draft = replace(draft, in_reply_to=row.parent)
    return Delivery(
        id=row.id,
        slot=row.slot,
        account=row.account,
        network=NetworkName(row.network),
        campaign=row.campaign,
        message=row.message,
        schedule=row.schedule,
        part=row.part,
        due=row.due,
        expires=row.expires,
        missed=Missed(row.missed),
        state=State(row.state),
        draft=draft,
        key=row.key,
        not_before=row.not_before,
        tries=row.tries,
        claimed_at=row.claimed_at,
        doubt_since=row.doubt_since,
        absences=row.absences,
        refused=row.refused,
        receipt=receipt_of(row),
        reason=row.reason,
        previous=row.previous,
        checked_at=row.checked_at,
        put_back_at=row.put_back_at,
    )


def receipt_of(row: Row[*tuple[Any, ...]]) -> Receipt | None:
    """Make the receipt of a row, where it has one."""
    if row.remote_id is None:
        return None
    return Receipt(row.remote_id, row.url, row.posted_at, row.uri)
