"""An answer's bytes as JSON, within bounds that keep a hostile one from doing harm."""

from __future__ import annotations

import json
from typing import NoReturn

import regex

from bot.fetching.errors import FetchError

MOST_LEVELS = 32

_MARKS = regex.compile(rb'"(?:[^"\\]++|\\.)*+"|[\[{]|[\]}]', regex.DOTALL)


def parse(content: bytes) -> object:
    """Read JSON: UTF-8, at most `MOST_LEVELS` levels deep, no NaN or Infinity.

    Numbers with a fraction or an exponent become floats; none of them is a count.

    Raises:
        FetchError: it is not that.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FetchError("its answer is not UTF-8") from error
    level = 0
    for mark in _MARKS.finditer(content):
        level += {b"[": 1, b"{": 1, b"]": -1, b"}": -1}.get(mark[0], 0)
        if level > MOST_LEVELS:
            raise FetchError(f"its answer has more than {MOST_LEVELS} levels inside each other")
    try:
        return json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:  # also a number of 5,000 digits
        raise FetchError("its answer is not valid JSON") from error


def _refuse(word: str) -> NoReturn:
    raise ValueError(word)
