"""A petition's figures: where its count is read, and the placeholders that stand for them."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from bot import placeholders
from bot.content import links
from bot.content.shapes import ActionShape, MessageHead
from bot.model import Action, ActionKind, CountSource
from bot.yamlfile.problems import Severity, quoted
from bot.yamlfile.sheet import Sheet
from bot.yamlfile.yamlmap import Loc

LEAST_EVERY = timedelta(minutes=5)
"""A petition's page is somebody else's: it is not asked more often."""

_EVERYWHERE = ("title", "target", "salutation", "recipients", "places")


@dataclass(frozen=True, slots=True)
class Found:
    """A placeholder that cannot stand where it does, or a misspelt one."""

    written: str
    text: str
    severity: Severity


def problems(words: str, action: Action | None) -> Iterator[Found]:
    """Find what is wrong with the placeholders in some words of a message for `action`."""
    for name in sorted(placeholders.used(words)):
        written = f"{{{name}}}"
        if action is None or action.kind is not ActionKind.PETITION:
            text = f'{quoted(written)} needs a petition: name one in "action"'
            yield Found(written, f"{text}, or write {{{written}}} for the word itself", "error")
        elif name in ("goal", "missing") and action.goal is None:
            text = f'{quoted(written)} needs a goal, and action "{action.id}" has none'
            yield Found(written, text, "error")
    for written, meant in placeholders.near_misses(words):
        text = f'{quoted(written)} goes out as it stands - did you mean "{{{meant}}}"?'
        yield Found(written, text, "warning")


def check_head(sheet: Sheet, head: MessageHead, action: Action | None, *, known: bool) -> None:
    """Check the words in a message's settings; `known`: whether its action is."""
    for loc, words in _words(head):
        for found in problems(words, action) if known else ():
            note = sheet.error if found.severity == "error" else sheet.warning
            note(loc, found.text)
    elsewhere: list[tuple[Loc, str]] = [(("content_warning",), head.content_warning or "")]
    if head.poll is not None:
        elsewhere += [(("poll", "options", n), t) for n, t in enumerate(head.poll.options)]
    for loc, words in elsewhere:
        for name in sorted(placeholders.used(words)):
            sheet.error(loc, f'"{{{name}}}" cannot stand here; it can in the text and on the card')


def _words(head: MessageHead) -> Iterator[tuple[Loc, str]]:
    for network, words in (head.text or {}).items():
        yield ("text", str(network)), words
    for key in ("variants", "thread"):
        for index, words in enumerate(getattr(head, key) or ()):
            yield (key, index), words
    for key in ("alt", "alt_text"):
        if words := getattr(head, key):
            yield (key,), words
    if head.card is not None:
        for key, value in head.card:
            for words in value if isinstance(value, tuple) else (value,):
                if isinstance(words, str):
                    yield ("card", key), words


def check_action(sheet: Sheet, loc: Loc, shape: ActionShape) -> None:
    """Refuse placeholders in an action's own words: only messages have them."""
    for key in _EVERYWHERE:
        for tag, words in (getattr(shape, key) or {}).items():
            texts = words if isinstance(words, tuple) else (words,)
            for name in sorted(placeholders.used(*texts)):
                place = (*loc, key, tag) if tag else (*loc, key)
                sheet.error(place, f'"{{{name}}}" can stand in messages only')


def count_source(
    sheet: Sheet, loc: Loc, shape: ActionShape, allowed: tuple[str, ...] | None
) -> CountSource | None:
    """Read where a petition's count is to be read; `allowed` are the hosts of links."""
    given = shape.count_from
    if given is None:
        return None
    loc = (*loc, "count_from")
    if shape.kind is not ActionKind.PETITION:
        sheet.error(loc, f"only a petition is counted, and this is a {shape.kind}", at_key=True)
    if reason := _unfit(given.url, allowed):
        sheet.error((*loc, "url"), reason)
    if given.every is not None and given.every < LEAST_EVERY:
        sheet.error((*loc, "every"), "is too often; 5m or more is possible")
    source = CountSource(given.url, given.path)
    return CountSource(given.url, given.path, given.every) if given.every else source


def _unfit(url: str, allowed: tuple[str, ...] | None) -> str | None:
    """Say why the bot does not read an address; None where it does."""
    parts = links.split(url)
    host = parts.hostname or ""
    if parts.scheme != "https":
        # Not the whole address: it may hold a key.
        return f"{quoted(f'{parts.scheme}://{host}')} is not encrypted; the bot reads https only"
    try:
        ipaddress.ip_address(host)
    except ValueError:
        if "." not in host.rstrip("."):
            return f"{quoted(host)} is no host on the internet; the bot reads public ones only"
    else:
        return f"{quoted(host)} is a number; write the host's name"
    return links.not_allowed(url, allowed) if allowed is not None else None
