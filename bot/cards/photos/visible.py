"""How much of a logo can be seen on what it stands on: a white one vanishes on paper."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import cast

from PIL import Image

from bot.cards import files
from bot.cards.colour import RGB, contrast
from bot.cards.errors import CardError
from bot.cards.photos import supplied

_SIDE = 48
"""Pixels each way that are looked at."""
_OPAQUE = 128
_APART = 1.6
"""Contrast from which two colours are told apart where one lies on the other."""
_UNLIKE = 160
"""Sum over the channels from which colours of one lightness are, too: red on green."""


def visible(root: Path, path: Path, grounds: tuple[RGB, ...]) -> float:
    """Tell which share of a logo stands out from all `grounds`, 0 to 1.

    Raises:
        CardError: it cannot be read, or shows nothing at all.
    """
    return _visible(root, path, grounds, files.digest(root, path))


@lru_cache(maxsize=256)
def _visible(root: Path, path: Path, grounds: tuple[RGB, ...], key: str) -> float:
    colours = _colours(root, path, key)
    seen = sum(count for count, one in colours if all(_apart(one, on) for on in grounds))
    return seen / sum(count for count, _ in colours)


@lru_cache(maxsize=16)
def _colours(root: Path, path: Path, _key: str) -> tuple[tuple[int, RGB], ...]:
    with supplied.opened(path, root) as file:
        small = file.convert("RGBA").resize((_SIDE, _SIDE), Image.Resampling.BOX)
    found = [
        (count, cast("RGB", colour[:3]))
        for count, colour in small.getcolors(_SIDE * _SIDE) or []
        if isinstance(colour, tuple) and colour[3] >= _OPAQUE
    ]
    if not found:
        raise CardError(f"{path} shows nothing: it is transparent all over")
    return tuple(found)


def _apart(one: RGB, other: RGB) -> bool:
    unlike = sum(abs(a - b) for a, b in zip(one, other, strict=True))
    return contrast(one, other) >= _APART or unlike >= _UNLIKE
