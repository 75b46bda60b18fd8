"""Texts for the text tests: the conformance data, hostile texts, texts of many kinds."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import strategies as st

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
TWITTER_TEXT = DATA / "twitter-text"
MASTODON = DATA / "mastodon" / "cases.json"


@cache
def _suite(file: str) -> Any:
    # The C loader reads the 1,600 endings in a tenth of the time.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((TWITTER_TEXT / file).read_text("utf-8"), loader)["tests"]  # noqa: S506 - safe


def twitter_text(file: str, *groups: str) -> list[Any]:
    """Return the cases of twitter-text's suite as parameters, or one that says it is missing."""
    if not (TWITTER_TEXT / file).exists():
        return [_missing(TWITTER_TEXT / file)]
    return [
        pytest.param(case, id=f"{group}: {case['description']}"[:90])
        for group in groups
        for case in _suite(file)[group]
    ]


def mastodon(group: str) -> list[Any]:
    """Return Mastodon's cases as parameters, or one that says they are missing."""
    if not MASTODON.exists():
        return [_missing(MASTODON)]
    cases = json.loads(MASTODON.read_text("utf-8"))[group]
    return [
        pytest.param(case, id=str(case.get("id", number)))
        for number, case in enumerate(cases)
        if "text" in case
    ]


def _missing(path: Path) -> Any:
    reason = f"no conformance data at {path}"
    return pytest.param({}, id="missing", marks=pytest.mark.skip(reason=reason))


def _repeat(unit: str) -> Callable[[int], str]:
    return lambda size: unit * (size // len(unit))


HOSTILE: Mapping[str, Callable[[int], str]] = {
    **{
        f"{unit!r} again and again": _repeat(unit)
        for unit in (
            "a", "@", "#", "(", ".", "。", "あ", "a.", "a-", "a_", "éa", "xn--a.", "://", "http://",
            "a.com.", "a.comé", "ひ.com", "a.co/(", "a.co/(a)(", "a.co?!", "http://a.com/,",
            "http://あ.", "http://t.co/a?", "@a-", "@a@b.", "RT@a ", "$a ", " #a·", " #1",
            "\u0327\u0301", "\u0301", "👩\u200d", "🇦", "1\ufe0f\u20e3", "👨🏻\u200d🤝\u200d👨🏻",
            "\n ", "\r\n", ".)", "क\u094d", "a b ", "ß\u0345",
        )
    },
    "one tag of digits": lambda size: "#" + "1" * size,
    "one tag of dots": lambda size: "#1" + "·" * size,
    "one mention of dashes": lambda size: "@" + "a-" * (size // 2),
    "one server of dashes": lambda size: "@a@" + "b-" * (size // 2),
    "one open bracket each": lambda size: "foo.com/" + "(" * size,
    "one bracket never closed": lambda size: "foo.com/(" + "a" * size,
    "one path of commas": lambda size: "foo.com/" + "," * size,
    "one query of exclamation": lambda size: "foo.com?" + "!" * size,
    "one port": lambda size: "foo.com:" + "1" * size,
    "one label with an early underscore": lambda size: "éa" * (size // 4) + "_" + "b" * (size // 2)
    + ".com",
    "one label of underscores": lambda size: "a_" * (size // 2) + "a.com",
    "one foreign label": lambda size: "http://" + "あ" * size + ".com",
    "one foreign host": lambda size: "http://" + "あ." * (size // 2) + "com",
    "one letter with many marks": lambda size: "e" + "\u0301\u0327" * (size // 2),
}  # fmt: skip
"""By name, texts that made someone's counter slow; each of about the given size."""

_PIECES = st.sampled_from(
    [
        "Sign now! ", "https://example.org/a_(b)?c=d", "example.com", "http://☃.net/x", "t.co/abc",
        "http://t.co/abc's", "#Tag", "#１２", "＃タグ", "@name", "@name@host.example", "@n/list",
        "$ABC", " ", "\n", "\n\n", ". ", "。", "、", "「", "」", "é", "e\u0301", "ﷺ", "ﬁ", "İ", "ß",
        "👩‍💻", "🏳️‍⚧️", "🇨🇶", "1️⃣", "☺︎", "\u200d", "\ufe0f", "\u200e", "\xa0", "\u200b", "\xad",
        "自由を", "свобода", "حرية", "-", "_", ".", "/", ":", "(", ")", "'", "a", "Z9", "\u0345",
    ]
)  # fmt: skip
texts = st.lists(_PIECES | st.text(max_size=4), max_size=14).map("".join)
"""Texts of all kinds: pieces that mean something to a network, and any characters between."""
