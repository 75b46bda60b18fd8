"""Traps that the sandbox does not set, the same on each network: odd answers, TLS, secrets."""

from __future__ import annotations

import logging
import socket
import threading
import traceback

import pytest

from bot.model import NetworkName
from bot.networks.base import (
    NetworkError,
    OutcomeUnknown,
    Rejected,
    TryLater,
)
from tests.networks.planted import POSTING, SECRETS, STATUS, network_of
from tests.networks.scripted import Answer, Scripted
from tests.networks.stage import START, make_draft, png

both = pytest.mark.parametrize("name", list(NetworkName))


@both
@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_redirects_are_not_followed(server: Scripted, name: NetworkName, status: int) -> None:
    """A redirect would turn the POST into a GET: a person corrects the address instead."""
    moved = Answer("", status, {"Location": f"{server.url}/elsewhere"})
    server.script[POSTING[name]] = moved
    with pytest.raises(TryLater, match="https address") as caught:
        network_of(name, server.url).publish(make_draft(name), None, "key")
    assert caught.value.needs_person
    assert server.calls("GET /elsewhere", "POST /elsewhere") == []


@both
@pytest.mark.parametrize("body", [None, [], "text", 5, {"errors": None}, {"errors": ["no"]}])
@pytest.mark.parametrize(
    ("status", "expected"), [(403, None), (422, Rejected), (429, TryLater), (500, OutcomeUnknown)]
)
def test_odd_error_bodies(
    server: Scripted,
    name: NetworkName,
    status: int,
    expected: type[NetworkError] | None,
    body: object,
) -> None:
    """The status decides, whatever the body is (tweepy's own reading trips over these)."""
    server.script[POSTING[name]] = Answer(body, status)
    about_account = TryLater if name is NetworkName.MASTODON else Rejected
    with pytest.raises(expected or about_account):
        network_of(name, server.url).publish(make_draft(name), None, "key")


@both
@pytest.mark.parametrize("body", [{}, {"data": {}}, {"data": None}, {"id": None}, [], 7])
def test_success_without_an_id(server: Scripted, name: NetworkName, body: object) -> None:
    """A success that names no post may have made one."""
    server.script[POSTING[name]] = Answer(body, 201)
    with pytest.raises(OutcomeUnknown):
        network_of(name, server.url).publish(make_draft(name), None, "key")


@both
@pytest.mark.parametrize("body", [{}, {"data": []}, None, {"meta": None}, "<html>", {"data": [{}]}])
def test_odd_timelines_are_not_empty(server: Scripted, name: NetworkName, body: object) -> None:
    """An answer that is no timeline is no evidence that our post is absent."""
    server.script["GET /2/users/17/tweets"] = Answer(body)
    server.script["GET /api/v1/accounts/17/statuses"] = Answer(body)
    with pytest.raises(TryLater):
        network_of(name, server.url).find(make_draft(name), START)


@both
@pytest.mark.parametrize("reset", ["", "soon", "-1", "9" * 40, "2022-13-45T00:00:00Z", "0"])
def test_odd_rate_limit_headers(server: Scripted, name: NetworkName, reset: str) -> None:
    """A rate limit is one, also with a reset that makes no sense."""
    names = ("x-rate-limit-reset", "X-RateLimit-Reset", "Retry-After")
    server.script[POSTING[name]] = Answer({}, 429, dict.fromkeys(names, reset))
    with pytest.raises(TryLater) as caught:
        network_of(name, server.url).publish(make_draft(name), None, "key")
    assert caught.value.until is None


@both
def test_deprecation_header(server: Scripted, name: NetworkName) -> None:
    """A header that calls the route deprecated does not cost us the receipt (nor warn)."""
    body = STATUS if name is NetworkName.MASTODON else {"data": {"id": "1", "text": "x"}}
    server.script[POSTING[name]] = Answer(body, 201, {"Deprecation": "true"})
    assert network_of(name, server.url).publish(make_draft(name), None, "key").remote_id == "1"


@both
def test_wrong_address(server: Scripted, name: NetworkName) -> None:
    """A server without the API is the account's trouble, not the draft's."""
    server.script[POSTING[name]] = Answer("<html>Nothing here</html>", 404)
    with pytest.raises(TryLater, match="server") as caught:
        network_of(name, server.url).publish(make_draft(name), None, "key")
    assert caught.value.needs_person


@both
@pytest.mark.parametrize("manner", ["speaks plain http", "hangs up"])
def test_tls_that_fails(name: NetworkName, manner: str) -> None:
    """Without a TLS handshake nothing was sent: that is certain, so it may be tried again."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            for _ in range(2 if name is NetworkName.X else 1):  # X first asks who we are
                connection, _ = listening.accept()
                with connection:
                    connection.recv(100)
                    if manner == "speaks plain http":
                        connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        network = network_of(name, f"https://127.0.0.1:{listening.getsockname()[1]}")
        with pytest.raises(TryLater, match="cannot be reached"):
            network.publish(make_draft(name), None, "key")
    thread.join(5)


@both
def test_secrets_echoed_by_the_server(
    server: Scripted, name: NetworkName, caplog: pytest.LogCaptureFixture
) -> None:
    """Not even a server that repeats our credentials gets them into errors, causes or logs."""
    echo = " ".join(SECRETS[name].values())
    for line in (POSTING[name], "POST /2/media/upload", "POST /api/v2/media", *_reads()):
        server.script[line] = Answer({"error": echo, "detail": echo, "title": echo}, 422)
    shown = []
    with caplog.at_level(logging.DEBUG):
        network = network_of(name, server.url)
        for call in (
            lambda: network.publish(make_draft(name), None, "key"),
            lambda: network.publish(make_draft(name, pictured=True), png(), "key"),
            lambda: network.find(make_draft(name), START),
            network.limits,
        ):
            try:
                call()
            except NetworkError as error:
                shown += traceback.format_exception(error)
        shown += [repr(network), str(vars(network))]
    assert shown
    text = "".join(shown) + caplog.text
    assert [secret for secret in SECRETS[name].values() if secret in text] == []


@both
def test_secrets_in_an_unreadable_success(server: Scripted, name: NetworkName) -> None:
    """Mastodon.py quotes a body that it cannot read; the credentials in it are taken out."""
    echo = " ".join(SECRETS[name].values())
    server.script[POSTING[name]] = Answer(f"<html>{echo}</html>")
    with pytest.raises(OutcomeUnknown) as caught:
        network_of(name, server.url).publish(make_draft(name), None, "key")
    shown = "".join(traceback.format_exception(caught.value))
    assert [secret for secret in SECRETS[name].values() if secret in shown] == []


def _reads() -> list[str]:
    return [
        "GET /2/users/17/tweets",
        "GET /api/v1/accounts/17/statuses",
        "GET /api/v2/instance",
        "GET /api/v1/instance",
    ]


@both
def test_error_texts_are_cut_and_clean(server: Scripted, name: NetworkName) -> None:
    """A server's words reach a terminal without control characters, and not by the page."""
    server.script[POSTING[name]] = Answer({"error": "\x1b[2J\r\n" + "long " * 500}, 422)
    with pytest.raises(Rejected) as caught:
        network_of(name, server.url).publish(make_draft(name), None, "key")
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 450
