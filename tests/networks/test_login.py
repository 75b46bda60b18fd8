"""Logging in against the sandbox, as a person with a browser would."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from bot.model import Account, NetworkName
from bot.networks.base import TryLater
from bot.networks.login import (
    SCOPES,
    Identity,
    LoginError,
    set_automated,
    start_mastodon,
    start_x,
    whoami,
)
from bot.networks.registry import connect
from tests.networks.scripted import Answer, Scripted, scripted
from tests.networks.stage import SandboxStage, SharedSandbox


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharedSandbox]:
    """Run both networks."""
    with SharedSandbox.open(tmp_path_factory.mktemp("login")) as sandbox:
        yield sandbox


@pytest.fixture
def x(shared: SharedSandbox) -> SandboxStage:
    """Set up an account on X."""
    return SandboxStage(shared, NetworkName.X)


@pytest.fixture
def mastodon(shared: SharedSandbox) -> SandboxStage:
    """Set up an account on Mastodon."""
    return SandboxStage(shared, NetworkName.MASTODON)


@pytest.fixture
def odd() -> Iterator[Scripted]:
    """Run a server that answers 404 to everything."""
    with scripted() as server:
        yield server


def allow(url: str, account: str) -> str:
    """Allow the access in the browser; return the code that the page shows."""
    parts = urlsplit(url)
    form = {name: values[0] for name, values in parse_qs(parts.query).items()}
    page = requests.post(url, data={**form, "account": account}, timeout=10)
    page.raise_for_status()
    shown = re.search(r"<(?:code|output|strong)[^>]*>\s*([\w-]+)\s*<", page.text)
    assert shown is not None, page.text
    return shown[1]


def test_mastodon_from_page_to_post(mastodon: SandboxStage) -> None:
    """The code from the page becomes a token that posts for the account."""
    pending = start_mastodon(mastodon.sandbox.mastodon_url)
    code = allow(pending.url, mastodon.username)
    secrets = pending.finish(f" {code}\n")
    assert set(secrets) == {"ACCESS_TOKEN"}
    network = connect(mastodon.account, secrets, clock=mastodon.clock)
    network.publish(mastodon.draft(), None, "key")
    assert len(mastodon.arrived()) == 1


def test_mastodon_asks_for_little(mastodon: SandboxStage) -> None:
    """The token may do what we do, and no more."""
    pending = start_mastodon(mastodon.sandbox.mastodon_url)
    (scope,) = parse_qs(urlsplit(pending.url).query)["scope"]
    assert scope.split() == SCOPES
    assert not {"read", "write", "follow", "push"} & set(scope.split())


def test_x_from_page_to_post(x: SandboxStage) -> None:
    """The PIN becomes credentials that post for the account."""
    app = x.sandbox.x_credentials(x.username)
    pending = start_x(app["API_KEY"], app["API_SECRET"], server=x.sandbox.x_url)
    secrets = pending.finish(allow(pending.url, x.username))
    assert secrets == app
    connect(x.account, secrets, clock=x.clock).publish(x.draft(), None, "key")
    assert len(x.arrived()) == 1


def test_wrong_codes(x: SandboxStage, mastodon: SandboxStage) -> None:
    """A wrong or used code is said plainly."""
    app = x.sandbox.x_credentials(x.username)
    pending_x = start_x(app["API_KEY"], app["API_SECRET"], server=x.sandbox.x_url)
    with pytest.raises(LoginError, match="PIN: it answered 401"):
        pending_x.finish("0000000")
    pending = start_mastodon(mastodon.sandbox.mastodon_url)
    with pytest.raises(LoginError, match="a code works once"):
        pending.finish("wrong")


def test_wrong_api_key(x: SandboxStage) -> None:
    """A key that X does not know is said plainly, without repeating it."""
    with pytest.raises(LoginError, match="API key and secret: it answered 401") as caught:
        start_x("wrong-key", "wrong-secret", server=x.sandbox.x_url)
    assert "wrong-" not in str(caught.value)


def test_pending_hides_secrets(x: SandboxStage, mastodon: SandboxStage) -> None:
    """A log-in under way does not print the application's secrets."""
    app = x.sandbox.x_credentials(x.username)
    pending_x = start_x(app["API_KEY"], app["API_SECRET"], server=x.sandbox.x_url)
    assert app["API_SECRET"] not in repr(pending_x)
    pending = start_mastodon(mastodon.sandbox.mastodon_url)
    assert pending._client_secret
    assert pending._client_secret not in repr(pending)


@pytest.mark.parametrize("body", ["<html>", [], {}, {"client_id": 1}, None])
def test_servers_that_are_none(odd: Scripted, body: object) -> None:
    """An address that is no Mastodon server is said plainly."""
    with pytest.raises(LoginError, match="404"):
        start_mastodon(odd.url)
    odd.script["POST /api/v1/apps"] = Answer(body)
    with pytest.raises(LoginError, match="is the address right"):
        start_mastodon(odd.url)
    odd.script["POST /oauth/request_token"] = Answer("<html>")
    with pytest.raises(LoginError, match="is the address right"):
        start_x("key", "secret", server=odd.url)


def test_whoami(x: SandboxStage, mastodon: SandboxStage) -> None:
    """The person sees which account the credentials open, and whether it is labelled."""
    host = mastodon.sandbox.mastodon_url.partition("://")[2]
    assert whoami(x.account, x.secrets) == Identity(f"@{x.username}", None, "A campaign")
    assert whoami(mastodon.account, mastodon.secrets) == Identity(
        f"@{mastodon.username}@{host}", False, "A campaign"
    )
    mastodon.sandbox.revoke("mastodon", mastodon.username)
    with pytest.raises(TryLater) as caught:
        whoami(mastodon.account, mastodon.secrets)
    assert caught.value.needs_person


def test_set_automated(x: SandboxStage, mastodon: SandboxStage) -> None:
    """A Mastodon account can be labelled from here, an account on X only by a person."""
    set_automated(mastodon.account, mastodon.secrets)
    assert whoami(mastodon.account, mastodon.secrets).automated is True
    with pytest.raises(ValueError, match="only a person"):
        set_automated(x.account, x.secrets)


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"ACCESS_TOKEN": ""}, "lacks its ACCESS_TOKEN"),
        ({"ACCESS_TOKEN": "planted\n"}, "ACCESS_TOKEN holds a blank"),
        ({"ACCESS_TOKEN": "plan ted"}, "ACCESS_TOKEN holds a blank"),
        ({"ACCESS_TOKEN": "plánted"}, "ACCESS_TOKEN holds a blank"),
        ({"API_KEY": ""}, "lacks its API_KEY"),
    ],
)
def test_credentials_that_are_none(x: SandboxStage, change: dict[str, str], wrong: str) -> None:
    """A token with a line break is refused before `requests` quotes it in an error."""
    for use in (
        lambda secrets: connect(x.account, secrets, clock=x.clock),
        lambda secrets: whoami(x.account, secrets),
    ):
        with pytest.raises(ValueError, match=wrong) as caught:
            use({**x.secrets, **change})
        assert "plan" not in str(caught.value)


@pytest.mark.parametrize(
    "server",
    [
        "http://mastodon.example",
        "http://10.0.0.1",
        "http://localhost.example",
        "ftp://mastodon.example",
        "https://user:planted@mastodon.example",
        "https://mastodon.example?x=1",
        "https://mastodon.example#x",
        "https://",
        "https://mastodon example",
        "https://mastodon.example:99999",
        "https://[::1",
    ],
)
@pytest.mark.parametrize("network", list(NetworkName))
def test_servers_that_are_refused(x: SandboxStage, network: NetworkName, server: str) -> None:
    """Credentials go out over https, or to this machine."""
    secrets = {**x.secrets}
    with pytest.raises(ValueError, match="server") as caught:
        connect(Account("main", network, server=server), secrets, clock=x.clock)
    assert "planted" not in str(caught.value)
    with pytest.raises(ValueError, match="server"):
        start_mastodon(server)


@pytest.mark.parametrize(
    "server", ["mastodon.example", "https://mastodon.example/", "http://[::1]:8080"]
)
def test_servers_that_are_taken(x: SandboxStage, server: str) -> None:
    """A bare host is https; a slash at the end does no harm."""
    connect(Account("main", NetworkName.MASTODON, server=server), x.secrets, clock=x.clock)


def test_mastodon_needs_a_server(mastodon: SandboxStage) -> None:
    """There is no default Mastodon server."""
    with pytest.raises(ValueError, match="needs its server"):
        connect(replace(mastodon.account, server=None), mastodon.secrets, clock=mastodon.clock)
