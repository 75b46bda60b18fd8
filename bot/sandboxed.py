"""Ties a bot's accounts to the sandbox instead of the real networks.

The bot does not notice: the same tweepy and Mastodon.py speak HTTP, only to loopback, with
keys that the sandbox made up.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace

from bot.app import Bot, Connect, open_bot
from bot.content import load
from bot.jobs.clearing import Clearance
from bot.jobs.shared_clock import Clock
from bot.model import Account, Campaign, NetworkName, in_language
from bot.networks.base import Network
from bot.networks.registry import connect
from bot.sandbox import Sandbox
from bot.settings import Settings
from bot.store import Store


def connect_to(sandbox: Sandbox, clock: Clock, campaigns: Mapping[str, Campaign]) -> Connect:
    """Give the `connect` function for `open_bot` that leads to `sandbox`."""
    names = [in_language(c.name, "en") or c.id for c in campaigns.values()]
    display_name = names[0] if len(names) == 1 else None

    def connect_account(account: Account) -> Network:
        sandbox.add_account(
            account.network.value, account.name, display_name=display_name, bot=True
        )
        if account.network is NetworkName.X:
            secrets = dict(sandbox.x_credentials(account.name))
            server = sandbox.x_url
        else:
            secrets = {"ACCESS_TOKEN": sandbox.mastodon_token(account.name)}
            server = sandbox.mastodon_url
        return connect(replace(account, server=server), secrets, clock=clock)

    return connect_account


def open_sandbox_bot(
    settings: Settings, clock: Clock, page_port: int, stack: ExitStack
) -> tuple[Bot, str]:
    """Open a bot on sandbox servers that keep their posts; also give their page's address.

    `settings` are those `of_sandbox`; `stack` closes both.
    """
    zone = load(settings.root).catalog.zone
    # Its rate limits would only make people wait who are trying things out.
    sandbox = stack.enter_context(
        Sandbox(
            settings.data / "sandbox.db",
            clock=clock,
            page_port=page_port,
            zone=zone,
            rate_limits=False,
        )
    )
    bot: Bot

    def connect_account(account: Account) -> Network:
        return connect_to(sandbox, clock, bot.catalog.campaigns)(account)

    bot = stack.enter_context(open_bot(settings, clock, connect_with=connect_account, sandbox=True))
    audit = stack.enter_context(Store.open(settings.audit_url))
    bot.clearance = Clearance(settings.root, audit)
    bot.known_counts = audit.petition_counts
    bot.look_at_counts()
    return bot, sandbox.page_url
