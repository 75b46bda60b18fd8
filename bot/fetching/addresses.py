"""Which IP addresses are on the public internet: nothing else is called.

A name in DNS may lead anywhere, to this machine or into the network it stands in, and some
IPv6 addresses hold an IPv4 address that a gateway unpacks on the way.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final, TypeAlias

IpAddress: TypeAlias = IPv4Address | IPv6Address

_GLOBAL_UNICAST: Final = IPv6Network("2000::/3")  # RFC 4291; all else is for other purposes
_NAT64: Final = IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address in its last 32 bits
_TUNNELS: Final = (
    IPv6Network("2001::/32"),  # Teredo, RFC 4380
    IPv6Network("2002::/16"),  # 6to4, RFC 3056
)
_EXAMPLES: Final = IPv6Network("3fff::/20")  # RFC 9637; not in every Python's list
_ASSIGNED: Final = (
    IPv4Network("192.0.0.0/24"),  # IETF protocols, RFC 6890
    IPv4Network("192.88.99.0/24"),  # relays of 6to4, RFC 7526
)


def is_public(address: IpAddress) -> bool:
    """Tell whether an address is one of the public internet's, for one receiver."""
    if isinstance(address, IPv4Address):
        return (
            address.is_global
            and not address.is_multicast
            and not address.is_reserved
            and not any(address in network for network in _ASSIGNED)
        )
    if address in _NAT64:
        # Where a machine has IPv6 only, this is how it reaches the rest.
        return is_public(ip_address(int(address) & 0xFFFF_FFFF))
    return (
        address in _GLOBAL_UNICAST
        and address.is_global
        and not any(address in network for network in (*_TUNNELS, _EXAMPLES))
    )
