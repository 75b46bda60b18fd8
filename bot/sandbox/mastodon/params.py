"""Reads parameters the way Rails does: forms with `a[b]` and `a[]`, or a JSON body."""

from __future__ import annotations

import re
from typing import Any

from flask import request

_KEY = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")


def params() -> dict[str, Any]:
    """Return the parameters of the request at hand: query, then form or JSON on top."""
    found = _nested(list(request.args.items(multi=True)))
    if request.is_json:
        body = request.get_json(silent=True)
        return {**found, **(body if isinstance(body, dict) else {})}
    return {**found, **_nested(list(request.form.items(multi=True)))}


def _nested(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, value in pairs:
        match = _KEY.fullmatch(key)
        if match is None:
            continue
        path = [match[1], *re.findall(r"\[([^\[\]]*)\]", match[2])]
        _put(result, path, value)
    return result


def _put(target: dict[str, Any], path: list[str], value: str) -> None:
    name, rest = path[0], path[1:]
    if not rest:
        target[name] = value
    elif rest == [""]:
        held = target.setdefault(name, [])
        if isinstance(held, list):
            held.append(value)
    else:
        inner = target.setdefault(name, {})
        if isinstance(inner, dict):
            _put(inner, rest, value)


def flag(value: object, *, default: bool = False) -> bool:
    """Read a truth value as Rails casts it."""
    if value in (None, ""):
        return default
    return str(value).lower() not in ("0", "f", "false", "off")


def texts(value: object) -> list[str]:
    """Read a list of texts; numbers in it become texts."""
    if value is None:
        return []
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]
