"""Accounts with planted credentials on a scripted server."""

from __future__ import annotations

from bot.model import Account, NetworkName
from bot.networks.base import Network
from bot.networks.registry import connect
from tests.networks.scripted import Answer
from tests.networks.stage import Clock

SECRETS = {
    NetworkName.X: {
        "API_KEY": "planted-api-key",
        "API_SECRET": "planted-api-secret",
        "ACCESS_TOKEN": "17-planted-access-token",
        "ACCESS_SECRET": "planted-access-secret",
    },
    NetworkName.MASTODON: {"ACCESS_TOKEN": "planted-mastodon-token"},
}
POSTING = {NetworkName.X: "POST /2/tweets", NetworkName.MASTODON: "POST /api/v1/statuses"}
ME = {
    "GET /2/users/me": Answer({"data": {"id": "17", "username": "campaign", "name": "C"}}),
    "GET /api/v1/accounts/verify_credentials": Answer(
        {"id": "17", "acct": "campaign", "username": "campaign", "display_name": "C", "bot": True}
    ),
}
STATUS = {
    "id": "1",
    "uri": "https://m.example/1",
    "url": "https://m.example/@c/1",
    "created_at": "2022-02-21T09:00:00.000Z",
    "content": "<p>Hello</p>",
    "media_attachments": [],
    "spoiler_text": "",
    "favourites_count": 3,
    "reblogs_count": 2,
    "replies_count": 1,
}


def network_of(name: NetworkName, server: str, timeout: float = 10) -> Network:
    """Connect an account with planted credentials."""
    account = Account("main", name, server=server)
    return connect(account, SECRETS[name], timeout=timeout, clock=Clock())
