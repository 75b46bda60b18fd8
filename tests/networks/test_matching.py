"""Recognising our own text after a server has had it."""

from __future__ import annotations

import html
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Draft, NetworkName, Receipt
from bot.networks.base import Seen, TryLater
from bot.networks.matching import choose, plain, text_from_html, text_from_x
from tests.networks.stage import ALT, START, make_draft

TEXT = st.text(st.characters(blacklist_categories=["Cs", "Cc"]) | st.just("\n"), max_size=80)


@given(TEXT)
def test_html_round_trip(text: str) -> None:
    """Whatever a text holds, escaping and line breaks do not change its plain form."""
    content = f"<p>{html.escape(text).replace(chr(10), '<br />')}</p>"
    assert plain(text_from_html(content)) == plain(text)


@given(TEXT)
def test_x_round_trip(text: str) -> None:
    """X escapes three characters; nothing else of a text is touched."""
    assert text_from_x({"text": html.escape(text, quote=False)}) == text


@given(TEXT)
def test_plain_is_stable(text: str) -> None:
    """White space and composition do not count, at the ends nor inside."""
    assert plain(f"  {text.replace(' ', '  ')}\n") == plain(text)


MASTODON_LINK = (
    '<p>Sign <a href="https://www.amnesty.org/en/petition?a=1&amp;b=2" rel="nofollow">'
    '<span class="invisible">https://www.</span><span class="ellipsis">amnesty.org/en/pet</span>'
    '<span class="invisible">ition?a=1&amp;b=2</span></a></p>'
)
SHORTENED_LINK = '<p>Sign <a href="https://www.amnesty.org/en/petition?a=1&b=2">amnesty.org/…</a>'
HASHTAG = (
    '<p><a href="https://m.example/tags/freeassange" class="mention hashtag">'
    "#<span>FreeAssange</span></a></p>"
)
OTHER_HASHTAG = '<a href="https://m.example?t=freeassange">#FreeAssange</a>'
MENTION = (
    '<span class="h-card"><a href="https://far.example/@amnesty" class="u-url mention">'
    "@<span>amnesty</span></a></span> now"
)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (MASTODON_LINK, "Sign https://www.amnesty.org/en/petition?a=1&b=2"),
        (SHORTENED_LINK, "Sign https://www.amnesty.org/en/petition?a=1&b=2"),
        (HASHTAG, "#FreeAssange"),
        (OTHER_HASHTAG, "#FreeAssange"),
        (MENTION, "@amnesty@far.example now"),
        ("<p>A</p><p>B<br>C</p>", "A\n\nB\nC"),
        ("<p>1 &lt; 2 &amp;amp; &#39;x&#39;</p>", "1 < 2 &amp; 'x'"),
    ],
)
def test_what_servers_make_of_it(content: str, text: str) -> None:
    """Links count by address, hashtags and mentions by what a reader sees."""
    assert plain(text_from_html(content)) == plain(text)


def test_x_links() -> None:
    """t.co gives way to the true link, and the picture's own link goes."""
    post = {
        "text": "Sign https://t.co/a1, and https://t.co/a12 &amp; https://t.co/p",
        "entities": {
            "urls": [
                {"url": "https://t.co/a1", "expanded_url": "https://example.org/1"},
                {"url": "https://t.co/a12", "expanded_url": "http://example.org"},
                {"url": "https://t.co/p", "expanded_url": "https://x.com/c/status/1/photo/1"},
                {"url": None, "expanded_url": None},
            ]
        },
        "attachments": {"media_keys": ["3_1"]},
    }
    assert plain(text_from_x(post)) == plain("Sign https://example.org/1, and example.org &")


def test_x_link_to_another_picture() -> None:
    """A link to somebody's picture stays where the post carries none of its own."""
    other = "https://x.com/somebody/status/1/photo/1"
    urls = [{"url": "https://t.co/a", "expanded_url": other}]
    assert text_from_x({"text": "See https://t.co/a", "entities": {"urls": urls}}) == f"See {other}"


@pytest.mark.parametrize("name", ["note_tweet", "note_post"])
def test_x_long_posts(name: str) -> None:
    """Of a long post the full text counts, under its older and its newer name."""
    long = {
        "text": "Long text https://t.co/a",
        "entities": {"urls": [{"url": "https://t.co/a", "expanded_url": "https://example.org/1"}]},
    }
    assert text_from_x({"text": "Long…", name: long}) == "Long text https://example.org/1"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org", "HTTPS://EXAMPLE.ORG/"),
        ("https://example.org/a/.", "http://example.org/a."),
        ("https://münchen.example/straße", "https://xn--mnchen-3ya.example/stra%C3%9Fe"),
        ("Caf\u00e9", "Cafe\u0301"),
        ("More at Amnesty.ORG/en, today", "More at http://amnesty.org/en, today"),
        ("(Example.org/caf%C3%A9)", "(http://example.org/café)"),
    ],
)
def test_the_same(one: str, other: str) -> None:
    """Forms of one address, and of one letter, are the same."""
    assert plain(one) == plain(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/A", "https://example.org/a"),
        ("https://example.org/?id=1", "https://example.org/?id=2"),
        ("Free Assange", "free assange"),
        ("@one @two", "@two @one"),
        ("50 000", "50 001"),
    ],
)
def test_not_the_same(one: str, other: str) -> None:
    """What a reader or a server tells apart stays apart."""
    assert plain(one) != plain(other)


def test_linear_time() -> None:
    """Hostile texts take no longer than others (this one hangs where it is quadratic)."""
    for hostile in ("@a." * 60_000, "https://" * 30_000, "/" * 200_000, "@" + "a" * 200_000):
        plain(hostile)


DRAFT = make_draft(NetworkName.X, "Text")


def seen(at: datetime | None, name: str = "1") -> Seen:
    """Make a post of the draft's text."""
    return Seen(Receipt(name, "", at), "Text", pictured=False)


def after(**span: float) -> datetime:
    """Return a moment that long after the first attempt."""
    return START + timedelta(**span)


@pytest.mark.parametrize(
    ("posts", "chosen"),
    [
        ([], None),
        ([seen(after(minutes=5), "late"), seen(after(seconds=1), "first")], "first"),
        ([seen(after(seconds=1), "ours"), seen(after(seconds=-5), "twin")], "ours"),
        ([seen(after(seconds=-5), "skewed"), seen(after(seconds=-90), "twin")], "skewed"),
        ([seen(after(minutes=-3), "earlier")], None),
        ([seen(after(minutes=13), "too late")], None),
        ([seen(after(minutes=11), "skewed")], "skewed"),
    ],
)
def test_choice(posts: list[Seen], chosen: str | None) -> None:
    """The oldest after the first attempt; else the newest just before it; never an earlier twin."""
    found = choose(DRAFT, posts, START, after(minutes=10))
    assert (found and found.remote_id) == chosen


PICTURED = make_draft(NetworkName.X, "Text", pictured=True)
PART = replace(DRAFT, in_reply_to="1")


@pytest.mark.parametrize(
    ("draft", "more", "ours"),
    [
        (DRAFT, {}, True),
        (DRAFT, {"pictures": 0}, True),
        (DRAFT, {"answers": True}, False),
        (PART, {"answers": True}, True),
        (PART, {}, True),  # some servers forget what a post answered once that is deleted
        (PICTURED, {"pictured": True}, True),
        (PICTURED, {"pictured": True, "pictures": 1, "alt": ALT}, True),
        (PICTURED, {"pictured": True, "pictures": 1, "alt": f" {ALT}\n"}, True),
        (PICTURED, {"pictured": True, "pictures": 2, "alt": ALT}, False),
        (PICTURED, {"pictured": True, "pictures": 1, "alt": "Another picture"}, False),
        (PICTURED, {"pictured": False, "pictures": 0}, False),
    ],
)
def test_more_than_words(draft: Draft, more: dict[str, Any], ours: bool) -> None:
    """Pictures, alt text and what it answers tell apart what has the same words."""
    post = replace(seen(after(seconds=1)), **more)
    assert (choose(draft, [post], START, None) is not None) == ours


def test_choice_without_time() -> None:
    """A post that looks like ours but has no time is neither evidence nor absence."""
    with pytest.raises(TryLater, match="no time"):
        choose(DRAFT, [seen(None)], START, None)


def test_window_has_no_end_by_default() -> None:
    """Without an end, whatever came after the first attempt counts."""
    late = seen(after(days=300))
    assert choose(DRAFT, [late], START, None) == late.receipt
