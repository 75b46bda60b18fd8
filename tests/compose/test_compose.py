"""From a message to the exact text for an account."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.compose import Composed, compose, count
from bot.model import (
    Account,
    LinkPlace,
    NetworkName,
    Poll,
    Prices,
)
from bot.networks.base import DEFAULT_LIMITS
from tests.compose.examples import CAMPAIGN, MASTO, X, composed, message, refused


def test_link_and_hashtags_are_appended() -> None:
    """A reader finds the action and the campaign below the words."""
    made = composed("Sign the petition.", link="https://amnesty.org/sign")
    assert made.text == (
        "Sign the petition.\n\nhttps://amnesty.org/sign\n#FreeAssangeNOW #PressFreedom"
    )
    assert made.length == 18 + 2 + 23 + 1 + 15 + 1 + 13
    assert made.hashtags == ("FreeAssangeNOW", "PressFreedom")


def test_what_the_text_has_is_not_appended_again() -> None:
    """Links and hashtags that the author wrote stay where they are, and single."""
    text = "#freeassangenow: sign at https://www.amnesty.org/sign/ #PressFreedom"
    assert composed(text, link="https://amnesty.org/sign").text == text


def test_rotating_hashtags_take_turns() -> None:
    """The pool moves on each time the message comes round."""
    said = [composed("Sign.", turn=t).hashtags[-1] for t in range(3)]
    assert set(said[:2]) == {"PressFreedom", "DropTheCharges"}
    assert said[2] == said[0]


def test_dropped_in_the_stated_order() -> None:
    """Rotating tags go first, then the message's, the campaign's, and the link last."""
    expected = [
        (200, "https://amnesty.org/sign\n#FreeAssangeNOW #Own #PressFreedom", ""),
        (230, "https://amnesty.org/sign\n#FreeAssangeNOW #Own", "#PressFreedom"),
        (236, "https://amnesty.org/sign\n#FreeAssangeNOW", "#PressFreedom, #Own"),
        (240, "https://amnesty.org/sign", "#PressFreedom, #Own, #FreeAssangeNOW"),
        (256, "", "#PressFreedom, #Own, #FreeAssangeNOW, https://amnesty.org/sign"),
    ]
    for length, tail, dropped in expected:
        body = "a" * length
        made = composed(body, link="https://amnesty.org/sign", hashtags=("Own",))
        assert made.text == (f"{body}\n\n{tail}" if tail else body)
        assert made.warnings == ((f"no room for {dropped}",) if dropped else ())
    assert composed("a" * 256, link="https://amnesty.org/sign").card is not None


def test_too_long_is_refused_with_the_surplus() -> None:
    """Nothing is cut silently."""
    assert refused("a" * 297) == "its text counts 297 of 280 characters: 17 too many"
    assert refused("a" * 501, MASTO) == "its text counts 501 of 500 characters: 1 too many"
    assert "part 2 of its thread counts 300 of 280" in refused("a", thread=("b" * 300,))
    assert "its text counts 510 of 500" in refused("a" * 400, MASTO, content_warning="w" * 110)


def test_a_text_of_its_own_per_network_and_variants() -> None:
    """Each network gets the words meant for it; variants come in turn."""
    own = {NetworkName.X: "Short for X."}
    assert composed("Long.", per_network=own).text.startswith("Short for X.")
    assert composed("Long.", MASTO, per_network=own).text.startswith("Long.")
    turns = [composed("One.", turn=t, variants=("Two.", "Three.")).text[:3] for t in range(4)]
    assert turns == ["One", "Two", "Thr", "One"]
    assert refused("", per_network={NetworkName.MASTODON: "Only here."}) == "it has no text for x"


def test_link_on_the_card_where_links_are_dear() -> None:
    """X charges 13 times as much for a post with a link; the card may carry it."""
    on_card = replace(X, links=LinkPlace.CARD)
    made = composed("Sign.", on_card, link="https://www.amnesty.org/sign/")
    assert "http" not in made.text
    assert made.card is not None
    assert made.card.look.link == "amnesty.org/sign"
    assert made.cost_usd == Decimal("0.020")
    assert composed("Sign.", link="https://amnesty.org/sign").cost_usd == Decimal("0.205")
    assert composed("Sign.", MASTO, link="https://amnesty.org/sign").cost_usd == 0
    bare = composed("Sign.", on_card, link="https://amnesty.org/sign", wants_card=False)
    assert bare.warnings == ("the link has no card to stand on",)


def test_a_thread_costs_each_of_its_posts() -> None:
    """The plan's figure is for all of them."""
    made = composed("One", wants_card=False, thread=("Two", "See https://amnesty.org"))
    assert made.cost_usd == Decimal("0.015") * 2 + Decimal("0.200")


def test_content_warning_stands_before_the_text_on_x() -> None:
    """X has no field for it; a reader still meets it first."""
    made = composed("Words.", content_warning="torture")
    assert made.text.startswith("CW: torture\n\nWords.")
    assert made.content_warning is None
    there = composed("Words.", MASTO, content_warning="torture")
    assert there.content_warning == "torture"
    assert made.card == there.card
    threaded = composed("One.", content_warning="torture", thread=("Two.",), wants_card=False)
    assert threaded.thread == ("CW: torture\n\nTwo.",)
    assert threaded.thread_lengths == (17,)


def test_polls_are_held_to_the_network() -> None:
    """A poll that a network would refuse is refused here, with the reason."""
    day = timedelta(days=1)
    assert "25" in refused("Which?", poll=Poll(("a" * 26, "b"), day))
    assert "several answers" in refused("Which?", poll=Poll(("a", "b"), day, multiple=True))
    assert composed("Which?", MASTO, poll=Poll(("a" * 26, "b"), day)).card is None


def test_new_emoji_are_warned_about_by_the_frozen_rule() -> None:
    """X's docs say 2, its frozen library more: a text between the two may be refused by X."""
    text = "🐦\u200d🔥" * 100
    made = composed(text, wants_card=False)
    assert made.length <= 280
    assert any("rules of 2021" in w for w in made.warnings)


@pytest.mark.parametrize("account", [X, MASTO])
@given(text=st.text(max_size=600), link=st.sampled_from([None, "https://amnesty.org/sign"]))
def test_a_draft_always_fits(account: Account, text: str, link: str | None) -> None:
    """Whatever the words: within the limit and starting with them, or refused."""
    limits = DEFAULT_LIMITS[account.network]
    made = compose(message(text, link=link), account, CAMPAIGN, limits, Prices(), 0)
    if isinstance(made, Composed):
        assert made.length <= made.limit
        assert made.text.startswith(text)
        assert count(made.text, account, limits).surplus <= 0
