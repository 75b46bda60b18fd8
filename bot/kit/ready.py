"""A message -> what supporters are handed of it: words with figures, its picture, until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.jobs.drafting import Drafter
from bot.jobs.figures import figured
from bot.kit.nouns import Wish
from bot.kit.pictures import Shown, shown
from bot.model import Account, Draft, Message, NetworkName, Refusal
from bot.plan import accounts_for

_ANYBODY = Account("share-kit", NetworkName.MASTODON)
"""Stands for a supporter where no account of ours takes a message."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A message that can be handed out."""

    message: Message
    """With its petition's figures in its words."""
    picture: Shown | None
    until: datetime | None
    """Until when it is true, the count in it included."""


def ready(message: Message, drafter: Drafter, wish: Wish) -> Ready | Refusal:
    """Make a message ready; a refusal says why none of our accounts could post it, either."""
    draft = _drafted(message, drafter, wish)
    if isinstance(draft, Refusal):
        return draft
    bounds = [message.true_until, draft.count_until]
    said = message
    for network in NetworkName:
        made = figured(message, wish.campaign, network, 0, wish.now)
        if isinstance(made, Refusal):
            return made
        bounds.append(made.until if made.words_count else None)
        said = made.message
    picture = shown(draft, wish.root)
    if isinstance(picture, Refusal):
        return picture
    return Ready(said, picture, earliest(*bounds))


def earliest(*moments: datetime | None) -> datetime | None:
    """Find the first of some moments; None where there is none."""
    return min((moment for moment in moments if moment is not None), default=None)


def _drafted(message: Message, drafter: Drafter, wish: Wish) -> Draft | Refusal:
    """Make a draft, as the first of our accounts that can post it has it."""
    refusal = None
    for account in (*accounts_for(wish.catalog, message), _ANYBODY):
        made = drafter(message, account, 0, wish.now)
        if isinstance(made, Draft):
            return made
        refusal = refusal or made
    return refusal or Refusal("no account of ours takes it")
