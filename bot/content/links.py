"""Checks addresses: how they are written, and whether their host is one of the campaign's."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from urllib.parse import SplitResult, urlsplit

from bot.text import x_entities
from bot.yamlfile.problems import quoted, suggestion

_LONGEST_HOST = 253  # RFC 1035
_TELLING = 9  # letters of a host's name; shorter ones, as un.org, end other words by chance
_USER = re.compile(r"//[^/]*@")
_ADDRESS = re.compile(r"(?i)\bhttps?://([^\s<>\"/?#]+)[^\s<>\"]*")
_PLAIN = re.compile(r"(?i)https?://[a-z0-9.-]+([/?#][!-~]*)?")
_MAYBE_HOST = re.compile(r"\w\.\w")
_MAYBE_LINK = re.compile(r"://|\w\.\w")

# Letters of other scripts that pass for Latin ones, after Unicode's confusables (UTS 39);
# accents go by decomposition.
_CONFUSABLE = str.maketrans(
    {
        "а": "a", "в": "b", "е": "e", "һ": "h", "і": "i", "ј": "j", "к": "k", "м": "m",
        "н": "h", "о": "o", "р": "p", "с": "c", "ѕ": "s", "ԁ": "d", "т": "t", "у": "y",
        "х": "x", "ԛ": "q", "ԝ": "w", "α": "a", "ι": "i", "κ": "k", "ν": "v", "ο": "o",
        "ρ": "p", "τ": "t", "υ": "u", "ı": "i", "ɡ": "g", "ł": "l", "ø": "o", "0": "o",
        "1": "l",
    }
)  # fmt: skip


def split(url: str) -> SplitResult:
    """Take an http(s) address apart.

    Raises:
        ValueError: it is not one, or hides where it leads.
    """
    shown = in_words(url)
    if any(c.isspace() or not c.isprintable() or c in '\\<>"' for c in url):
        raise ValueError(f"{shown} is not an address: it has blanks or other odd signs")
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise ValueError(
            f"{shown} is not an address; write one like https://example.org"
        ) from error
    if not parts.scheme or "://" not in url:
        advice = f"; write all of it, like https://{url}" if "." in url and "@" not in url else ""
        raise ValueError(f"{shown} is not an address{advice}")
    if parts.scheme not in ("http", "https"):
        raise ValueError(f"{quoted(parts.scheme + '://')} is not allowed; only http and https")
    if "@" in parts.netloc:
        raise ValueError(f'{shown} has a "@" before its host: it leads elsewhere than it says')
    if not parts.hostname or not ascii_host(parts.hostname):
        raise ValueError(f"{shown} is not an address: it names no host")
    return parts


def in_words(url: str) -> str:
    """Quote an address for a sentence, without the name and password that it may hold."""
    return quoted(_USER.sub("//…@", url))


def ascii_host(host: str) -> str:
    """Write a host as DNS does, other scripts as `xn--…`; "" if it is none."""
    host = host.rstrip(".").lower()
    if len(host) > _LONGEST_HOST:
        return ""
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return ""


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def not_allowed(url: str, allowed: Sequence[str]) -> str | None:
    """Say why a campaign that links to `allowed` hosts does not link to `url`; None if it may.

    Raises:
        ValueError: `url` is not an http(s) address (see `split`).
    """
    return _host_problem(ascii_host(split(url).hostname or ""), tuple(allowed))


def in_text(words: str) -> list[str]:
    """Find all that X makes a link of, and whatever else begins like an address."""
    if not _MAYBE_LINK.search(words):
        return []
    addresses = list(_ADDRESS.finditer(words))
    trimmed = [address[0].rstrip(".,;:!?)'’”»") for address in addresses]
    if all(map(_PLAIN.fullmatch, trimmed)) and not _MAYBE_HOST.search(_ADDRESS.sub(" ", words)):
        return list(dict.fromkeys(trimmed))  # nearly every message, and several times as quick
    found = {e.start: e.value for e in x_entities(words) if e.kind == "url"}
    for address, plain in zip(addresses, trimmed, strict=True):
        # X stops before the "@" of https://amnesty.org@evil.example; other readers may not.
        if address.start() not in found or "@" in address[1]:
            found[address.start()] = plain
    return list(dict.fromkeys(found.values()))


def refusal(address: str, allowed: Sequence[str]) -> str | None:
    """Say why a campaign has no link to an address found in a text; None if it may."""
    try:
        return not_allowed(address if "://" in address else f"https://{address}", allowed)
    except ValueError as error:
        return str(error)


def foreign_hosts(texts: Iterable[str], allowed: Sequence[str]) -> list[str]:
    """List the hosts that texts link to and that are not among those allowed."""
    found = []
    for address in (address for words in texts for address in in_text(words)):
        try:
            host = written_host(address)
        except ValueError:
            continue  # nothing that could be allowed
        if not is_among(ascii_host(host), allowed):
            found.append(host)
    return list(dict.fromkeys(found))


@lru_cache(maxsize=4096)
def _host_problem(host: str, allowed: tuple[str, ...]) -> str | None:
    if any(_belongs(host, ascii_host(home)) for home in allowed):
        return None
    text = f"a link to {quoted(host)}, which is not among the campaign's links"
    shown = _unicode_host(host)
    if shown != host:
        text += f" (it shows as {quoted(shown)}, in letters of other scripts)"
    if home := _imitated(host, allowed):
        if _names(home, host):
            return f"{text}: it has {quoted(home)} in its name but does not belong to it"
        return f"{text}: it only looks like {quoted(home)}"
    return text + (
        suggestion(host.removeprefix("www."), allowed) or '; add it to "links" if it may'
    )


def written_host(address: str) -> str:
    """Name the host of an address found in a text, in the letters that it is written in.

    Raises:
        ValueError: it is no address, or hides where it leads (see `split`).
    """
    return split(address if "://" in address else f"https://{address}").hostname or ""


def host_of(address: str) -> str:
    """Name the host of an address found in a text, as DNS writes it.

    Raises:
        ValueError: it is no address, or hides where it leads (see `split`).
    """
    return ascii_host(written_host(address))


def is_among(host: str, allowed: Sequence[str]) -> bool:
    """Tell whether a host is one of `allowed`, or below one."""
    return any(_belongs(host, ascii_host(home)) for home in allowed)


def imitated(host: str, allowed: Sequence[str]) -> str | None:
    """Name the allowed host that another one could be taken for; None where it is like none."""
    return None if is_among(host, allowed) else _imitated(host, tuple(allowed))


def _imitated(host: str, allowed: tuple[str, ...]) -> str | None:
    shown = _skeleton(_unicode_host(host))
    for home in allowed:
        if _belongs(shown, _skeleton(_unicode_host(ascii_host(home)))) or _names(home, host):
            return home
    return None


def _names(home: str, host: str) -> bool:
    """Tell whether a host has another one in its name; a short one only as a part of its own."""
    if len(home) >= _TELLING:
        return home in host
    return re.search(rf"(?<![a-z0-9]){re.escape(home)}(?![a-z0-9])", host) is not None


def _belongs(host: str, home: str) -> bool:
    return host == home or host.endswith("." + home)


def _unicode_host(host: str) -> str:
    try:
        return host.encode("ascii").decode("idna")
    except UnicodeError:
        return host


def _skeleton(host: str) -> str:
    """Bring hosts that look alike to one form."""
    plain = unicodedata.normalize("NFKD", host.casefold())
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return bare.translate(_CONFUSABLE).replace("rn", "m")
