"""Which words are others than when somebody approved them.

The audit log keeps the parts of what was approved (`bot.approval.fingerprint`); here they are
read back and held against what the message is now.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from zoneinfo import ZoneInfo

import regex

from bot.review.rows import Look, Span

_TOKEN = regex.compile(
    # Scripts without spaces change letter by letter, others word by word.
    r"\s+|[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]\p{M}*"
    r"|[^\s\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]+"
)
_MANY = 1500
"""Tokens up to which words are held against each other; longer texts go line by line."""
_TIMES = ("goes out at", "not before", "true until")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is not as it was approved."""

    what: str
    spans: tuple[Span, ...]
    """The words, those gone within `[-…-]` and new ones within `{+…+}`."""


def changes(
    before: Mapping[str, str], now: Mapping[str, str], zone: ZoneInfo
) -> tuple[Change, ...]:
    """List what is different between two states; both are `Fingerprint.parts`."""
    old, new = dict(_told(before, zone)), dict(_told(now, zone))
    found = [
        Change(what, words(old.get(what, ""), new.get(what, "")))
        for what in dict.fromkeys((*old, *new))
        if old.get(what, "") != new.get(what, "")
    ]
    named = {"text", "card", "alt", "accounts", "time"}
    unsaid = [n for n in now if before.get(n) != now[n] and n not in named]
    return (*found, *(Change(name, (("another file", Look.NEW),)) for name in unsaid))


def words(before: str, now: str) -> tuple[Span, ...]:
    """Hold two texts against each other, word by word."""
    old, new = _tokens(before), _tokens(now)
    if len(old) + len(new) > _MANY:
        old, new = before.splitlines(keepends=True), now.splitlines(keepends=True)
    spans: list[Span] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        gone, fresh = "".join(old[a:b]), "".join(new[c:d])
        if kind == "equal":
            spans.append((fresh, Look.PLAIN))
            continue
        if gone:
            spans.append((f"[-{gone}-]", Look.GONE))
        if fresh:
            spans.append((f"{{+{fresh}+}}", Look.NEW))
    return tuple(spans)


def _tokens(text: str) -> list[str]:
    return [str(token) for token in _TOKEN.findall(text)]


def _told(parts: Mapping[str, str], zone: ZoneInfo) -> Iterator[tuple[str, str]]:
    """Take parts apart into what each is called and what it says."""
    read = {name: json.loads(value) for name, value in parts.items()}
    yield from _of_text(read.get("text") or {})
    yield from _of_card(read.get("card") or [])
    if read.get("alt"):
        yield "alt text", str(read["alt"])
    if read.get("accounts"):
        yield "accounts", ", ".join(map(str, read["accounts"]))
    for what, at in zip(_TIMES, read.get("time") or (), strict=False):
        if at is not None:
            yield what, f"{datetime.fromtimestamp(at, zone):%a %Y-%m-%d %H:%M}"


def _of_text(text: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    match text.get("texts"):
        case [str(main), dict(others), list(variants)]:
            yield "text", main
            for network, said in others.items():
                yield f"text for {network}", str(said)
            for number, said in enumerate(variants, 1):
                yield f"variant {number}", str(said)
    yield from _listed("thread, part", text.get("thread"), 2)
    for name in ("link", "language", "visibility"):
        if text.get(name):
            yield name, str(text[name])
    if text.get("warning"):
        yield "content warning", str(text["warning"])
    if text.get("poll"):
        yield "poll", json.dumps(text["poll"], ensure_ascii=False, sort_keys=True)
    match text.get("tags"):
        case [list(own), list(without), list(always), list(rotating), rotate]:
            yield "hashtags", " ".join(map(str, (*always, *own)))
            yield "hashtags in turn", f"{rotate} of {' '.join(map(str, rotating))}"
            yield "without hashtags", " ".join(map(str, without))


def _of_card(specs: object) -> Iterator[tuple[str, str]]:
    if not isinstance(specs, list):
        return
    for number, spec in enumerate(specs, 1):
        card = "card" if len(specs) == 1 else f"card {number}"
        inner = dict(spec)
        for name, said in (inner.pop("words", None) or {}).items():
            yield f"{card}, {name}", str(said)
        yield f"{card}, look", json.dumps(inner, ensure_ascii=False, sort_keys=True)


def _listed(what: str, values: object, first: int) -> Iterator[tuple[str, str]]:
    if isinstance(values, list):
        for number, value in enumerate(values, first):
            yield f"{what} {number}", str(value)
