"""Mastodon: lengths, links, hashtags, mentions."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from bot.text import count_mastodon, graphemes, mastodon_entities
from tests.text.samples import mastodon, texts


@pytest.mark.parametrize("case", mastodon("length"))
def test_lengths_as_in_the_cases(case: dict[str, Any]) -> None:
    """Length and validity are those of Mastodon's own specs."""
    count = count_mastodon(case["text"], case["limit"], case["cw"])
    assert count.valid is case["valid"]
    assert count.length == case.get("length", count.length)


@pytest.mark.parametrize("case", mastodon("hashtag_match"))
def test_hashtags_as_in_the_cases(case: dict[str, Any]) -> None:
    """The first hashtag is that of Mastodon's own specs."""
    text = case["text"]
    found = [text[e.start : e.end] for e in mastodon_entities(text) if e.kind == "hashtag"]
    assert found[:1] == ([case["expected"]] if case["expected"] else [])


@pytest.mark.parametrize("case", mastodon("extractor"))
def test_entities_as_in_the_cases(case: dict[str, Any]) -> None:
    """Names and places are those of Mastodon's own specs."""
    found = [e for e in mastodon_entities(case["text"]) if e.kind == case["kind"]]
    assert [[e.value, e.start, e.end] for e in found] == case["expected"]


@pytest.mark.parametrize(
    ("text", "hashtags"),
    [
        ("#a\n#b\t#c\u3000#d (#e) .#f a#g", ["a", "b", "c", "d"]),
        ("#1_2 #12 #1a #a1 #a-b", ["1_2", "1a", "a1", "a"]),
        ("#a· #·a #a·b #a·1 #1·", ["a", "a·b", "a·1"]),
        ("#نه‌خیر", ["نه‌خیر"]),
        ("#taghttp:// #http:// #https://example.com", ["tag", "http", "https"]),
        ("https://example.com/ #x", ["x"]),
    ],
)
def test_hashtags(text: str, hashtags: list[str]) -> None:
    """A tag stands at a line's start or after white space, and is more than digits."""
    assert list(count_mastodon(text).hashtags) == hashtags


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("@a @b@example.com, @c.d-e@ex-ample.org.", ["a", "b@example.com", "c.d-e@ex-ample.org"]),
        ("a@b.com /@c =@d", []),
        ("(@a) 「@b」", ["a", "b"]),
        ("@a@b@c", []),
        ("@useré @user://x", []),
        ("https://example.social/@user/1", []),
        ("@müller", []),
        ("@a@münchen.example", ["a@münchen.example"]),
    ],
)
def test_mentions(text: str, mentions: list[str]) -> None:
    """Who is mentioned, with their server."""
    assert list(count_mastodon(text).mentions) == mentions


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("https://example.com/a_(b), example.org", ["https://example.com/a_(b)"]),
        ("https://example.com/путь/道?q=ü.", ["https://example.com/путь/道?q=ü"]),
        ("「https://example.com/道」", ["https://example.com/道"]),
        ("xhttps://example.com @https://example.com", []),
        ("éhttps://example.com 見てhttps://example.org", ["https://example.com", "https://example.org"]),
        ("https://localhost https://example.notatld", []),
        ("http://a.com/<b>", ["http://a.com/"]),
        ("example.com/?u=https://example.org https://a.com/?u=https://b.com", ["https://a.com/?u=https://b.com"]),
        ("https://a.com/道_(東京)/x https://a.com/道_(東京)", ["https://a.com/道_(東京)/x", "https://a.com/道_"]),
    ],
)  # fmt: skip
def test_links(text: str, urls: list[str]) -> None:
    """Only `http(s)://` makes a link, and paths are of any script."""
    assert list(count_mastodon(text).urls) == urls


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("See https://example.com/" + "x" * 100, 27),
        ("See example.com", 15),
        ("Hi @user@a.very.long.example!", 9),
        ("👩‍👩‍👧‍👦🇦🇺✊🏽é", 4),
        ("e\u0301\r\n", 2),
        ("🇦🇺🇦", 2),
        ("https://a.com @b@c.com", 23 + 1 + 2),
        ("", 0),
    ],
)
def test_lengths(text: str, length: int) -> None:
    """Graphemes count, links count 23, and a name counts without its server."""
    assert count_mastodon(text).length == length


def test_limit_and_validity() -> None:
    """The limit is the server's, the content warning counts, a blank text is never valid."""
    assert count_mastodon("a" * 500).valid
    assert not count_mastodon("a" * 501).valid
    assert count_mastodon("a" * 501, limit=5000).valid
    assert count_mastodon("a" * 499, content_warning="b").length == 500
    assert not count_mastodon("a" * 499, content_warning="bb").valid
    assert not count_mastodon("").valid
    assert not count_mastodon(" \n", content_warning="x").valid


def test_servers_that_count_links_in_full() -> None:
    """GoToSocial counts a link by its letters; other servers may set another length."""
    text = "https://example.com/123456789012345678901234567890"
    assert count_mastodon(text, url_length=None).length == len(text)
    assert count_mastodon(text, url_length=30).length == 30


@given(texts)
def test_entities_lie_in_the_text(text: str) -> None:
    """Entities are in order, apart from each other, and inside the text."""
    end = 0
    for entity in mastodon_entities(text):
        assert end <= entity.start < entity.end <= len(text)
        assert entity.value in text[entity.start : entity.end]
        end = entity.end


@given(texts)
def test_graphemes_make_up_the_text(text: str) -> None:
    """Splitting into graphemes loses nothing, and counting agrees with splitting."""
    assert "".join(graphemes(text)) == text
    if not mastodon_entities(text):
        assert count_mastodon(text).length == len(graphemes(text))


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", []),
        ("a\r\nb", ["a", "\r\n", "b"]),
        ("🇦🇺🇬🇧🇦", ["🇦🇺", "🇬🇧", "🇦"]),
        ("👩‍💻👩", ["👩‍💻", "👩"]),
        ("नमस्ते", ["न", "म", "स्ते"]),
        ("x🇦\u0301🇧", ["x", "🇦\u0301", "🇧"]),
    ],
)
def test_graphemes(text: str, pieces: list[str]) -> None:
    """Flags pair from the left, and joined emoji and letters stay whole."""
    assert graphemes(text) == pieces
