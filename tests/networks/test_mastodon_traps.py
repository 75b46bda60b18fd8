"""Traps of Mastodon.py and the servers it speaks to that the sandbox does not set."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.model import NetworkName, Poll
from bot.networks._http import Wire
from bot.networks._mastodon_api import client
from bot.networks.base import (
    TryLater,
)
from tests.networks.planted import STATUS, network_of
from tests.networks.scripted import Answer, Scripted
from tests.networks.stage import START, make_draft, png


def test_mastodon_poll_has_no_sensitive(server: Scripted) -> None:
    """In JSON Mastodon.py writes "0" for False, which GoToSocial refuses: it is left out."""
    server.script["POST /api/v1/statuses"] = Answer(STATUS)
    poll = Poll(("Yes", "No"), timedelta(hours=1))
    draft = replace(make_draft(NetworkName.MASTODON), poll=poll)
    network_of(NetworkName.MASTODON, server.url).publish(draft, None, "key")
    (request,) = server.calls("POST /api/v1/statuses")
    assert b"sensitive" not in request.body
    assert b"scheduled_at" not in request.body


def test_mastodon_sends_the_picture_itself(server: Scripted) -> None:
    """The bytes are sent, with their media type: a file or stream is empty on a second try."""
    server.script["POST /api/v2/media"] = Answer({"id": "5", "url": "https://m.example/5.png"})
    server.script["POST /api/v1/statuses"] = Answer(STATUS)
    network = network_of(NetworkName.MASTODON, server.url)
    draft = make_draft(NetworkName.MASTODON, pictured=True)
    for _ in range(2):
        network.publish(draft, png(), "key")
    bodies = [request.body for request in server.calls("POST /api/v2/media")]
    assert len(bodies) == 2
    assert all(png() in body and b"Content-Type: image/png" in body for body in bodies)


def test_mastodon_bad_token_as_validation_error(server: Scripted) -> None:
    """Some servers answer a bad token with 400: the token is asked about before the draft is."""
    server.script["POST /api/v1/statuses"] = Answer({"error": "invalid"}, 400)
    server.script["GET /api/v1/accounts/verify_credentials"] = Answer({"error": "invalid"}, 400)
    with pytest.raises(TryLater) as caught:
        network = network_of(NetworkName.MASTODON, server.url)
        network.publish(make_draft(NetworkName.MASTODON), None, "key")
    assert caught.value.needs_person


def test_mastodon_library_does_nothing_by_itself() -> None:
    """Mastodon.py neither waits nor checks versions, and sends no language of errors."""
    library = client(Wire("http://127.0.0.1:9", timeout=1), "no-such-file", timeout=1)
    assert (library.ratelimit_method, library.request_timeout) == ("throw", 1)
    assert (library.version_check_mode, library.mastodon_major) == ("created", 4)
    assert library.lang is None


def test_mastodon_token_is_no_file_name(tmp_path: Path) -> None:
    """A token that is also a file's name is still the token: Mastodon.py would read the file."""
    file = tmp_path / "token"
    file.write_text("something else", encoding="utf-8")
    library = client(Wire("http://127.0.0.1:9", timeout=1), str(file), timeout=1)
    assert library.access_token == str(file)


def test_mastodon_looks_nothing_up(server: Scripted) -> None:
    """Posting asks nothing about the server: Mastodon.py's look-ups recurse when they fail."""
    server.script["POST /api/v1/statuses"] = Answer(STATUS)
    network = network_of(NetworkName.MASTODON, server.url)
    network.publish(make_draft(NetworkName.MASTODON), None, "key")
    assert [one.path for one in server.requests] == ["/api/v1/statuses"]


def test_mastodon_counts_not_given(server: Scripted) -> None:
    """What a server does not count is unknown, not zero."""
    server.script["POST /api/v1/statuses"] = Answer(STATUS)
    server.script["GET /api/v1/statuses/1"] = Answer(STATUS)
    network = network_of(NetworkName.MASTODON, server.url)
    receipt = network.publish(make_draft(NetworkName.MASTODON), None, "key")
    counts = network.measure([receipt])["1"]
    assert (counts.likes, counts.reposts, counts.replies) == (3, 2, 1)
    assert (counts.quotes, counts.bookmarks, counts.impressions) == (None, None, None)


def test_mastodon_receipt(server: Scripted) -> None:
    """A receipt keeps the address, the time and the id that never changes."""
    server.script["POST /api/v1/statuses"] = Answer(STATUS)
    network = network_of(NetworkName.MASTODON, server.url)
    receipt = network.publish(make_draft(NetworkName.MASTODON), None, "key")
    assert (receipt.url, receipt.uri) == (STATUS["url"], STATUS["uri"])
    assert receipt.posted_at == datetime(2022, 2, 21, 9, tzinfo=UTC)


def test_mastodon_pages_without_end(server: Scripted) -> None:
    """A server that ignores `max_id` gives the same page for ever: it is read twice."""
    server.script["GET /api/v1/accounts/17/statuses"] = Answer([STATUS])
    network = network_of(NetworkName.MASTODON, server.url)
    assert network.find(make_draft(NetworkName.MASTODON, "Other"), START) is None
    assert len(server.calls("GET /api/v1/accounts/17/statuses")) == 2


@pytest.mark.parametrize(
    ("version", "in_full"),
    [
        ("4.6.4", False),
        ("4.7.0-nightly.2026-01-01", False),
        ("4.3.0+glitch", False),
        ("0.20.3+git-9a2c5b6", True),
        ("4.0.0 (not true; really snac/2.83)", True),
        ("takahe/0.11", True),
        ("2.7.2 (compatible; Pleroma 2.5.0)", True),
    ],
)
def test_mastodon_by_version(server: Scripted, version: str, in_full: bool) -> None:
    """Only Mastodon and its forks count a link as 23 and honour keys, whatever others claim."""
    statuses = {"max_characters": 700, "characters_reserved_per_url": 25}
    said = {"version": version, "configuration": {"statuses": statuses}}
    server.script["GET /api/v1/instance"] = Answer(said)  # v2: 404
    network = network_of(NetworkName.MASTODON, server.url)
    limits = network.limits()
    assert (limits.characters, limits.url_length) == (700, None if in_full else 25)
    assert network.resend_window == timedelta(minutes=0 if in_full else 50)


@pytest.mark.parametrize("body", [{"version": 4}, {"version": "4.6.0", "configuration": []}])
def test_mastodon_odd_instances(server: Scripted, body: object) -> None:
    """Whatever a server says of itself, limits are numbers that work."""
    server.script["GET /api/v2/instance"] = Answer(body)
    limits = network_of(NetworkName.MASTODON, server.url).limits()
    assert (limits.characters, limits.alt_characters, limits.poll_options) == (500, 1500, 4)


@pytest.mark.parametrize("page", ["<h1>Back soon</h1>", "", [], {"status": "maintenance"}])
def test_mastodon_in_maintenance_is_still_mastodon(server: Scripted, page: object) -> None:
    """A page with status 200 says nothing of the server: what is known of it goes on to count."""
    statuses = {"max_characters": 5000}
    said = {"version": "4.5.2", "configuration": {"statuses": statuses}}
    server.script["GET /api/v2/instance"] = Answer(said)
    network = network_of(NetworkName.MASTODON, server.url)
    assert network.limits().characters == 5000
    server.script["GET /api/v2/instance"] = Answer(page)
    for first in (Answer(page), Answer("", 404)):
        server.script["GET /api/v1/instance"] = first
        with pytest.raises(TryLater) as caught:
            network.limits()
        assert not caught.value.needs_person
        assert network.resend_window == timedelta(minutes=50)


def test_mastodon_that_answers_a_page_to_what_it_does_not_know(server: Scripted) -> None:
    """A page at the second address leaves the first one to be read, as a 404 does."""
    server.script["GET /api/v2/instance"] = Answer("<html>")
    server.script["GET /api/v1/instance"] = Answer({"version": "3.5.3", "max_toot_chars": 900})
    assert network_of(NetworkName.MASTODON, server.url).limits().characters == 900


def test_a_boost_is_not_ours(server: Scripted) -> None:
    """A server that leaves boosts in: the partner's same words are not our post."""
    content = {"content": "<p>Free him now</p>", "created_at": "2022-02-21T09:00:05.000Z"}
    boost = {**STATUS, **content, "reblog": {**STATUS, **content, "id": "2"}}
    server.script["GET /api/v1/accounts/17/statuses"] = Answer([boost])
    network = network_of(NetworkName.MASTODON, server.url)
    assert network.find(make_draft(NetworkName.MASTODON, "Free him now"), START) is None
    own = {**STATUS, **content, "id": "3"}
    server.script["GET /api/v1/accounts/17/statuses"] = Answer([boost, own])
    found = network.find(make_draft(NetworkName.MASTODON, "Free him now"), START)
    assert found is not None
    assert found.remote_id == "3"


def test_an_old_post_on_top_does_not_hide_ours(server: Scripted) -> None:
    """A pinned or backdated post stands above newer ones; the look goes on below it."""
    pinned = {**STATUS, "id": "9", "created_at": "2021-01-01T00:00:00.000Z"}
    own = {**STATUS, "created_at": "2022-02-21T09:00:05.000Z"}
    server.script["GET /api/v1/accounts/17/statuses"] = Answer([pinned, own])
    network = network_of(NetworkName.MASTODON, server.url)
    assert network.find(make_draft(NetworkName.MASTODON, "Hello"), START) is not None
