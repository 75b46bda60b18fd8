"""The X server keeps X's rules, seen through tweepy and over plain HTTP."""

from __future__ import annotations

import re

import pytest
import requests
import tweepy

from tests.sandbox.stage import START, Stage, as_json, png


def test_post_is_stored_as_sent(stage: Stage) -> None:
    """The exact text arrives, with a snowflake id of its moment."""
    answer = stage.x.create_tweet(text="Publishing is not a crime & never was #PressFreedom")
    [post] = stage.posts("x")
    assert post.text == "Publishing is not a crime & never was #PressFreedom"
    assert answer.data["id"] == post.id
    assert post.created_at == START
    milliseconds = (int(post.id) >> 22) + 1288834974657
    assert abs(milliseconds - START.timestamp() * 1000) < 10


def test_text_comes_back_escaped_with_short_links(stage: Stage) -> None:
    """The timeline shows &amp; and t.co, and entities that say what was meant."""
    me = stage.x.get_me().data
    stage.x.create_tweet(text="Sign & share https://amnesty.org/petition #FreeAssangeNOW")
    [shown] = stage.x.get_users_tweets(
        me.id, tweet_fields=["entities", "created_at", "public_metrics"], user_auth=True
    ).data
    link = shown.entities["urls"][0]
    assert re.fullmatch(r"Sign &amp; share https://t\.co/\w{10} #FreeAssangeNOW", shown.text)
    assert link["expanded_url"] == "https://amnesty.org/petition"
    assert shown.text[link["start"] : link["end"]] == link["url"]
    tag = shown.entities["hashtags"][0]
    assert shown.text[tag["start"] : tag["end"]] == "#FreeAssangeNOW"
    assert shown.created_at == START


def test_picture_adds_a_link_to_itself(stage: Stage) -> None:
    """As on X, a post with a picture ends in a t.co link to the picture."""
    media_id = stage.upload_x()
    post_id = stage.x.create_tweet(text="See this", media_ids=[media_id]).data["id"]
    shown = stage.x.get_tweet(post_id, tweet_fields=["entities"], user_auth=True).data
    link = shown.entities["urls"][0]
    assert shown.text == f"See this {link['url']}"
    assert link["expanded_url"].endswith(f"/status/{post_id}/photo/1")
    assert link["media_key"] == f"3_{media_id}"


@pytest.mark.parametrize("form", ["json", "multipart"])
def test_upload_and_alt_text(stage: Stage, form: str) -> None:
    """Both forms of the one-request upload work, and the alt text reaches the timeline."""
    if form == "json":
        uploaded = stage.call_x("POST", "/2/media/upload", json=as_json(png()))
    else:
        uploaded = stage.call_x(
            "POST",
            "/2/media/upload",
            files={"media": png()},
            data={"media_category": "tweet_image"},
        )
    media_id = uploaded.json()["data"]["id"]
    alt = {"id": media_id, "metadata": {"alt_text": {"text": "A card"}}}
    assert stage.call_x("POST", "/2/media/metadata", json=alt).status_code == 200
    stage.x.create_tweet(media_ids=[media_id])
    [post] = stage.posts("x")
    assert post.text == ""
    assert [item.alt for item in post.media] == ["A card"]
    assert post.media[0].file.read_bytes() == png()
    page = stage.call_x(
        "GET",
        f"/2/tweets/{post.id}",
        params={"expansions": "attachments.media_keys", "media.fields": "alt_text,url,width"},
    ).json()
    [shown] = page["includes"]["media"]
    assert shown["alt_text"] == "A card"
    assert shown["width"] == 40
    assert requests.get(shown["url"], timeout=5).content == png()


def test_upload_in_pieces(stage: Stage) -> None:
    """The initialize, append and finalize steps make a picture too."""
    content = png(400, 300)
    start = stage.call_x(
        "POST",
        "/2/media/upload/initialize",
        json={"total_bytes": len(content), "media_category": "tweet_image"},
    ).json()["data"]
    base = f"/2/media/upload/{start['id']}"
    for place, piece in enumerate((content[:300], content[300:])):
        answer = stage.call_x(
            "POST", f"{base}/append", files={"media": piece}, data={"segment_index": str(place)}
        )
        assert answer.status_code == 200
    assert stage.call_x("POST", f"{base}/finalize").json()["data"]["size"] == len(content)
    stage.x.create_tweet(text="pieces", media_ids=[start["id"]])
    assert stage.posts("x")[0].media[0].file.read_bytes() == content


@pytest.mark.parametrize(
    "content",
    [b"", b"not a picture", png()[:60], png(kind="TIFF"), b"x" * (5 * 1024 * 1024 + 1)],
    ids=["empty", "text", "truncated", "tiff", "too-large"],
)
def test_upload_refuses_what_is_no_picture(stage: Stage, content: bytes) -> None:
    """Only real pictures of up to 5 MB are taken."""
    answer = stage.call_x("POST", "/2/media/upload", json=as_json(content))
    assert answer.status_code == 400
    assert answer.json()["type"].endswith("/invalid-request")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"text": "a" * 280}, 201),
        ({"text": "a" * 281}, 403),
        ({"text": "字" * 140}, 201),
        ({"text": "字" * 141}, 403),
        ({"text": "https://example.org/" + "x" * 400}, 201),
        ({"text": ""}, 400),
        ({"text": " \n"}, 400),
        ({}, 400),
        ({"text": "hi", "txt": "typo"}, 400),
        ({"text": "hi", "media": {"media_ids": ["999"]}}, 400),
        ({"text": "hi", "media": {"media_ids": []}}, 400),
        ({"text": "hi", "media": {"media_ids": [1]}}, 400),
        ({"text": "hi", "media": {"media_ids": ["1", "2", "3", "4", "5"]}}, 400),
        ({"text": "hi", "poll": {"options": ["a"], "duration_minutes": 60}}, 400),
        ({"text": "hi", "poll": {"options": ["a", "b"], "duration_minutes": 4}}, 400),
        ({"text": "hi", "poll": {"options": ["a", "b" * 26], "duration_minutes": 60}}, 400),
        ({"text": "hi", "reply": {"in_reply_to_tweet_id": "12"}}, 403),
        ({"text": "hi", "reply": {"in_reply_to_tweet_id": 12.5}}, 400),
        ({"text": "hi", "quote_tweet_id": "12"}, 403),
        ({"text": "$TSLA and $AAPL"}, 403),
        ({"text": "disclosed", "made_with_ai": True, "paid_partnership": False}, 201),
        (["text"], 400),
    ],
)
def test_rules_of_a_post(stage: Stage, body: object, status: int) -> None:
    """Each rule answers with its status, and a refused post is not stored."""
    answer = stage.call_x("POST", "/2/tweets", json=body)
    assert answer.status_code == status, answer.text
    assert len(stage.posts("x")) == (status == 201)


def test_poll_excludes_media(stage: Stage) -> None:
    """X takes a poll or pictures, never both."""
    poll = {"options": ["yes", "no"], "duration_minutes": 60}
    both = {"text": "?", "poll": poll, "media": {"media_ids": [stage.upload_x()]}}
    assert stage.call_x("POST", "/2/tweets", json=both).status_code == 400
    stage.x.create_tweet(text="?", poll_options=["yes", "no"], poll_duration_minutes=60)
    post = stage.posts("x")[0]
    assert post.poll is not None
    assert post.poll.options == ("yes", "no")


def test_duplicate_text_is_refused_for_a_day(stage: Stage) -> None:
    """The detail is X's own wording; the same text passes later, and on another account."""
    stage.x.create_tweet(text="Free Assange")
    with pytest.raises(tweepy.Forbidden) as refused:
        stage.x.create_tweet(text="Free  Assange")
    assert refused.value.response.json() == {
        "title": "Forbidden",
        "status": 403,
        "type": "about:blank",
        "detail": "You are not allowed to create a Tweet with duplicate content.",
    }
    with Stage.on(stage.sandbox, stage.clock, f"{stage.name}b") as other:
        other.x.create_tweet(text="Free Assange")
    stage.clock.forward(hours=25)
    stage.x.create_tweet(text="Free Assange")
    assert len(stage.posts("x")) == 2


def test_picture_serves_once_and_for_a_day(stage: Stage) -> None:
    """A used picture and an expired one are refused with X's words."""
    used, old = stage.upload_x(), stage.upload_x()
    stage.x.create_tweet(text="first", media_ids=[used])
    with pytest.raises(tweepy.BadRequest, match="Your media IDs are invalid"):
        stage.x.create_tweet(text="second", media_ids=[used])
    stage.clock.forward(hours=25)
    with pytest.raises(tweepy.BadRequest, match="Your media IDs are invalid"):
        stage.x.create_tweet(text="third", media_ids=[old])


def test_thread_by_self_reply(stage: Stage) -> None:
    """A reply to oneself is kept as one; a reply to somebody else is refused."""
    first = stage.x.create_tweet(text="1/2").data["id"]
    stage.x.create_tweet(text="2/2", in_reply_to_tweet_id=first)
    assert [post.reply_to for post in stage.posts("x")] == [None, first]
    with (
        Stage.on(stage.sandbox, stage.clock, f"{stage.name}b") as other,
        pytest.raises(tweepy.Forbidden),
    ):
        other.x.create_tweet(text="me too", in_reply_to_tweet_id=first)


def test_timeline_pages_newest_first(stage: Stage) -> None:
    """max_results, next_token, since_id, start_time and end_time work together."""
    me = stage.x.get_me().data.id
    ids = []
    for number in range(12):
        ids.append(stage.x.create_tweet(text=f"post {number}").data["id"])
        stage.clock.forward(minutes=1)
    pages = list(tweepy.Paginator(stage.x.get_users_tweets, me, max_results=5, user_auth=True))
    assert [tweet.data["id"] for page in pages for tweet in page.data or []] == ids[::-1]
    assert [page.meta["result_count"] for page in pages] == [5, 5, 2]

    def found(**bounds: object) -> list[str]:
        answer = stage.x.get_users_tweets(me, user_auth=True, max_results=100, **bounds)
        return [tweet.data["id"] for tweet in answer.data or []]

    later = START.replace(minute=10)
    assert found(since_id=ids[9]) == [ids[11], ids[10]]
    assert found(until_id=ids[2]) == [ids[1], ids[0]]
    assert found(start_time=later) == [ids[11], ids[10]]
    assert found(start_time=START, end_time=START.replace(minute=2)) == [ids[1], ids[0]]
    assert found(end_time=START) == []


def test_delete(stage: Stage) -> None:
    """A deleted post is gone from lookups and timelines; others cannot delete it."""
    post_id = stage.x.create_tweet(text="oops").data["id"]
    with (
        Stage.on(stage.sandbox, stage.clock, f"{stage.name}b") as other,
        pytest.raises(tweepy.Forbidden),
    ):
        other.x.delete_tweet(post_id)
    assert stage.x.delete_tweet(post_id).data == {"deleted": True}
    assert stage.posts("x") == []
    answer = stage.x.get_tweet(post_id, user_auth=True)
    assert answer.data is None
    assert answer.errors[0]["type"].endswith("/resource-not-found")


def test_lookup_of_several(stage: Stage) -> None:
    """Known posts come with their metrics; unknown ones are listed as errors."""
    post_id = stage.x.create_tweet(text="one").data["id"]
    answer = stage.x.get_tweets([post_id, "123"], tweet_fields=["public_metrics"], user_auth=True)
    assert [tweet.data["id"] for tweet in answer.data] == [post_id]
    assert answer.data[0].public_metrics["like_count"] == 0
    assert [error["value"] for error in answer.errors] == ["123"]


def test_unknown_field_is_refused(stage: Stage) -> None:
    """A misspelt field name is a 400, as X answers."""
    answer = stage.call_x("GET", "/2/tweets/1", params={"tweet.fields": "like_count"})
    assert answer.status_code == 400
