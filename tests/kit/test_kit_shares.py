"""Share addresses: the right text in the right form, within what each network takes."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.kit.shares import BLUESKY_LIMIT, MAILTO_MOST, Offer, mailto, offer
from bot.model import NetworkName
from bot.text import count_mastodon, count_x, graphemes
from tests.kit.stage import CAMPAIGN, ENGLISH, message


def made(text: str, **more: Any) -> Offer:
    """What is offered of a text."""
    return offer(message("m", text, **more), CAMPAIGN, "Clean & Water", ENGLISH)


def addresses(offered: Offer) -> dict[str, str]:
    """Addresses by network."""
    return {share.key: share.href for share in offered.shares}


def query(address: str) -> dict[str, str]:
    """An address's parameters, decoded as RFC 3986 has it: a plus is a plus."""
    pairs = (pair.split("=", 1) for pair in urlsplit(address).query.split("&"))
    return {name: unquote(value) for name, value in pairs}


def test_each_network_gets_the_text_under_its_own_address() -> None:
    """As the networks' documents have them; nothing else is handed over."""
    offered = made("Water & bread + 100 %\nfor all?", link="https://example.org/a?b=c&d=e")
    text = "Water & bread + 100 %\nfor all?\n\nhttps://example.org/a?b=c&d=e\n#CleanWater"
    found = addresses(offered)
    assert offered.text == offered.mastodon == text
    assert found["x"].startswith("https://x.com/intent/tweet?text=Water%20%26%20bread%20%2B")
    assert found["bluesky"].startswith("https://bsky.app/intent/compose?")
    assert found["whatsapp"].startswith("https://wa.me/?")
    assert found["telegram"].startswith("https://t.me/share/url?")
    for key in ("x", "bluesky", "whatsapp"):
        assert query(found[key]) == {"text": text}
    assert query(found["telegram"]) == {
        "url": "https://example.org/a?b=c&d=e",
        "text": "Water & bread + 100 %\nfor all?\n\n#CleanWater",
    }
    assert found["email"].startswith("mailto:?subject=Clean%20%26%20Water&body=")
    assert query(found["email"])["body"] == text.replace("\n", "\r\n")
    assert all(not set(address) & set(' "<>\n+') for address in found.values())


def test_what_does_not_fit_is_left_out_in_our_own_order() -> None:
    """Hashtags first, then the link, never a word of the body."""
    body = "w" * 270
    found = addresses(made(body, link="https://example.org/a"))
    assert query(found["x"])["text"] == body
    assert query(found["bluesky"])["text"] == f"{body}\n\nhttps://example.org/a"
    assert query(found["whatsapp"])["text"].endswith("#CleanWater")


def test_too_long_a_text_has_no_button_and_says_why() -> None:
    """With the figures, as the reader's language writes them."""
    offered = made("w" * 1301)
    assert addresses(offered).keys() == {"whatsapp", "email"}
    assert offered.mastodon == ""
    said = " ".join(offered.missing)
    assert "Not for X: it has 1,301 of 280 characters" in said
    assert "Not for Mastodon: it has 1,301 of 500" in said
    assert "Not for Bluesky: it has 1,301 of 300" in said
    assert "Not for Telegram" in said


def test_a_mail_that_windows_would_cut_has_no_button() -> None:
    """Each Arabic letter is six characters of an address."""
    offered = made("ماء" * 150)
    assert "email" not in addresses(offered)
    assert any("e-mail" in why for why in offered.missing)


def test_a_message_for_one_network_is_for_that_one() -> None:
    """Its words were written for it."""
    offered = made("On here", networks=(NetworkName.MASTODON,))
    assert (addresses(offered), offered.missing) == ({}, [])
    assert offered.mastodon == "On here\n\n#CleanWater"


def test_a_network_has_its_own_words() -> None:
    """A text by network is that network's; all others get the text itself."""
    offered = made("Short.", per_network={NetworkName.MASTODON: "At length."})
    assert offered.mastodon.startswith("At length.")
    assert query(addresses(offered)["x"])["text"].startswith("Short.")
    only = made("", per_network={NetworkName.X: "Only on X."})
    assert only.text.startswith("Only on X.")


def test_a_thread_is_shared_whole_and_shown_in_parts() -> None:
    """Where it fits in one piece; nobody is told that a thread is too long for a post."""
    offered = made("One.", thread=("Two.", "w" * 300))
    assert offered.parts == ("One.\n\n#CleanWater", "Two.", "w" * 300)
    assert offered.text == "\n\n".join(offered.parts)
    assert offered.mastodon == offered.text
    assert "x" not in addresses(offered)
    assert not [why for why in offered.missing if "characters" in why]


def test_a_warning_goes_first() -> None:
    """No address has a field for it."""
    offered = made("What they did.", content_warning="torture")
    assert offered.text.startswith("CW: torture\n\nWhat they did.")
    assert query(addresses(offered)["x"])["text"].startswith("CW: torture\n\n")


def test_a_link_in_the_words_is_not_added_again() -> None:
    """And Telegram gets it, with its scheme."""
    offered = made("Look at example.org/a today", link="https://example.org/a")
    assert offered.text == "Look at example.org/a today\n\n#CleanWater"
    plain = made("Look at example.org/a today")
    assert query(addresses(plain)["telegram"])["url"] == "https://example.org/a"


def test_mail_addresses_are_encoded_too() -> None:
    """Nobody's name can add a header or another address."""
    address = mailto(("a&b@town.example", "c@town.example?bcc=x@evil.example"), "S", "")
    assert address == "mailto:a%26b@town.example,c@town.example%3Fbcc%3Dx@evil.example?subject=S"
    assert parse_qs(urlsplit(address).query) == {"subject": ["S"]}


@settings(max_examples=150)
@given(st.text(min_size=1, max_size=700), st.none() | st.just("https://example.org/a"))
def test_whatever_the_text_what_is_offered_fits(text: str, link: str | None) -> None:
    """No button leads to a post that its network refuses, and each holds the whole body."""
    offered = made(text, link=link)
    found = addresses(offered)
    fits = {
        "x": lambda words: count_x(words).length <= 280,
        "bluesky": lambda words: len(graphemes(words)) <= BLUESKY_LIMIT,
    }
    for key, address in found.items():
        assert address.isascii()
        if key in fits:
            words = query(address)["text"]
            assert words.startswith(text.encode("utf-8", "replace").decode())
            assert fits[key](words)
    if offered.mastodon:
        assert count_mastodon(offered.mastodon).length <= 500
    assert len(found.get("email", "")) <= MAILTO_MOST
