"""Which hosts are one's own: this machine, and the network that it stands in."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

_HOME = (".local", ".lan", ".internal", ".home.arpa")
"""Names that nobody can have in the public internet (RFC 6762, RFC 8375, ICANN 2024-07-29)."""


def is_at_home(host: str) -> bool:
    """Tell whether a host is this machine or one of its own network, by its name alone."""
    try:
        address = ip_address(host)
    except ValueError:
        return "." not in host or host.endswith(_HOME)
    return address.is_loopback or address.is_private


def heartbeat_problem(url: str) -> str:
    """Say why an address is none to ping; "" where it is. It is a secret, and not repeated.

    Plain http is taken only for a host of one's own network: whoever reads the address on the
    way can make a dead daemon look alive.
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        host = ""
    if not host or parts.scheme not in ("http", "https"):
        return "is no https address"
    if parts.scheme == "http" and not is_at_home(host):
        return "is http, which is for one's own network only: use https"
    return ""
