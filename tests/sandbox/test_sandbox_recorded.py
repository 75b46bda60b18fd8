"""The Mastodon server has every field that a real Mastodon 4.6.4 was recorded to answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.stage import Stage, png

RECORDED = Path(__file__).resolve().parents[3] / "shared" / "data" / "mastodon" / "recorded"
"""Outside the repository; these tests are skipped where it is absent."""


def recorded(name: str, number: int = 0) -> Any:
    """Return the body of a recorded answer."""
    path = RECORDED / f"{name}.json"
    if not path.is_file():
        pytest.skip("the recorded answers are not on this machine")
    return json.loads(path.read_text(encoding="utf-8"))[number]["body"]


def missing(theirs: object, ours: object, where: str = "") -> Iterator[str]:
    """Name what a recorded answer has and ours lacks, and kinds of values that differ."""
    if isinstance(theirs, dict):
        if not isinstance(ours, dict):
            yield f"{where}: {ours!r} is no object"
            return
        for key, value in theirs.items():
            if key not in ours:
                yield f"{where}.{key}"
            elif value is not None and ours[key] is not None:
                yield from missing(value, ours[key], f"{where}.{key}")
    elif isinstance(theirs, list):
        if not isinstance(ours, list):
            yield f"{where}: {ours!r} is no list"
    elif type(theirs) is not type(ours):
        yield f"{where}: {ours!r} instead of something like {theirs!r}"


def test_status(stage: Stage) -> None:
    """A posted status."""
    ours = stage.call_mastodon("POST", "/api/v1/statuses", data={"status": "Toot!"}).json()
    theirs = recorded("status_post")
    assert list(missing(theirs, ours)) == []
    assert ours["content"] == theirs["content"]
    assert len(ours["created_at"]) == len(theirs["created_at"])


def test_deleted_status(stage: Stage) -> None:
    """A deleted status, with its source instead of HTML."""
    status = stage.mastodon.status_post("Toot!")
    ours = stage.call_mastodon("DELETE", f"/api/v1/statuses/{status.id}").json()
    theirs = recorded("status_post", 1)
    assert list(missing(theirs, ours)) == []
    assert ours["text"] == theirs["text"]
    assert "content" not in ours


def test_own_account(stage: Stage) -> None:
    """The account as it sees itself."""
    ours = stage.call_mastodon("GET", "/api/v1/accounts/verify_credentials").json()
    assert list(missing(recorded("verify_credentials"), ours)) == []


def test_media(stage: Stage) -> None:
    """An uploaded picture."""
    ours = stage.call_mastodon("POST", "/api/v2/media", files={"file": png()}).json()
    assert list(missing(recorded("media_post_image"), ours)) == []


def test_instance(stage: Stage) -> None:
    """What the server says of itself."""
    ours = stage.call_mastodon("GET", "/api/v2/instance").json()
    assert list(missing(recorded("instance_v2"), ours)) == []


@pytest.mark.parametrize(
    ("name", "method", "path", "status"),
    [
        ("status_empty", "POST", "/api/v1/statuses", 422),
        ("status_missing_404", "GET", "/api/v1/statuses/0", 404),
    ],
)
def test_errors(stage: Stage, name: str, method: str, path: str, status: int) -> None:
    """Errors are an object with the one key `error`."""
    answer = stage.call_mastodon(method, path, data={"status": ""} if method == "POST" else None)
    assert answer.status_code == status
    assert answer.json().keys() == recorded(name).keys()


def test_headers(stage: Stage) -> None:
    """The headers that a client reads are there."""
    path = RECORDED / "status_post.json"
    if not path.is_file():
        pytest.skip("the recorded answers are not on this machine")
    theirs = json.loads(path.read_text(encoding="utf-8"))[0]["headers"]
    answer = stage.call_mastodon("POST", "/api/v1/statuses", data={"status": "Toot!"})
    for header, [value] in theirs.items():
        assert len(answer.headers[header]) == len(value) or header == "x-ratelimit-remaining"
