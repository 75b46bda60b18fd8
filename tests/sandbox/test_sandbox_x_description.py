"""The X server answers what X's own API description says, in both versions of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.sandbox import Sandbox
from bot.sandbox.x.checks import FIELDS
from tests.sandbox.description import Description
from tests.sandbox.stage import Clock, Stage, as_json, png

EVERYTHING = {
    "expansions": "attachments.media_keys,attachments.poll_ids,author_id",
    "media.fields": "alt_text,height,width,url,type,media_key",
    "user.fields": "created_at,description,protected,public_metrics,verified,verified_type",
}
COMMON = (
    "attachments,author_id,conversation_id,created_at,display_text_range,entities,lang,"
    "in_reply_to_user_id,possibly_sensitive,public_metrics,reply_settings"
)
POST_FIELDS = {
    "2.166": ("tweet.fields", f"{COMMON},referenced_tweets"),
    "2.167": ("post.fields", f"{COMMON},referenced_posts"),
}


@pytest.fixture(scope="module", params=["2.166", "2.167"])
def described(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Stage, Description]]:
    """A sandbox that speaks one version, and that version's description."""
    description = Description(request.param)
    clock = Clock()
    path: Path = tmp_path_factory.mktemp("described") / "sandbox.db"
    with (
        Sandbox(path, clock=clock, x_dialect=request.param) as sandbox,
        Stage.on(sandbox, clock) as stage,
    ):
        yield stage, description


def fields(description: Description) -> dict[str, str]:
    """Ask for every field that the sandbox can give."""
    name, values = POST_FIELDS[description.version]
    return {**EVERYTHING, name: values}


def test_posting(described: tuple[Stage, Description]) -> None:
    """Upload, alt text and post answer as described."""
    stage, description = described
    uploaded = stage.call_x("POST", "/2/media/upload", json=as_json(png())).json()
    alt = {"id": uploaded["data"]["id"], "metadata": {"alt_text": {"text": "A card"}}}
    described_alt = stage.call_x("POST", "/2/media/metadata", json=alt).json()
    body = {"text": "hello & bye", "media": {"media_ids": [alt["id"]]}}
    posted = stage.call_x("POST", "/2/tweets", json=body)
    assert posted.status_code == 201
    description.check(uploaded, "post", "/2/media/upload", "200")
    description.check(described_alt, "post", "/2/media/metadata", "200")
    answer = posted.json()
    if description.version == "2.166":
        # X sends it all the same; only 2.167 describes it (by its new name).
        answer["data"].pop("edit_history_tweet_ids")
    description.check(answer, "post", "/2/tweets", "201")


def test_reading(described: tuple[Stage, Description]) -> None:
    """Timeline and lookups, with pictures, polls, links, mentions and threads, as described."""
    stage, description = described
    account = stage.sandbox.accounts("x")[0]
    first = stage.call_x(
        "POST", "/2/tweets", json={"text": f"@{account.username} see https://example.org #Tag"}
    ).json()["data"]["id"]
    stage.call_x(
        "POST", "/2/tweets", json={"text": "more", "reply": {"in_reply_to_tweet_id": first}}
    )
    poll = {"options": ["yes", "no"], "duration_minutes": 60}
    stage.call_x("POST", "/2/tweets", json={"text": "?", "poll": poll})
    pictured = {"text": "look", "media": {"media_ids": [stage.upload_x()]}}
    stage.call_x("POST", "/2/tweets", json=pictured)
    stage.clock.forward(days=2)

    wanted = fields(description)
    timeline = stage.call_x("GET", f"/2/users/{account.id}/tweets", params=wanted).json()
    description.check(timeline, "get", "/2/users/{id}/tweets", "200")
    assert set(timeline["includes"]) == {"media", "polls", "users"}
    metrics = timeline["data"][0]["public_metrics"]
    assert ("repost_count" in metrics) == (description.version == "2.167")
    one = stage.call_x("GET", f"/2/tweets/{first}", params=wanted).json()
    description.check(one, "get", "/2/tweets/{id}", "200")
    several = stage.call_x("GET", "/2/tweets", params={**wanted, "ids": f"{first},123"}).json()
    description.check(several, "get", "/2/tweets", "200")
    assert several["errors"]


def test_empty_timeline_has_no_data(described: tuple[Stage, Description]) -> None:
    """Nothing found is `meta` alone: an empty `data` would break the description."""
    stage, description = described
    stage.sandbox.add_account("x", "quiet")
    quiet = next(one for one in stage.sandbox.accounts("x") if one.name == "quiet")
    answer = stage.call_x("GET", f"/2/users/{quiet.id}/tweets").json()
    description.check(answer, "get", "/2/users/{id}/tweets", "200")
    assert answer == {"meta": {"result_count": 0}}


def test_users_and_deletion(described: tuple[Stage, Description]) -> None:
    """Accounts and deletions answer as described."""
    stage, description = described
    wanted = {"user.fields": EVERYTHING["user.fields"]}
    me = stage.call_x("GET", "/2/users/me", params=wanted).json()
    description.check(me, "get", "/2/users/me", "200")
    path = f"/2/users/by/username/{me['data']['username']}"
    description.check(
        stage.call_x("GET", path, params=wanted).json(),
        "get",
        "/2/users/by/username/{username}",
        "200",
    )
    unknown = stage.call_x("GET", "/2/users/by/username/nobody_here").json()
    description.check(unknown, "get", "/2/users/by/username/{username}", "200")
    post_id = stage.call_x("POST", "/2/tweets", json={"text": "oops"}).json()["data"]["id"]
    gone = stage.call_x("DELETE", f"/2/tweets/{post_id}").json()
    description.check(gone, "delete", "/2/tweets/{id}", "200")


PROBLEMS = {
    "2.166": {"bad_request": "InvalidRequestProblem", "usage_capped": "UsageCapExceededProblem"},
    "2.167": {"bad_request": "InvalidRequestProblem"},  # no longer describes the usage cap
}


def test_problems(described: tuple[Stage, Description]) -> None:
    """Error bodies are the problems that the description names."""
    stage, description = described
    for kind, schema in PROBLEMS[description.version].items():
        stage.fail("x", "post", kind)
        answer = stage.call_x("POST", "/2/tweets", json={"text": kind})
        problem = answer.json()
        if description.version == "2.167":
            problem.pop("errors")  # sent all the same, not described since 2.167
        description.check_named(problem, schema)
        assert answer.headers["Content-Type"].startswith("application/problem+json")


def test_fields_of_a_post(described: tuple[Stage, Description]) -> None:
    """The sandbox knows exactly the fields of a post that the description knows."""
    _, description = described
    assert description.fields_of_body("post", "/2/tweets") == FIELDS
