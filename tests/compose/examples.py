"""A small campaign, and what its messages become for an account."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.compose import Composed, compose
from bot.model import (
    Account,
    Action,
    ActionKind,
    Brand,
    Campaign,
    Message,
    NetworkName,
    Prices,
    Refusal,
)
from bot.networks.base import DEFAULT_LIMITS

X = Account("x-main", NetworkName.X)
MASTO = Account("masto-en", NetworkName.MASTODON)
PETITION = Action(
    "sign",
    ActionKind.PETITION,
    {"en": "Sign for his release", "es": "Firma"},
    link="https://amnesty.org/sign",
    goal=50_000,
    count=1200,
    count_as_of=date(2022, 2, 20),
    target={"": "Home Secretary"},
)
CAMPAIGN = Campaign(
    "c",
    {"": "Free Assange", "es": "Libertad"},
    ("en",),
    Brand("Free Assange Now"),
    hashtags=("FreeAssangeNOW",),
    rotating_hashtags=("DropTheCharges", "PressFreedom"),
    actions={"sign": PETITION},
)


def message(text: str, **more: Any) -> Message:
    """A message of the test campaign."""
    fields: dict[str, Any] = {"language": "en", **more}
    return Message("c/m", "c", "content/c/messages/m.md", text, **fields)


def composed(text: str, account: Account = X, turn: int = 0, **more: Any) -> Composed:
    """Compose, expecting a text."""
    made = compose(
        message(text, **more), account, CAMPAIGN, DEFAULT_LIMITS[account.network], Prices(), turn
    )
    assert isinstance(made, Composed), made
    return made


def refused(text: str, account: Account = X, **more: Any) -> str:
    """Compose, expecting a refusal."""
    made = compose(
        message(text, **more), account, CAMPAIGN, DEFAULT_LIMITS[account.network], Prices(), 0
    )
    assert isinstance(made, Refusal), made
    return made.reason
