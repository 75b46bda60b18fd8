"""X: lengths, links, hashtags, mentions."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given

from bot.text import count_x, x_entities
from tests.text.samples import texts, twitter_text


def _indices(text: str, kind: str) -> list[list[int]]:
    return [[e.start, e.end] for e in x_entities(text) if e.kind == kind]


@pytest.mark.parametrize("case", twitter_text("extract.yml", "urls", "tco_urls_with_params"))
def test_links_as_in_the_suite(case: dict[str, Any]) -> None:
    """Links are found as twitter-text's suite says."""
    assert list(count_x(case["text"]).urls) == case["expected"]


def test_every_ending_makes_a_link() -> None:
    """Every top-level domain on X's list is known."""
    cases = [case.values[0] for case in twitter_text("tlds.yml", "country", "generic")]
    if not cases[0]:
        pytest.skip("no conformance data")
    assert [c["text"] for c in cases if list(count_x(c["text"]).urls) != c["expected"]] == []


@pytest.mark.parametrize("case", twitter_text("extract.yml", "hashtags", "hashtags_from_astral"))
def test_hashtags_as_in_the_suite(case: dict[str, Any]) -> None:
    """Hashtags are found as twitter-text's suite says."""
    assert list(count_x(case["text"]).hashtags) == case["expected"]


@pytest.mark.parametrize("case", twitter_text("extract.yml", "mentions"))
def test_mentions_as_in_the_suite(case: dict[str, Any]) -> None:
    """Mentions are found as twitter-text's suite says."""
    assert list(count_x(case["text"]).mentions) == case["expected"]


@pytest.mark.parametrize("case", twitter_text("extract.yml", "cashtags"))
def test_cashtags_as_in_the_suite(case: dict[str, Any]) -> None:
    """Cashtags are found as twitter-text's suite says."""
    assert list(count_x(case["text"]).cashtags) == case["expected"]


@pytest.mark.parametrize(
    ("kind", "name", "case"),
    [
        pytest.param(kind, name, *case.values, id=str(case.id), marks=case.marks)
        for group, kind, name in (
            ("urls_with_indices", "url", "url"),
            ("urls_with_directional_markers", "url", "url"),
            ("hashtags_with_indices", "hashtag", "hashtag"),
            ("cashtags_with_indices", "cashtag", "cashtag"),
            ("mentions_with_indices", "mention", "screen_name"),
        )
        for case in twitter_text("extract.yml", group)
    ],
)
def test_places_as_in_the_suite(kind: str, name: str, case: dict[str, Any]) -> None:
    """Entities are where twitter-text's suite says, so that a page links the right letters."""
    found = [e for e in x_entities(case["text"]) if e.kind == kind]
    assert [(e.value, [e.start, e.end]) for e in found] == [
        (expected[name], expected["indices"]) for expected in case["expected"]
    ]


@pytest.mark.parametrize("case", twitter_text("extract.yml", "mentions_or_lists_with_indices"))
def test_lists_as_in_the_suite(case: dict[str, Any]) -> None:
    """A user's list is linked with its slug, and is no mention of the user."""
    found = [e for e in x_entities(case["text"]) if e.kind == "mention"]
    assert [(e.value, [e.start, e.end]) for e in found] == [
        (expected["screen_name"] + expected["list_slug"], expected["indices"])
        for expected in case["expected"]
    ]
    assert count_x(case["text"]).mentions == tuple(
        expected["screen_name"] for expected in case["expected"] if not expected["list_slug"]
    )


@pytest.mark.parametrize(
    "case",
    twitter_text(
        "validate.yml",
        "WeightedTweetsWithDiscountedEmojiCounterTest",
        "UnicodeDirectionalMarkerCounterTest",
    ),
)
def test_lengths_as_in_the_suite(case: dict[str, Any]) -> None:
    """Weighted length and validity are those of configuration 3 in twitter-text's suite."""
    count = count_x(case["text"])
    assert (count.length, count.valid) == (
        case["expected"]["weightedLength"],
        case["expected"]["valid"],
    )
    assert count.frozen_length == count.length


@pytest.mark.parametrize("case", twitter_text("validate.yml", "usernames", "hashtags", "lists"))
def test_names_as_in_the_suite(case: dict[str, Any]) -> None:
    """A text that is a valid name, tag or list as a whole is found as a whole."""
    text = case["text"]
    found = [(e.start, e.end) for e in x_entities(text) if ("/" in text) == ("/" in e.value)]
    assert (found == [(0, len(text))]) is case["expected"]


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("see example.com/a, or (example.org)", ["example.com/a", "example.org"]),
        ("https://a.comをご覧ください。詳細はexample.org", ["https://a.com", "example.org"]),
        ("http://пример.кампания.рф/путь", ["http://пример.кампания.рф/путь"]),
        ("пример.рф", []),
        ("mail me@example.com", []),
        ("a-b.com/_x -example.com/y /example.com .example.com", ["a-b.com/_x"]),
        ("foo_bar.example.com but foo_bar.com", ["foo_bar.example.com"]),
        ("$example.com #example.com ＃http://a.com", []),
        ("xhttp://example.com", []),
        ("éhttps://example.com", ["https://example.com"]),
        ("HTTPS://EXAMPLE.COM/X?Y=Z.", ["HTTPS://EXAMPLE.COM/X?Y=Z"]),
        ("http://a.com/x_(y_(z))_w) end", ["http://a.com/x_(y_(z))_w"]),
        ("http://a.com/x_(y_(z_(v)))", ["http://a.com/x_"]),
        ("http://a.com:8080/?q=1#f!", ["http://a.com:8080/?q=1#f"]),
        ("http://t.co/abc?x=y. http://t.co/abc/def", ["http://t.co/abc?x=y", "http://t.co/abc"]),
        ("http://t.co/" + "a" * 40 + " http://t.co/" + "a" * 41, ["http://t.co/" + "a" * 40]),
        (f"http://{'a' * 63}.com http://{'a' * 64}.com", [f"http://{'a' * 63}.com"]),
        ("http://xn--はじめよう.com", []),
        ("http://xn--80ak6aa92e.com", ["http://xn--80ak6aa92e.com"]),
        ("http://例え。テスト.com/x", ["http://例え。テスト.com/x"]),
        ("a.b.c.example.co.uk", ["a.b.c.example.co.uk"]),
        ("example.notatld example.com.notatld", ["example.com"]),
        ("http://foo.vermögensberatung", ["http://foo.vermögensberatung"]),
        ("example.com-and example.com+x example.com@y", []),
        ("http://1.2.3.4/", []),
        ("\u202aexample.com\u202c", ["example.com"]),
        ("\ufeffexample.com", []),
        ("éa.com éa.com", ["a.com", "éa.com"]),
        ("#http://あ.com/a.com", []),
        ("http://a.com/" + "x" * 4083, ["http://a.com/" + "x" * 4083]),
        ("http://a.com/" + "x" * 4084, []),
        ("...", []),
    ],
)  # fmt: skip
def test_links(text: str, urls: list[str]) -> None:
    """Rules of twitter-text's patterns that the visible part of its suite leaves open."""
    assert list(count_x(text).urls) == urls


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("@a,@b;＠c", ["a", "b", "c"]),
        ("mail@example a@b", []),
        ("@a@b", []),
        ("@@a", []),
        ("art@a RT@b xRT@c .RT@d", ["b"]),
        ("@" + "a" * 21, ["a" * 20]),
        ("@user/list @user/1 @user/", ["user", "user"]),
        ("https://example.com/@user @user", ["user"]),
        ("@user://x @useré", []),
    ],
)
def test_mentions(text: str, mentions: list[str]) -> None:
    """Who is mentioned, and who is part of something else."""
    assert list(count_x(text).mentions) == mentions


@pytest.mark.parametrize(
    ("text", "hashtags"),
    [
        ("#FreeAssangeNOW, (#b)/#c", ["FreeAssangeNOW", "b", "c"]),
        ("a#b &#39; #1 #_", []),
        ("##a", ["a"]),
        ("#a#b", []),
        ("#️⃣ #⃣", []),
        ("https://example.com/#x #y", ["y"]),
        ("#http://example.com", []),
        ("#été #naïve_2 #Время #自由・平等", ["été", "naïve_2", "Время", "自由・平等"]),
        ("#حرية_٤٠٦", ["حرية_٤٠٦"]),
    ],
)  # fmt: skip
def test_hashtags(text: str, hashtags: list[str]) -> None:
    """Which tags are tags."""
    assert list(count_x(text).hashtags) == hashtags


@pytest.mark.parametrize(
    ("emoji", "frozen"),
    [
        ("✊🏽", 2), ("👨‍👩‍👧‍👦", 2), ("👩🏽‍⚕️", 2), ("🏃🏽‍♀️", 2), ("🇦🇺", 2), ("🏴󠁧󠁢󠁳󠁣󠁴󠁿", 2),
        ("1️⃣", 2), ("©️", 2),
        ("🏳️‍⚧️", 2), ("👩🏻‍🤝‍👨🏿", 2), ("🧑🏽‍🤝‍🧑🏽", 2), ("👩‍❤️‍💋‍👨", 2), ("☺", 2), ("☝️🏽", 2),
        ("🫱🏽‍🫲🏿", 9), ("❤️‍🔥", 5), ("🐦‍⬛", 5), ("🫵🏾", 4), ("🇨🇶", 4),
        ("👩🏻‍❤️‍💋‍👨🏼", 11), ("🧑‍🧑‍🧒‍🧒", 11),
    ],
)  # fmt: skip
def test_emoji_count_two(emoji: str, frozen: int) -> None:
    """Every emoji counts 2, and more by twitter-text's list where it is newer than that."""
    count = count_x(f"{emoji}!")
    assert (count.length, count.frozen_length) == (3, frozen + 1)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("©", 1), ("☺︎", 4), ("🐱🏽", 4), ("🇦🇦", 4), ("#1", 2), ("👩\u200d", 3), ("…", 2),
        ("“a” – b", 7),
        ("ü", 1), ("u\u0308", 1), ("ﬁ", 2), ("漢字", 4), ("ไทย", 3), ("한국", 4),
        ("\u200b", 1), ("a\nb", 3),
        ("👩\u200d👩\u200d👩\u200d👩\u200d👩", 5),
    ],
)  # fmt: skip
def test_weights(text: str, length: int) -> None:
    """What is not an emoji sequence counts by configuration 3's ranges."""
    assert count_x(text).length == length


def test_limit_and_validity() -> None:
    """The limit is the caller's; blank texts and X's refused characters are never valid."""
    assert count_x("a" * 280).valid
    assert not count_x("a" * 281).valid
    assert count_x("a" * 281, limit=25_000).valid
    assert not count_x("").valid
    assert not count_x(" \n").valid
    for refused in "\ufeff\ufffe\uffff":
        assert not count_x(f"a{refused}").valid


@given(texts)
def test_entities_lie_in_the_text(text: str) -> None:
    """Entities are in order, apart from each other, and inside the text."""
    end = 0
    for entity in x_entities(text):
        assert end <= entity.start < entity.end <= len(text)
        assert entity.value in text[entity.start : entity.end]
        end = entity.end


@given(texts)
def test_length_is_of_the_normal_form(text: str) -> None:
    """The same text counts the same, however its accents are encoded."""
    forms = [unicodedata.normalize(form, text) for form in ("NFC", "NFD")]
    assert {count_x(form).length for form in forms} == {count_x(text).length}
    assert count_x(text).frozen_length >= count_x(text).length


def test_counting_links_and_text() -> None:
    """A link counts 23 whatever its length, and what is around it by its letters."""
    assert count_x("See http://a.co, or 例え!").length == 4 + 23 + 5 + 4 + 1
    assert count_x("a.co").length == 23
    assert count_x("http://a.com/" + "x" * 400).length == 23


def test_a_link_that_a_hashtag_runs_into() -> None:
    """X makes a hashtag clickable where both overlap, but counts and bills the link."""
    count = count_x("#タグexample.com")
    assert (count.length, count.urls, count.hashtags) == (28, ("example.com",), ("タグexample",))
    assert [entity.kind for entity in x_entities("#タグexample.com")] == ["hashtag"]


def test_half_a_surrogate_pair_is_counted() -> None:
    """Broken strings, as JSON can hold them, are counted, not raised upon."""
    assert count_x("a \ud83d http://\ud83d.com").length > 0


@pytest.mark.parametrize("kind", ["url", "hashtag", "mention", "cashtag"])
def test_nothing_in_nothing(kind: str) -> None:
    """A plain text has no entities."""
    assert _indices("Nothing to see here: 5 * 3 = 15.", kind) == []
