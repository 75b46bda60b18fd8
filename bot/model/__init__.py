"""The nouns of Loudhailer, frozen.

One word, one meaning: these classes are the words of docs/development.md. They hold values and
know nothing of files, clocks, networks or databases. Every moment in them is an aware
`datetime`; a naive one is refused at construction, because a time without a zone is how
posts go out hours off.
"""

from __future__ import annotations

from bot.model.accounts import (
    CARD_SIZE,
    Account,
    Catalog,
    LinkPlace,
    Missed,
    Pick,
    Prices,
    Schedule,
    WhenInDoubt,
)
from bot.model.approvals import AuditEntry, Deed, Hold
from bot.model.campaigns import (
    SOURCE,
    Action,
    ActionKind,
    ApprovalRules,
    Brand,
    Campaign,
    CountSource,
    PetitionCount,
)
from bot.model.deliveries import Counts, Delivery, PastPost, Receipt, Sample, State
from bot.model.drafts import CardSpec, Draft, Limits, Look, Picture, Post, PostState, Refusal, Slot
from bot.model.messages import CARD_SIZES, CardKind, CardWords, Message, Poll, Visibility
from bot.model.words import (
    Localised,
    LocalisedList,
    NetworkName,
    in_language,
    items_in_language,
    require_zone,
)

__all__ = [
    "CARD_SIZE",
    "CARD_SIZES",
    "SOURCE",
    "Account",
    "Action",
    "ActionKind",
    "ApprovalRules",
    "AuditEntry",
    "Brand",
    "Campaign",
    "CardKind",
    "CardSpec",
    "CardWords",
    "Catalog",
    "CountSource",
    "Counts",
    "Deed",
    "Delivery",
    "Draft",
    "Hold",
    "Limits",
    "LinkPlace",
    "Localised",
    "LocalisedList",
    "Look",
    "Message",
    "Missed",
    "NetworkName",
    "PastPost",
    "PetitionCount",
    "Pick",
    "Picture",
    "Poll",
    "Post",
    "PostState",
    "Prices",
    "Receipt",
    "Refusal",
    "Sample",
    "Schedule",
    "Slot",
    "State",
    "Visibility",
    "WhenInDoubt",
    "in_language",
    "items_in_language",
    "require_zone",
]
