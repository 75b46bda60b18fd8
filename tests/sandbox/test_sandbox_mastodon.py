"""The Mastodon server keeps Mastodon's rules, seen through Mastodon.py and over plain HTTP."""

from __future__ import annotations

from datetime import timedelta

import pytest
import requests
from mastodon import (
    MastodonInternalServerError,
    MastodonNotFoundError,
    MastodonRatelimitError,
    MastodonUnauthorizedError,
)

from tests.sandbox.stage import START, Stage, png


def test_post_is_stored_as_sent(stage: Stage) -> None:
    """Text, visibility, language, warning and key arrive; the id is of its moment."""
    status = stage.mastodon.status_post(
        "Publishing is not a crime & never was",
        visibility="unlisted",
        language="pt-BR",
        spoiler_text="politics",
        idempotency_key="key-1",
    )
    [post] = stage.posts("mastodon")
    assert post.text == "Publishing is not a crime & never was"
    assert (post.visibility, post.language) == ("unlisted", "pt")
    assert (post.content_warning, post.sensitive) == ("politics", True)
    assert post.key == "key-1"
    assert (post.id, post.url) == (status.id, status.url)
    assert int(post.id) >> 16 == START.timestamp() * 1000


def test_content_is_html_as_mastodon_renders_it(stage: Stage) -> None:
    """Paragraphs, breaks, shortened links, hashtags, mentions; everything else is escaped."""
    name = stage.sandbox.accounts("mastodon")[-1].username
    status = stage.mastodon.status_post(
        f"One <b>\ntwo\n\n#FreeAssange @{name} @nobody_here"
        " https://www.amnesty.org/en/latest/news/2022/02/a-long-way/"
    )
    url = stage.sandbox.mastodon_url
    assert status.content == (
        "<p>One &lt;b&gt;<br />two</p>"
        f'<p><a href="{url}/tags/freeassange" class="mention hashtag" rel="tag">'
        "#<span>FreeAssange</span></a> "
        f'<span class="h-card" translate="no"><a href="{url}/@{name}" class="u-url mention">'
        f"@<span>{name}</span></a></span> @nobody_here "
        '<a href="https://www.amnesty.org/en/latest/news/2022/02/a-long-way/" target="_blank"'
        ' rel="nofollow noopener" translate="no"><span class="invisible">https://www.</span>'
        '<span class="ellipsis">amnesty.org/en/latest/news/202</span>'
        '<span class="invisible">2/02/a-long-way/</span></a></p>'
    )
    assert [tag.name for tag in status.tags] == ["freeassange"]
    assert [mention.username for mention in status.mentions] == [name]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"status": "a" * 500}, 200),
        ({"status": "a" * 501}, 422),
        ({"status": "👨‍👩‍👧‍👦" * 500}, 200),
        ({"status": "a" * 476 + " https://example.org/" + "x" * 600}, 200),
        ({"status": "a" * 477 + " https://example.org/"}, 422),
        ({"status": "a" * 400, "spoiler_text": "b" * 101}, 422),
        ({"status": "a" * 490 + " @somebody@a-very-long-server.example.org"}, 200),
        ({"status": ""}, 422),
        ({"status": " \n "}, 422),
        ({}, 422),
        ({"status": "", "spoiler_text": "only this"}, 200),
        ({"status": "hi", "visibility": "everybody"}, 422),
        ({"status": "hi", "in_reply_to_id": "12345"}, 404),
        ({"status": "hi", "language": "not a language"}, 200),
        ({"status": "hi", "scheduled_at": "2022-02-22T09:00:00Z"}, 422),
        ({"status": "hi", "poll": {"options": ["a"], "expires_in": 3600}}, 422),
        ({"status": "hi", "poll": {"options": ["a", "a"], "expires_in": 3600}}, 422),
        ({"status": "hi", "poll": {"options": ["a", "b" * 51], "expires_in": 3600}}, 422),
        ({"status": "hi", "poll": {"options": ["a", "b"], "expires_in": 60}}, 422),
        ({"status": "hi", "poll": {"options": ["a", "b"], "expires_in": 300}}, 200),
    ],
)
def test_rules_of_a_post(stage: Stage, body: dict[str, object], status: int) -> None:
    """Each rule answers with its status, and a refused post is not stored."""
    answer = stage.call_mastodon("POST", "/api/v1/statuses", json=body)
    assert answer.status_code == status, answer.text
    assert len(stage.posts("mastodon")) == (status == 200)


def test_poll_through_a_form(stage: Stage) -> None:
    """The encodings of a poll, JSON and form, mean the same."""
    poll = stage.mastodon.make_poll(["yes", "no"], expires_in=3600, multiple=True)
    stage.mastodon.status_post("?", poll=poll)
    form = {
        "status": "?!",
        "poll[options][]": "yes",
        "poll[expires_in]": "3600",
        "poll[multiple]": "true",
    }
    body = "&".join(f"{key}={value}" for key, value in form.items()) + "&poll[options][]=no"
    stage.call_mastodon(
        "POST",
        "/api/v1/statuses",
        headers={"Content-Type": "application/x-www-form-urlencoded"},
        text=body,
    )
    first, second = (post.poll for post in stage.posts("mastodon"))
    assert first == second
    assert first is not None
    assert (first.options, first.duration) == (("yes", "no"), timedelta(hours=1))


def test_error_texts_come_in_the_language_of_the_account(stage: Stage) -> None:
    """As recorded from a real server: never match on them."""
    stage.sandbox.add_account("mastodon", f"{stage.name}ja", language="ja")
    token = stage.sandbox.mastodon_token(f"{stage.name}ja")
    answer = requests.post(
        f"{stage.sandbox.mastodon_url}/api/v1/statuses",
        data={"status": "x" * 501},
        headers={"Authorization": f"Bearer {token}"},
        timeout=5,
    )
    assert answer.json() == {"error": "バリデーションに失敗しました: Text上限は500文字です"}


def test_same_key_within_the_hour_is_the_same_post(stage: Stage) -> None:
    """A replay gives the first post whatever its body; keys are per account and kept 3600 s."""
    first = stage.mastodon.status_post("one", idempotency_key="k")
    assert stage.mastodon.status_post("two", idempotency_key="k").id == first.id
    with Stage.on(stage.sandbox, stage.clock, f"{stage.name}b") as other:
        other.mastodon.status_post("mine", idempotency_key="k")
        assert len(other.posts("mastodon")) == 1
    stage.clock.forward(seconds=3601)
    assert stage.mastodon.status_post("three", idempotency_key="k").id != first.id
    assert [post.text for post in stage.posts("mastodon")] == ["one", "three"]


def test_replay_of_a_deleted_post_is_404(stage: Stage) -> None:
    """A deleted post does not come back through its key."""
    first = stage.mastodon.status_post("one", idempotency_key="k")
    stage.mastodon.status_delete(first.id)
    with pytest.raises(MastodonNotFoundError):
        stage.mastodon.status_post("one", idempotency_key="k")


def test_bad_token(stage: Stage) -> None:
    """A withdrawn token is 401."""
    stage.sandbox.revoke("mastodon", stage.name)
    with pytest.raises(MastodonUnauthorizedError):
        stage.mastodon.status_post("hello")
    assert stage.posts("mastodon") == []


def test_timeline_pages_both_ways(stage: Stage) -> None:
    """max_id, since_id, min_id and the Link headers reach every post once."""
    me = stage.mastodon.account_verify_credentials().id
    ids = []
    for number in range(7):
        ids.append(stage.mastodon.status_post(f"post {number}").id)
        stage.clock.forward(seconds=1)
    page = stage.mastodon.account_statuses(me, limit=3)
    assert [status.id for status in page] == ids[:3:-1]
    everything = stage.mastodon.fetch_remaining(page)
    assert [status.id for status in everything] == ids[::-1]

    def found(**bounds: str) -> list[str]:
        return [status.id for status in stage.mastodon.account_statuses(me, limit=3, **bounds)]

    assert found(max_id=ids[2]) == [ids[1], ids[0]]
    assert found(since_id=ids[1]) == [ids[6], ids[5], ids[4]]
    assert found(min_id=ids[1]) == [ids[4], ids[3], ids[2]]
    assert found(max_id=str(int(ids[2]) - 1)) == [ids[1], ids[0]]
    assert found(since_id="1", max_id=ids[1]) == [ids[0]]


def test_replies_media_and_context(stage: Stage) -> None:
    """Threads have their context; filters leave out replies and keep pictures."""
    me = stage.mastodon.account_verify_credentials().id
    root = stage.mastodon.status_post("1/3")
    middle = stage.mastodon.status_post("2/3", in_reply_to_id=root.id)
    media = stage.mastodon.media_post(png(), mime_type="image/png")
    last = stage.mastodon.status_post("3/3", in_reply_to_id=middle.id, media_ids=[media.id])
    context = stage.mastodon.status_context(middle.id)
    assert [status.id for status in context.ancestors] == [root.id]
    assert [status.id for status in context.descendants] == [last.id]
    assert middle.in_reply_to_account_id == me
    only = stage.mastodon.account_statuses(me, exclude_replies=True)
    assert [status.id for status in only] == [root.id]
    pictured = stage.mastodon.account_statuses(me, only_media=True)
    assert [status.id for status in pictured] == [last.id]


def test_delete_gives_the_source_back(stage: Stage) -> None:
    """The answer to a deletion has the text for a redraft; then the post is gone."""
    status = stage.mastodon.status_post("oops <b>")
    assert stage.mastodon.status_delete(status.id).text == "oops <b>"
    with pytest.raises(MastodonNotFoundError):
        stage.mastodon.status(status.id)
    assert stage.posts("mastodon") == []


def test_others_cannot_delete(stage: Stage) -> None:
    """Somebody else's post is not found for deletion."""
    status = stage.mastodon.status_post("mine")
    with (
        Stage.on(stage.sandbox, stage.clock, f"{stage.name}b") as other,
        pytest.raises(MastodonNotFoundError),
    ):
        other.mastodon.status_delete(status.id)


def test_label_of_automated_accounts(stage: Stage) -> None:
    """The account can label itself as a bot, and change its words."""
    assert stage.mastodon.account_verify_credentials().bot is False
    stage.mastodon.account_update_credentials(bot=True, display_name="New name")
    account = stage.mastodon.account_verify_credentials()
    assert (account.bot, account.display_name) == (True, "New name")


@pytest.mark.parametrize("path", ["/api/v2/instance", "/api/v1/instance/"])
def test_limits_of_the_instance(stage: Stage, path: str) -> None:
    """Both end points tell the limits that are enforced."""
    answer = stage.call_mastodon("GET", path).json()["configuration"]
    assert answer["statuses"]["max_characters"] == 500
    assert answer["statuses"]["characters_reserved_per_url"] == 23
    assert answer["media_attachments"]["description_limit"] == 1500


def test_rate_limit_counts_by_the_clock(stage: Stage) -> None:
    """300 calls in 5 minutes, then 429 with the reset as an ISO time."""
    for _ in range(300):
        stage.mastodon.account_verify_credentials()
    with pytest.raises(MastodonRatelimitError, match=r"^Hit rate limit\.$"):
        stage.mastodon.account_verify_credentials()
    answer = stage.call_mastodon("GET", "/api/v1/accounts/verify_credentials")
    assert answer.status_code == 429
    assert answer.headers["X-RateLimit-Reset"] == "2022-02-21T09:05:00.000000Z"
    stage.clock.forward(minutes=5)
    stage.mastodon.account_verify_credentials()


def test_headers_show_the_tightest_limit(stage: Stage) -> None:
    """Uploads have a limit of their own, 30 in 30 minutes, and it shows."""
    answer = stage.call_mastodon("POST", "/api/v2/media", files={"file": png()})
    assert answer.headers["X-RateLimit-Limit"] == "30"
    assert answer.headers["X-RateLimit-Remaining"] == "29"
    assert answer.headers["X-RateLimit-Reset"] == "2022-02-21T09:30:00.000000Z"
    assert answer.headers["X-Sandbox"] == "simulated"


def test_500_on_replay_although_posted(stage: Stage) -> None:
    """Mastodon 4.6's fault can be asked for alone: nothing is posted twice."""
    stage.mastodon.status_post("one", idempotency_key="k")
    stage.fail("mastodon", "post", "replay_500")
    with pytest.raises(MastodonInternalServerError):
        stage.mastodon.status_post("one", idempotency_key="k")
    assert len(stage.posts("mastodon")) == 1
