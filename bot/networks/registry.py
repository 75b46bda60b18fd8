"""The networks there are, and the credentials each one needs.

Adding a network: one module beside this one, one line in `SECRETS` and one in `connect`, one
subclass of the contract tests.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from bot.model import Account, NetworkName
from bot.networks.base import Network

SECRETS: Mapping[NetworkName, tuple[str, ...]] = MappingProxyType(
    {
        NetworkName.X: ("API_KEY", "API_SECRET", "ACCESS_TOKEN", "ACCESS_SECRET"),
        NetworkName.MASTODON: ("ACCESS_TOKEN",),
    }
)
"""Names of the credentials of an account, by network."""


def connect(
    account: Account,
    secrets: Mapping[str, str],
    *,
    timeout: float = 30.0,
    clock: Callable[[], datetime],
) -> Network:
    """Make the network of an account; nothing is sent yet.

    Args:
        account: whose network, and which server.
        secrets: by the names in SECRETS.
        timeout: seconds, for connecting and for each wait on the server.
        clock: tells the time (aware), only to turn "in 60 seconds" into a moment.

    Raises:
        ValueError: a credential is missing or cannot be one, or the server's address is wrong.
    """
    check_secrets(account, secrets)
    # Imported here: both libraries are slow to load, and `bot --help` needs neither.
    if account.network is NetworkName.X:
        from bot.networks.x import XNetwork

        return XNetwork(account, secrets, timeout=timeout, clock=clock)
    from bot.networks.mastodon import MastodonNetwork

    return MastodonNetwork(account, secrets, timeout=timeout, clock=clock)


def check_secrets(account: Account, secrets: Mapping[str, str]) -> None:
    """Check that each credential is there and can be one; none is ever shown.

    A line break in a token would make `requests` raise an error that quotes the token.

    Raises:
        ValueError: it names the credential.
    """
    for name in SECRETS[account.network]:
        value = secrets.get(name, "")
        if not value:
            raise ValueError(f'account "{account.name}" lacks its {name}')
        if not value.isascii() or not value.isprintable() or " " in value:
            raise ValueError(
                f'account "{account.name}": {name} holds a blank, a line break or a letter that '
                "no credential has: copy it again"
            )
