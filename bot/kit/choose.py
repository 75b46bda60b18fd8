"""What of a campaign people may be asked to say at a moment: a pure function."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.approval import held_by
from bot.counting import as_shown
from bot.kit.nouns import Choice, LeftOut, Wish
from bot.model import Action, ActionKind, Campaign, Message
from bot.text import mentions

_DAY = timedelta(days=1)


def choose(wish: Wish) -> Choice:
    """Choose messages and actions that are true at the wish's moment and that nobody keeps back.

    A petition's count that is too old to be shown then is taken away from it.
    """
    messages, left_out = [], []
    for message in wish.catalog.messages.values():
        if message.campaign != wish.campaign.id:
            continue
        reason = _kept_back(message, wish)
        if reason is None:
            messages.append(message)
        else:
            left_out.append(LeftOut(message.id, reason))
    actions = []
    for action in as_shown(wish.campaign, wish.now).actions.values():
        if not _open_at(action, wish.now):
            continue
        if hold := held_by(_words_of(action), wish.holds):
            name = f"{wish.campaign.id}: action {action.id}"
            left_out.append(LeftOut(name, f"{hold.by} holds {hold.pattern}"))
        else:
            actions.append(action)
    return Choice(messages, actions, left_out)


def _words_of(action: Action) -> list[str]:
    """All that a kit could say of an action."""
    said = (action.title, action.target, action.salutation, action.letter)
    listed = (action.recipients, action.places)
    return [
        action.id,
        action.link or "",
        action.source or "",
        *(text for by_language in said for text in by_language.values()),
        *(text for by_language in listed for texts in by_language.values() for text in texts),
    ]


def _kept_back(message: Message, wish: Wish) -> str | None:
    """Say why a message is not handed to people; None when it is."""
    if not message.is_true_at(wish.now):
        return "not true at that time"
    if message.at is not None and wish.now < message.at:
        # Its words may say "today", and it is ours to say first.
        return "goes out at a later time of its own"
    if message.poll is not None:
        return "a poll, which no address can share"
    if others := _others(message, wish.campaign):
        return f"calls others by name: {', '.join('@' + name for name in others)}"
    return wish.waiting.get(message.id)


def _others(message: Message, campaign: Campaign) -> list[str]:
    """Find the names in its texts that are not the campaign's own."""
    own = {
        handle.lstrip("@").casefold()
        for action in campaign.actions.values()
        for handle in action.handles
    }
    texts = (message.text, *message.per_network.values(), *message.thread)
    found = dict.fromkeys(name for text in texts for name in mentions(text))
    return [name for name in found if name.casefold() not in own]


def _open_at(action: Action, now: datetime) -> bool:
    """Tell whether people may still be asked to do it."""
    if action.not_before is not None and now < action.not_before:
        return False
    if action.true_until is not None and now >= action.true_until:
        return False
    end = ends(action)
    return end is None or now < end


def ends(action: Action) -> datetime | None:
    """Find when an event is over; one whose end nobody gave lasts to the end of its day."""
    if action.kind is not ActionKind.EVENT or action.starts is None:
        return None
    last = action.ends or action.starts
    if action.ends is not None and not action.all_day:
        return action.ends
    return last.replace(hour=0, minute=0, second=0, microsecond=0) + _DAY
