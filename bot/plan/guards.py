"""What keeps a message from an account, whatever the hour, and an account from an hour."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time

from bot.model import Account, Catalog, Message


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


def accounts_for(catalog: Catalog, message: Message) -> list[Account]:
    """The accounts that may say a message: those it names, else those of its schedules."""
    names = message.accounts or (
        name
        for schedule in catalog.schedules
        if schedule.campaign == message.campaign
        for name in schedule.accounts
    )
    accounts = [catalog.accounts[n] for n in dict.fromkeys(names) if n in catalog.accounts]
    return [a for a in accounts if not_for(message, a) is None]


def is_quiet_day(catalog: Catalog, local: date) -> bool:
    """Tell whether nothing is posted on a day."""
    return any(first <= local <= last for first, last in catalog.quiet_days)


def in_quiet_hours(account: Account, local: time) -> bool:
    """Tell whether `local` is within the account's quiet hours, which may span midnight."""
    start, end = account.quiet_from, account.quiet_to
    if start is None or end is None:
        return False
    return start <= local < end if start <= end else local >= start or local < end
