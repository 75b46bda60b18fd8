"""Traps of X and tweepy that the sandbox does not set."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.model import NetworkName
from bot.networks.base import (
    TryLater,
)
from tests.networks.planted import network_of
from tests.networks.scripted import Answer, Scripted
from tests.networks.stage import START, make_draft, png


def test_x_media_goes_to_v2(server: Scripted) -> None:
    """Pictures and alt text go to API v2, signed: v1.1 is retired."""
    server.script |= {
        "POST /2/media/upload": Answer({"data": {"id": "5"}}),
        "POST /2/media/metadata": Answer({"data": {"id": "5"}}),
        "POST /2/tweets": Answer({"data": {"id": "1", "text": ""}}, 201),
    }
    draft = make_draft(NetworkName.X, pictured=True)
    network_of(NetworkName.X, server.url).publish(draft, png(), "key")
    posts = [request for request in server.requests if request.method == "POST"]
    assert [request.path for request in posts] == [
        "/2/media/upload",
        "/2/media/metadata",
        "/2/tweets",
    ]
    assert all(one.headers["Authorization"].startswith("OAuth ") for one in server.requests)


def test_x_picture_still_processed(server: Scripted) -> None:
    """A picture that X is still working on is not attached yet."""
    waiting = {"data": {"id": "5", "processing_info": {"state": "pending"}}}
    server.script["POST /2/media/upload"] = Answer(waiting)
    with pytest.raises(TryLater, match="pending"):
        draft = make_draft(NetworkName.X, pictured=True)
        network_of(NetworkName.X, server.url).publish(draft, png(), "key")
    assert server.calls("POST /2/tweets") == []


def test_x_daily_limit(server: Scripted) -> None:
    """The 24-hour limit counts where it is the one that is used up."""
    start = int(START.timestamp())
    headers = {
        "x-rate-limit-remaining": "80",
        "x-rate-limit-reset": str(start + 600),
        "x-user-limit-24hour-remaining": "0",
        "x-user-limit-24hour-reset": str(start + 7200),
    }
    server.script["POST /2/tweets"] = Answer({"title": "Too Many Requests"}, 429, headers)
    with pytest.raises(TryLater) as caught:
        network_of(NetworkName.X, server.url).publish(make_draft(NetworkName.X), None, "key")
    assert caught.value.until == START + timedelta(hours=2)


def test_x_names_of_fields(server: Scripted) -> None:
    """A server that knows only the newer names is asked by them, from the second page on too."""
    post = {"id": "1", "text": "Hello", "created_at": "2022-02-21T09:00:00.000Z"}
    path = "GET /2/users/17/tweets"
    server.script[path] = Answer({"data": [{"id": "1", "text": "Hello"}], "meta": {}})
    network = network_of(NetworkName.X, server.url)
    with pytest.raises(TryLater, match="no time"):
        network.find(make_draft(NetworkName.X, "Hello"), START)
    assert ["post.fields" in one.path for one in server.calls(path)] == [False, True]
    server.script[path] = Answer({"data": [post], "meta": {}})
    assert network.find(make_draft(NetworkName.X, "Hello"), START) is not None


def test_x_counts_by_either_name(server: Scripted) -> None:
    """Reposts are `retweet_count` in older API descriptions, `repost_count` in newer."""
    for word in ("retweet_count", "repost_count"):
        post = {"id": "1", "created_at": "x", "public_metrics": {word: 4, "like_count": True}}
        server.script["GET /2/users/17/tweets"] = Answer({"data": [post], "meta": {}})
        network = network_of(NetworkName.X, server.url)
        server.script["POST /2/tweets"] = Answer({"data": {"id": "1"}}, 201)
        receipt = network.publish(make_draft(NetworkName.X), None, "key")
        counts = network.measure([receipt])["1"]
        assert (counts.reposts, counts.replies, counts.impressions) == (4, None, None)


def test_x_long_timeline_is_not_absence(server: Scripted) -> None:
    """Where there is more than is looked through, "not there" would be a guess."""
    posts = [{"id": "1", "text": "Other", "created_at": "2022-02-21T09:00:00.000Z"}]
    endless = Answer({"data": posts, "meta": {"next_token": "more"}})
    server.script["GET /2/users/17/tweets"] = endless
    with pytest.raises(TryLater, match="more than"):
        network_of(NetworkName.X, server.url).find(make_draft(NetworkName.X), START)
    assert len(server.calls("GET /2/users/17/tweets")) == 10
