"""Pictures on the Mastodon server: uploaded, described, attached once, purged."""

from __future__ import annotations

import pytest
import requests
from mastodon import MastodonAPIError

from tests.sandbox.stage import Stage, png


def test_picture_with_description_and_focus(stage: Stage) -> None:
    """An upload is ready at once, carries what was said of it, and is served."""
    media = stage.mastodon.media_post(
        png(), mime_type="image/png", description="A card", focus=(0.5, -0.25)
    )
    stage.mastodon.media_update(media.id, description="A better text")
    status = stage.mastodon.status_post("", media_ids=[media.id])
    shown = status.media_attachments[0]
    assert shown.description == "A better text"
    assert (shown.meta.focus.x, shown.meta.focus.y) == (0.5, -0.25)
    assert requests.get(shown.url, timeout=5).content == png()
    assert stage.posts("mastodon")[0].media[0].alt == "A better text"


@pytest.mark.parametrize(
    "content", [b"", b"not a picture", png()[:60]], ids=["empty", "text", "truncated"]
)
def test_upload_refuses_what_is_no_picture(stage: Stage, content: bytes) -> None:
    """A retried upload of an emptied file is not taken for a picture."""
    answer = stage.call_mastodon("POST", "/api/v2/media", files={"file": content})
    assert answer.status_code == 422


def test_media_is_attached_once(stage: Stage) -> None:
    """Attached, unknown, strange and purged pictures are 422; a deleted post frees its own."""
    media = stage.mastodon.media_post(png(), mime_type="image/png")
    first = stage.mastodon.status_post("one", media_ids=[media.id])
    for media_id in (media.id, "12345"):
        with pytest.raises(MastodonAPIError) as refused:
            stage.mastodon.status_post("two", media_ids=[media_id])
        assert refused.value.args[1] == 422
    stage.mastodon.status_delete(first.id)
    stage.mastodon.status_post("again", media_ids=[media.id])
    late = stage.mastodon.media_post(png(), mime_type="image/png")
    stage.clock.forward(days=1, minutes=1)
    with pytest.raises(MastodonAPIError):
        stage.mastodon.status_post("too late", media_ids=[late.id])


def test_media_that_is_being_processed(stage: Stage) -> None:
    """Until it is ready: 202, then 206, and a post with it is 422."""
    stage.fail("mastodon", "upload", "slow_media", seconds=60)
    answer = stage.call_mastodon("POST", "/api/v2/media", files={"file": png()})
    assert answer.status_code == 202
    assert answer.json()["url"] is None
    media_id = answer.json()["id"]
    path = f"/api/v1/media/{media_id}"
    assert stage.call_mastodon("GET", path).status_code == 206
    body = {"status": "hi", "media_ids": [media_id]}
    assert stage.call_mastodon("POST", "/api/v1/statuses", json=body).status_code == 422
    stage.clock.forward(seconds=61)
    assert stage.call_mastodon("GET", path).status_code == 200
    assert stage.call_mastodon("POST", "/api/v1/statuses", json=body).status_code == 200
