"""Takes credentials out of a text, in whatever form they stand there.

    redact = Redactor(["k3y/with+signs"])
    redact("GET /?key=k3y%2Fwith%2Bsigns")     ->  "GET /?key=[secret]"

A credential seldom leaks as it was written: libraries quote it for addresses and headers,
pack it into base64 for `Authorization: Basic`, or show its `repr`. All of these are looked for.
What looks like a credential by its place (`Bearer ...`, `://name:password@`) is taken out as
well, for keys that nobody told us of, such as those that a log-in has just been given.
"""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import parse_qsl, quote, quote_plus, unquote

SECRET: Final = "[secret]"  # noqa: S105 # stands where one was
"""What is written in a credential's place."""
SHORTEST: Final = 6
"""Characters. What is shorter is no key, and would be found in the middle of plain words."""
_KEY_LENGTH: Final = 16
"""From so many characters on a part of an address is taken for a key whatever it is made of."""
_MIXED_LENGTH: Final = 8
"""From so many on where it has letters and digits."""

_NAMED: Final = (
    r"(?:oauth_(?:consumer_key|token(?:_secret)?|signature|verifier)|(?:access|refresh)_token"
    r"|(?:client|access|api)_secret|api_key|password)"
)
_IS: Final = r"""(?:=['"]?|['"]\s*:\s*b?['"])"""
"""As in name=value, name="value" and 'name': 'value'; not in "ACCESS_TOKEN: copy it again"."""
_BY_ITS_PLACE: Final = (
    re.compile(r"(://[^\s/:@]*:)[^\s/@]+(?=@)"),
    re.compile(r"(?i)(\b(?:bearer|basic)\s+)[\w.~+/=-]{8,}"),
    re.compile(rf"""(?i)({_NAMED}{_IS})(?!\[secret\])[^\s'"&,;)}}\]]{{4,}}"""),
)


class Redactor:
    """Takes what it knows to be secret out of texts. It may learn more while it is in use."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._forms: tuple[str, ...] = ()
        self.learn(secrets)

    def __repr__(self) -> str:
        return f"<Redactor of {len(self._forms)} forms>"

    def learn(self, secrets: Iterable[str]) -> None:
        """Know these as well; those too short to be keys are passed over."""
        new = {form for secret in secrets for form in forms(secret)}
        # The longest first: a form may hold another.
        self._forms = tuple(sorted(new.union(self._forms), key=len, reverse=True))

    def known(self, text: str) -> str:
        """Take out the credentials that it knows, and nothing else."""
        for form in self._forms:
            if form in text:
                text = text.replace(form, SECRET)
        return text

    def __call__(self, text: str) -> str:
        """Take out the credentials that it knows, and whatever stands in the place of one."""
        text = self.known(text)
        for pattern in _BY_ITS_PLACE:
            text = pattern.sub(rf"\1{SECRET}", text)
        return text


def forms(secret: str) -> frozenset[str]:
    """All the ways in which libraries write a credential into a text."""
    secret = secret.strip()
    if len(secret) < SHORTEST:
        return frozenset()
    raw = secret.encode("utf-8", "surrogateescape")
    quoted = {quote(raw, safe=""), quote(raw), quote_plus(raw), quote(quote(raw, safe=""), safe="")}
    found = {
        secret,
        *quoted,
        *(re.sub("%[0-9A-F]{2}", lambda m: m[0].lower(), one) for one in quoted),
        repr(secret)[1:-1],
        repr(raw)[2:-1],
        json.dumps(secret)[1:-1],
        json.dumps(secret, ensure_ascii=False)[1:-1],
        html.escape(secret),
        raw.hex(),
        raw.hex().upper(),
        *_in_base64(raw),
        *_in_base64(quote(raw, safe="").encode()),
    }
    return frozenset(form for form in found if len(form) >= SHORTEST)


def _in_base64(raw: bytes) -> Iterator[str]:
    """What stays the same of it in base64, whatever stands before and after it.

    Three bytes make four characters, so there are three ways, by how many bytes come before.
    """
    for before in range(3):
        packed = base64.b64encode(b"\0" * before + raw).decode().rstrip("=")
        first = (before * 8 + 5) // 6  # characters that bits from before it go into
        last = (before + len(raw)) * 8 // 6  # characters that are full of it
        if last - first >= _MIXED_LENGTH:
            core = packed[first:last]
            yield core
            yield core.replace("+", "-").replace("/", "_")


def secrets_of_address(address: str) -> frozenset[str]:
    """What of an address is secret: of a database, an alert or a heartbeat.

    The password, and every part that looks like a key: in tgram://KEY/room that is the host, in
    https://ping.example/KEY the path. A database's password that is also its user's or its own
    name protects nothing, and hiding that word everywhere would make the log unreadable; it is
    still hidden in its place (`://name:password@`).
    """
    address = address.strip()
    scheme, separator, rest = address.partition("://")
    if not separator or scheme.startswith("sqlite"):
        return frozenset()
    authority = re.split("[/?]", rest, maxsplit=1)[0]
    where = rest[len(authority) :].removeprefix("/")
    before, _, host = authority.rpartition("@")
    user, _, password = before.partition(":")
    path, _, query = where.partition("?")
    found = {address}
    values = parse_qsl(query)
    found |= {value for name, value in values if "pass" in name.lower()}
    if not scheme.startswith("postgres"):  # what its host and its folders are called is no secret
        pieces = [value for _, value in values]
        if scheme in ("http", "https"):
            found |= {f"/{one}" for one in (path, where) if len(one) >= _KEY_LENGTH}
            pieces += path.split("/")
        else:
            pieces += [user, *re.split("[/:,]", f"{host}/{path}")]
        keys = {piece for piece in map(unquote, pieces) if _looks_like_a_key(piece)}
        found |= keys | {key.lower() for key in keys}  # hosts are written small
    if password and password not in (user, host.partition(":")[0], path):
        found |= {password, unquote(password)}
    return frozenset(found)


def _looks_like_a_key(piece: str) -> bool:
    """Long, or a mixture that words are not: letters with digits, or capitals inside."""
    if "." in piece:  # a host's name
        return False
    mixed = any(c.isdigit() for c in piece) and any(c.isalpha() for c in piece)
    capitals = not piece.isupper() and any(c.isupper() for c in piece[1:])
    return len(piece) >= _KEY_LENGTH or (len(piece) >= _MIXED_LENGTH and (mixed or capitals))
