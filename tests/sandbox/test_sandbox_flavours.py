"""Servers that speak Mastodon's API with an accent."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot.sandbox import FLAVOURS, Sandbox
from tests.sandbox.stage import Clock, Stage, png

Open = Callable[[str], Stage]


@pytest.fixture
def flavoured(tmp_path: Path) -> Iterator[Open]:
    """Open a sandbox of a flavour."""
    with ExitStack() as stack:

        def opened(flavour: str) -> Stage:
            clock = Clock()
            sandbox = Sandbox(tmp_path / f"{flavour}.db", clock=clock, flavour=flavour)
            return stack.enter_context(Stage.on(stack.enter_context(sandbox), clock))

        yield opened


def same_key_twice(stage: Stage) -> tuple[int, int]:
    """Post twice with one key; return the second status and how many posts there are."""
    for _ in range(2):
        answer = stage.call_mastodon(
            "POST",
            "/api/v1/statuses",
            data={"status": "once"},
            headers={"Idempotency-Key": "k"},
        )
    return answer.status_code, len(stage.posts("mastodon"))


@pytest.mark.parametrize(
    ("flavour", "expected"),
    [
        ("mastodon-4.5", (200, 1)),
        ("mastodon-4.6", (500, 1)),
        ("gotosocial", (200, 2)),
        ("snac", (200, 2)),
        ("takahe", (200, 2)),
    ],
)
def test_the_same_key_twice(flavoured: Open, flavour: str, expected: tuple[int, int]) -> None:
    """The first post again, a 500 although posted, or two posts."""
    assert same_key_twice(flavoured(flavour)) == expected


def test_gotosocial(flavoured: Open) -> None:
    """ULIDs in order, 5000 characters with addresses in full, 400 for what is invalid."""
    stage = flavoured("gotosocial")
    url = "https://example.org/" + "x" * 100

    def post(text: str) -> int:
        answer = stage.call_mastodon("POST", "/api/v1/statuses", data={"status": text})
        return answer.status_code

    assert post("a" * 4879 + " " + url) == 200
    assert post("a" * 4880 + " " + url) == 400
    assert post("") == 400
    assert post("second") == 200
    posts = stage.posts("mastodon")
    assert [post.visibility for post in posts] == ["unlisted", "unlisted"]
    ids = [post.id for post in posts]
    assert all(re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{26}", post_id) for post_id in ids)
    assert ids == sorted(ids)
    timeline = stage.mastodon.account_statuses(
        stage.mastodon.account_verify_credentials().id, since_id=ids[0]
    )
    assert [status.id for status in timeline] == [ids[1]]


def test_no_instance_end_points(flavoured: Open) -> None:
    """Both look-ups are 404, yet posting with a picture works."""
    stage = flavoured("no-instance")
    for version in ("v1", "v2"):
        assert stage.call_mastodon("GET", f"/api/{version}/instance").status_code == 404
    media = stage.mastodon.media_post(png(), mime_type="image/png")
    stage.mastodon.status_post("hello", media_ids=[media.id])
    assert len(stage.posts("mastodon")[0].media) == 1


def test_snac(flavoured: Open) -> None:
    """No limit on length, no second instance end point, no rate-limit headers, odd ids."""
    stage = flavoured("snac")
    answer = stage.call_mastodon("POST", "/api/v1/statuses", data={"status": "a" * 9000})
    assert answer.status_code == 200
    assert "X-RateLimit-Limit" not in answer.headers
    assert re.fullmatch(r"\d{16}[0-9a-f]{32}", answer.json()["id"])
    assert stage.call_mastodon("GET", "/api/v2/instance").status_code == 404
    assert stage.call_mastodon("GET", "/api/v1/instance").status_code == 200


@pytest.mark.parametrize("flavour", sorted(FLAVOURS))
def test_every_flavour_posts_and_reads_back(flavoured: Open, flavour: str) -> None:
    """Whatever the accent, a post with a picture is found on the own timeline."""
    stage = flavoured(flavour)
    media = stage.mastodon.media_post(png(), mime_type="image/png", description="alt")
    status = stage.mastodon.status_post("hello", media_ids=[media.id], visibility="public")
    me = stage.mastodon.account_verify_credentials().id
    [found] = stage.mastodon.account_statuses(me)
    assert (found.id, found.uri) == (status.id, status.uri)
    assert found.media_attachments[0].description == "alt"


def test_unknown_flavour(tmp_path: Path) -> None:
    """A misspelt flavour is refused with the ones there are."""
    with pytest.raises(ValueError, match="gotosocial"):
        Sandbox(tmp_path / "sandbox.db", clock=Clock(), flavour="gotosozial")
