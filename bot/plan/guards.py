"""What keeps a message from an account, whatever the hour, and an account from an hour."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from bot.model import Account, Message


def speaks(language: str, among: Sequence[str]) -> bool:
    """Tell whether `language` is one of `among`, `pt-BR` being a `pt`."""
    return language in among or language.split("-")[0] in among


def not_for(message: Message, account: Account) -> str | None:
    """Say why `account` never takes `message`; None when it may."""
    if message.accounts and account.name not in message.accounts:
        return f"only for {', '.join(message.accounts)}"
    if message.networks and account.network not in message.networks:
        return f"only for {', '.join(message.networks)}"
    named = message.language  # none: it is taken to be in the account's own
    if named and account.languages and not speaks(named, account.languages):
        return f"in {message.language}, which {account.name} does not take"
    return None


def in_quiet_hours(account: Account, local: time) -> bool:
    """Tell whether `local` is within the account's quiet hours, which may span midnight."""
    start, end = account.quiet_from, account.quiet_to
    if start is None or end is None:
        return False
    return start <= local < end if start <= end else local >= start or local < end
