"""Reads single values from the text as it was typed (see yamlmap), or says what is wrong.

Each function raises `ValueError` with a sentence that follows the setting's name, like
`"25:00" is not a time; write HH:MM`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Final

import regex as re

from bot.content import links
from bot.jsonpath import JsonPath, parse_path
from bot.model import CARD_SIZES
from bot.text import TextError, clean, x_entities
from bot.yamlfile.problems import listed, quoted, suggestion

_LONGEST_HASHTAG = 100
_MIDDLE: Final = {"center": 0.5, "centre": 0.5, "middle": 0.5}
_ACROSS: Final = {"left": 0.0, "right": 1.0, **_MIDDLE}
_DOWN: Final = {"top": 0.0, "bottom": 1.0, **_MIDDLE}


def typed(value: object) -> str:
    """Take a single value, as typed.

    Raises:
        ValueError: it is empty, a list or a group of settings.
    """
    if isinstance(value, str):
        return value
    if value is None:
        raise ValueError("is empty; write a value, or take the line out")
    if isinstance(value, list):
        raise ValueError("is a list; a single value is expected here")
    raise ValueError("is a group of settings; a single value is expected (a text needs quotes)")


def text(value: object) -> str:
    """Take a text, cleaned, without blanks around it."""
    words = cleaned(typed(value))
    if not words:
        raise ValueError("is an empty text; write one, or take the line out")
    return words


def cleaned(words: str) -> str:
    """Clean a text as everything is that goes out.

    Raises:
        ValueError: it holds something that is refused, such as a bidi override.
    """
    try:
        return clean(words).strip(" \t\n")
    except TextError as error:
        raise ValueError(reason(error)) from error


def reason(error: TextError) -> str:
    """Say what is wrong with a text, without the place: that is told by us."""
    for where in (f"line {error.line}, column {error.column}: ", f"line {error.line}: "):
        if str(error).startswith(where):
            return str(error).removeprefix(where)
    return str(error)


def networks_own(value: object) -> object:
    """Take a map of texts by network."""
    if isinstance(value, str):
        raise ValueError(
            'is for texts by network, like {x: "…", mastodon: "…"}; '
            "the message's text itself goes below the settings"
        )
    return value


def by_language(value: object) -> object:
    """Take one text for all languages, or a map of them; `""` is the key of the former."""
    return value if isinstance(value, dict) else {"": text(value)}


def lists_by_language(value: object) -> object:
    """Take one list for all languages, or a map of them; `""` is the key of the former."""
    return value if isinstance(value, dict) else {"": items(value)}


def items(value: object) -> tuple[str, ...]:
    """Take a list of texts, or a single one."""
    if not isinstance(value, list | tuple):
        return (text(value),)
    found = []
    for number, item in enumerate(value, start=1):
        try:
            found.append(text(item))
        except ValueError as error:
            raise ValueError(f"item {number} of the list {error}") from error
    return tuple(found)


def size(value: object) -> tuple[int, int]:
    """Take a card's width and height in pixels: `1080x1080`."""
    word = typed(value).strip().lower().replace("×", "x").replace(" ", "")
    names = {f"{width}x{height}": (width, height) for width, height in CARD_SIZES}
    if word not in names:
        raise ValueError(f"{quoted(typed(value))} is no size of a card; write {listed([*names])}")
    return names[word]


def focus(value: object) -> tuple[float, float]:
    """Take the point of a picture that stays in view, as shares from its left and its top.

    Either percentages, `40% 30%`, or words, `left top`; what is left out is the middle.
    """
    word = typed(value).strip().lower()
    parts = word.replace(",", " ").split()
    for first, second in (parts, parts[::-1]) if len(parts) == 2 else ():
        across, down = _share(first, _ACROSS), _share(second, _DOWN)
        if across is not None and down is not None:
            return across, down
    if len(parts) == 1:
        across, down = _share(word, _ACROSS), _share(word, _DOWN)
        if across is not None or down is not None:
            return (0.5, down) if across is None and down is not None else (across or 0.0, 0.5)
    advice = 'write how far from its left and its top, like "40% 30%", or "left top"'
    raise ValueError(f"{quoted(word)} is no place in a picture; {advice}")


def _share(part: str, words: Mapping[str, float]) -> float | None:
    """Read a percentage or a word as a share of a side."""
    if part in words:
        return words[part]
    found = re.fullmatch(r"([0-9]{1,3}(?:\.[0-9]+)?)%", part)
    return float(found[1]) / 100 if found and float(found[1]) <= 100 else None


def one_or_more(value: object) -> object:
    """Take a single value where a list is expected as a list of one."""
    return [value] if isinstance(value, str) else value


def word_of(value: object, names: Sequence[str]) -> str:
    """Take one of the words that a setting knows."""
    word = typed(value).strip()
    if word not in names:
        hint = suggestion(word, names) or f"; write {listed(names)}"
        raise ValueError(f"{quoted(word)} is not known here{hint}")
    return word


def whole_number(value: object, lowest: int, highest: int) -> int:
    """Take a whole number within bounds."""
    word = typed(value).strip()
    if not re.fullmatch(r"[+-]?[0-9]{1,15}", word):
        raise ValueError(f"{quoted(word)} is not a whole number; write digits only, like 50000")
    if not lowest <= int(word) <= highest:
        raise ValueError(f"{word} is out of bounds; from {lowest} to {highest} is possible")
    return int(word)


def money(value: object) -> Decimal:
    """Take an amount in US dollars."""
    word = typed(value).strip()
    if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,6})?", word):
        raise ValueError(f"{quoted(word)} is not an amount; write US dollars, like 20 or 0.015")
    return Decimal(word)


def yes_or_no(value: object) -> bool:
    """Take `true` or `false`."""
    word = typed(value).strip().lower()
    if word not in ("true", "false"):
        raise ValueError(f"{quoted(word)} is neither true nor false")
    return word == "true"


def language(value: object) -> str:
    """Take a language tag (BCP 47, its usual parts), in its usual case: `en`, `pt-BR`."""
    word = typed(value).strip()
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}", word):
        raise ValueError(f"{quoted(word)} is not a language code; write one like en, es or pt-BR")
    base, *rest = word.split("-")
    cased = {2: str.upper, 4: str.title}
    return "-".join([base.lower(), *(cased.get(len(part), str.lower)(part) for part in rest)])


def language_key(value: object) -> str:
    """Take a language tag as a key of a map of texts; `""` is every other language."""
    return "" if value == "" else language(value)


def hashtag(value: object) -> str:
    """Take a hashtag with or without `#`; gives it without. X's rules say what is one."""
    word = cleaned(typed(value))
    tag = word.removeprefix("#").removeprefix("＃")
    if not _is_hashtag(tag):
        advice = "letters, digits and _ only, at least one letter, no blanks"
        raise ValueError(f"{quoted(word)} is not a hashtag: {advice}")
    return tag


@lru_cache(maxsize=4096)
def _is_hashtag(tag: str) -> bool:
    if len(tag) > _LONGEST_HASHTAG:
        return False
    return [entity.value for entity in x_entities(f"#{tag}")] == [tag]


def identifier(value: object) -> str:
    """Take a name that other settings and files refer to."""
    word = typed(value)
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,63}", word):
        advice = "small letters, digits and hyphens, like masto-en"
        raise ValueError(f"the name {quoted(word)} cannot be used; write {advice}")
    return word


def handle(value: object) -> str:
    """Take a person's or organisation's name on a network: `@name` or `@name@host`."""
    word = typed(value).strip()
    if not re.fullmatch(r"@[A-Za-z0-9_]+([.-][A-Za-z0-9_]+)*(@[A-Za-z0-9.-]+)?", word):
        raise ValueError(f'{quoted(word)} is not a handle; write "@name" or "@name@host"')
    return word


def colour(value: object) -> str:
    """Take `#rrggbb`."""
    word = typed(value).strip()
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", word):
        raise ValueError(f'{quoted(word)} is not a colour; write it in quotes, like "#14213d"')
    return word.lower()


def link(value: object) -> str:
    """Take an http(s) address."""
    word = cleaned(typed(value))
    links.split(word)
    return word


def json_path(value: object) -> JsonPath:
    """Take the way to a value in a JSON document: `data.signatures.total`."""
    word = typed(value).strip()
    try:
        return parse_path(word)
    except ValueError as error:
        raise ValueError(f"{quoted(word)} is not a path: {error}") from error


def host(value: object) -> str:
    """Take a host's name, without `https://` and path."""
    word = typed(value).strip()
    if re.search(r"[/:@?#\s]", word):
        try:
            inner = links.split(word if "://" in word else f"https://{word}").hostname
        except ValueError:
            inner = None
        hint = f"; write {quoted(inner)}" if inner else ""
        raise ValueError(f"{links.in_words(word)} is an address, not a host{hint}")
    name = links.ascii_host(word)
    if not re.fullmatch(r"([a-z0-9_]([a-z0-9_-]{0,62})\.)*[a-z0-9-]{1,63}", name):
        raise ValueError(f"{quoted(word)} is not a host; write one like amnesty.org")
    if "." not in name and not links.is_loopback(name):
        raise ValueError(f"{quoted(word)} would allow every address under it; write one like x.org")
    return word.lower().rstrip(".")


def server(value: object) -> str:
    """Take a server's base address: https (or http on this machine), nothing behind the host."""
    word = typed(value).strip()
    parts = links.split(word)
    if parts.path.strip("/") or parts.query or parts.fragment or word.endswith(("?", "#")):
        base = f"{parts.scheme}://{parts.netloc}"
        raise ValueError(f"{quoted(word)} has something behind the server's name; write {base}")
    if parts.scheme == "http" and not links.is_loopback(parts.hostname or ""):
        raise ValueError(f"{quoted(word)} is not encrypted; write https://{parts.netloc}")
    return word.rstrip("/")
