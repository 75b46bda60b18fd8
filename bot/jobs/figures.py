"""Puts a petition's figures into a message's words, for one account and one hour.

The figures are written as the message's language writes them. A count that may not be shown at
that hour is taken away first, so that text, card and alt text cannot disagree; a message whose
words need it is refused then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.cards.words.dates import day
from bot.cards.words.locales import locale_of, number
from bot.compose import wordings
from bot.counting import as_shown, good_until, why_not
from bot.model import Action, Campaign, CardSpec, Message, NetworkName, Refusal
from bot.placeholders import OF_COUNT, fill, used


@dataclass(frozen=True, slots=True)
class Figured:
    """A message with figures for placeholders, and its campaign as it may be shown."""

    message: Message
    campaign: Campaign
    words_count: bool
    """Whether the count is in its words."""
    until: datetime | None
    """Until when the count may be shown; None where there is none that may."""
    without: str
    """Why the action's count is not shown, where it has one."""

    def count_until(self, card: CardSpec | None) -> datetime | None:
        """Until when the post may go out with this card; None where no count is in it."""
        on_card = card is not None and card.count is not None
        return self.until if self.words_count or on_card else None

    def warnings(self, card: CardSpec | None) -> list[str]:
        """Say that a card lacks the count that it could have."""
        lacks = card is not None and card.goal is not None and card.count is None
        return (
            [f"its card goes without the count: {self.without}"] if lacks and self.without else []
        )


def figured(
    message: Message, campaign: Campaign, network: NetworkName, turn: int, at: datetime
) -> Figured | Refusal:
    """Fill in the figures for the `turn`-th time that `message` is said on `network`, at `at`.

    `message` has its language. Refused where the words in turn need a figure that is not there.
    """
    action = campaign.actions.get(message.action or "")
    shown = as_shown(campaign, at)
    ours = shown.actions[action.id] if action is not None else None
    values = _values(ours, message.language)
    names = used(*_in_use(message, network, turn))
    lacking = sorted(name for name in names if name not in values)
    if lacking:
        return _refusal(lacking[0], action, campaign, at)
    return Figured(
        message=_filled(message, values),
        campaign=shown,
        words_count=bool(names & OF_COUNT),
        until=good_until(ours, shown) if ours is not None else None,
        without=why_not(action, campaign, at) if action is not None and action.count else "",
    )


def _values(action: Action | None, language: str) -> dict[str, str]:
    """The figures that there are, by placeholder."""
    if action is None:
        return {}
    locale = locale_of(language)
    values = {}
    if action.goal is not None:
        values["goal"] = number(action.goal, locale)
    if action.count is not None and action.count_as_of is not None:
        values["count"] = number(action.count, locale)
        values["count_as_of"] = day(action.count_as_of, locale)
        if action.goal is not None and action.goal > action.count:
            values["missing"] = number(action.goal - action.count, locale)
    return values


def _refusal(name: str, action: Action | None, campaign: Campaign, at: datetime) -> Refusal:
    needs = f'it says "{{{name}}}", and '
    if action is None:
        return Refusal(f"{needs}it names no petition")
    if action.goal is None and name not in ("count", "count_as_of"):
        return Refusal(f'{needs}petition "{action.id}" has no goal')
    if reason := why_not(action, campaign, at):
        return Refusal(needs + reason, passing=True)
    reached = f'petition "{action.id}" has reached its goal: {action.count:,} of {action.goal:,}'
    return Refusal(needs + reached, passing=True)


def _in_use(message: Message, network: NetworkName, turn: int) -> tuple[str, ...]:
    """The words that go out, or stand on the card, when it is this wording's turn."""
    texts = wordings(message, network)
    card = message.card.words.values() if message.card is not None else ()
    return (texts[turn % len(texts)], *message.thread, message.alt or "", *card)


def _filled(message: Message, values: Mapping[str, str]) -> Message:
    card = message.card
    if card is not None:
        words = {name: fill(text, values) for name, text in card.words.items()}
        card = replace(card, words=words)
    return replace(
        message,
        text=fill(message.text, values),
        variants=tuple(fill(text, values) for text in message.variants),
        per_network={name: fill(text, values) for name, text in message.per_network.items()},
        thread=tuple(fill(text, values) for text in message.thread),
        alt=fill(message.alt, values) if message.alt is not None else None,
        card=card,
    )
