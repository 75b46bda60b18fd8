"""Which words a message's card carries, and how it is to look."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.compose import Composed, compose
from bot.model import Account, Action, ActionKind, CardKind, CardSpec, CardWords, Prices
from bot.networks.base import DEFAULT_LIMITS
from tests.compose.examples import CAMPAIGN, MASTO, X, composed, message


def test_cards_come_from_the_action_or_the_first_sentence() -> None:
    """A message without a word about its card still gets the right one."""
    petition = composed("Sign now.", action="sign").card
    assert petition is not None
    assert (petition.kind, petition.goal, petition.count) == (CardKind.PETITION, 50_000, 1200)
    assert petition.words["headline"] == "Sign for his release"
    assert petition.words["target"] == "Home Secretary"
    plain = composed("Journalism is no crime! See https://amnesty.org #PressFreedom").card
    assert plain is not None
    assert (plain.kind, plain.words["headline"]) == (
        CardKind.ANNOUNCEMENT,
        "Journalism is no crime!",
    )
    long = composed("word " * 50, language="es").card
    assert long is not None
    assert long.words["headline"] == "Libertad"
    quote = composed("x", card=CardWords(CardKind.QUOTE, {"quote": "Q", "role": ""})).card
    assert quote is not None
    assert quote.words == {"quote": "Q"}
    assert composed("x", wants_card=False).card is None


LETTER = Action(
    "l",
    ActionKind.LETTER,
    {"en": "Write to her", "es": "Escríbele"},
    recipients={"": ("The President", "The AG")},
    salutation={"": "Madam President,"},
)


def card_of(action: Action, body: str, account: Account = X, **more: Any) -> CardSpec:
    """The card of a message for `action`."""
    campaign = replace(CAMPAIGN, actions={action.id: action})
    limits = DEFAULT_LIMITS[account.network]
    said = message(body, action=action.id, **more)
    made = compose(said, account, campaign, limits, Prices(), 0)
    assert isinstance(made, Composed)
    assert made.card is not None
    return made.card


def test_a_letters_card_shows_to_whom_it_goes() -> None:
    """The headline asks for it; addressees and salutation are the action's."""
    card = card_of(LETTER, "Write today.")
    assert card.kind is CardKind.LETTER
    assert card.words == {
        "headline": "Write to her",
        "to": "The President; The AG",
        "salutation": "Madam President,",
    }


def test_a_letters_card_does_not_mix_languages() -> None:
    """What is written once is in the campaign's first language, and only there on a card."""
    assert card_of(LETTER, "Escribe hoy.", language="es").words == {"headline": "Escríbele"}
    once = replace(LETTER, title={"": "Write to her"})
    assert card_of(once, "Escribe hoy.", language="es").words == {"headline": "Escribe hoy."}


def test_a_letters_recipients_may_be_in_several_languages() -> None:
    """Then each card has those in its own."""
    both = replace(
        LETTER,
        recipients={"en": ("The President",), "es": ("La Presidenta", "El Fiscal")},
        salutation={"en": "Madam President,", "es": "Señora Presidenta:"},
    )
    words = card_of(both, "Escribe hoy.", language="es-MX").words
    assert words["to"] == "La Presidenta; El Fiscal"
    assert words["salutation"] == "Señora Presidenta:"


def test_a_letters_own_words_come_first() -> None:
    """Under `card:` a message may address its letter otherwise."""
    own = CardWords(CardKind.LETTER, {"to": "Your MP", "body": "Two minutes."})
    words = card_of(LETTER, "Write today.", card=own).words
    assert (words["to"], words["body"]) == ("Your MP", "Two minutes.")
    assert words["headline"] == "Write to her"


def test_follow_cards_show_whom_to_follow() -> None:
    """Only the action knows the handles."""
    follow = Action("f", ActionKind.FOLLOW, {"": "Follow us"}, handles=("@a@b.example",))
    card = card_of(follow, "Do.")
    assert card.words == {"headline": "Follow us", "body": "@a@b.example"}


def test_a_statistic_shows_the_messages_source() -> None:
    """A figure without its source is a rumour."""
    figure = composed("x", card=CardWords(CardKind.STATISTIC, {"figure": "1"}), source="A report")
    assert figure.card is not None
    assert figure.card.words["source"] == "A report"


@pytest.mark.parametrize(
    ("own", "account", "size"),
    [
        (None, None, (1200, 675)),
        (None, (1080, 1080), (1080, 1080)),
        ((1200, 630), (1080, 1080), (1200, 630)),
    ],
)
def test_a_card_has_the_size_of_its_message_account_or_network(
    own: tuple[int, int] | None, account: tuple[int, int] | None, size: tuple[int, int]
) -> None:
    """The message decides before the account, the account before the network."""
    card = CardWords(CardKind.ANNOUNCEMENT, {"headline": "H"}, size=own)
    for base in (X, MASTO):
        made = card_of(LETTER, "Text.", replace(base, card_size=account), card=card)
        assert (made.width, made.height) == size


def test_a_card_has_the_style_of_its_message_or_campaign() -> None:
    """One message may look different; the others follow the brand."""
    plain = composed("Text.", card=CardWords(CardKind.POSTER, {"headline": "H"})).card
    own = composed("Text.", card=CardWords(CardKind.POSTER, {"headline": "H"}, style="gazette"))
    assert plain is not None
    assert own.card is not None
    assert (plain.style, own.card.style) == ("broadside", "gazette")


def test_a_photo_and_its_focus_reach_the_card() -> None:
    """The picture that the author chose, and what of it must stay in view."""
    photo = Path("images/photos/vigil.jpg")
    words = CardWords(CardKind.PHOTO, {"headline": "H"}, image=photo, focus=(0.4, 0.3))
    card = composed("Text.", card=words).card
    assert card is not None
    assert (card.image, card.focus) == (photo, (0.4, 0.3))


@pytest.mark.parametrize(
    ("body", "headline", "below"),
    [
        ("签名吧！他需要你。", "签名吧！", "他需要你。"),
        ("سيتم تسليمه؟ وقّع الآن.", "سيتم تسليمه؟", "وقّع الآن."),
        ("अभी लिखें। वह प्रतीक्षा में है।", "अभी लिखें।", "वह प्रतीक्षा में है।"),
    ],
)
def test_first_sentences_end_as_the_script_ends_them(body: str, headline: str, below: str) -> None:
    """Also where no blank follows, or where a sentence ends with another mark."""
    card = composed(body).card
    assert card is not None
    assert card.words == {"headline": headline, "body": below}


def test_event_cards_carry_when_and_where() -> None:
    """The date and places are the action's, so one correction corrects all cards."""
    event = Action(
        "come",
        ActionKind.EVENT,
        {"": "Outside the embassies"},
        starts=datetime(2022, 2, 25, tzinfo=UTC),
        all_day=True,
        places={"": ("London", "Mexico City")},
    )
    campaign = replace(CAMPAIGN, actions={"come": event})
    made = compose(
        message("Come.", action="come"), X, campaign, DEFAULT_LIMITS[X.network], Prices(), 0
    )
    assert isinstance(made, Composed)
    assert made.card is not None
    assert (made.card.kind, made.card.starts, made.card.places) == (
        CardKind.EVENT,
        event.starts,
        ("London", "Mexico City"),
    )
