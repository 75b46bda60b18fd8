"""In which order a schedule would draw its messages for a slot."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime

from bot.model import Catalog, Message, Pick, Schedule, Slot
from bot.plan.book import Book
from bot.plan.guards import speaks

_NEVER = datetime.min.replace(tzinfo=UTC)


def pool(catalog: Catalog, schedule: Schedule) -> list[Message]:
    """The messages that a schedule may draw from at all, in file order."""
    return [
        m
        for m in catalog.messages.values()
        if m.campaign == schedule.campaign
        and m.at is None
        and (not schedule.languages or not m.language or speaks(m.language, schedule.languages))
        and (not schedule.actions or m.action in schedule.actions)
    ]


def in_turn(slot: Slot, messages: Sequence[Message], book: Book) -> list[Message]:
    """Put `messages` in the order in which `slot` would take them."""
    schedule = slot.schedule

    def uses(message: Message) -> int:
        return max(book.uses(account, message.id) for account in schedule.accounts)

    if schedule.pick is Pick.IN_ORDER:
        return [m for m in messages if uses(m) == 0]
    if schedule.pick is Pick.ROTATE:
        # sorted() is stable: among those never said, file order decides.
        return sorted(
            messages,
            key=lambda m: max(book.last(a, m.id) or _NEVER for a in schedule.accounts),
        )
    if schedule.pick is Pick.SHUFFLE:

        def shuffled(message: Message) -> tuple[int, float]:
            turn = uses(message)
            return turn, _chance(schedule.name, str(turn), message.id)

        return sorted(messages, key=shuffled)
    # Weighted without replacement (Efraimidis and Spirakis 2006): the largest u^(1/w) first.
    return sorted(messages, key=lambda m: -(_chance(slot.key, m.id) ** (1 / m.weight)))


def _chance(*parts: str) -> float:
    """A number in (0, 1) that looks random and is the same on every machine and run."""
    digest = hashlib.sha256("\0".join(parts).encode()).digest()
    return (int.from_bytes(digest[:8]) + 0.5) / 2**64
