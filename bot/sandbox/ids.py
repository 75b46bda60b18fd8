"""Ids and secrets as the networks make them, from a seed: the same run gives the same ones."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime

X_EPOCH_MS = 1288834974657
"""X's ids count from here (4 November 2010)."""
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def digest(*parts: object) -> bytes:
    """Hash `parts` into 32 bytes that look random and never change."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).digest()


def secret(seed: int, *parts: object, length: int = 43) -> str:
    """Make a credential-like text. It opens nothing but this sandbox."""
    key = hmac.new(str(seed).encode(), "\x1f".join(map(str, parts)).encode(), "sha512").digest()
    number = int.from_bytes(key, "big")
    letters = []
    for _ in range(length):
        number, digit = divmod(number, 62)
        letters.append(_BASE62[digit])
    return "".join(letters)


def short_code(*parts: object) -> str:
    """Make the ten characters of a t.co address."""
    return secret(0, *parts, length=10)


def milliseconds(moment: datetime) -> int:
    """Count milliseconds since 1970."""
    return round(moment.timestamp() * 1000)


def snowflake_range(moment: datetime) -> tuple[int, int]:
    """Return the first and the last id of X for `moment`: milliseconds << 22, and a counter."""
    first = (milliseconds(moment) - X_EPOCH_MS) << 22
    return first, first + (1 << 22) - 1


def mastodon_range(moment: datetime) -> tuple[int, int]:
    """Return the first and the last id of Mastodon: milliseconds << 16, and a counter."""
    first = milliseconds(moment) << 16
    return first, first + (1 << 16) - 1


def ulid(moment: datetime, counter: int, seed: int) -> str:
    """Make a ULID as GoToSocial's ids are: 48 bits of time, then what looks random.

    `counter` is unique in this sandbox, so two ids of one millisecond differ and keep order.
    """
    tail = (counter << 48) | int.from_bytes(digest(seed, counter)[:6], "big")
    number = (milliseconds(moment) << 80) | tail & ((1 << 80) - 1)
    return "".join(_CROCKFORD[(number >> shift) & 31] for shift in range(125, -1, -5))


def snac_id(moment: datetime, counter: int, seed: int) -> str:
    """Make an id as snac does: seconds with six decimals, without the point, then an MD5."""
    return f"{milliseconds(moment) * 1000 + counter % 1000}{digest(seed, counter).hex()[:32]}"
