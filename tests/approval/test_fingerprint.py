"""What an approval is bound to: every part that goes out, and nothing that moves by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.approval import changed, fingerprint
from bot.model import (
    Action,
    ActionKind,
    Brand,
    Campaign,
    CardKind,
    CardWords,
    Message,
    NetworkName,
    Poll,
)

ACTION = Action("sign", ActionKind.PETITION, {"": "Freeze the rents"}, goal=5000, count=12)
CAMPAIGN = Campaign("rent", {"": "Rent"}, ("en",), Brand("Rent"), actions={"sign": ACTION})
MESSAGE = Message("rent/a", "rent", "a.md", "Sign today.", "en", action="sign")
PHOTO = replace(MESSAGE, image=Path("images/a.jpg"), alt="A crowd")


def take(
    message: Message = MESSAGE, campaign: Campaign = CAMPAIGN, accounts: tuple[str, ...] = ("x",),
    digest: str = "1",
) -> str:  # fmt: skip
    """Give the fingerprint's value."""
    return fingerprint(message, campaign, accounts, lambda _: digest).value


CHANGES = {
    "a letter": (replace(MESSAGE, text="Sign todaY."), CAMPAIGN, ("x",)),
    "a network's own text": (
        replace(MESSAGE, per_network={NetworkName.X: "Sign!"}), CAMPAIGN, ("x",),
    ),
    "a variant": (replace(MESSAGE, variants=("Sign now.",)), CAMPAIGN, ("x",)),
    "a part of a thread": (replace(MESSAGE, thread=("And then.",)), CAMPAIGN, ("x",)),
    "a link": (replace(MESSAGE, link="https://example.org"), CAMPAIGN, ("x",)),
    "a hashtag": (replace(MESSAGE, hashtags=("Rent",)), CAMPAIGN, ("x",)),
    "the campaign's hashtag": (MESSAGE, replace(CAMPAIGN, hashtags=("Rent",)), ("x",)),
    "a warning": (replace(MESSAGE, content_warning="violence"), CAMPAIGN, ("x",)),
    "the language": (replace(MESSAGE, language="es"), CAMPAIGN, ("x",)),
    "the alt text": (replace(MESSAGE, alt="A card"), CAMPAIGN, ("x",)),
    "the card": (
        replace(MESSAGE, card=CardWords(CardKind.POSTER, {"headline": "Sign"})), CAMPAIGN, ("x",),
    ),
    "the card's colours": (
        MESSAGE, replace(CAMPAIGN, brand=Brand("Rent", background="#000000")), ("x",),
    ),
    "whom the petition is to": (
        MESSAGE,
        replace(CAMPAIGN, actions={"sign": replace(ACTION, target={"": "The mayor"})}),
        ("x",),
    ),
    "the account": (MESSAGE, CAMPAIGN, ("x", "masto")),
    "the hour": (replace(MESSAGE, at=datetime(2026, 1, 1, tzinfo=UTC)), CAMPAIGN, ("x",)),
    "until when it is true": (
        replace(MESSAGE, true_until=datetime(2026, 1, 1, tzinfo=UTC)), CAMPAIGN, ("x",),
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_of_what_goes_out_is_seen(what: str) -> None:
    """No part of a post can be changed behind the back of whoever approved it."""
    assert take(*CHANGES[what]) != take()


def test_one_pixel_is_seen() -> None:
    """A picture counts by its bytes, not by its name."""
    assert take(PHOTO, digest="1") != take(PHOTO, digest="2")
    assert take(PHOTO, digest="1") == take(PHOTO, digest="1")


def test_what_moves_by_itself_is_not_seen() -> None:
    """A petition's newest figure, and where the file lies, void no approval."""
    moved = replace(CAMPAIGN, actions={"sign": replace(ACTION, count=13)})
    assert take(campaign=moved) == take()
    assert take(replace(MESSAGE, path="b.md", line=7, weight=3, needs_approval=True)) == take()


def test_the_value_stays_the_same_from_version_to_version() -> None:
    """An update of ours must not void what people approved."""
    quote = CardWords(CardKind.QUOTE, {"quote": "Enough.", "attribution": "Ana"})
    poll = Poll(("yes", "no"), timedelta(days=1))
    values = [take(PHOTO), take(replace(MESSAGE, card=quote)), take(replace(MESSAGE, poll=poll))]
    assert [value[:16] for value in values] == [
        "468cbdaa97b731f5",
        "09d416b1e40c148e",
        "45752d223288631b",
    ]


def test_what_changed_is_named() -> None:
    """The log says to whoever approved it what is different now."""
    before = fingerprint(PHOTO, CAMPAIGN, ["x"], lambda _: "1")
    other = replace(PHOTO, text="Sign.", poll=Poll(("a", "b"), timedelta(days=1)))
    assert changed(before.parts, fingerprint(other, CAMPAIGN, ["x"], lambda _: "1")) == "the text"
    both = fingerprint(replace(PHOTO, text="Sign."), CAMPAIGN, ["x"], lambda _: "2")
    assert changed(before.parts, both) == "the text and the picture"
