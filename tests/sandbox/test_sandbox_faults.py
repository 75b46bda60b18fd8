"""Each fault does what it says: what the client sees, and whether the post exists."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest
import requests
from mastodon import MastodonRatelimitError

from bot.sandbox.faults import ANSWERS
from tests.sandbox.stage import NETWORKS, PATIENCE, Stage, post


@dataclass(frozen=True)
class Answer:
    """A fault of the answering kind, and what it answers."""

    network: str
    kind: str
    status: int
    title: str | None = None
    options: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.network}-{self.kind}-{self.status}"


ANSWERED = [
    Answer("x", "bad_request", 400, "Invalid Request"),
    Answer("x", "unauthorized", 401, "Unauthorized"),
    Answer("x", "payment", 402, "CreditsDepleted"),
    Answer("x", "forbidden_duplicate", 403, "Forbidden"),
    Answer("x", "suspended", 403, "Forbidden"),
    Answer("x", "not_found", 404),
    Answer("x", "unprocessable", 422),
    Answer("x", "rate_limited", 429, "Too Many Requests"),
    Answer("x", "usage_capped", 429, "UsageCapExceeded"),
    Answer("x", "daily_limited", 429, "Too Many Requests"),
    Answer("x", "server_error", 500),
    Answer("x", "server_error", 503, options={"status": 503}),
    Answer("mastodon", "bad_request", 400),
    Answer("mastodon", "unauthorized", 401),
    Answer("mastodon", "payment", 402),
    Answer("mastodon", "forbidden_duplicate", 422),
    Answer("mastodon", "suspended", 403),
    Answer("mastodon", "not_found", 404),
    Answer("mastodon", "unprocessable", 422),
    Answer("mastodon", "rate_limited", 429),
    Answer("mastodon", "server_error", 502, options={"status": 502}),
]


@pytest.mark.parametrize("answer", ANSWERED, ids=str)
def test_answers(stage: Stage, answer: Answer) -> None:
    """The answer comes once, nothing is stored, and the next call passes."""
    stage.fail(answer.network, "post", answer.kind, times=1, after=0, **answer.options)
    refused = post(stage, answer.network)
    assert refused.status_code == answer.status
    if answer.network == "mastodon":
        assert refused.json()["error"]
    elif answer.title is not None:
        assert refused.json()["title"] == answer.title
    assert refused.headers["X-Sandbox"] == "simulated"
    assert stage.posts(answer.network) == []
    assert post(stage, answer.network).ok


def test_every_answering_kind_is_tested() -> None:
    """A new kind of answer needs its line in the table above, on X at least."""
    assert {answer.kind for answer in ANSWERED if answer.network == "x"} == set(ANSWERS)


def test_types_that_tell_x_problems_apart(stage: Stage) -> None:
    """Clients decide by `type`: credits, suspension and the usage cap have their own."""
    types = []
    for kind in ("payment", "suspended", "usage_capped", "forbidden_duplicate"):
        stage.fail("x", "post", kind)
        types.append(post(stage, "x").json()["type"].rsplit("/", 1)[-1])
    assert types == ["credits", "user-suspended", "usage-capped", "about:blank"]


@pytest.mark.parametrize("network", NETWORKS)
def test_rate_limit_with_and_without_a_reset(stage: Stage, network: str) -> None:
    """The reset is where it was asked for, by the sandbox's clock, or absent."""
    header = {"x": "x-rate-limit-reset", "mastodon": "X-RateLimit-Reset"}[network]
    stage.fail(network, "post", "rate_limited", reset=90)
    stage.fail(network, "post", "rate_limited", reset=None)
    known = post(stage, network).headers[header]
    expected = {"x": "1645434090", "mastodon": "2022-02-21T09:01:30.000000Z"}
    assert known == expected[network]
    assert header not in post(stage, network).headers


@pytest.mark.parametrize("kind", ["usage_capped", "daily_limited"])
def test_caps_leave_requests(stage: Stage, kind: str) -> None:
    """A capped account still has calls left in its window: the usual reset tells nothing."""
    stage.fail("x", "post", kind)
    headers = post(stage, "x").headers
    assert int(headers["x-rate-limit-remaining"]) > 50
    assert ("x-user-limit-24hour-reset" in headers) == (kind == "daily_limited")


@pytest.mark.parametrize("network", NETWORKS)
@pytest.mark.parametrize("kind", ["server_error", "error_after"])
def test_errors_as_pages(stage: Stage, network: str, kind: str) -> None:
    """A proxy's error page instead of JSON, before or after the post is stored."""
    stage.fail(network, "post", kind, status=503, html=True)
    answer = post(stage, network)
    assert answer.status_code == 503
    assert answer.text.startswith("<!doctype html>")
    assert len(stage.posts(network)) == (kind == "error_after")


@pytest.mark.parametrize("network", NETWORKS)
@pytest.mark.parametrize("kind", ["reset_before", "reset_after", "hang_before", "hang_after"])
def test_no_answer(stage: Stage, network: str, kind: str) -> None:
    """The connection ends without an answer; only the after-kinds have stored the post."""
    fault = stage.fail(network, "post", kind, seconds=0.05)
    with pytest.raises(requests.ConnectionError) as lost:
        post(stage, network)
    assert fault.begun.is_set()
    assert ("reset" in str(lost.value)) == kind.startswith("reset")
    assert len(stage.posts(network)) == kind.endswith("_after")


def test_client_gives_up_on_a_hang(stage: Stage) -> None:
    """A client's own time-out ends the wait; the post is there all the same."""
    fault = stage.fail("mastodon", "post", "hang_after", seconds=30)
    with pytest.raises(requests.ReadTimeout):
        requests.post(
            f"{stage.sandbox.mastodon_url}/api/v1/statuses",
            data={"status": "hello"},
            headers={"Authorization": f"Bearer {stage.sandbox.mastodon_token(stage.name)}"},
            timeout=0.2,
        )
    assert fault.begun.wait(PATIENCE)
    assert len(stage.posts("mastodon")) == 1


@pytest.mark.parametrize("network", NETWORKS)
@pytest.mark.parametrize(
    ("kind", "body"),
    [("empty_body", ""), ("null_body", "null"), ("html_body", "<!doctype"), ("broken_body", '{"')],
)
def test_unreadable_success(stage: Stage, network: str, kind: str, body: str) -> None:
    """A success that cannot be read: the post is stored."""
    stage.fail(network, "post", kind)
    answer = post(stage, network)
    assert answer.ok
    assert answer.text.startswith(body)
    if kind != "null_body":
        with pytest.raises(requests.JSONDecodeError):
            answer.json()
    assert len(stage.posts(network)) == 1


@pytest.mark.parametrize("network", NETWORKS)
def test_body_that_ends_too_early(stage: Stage, network: str) -> None:
    """The connection closes in the middle of the body."""
    stage.fail(network, "post", "cut_body")
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        post(stage, network)
    assert len(stage.posts(network)) == 1


def test_bad_rate_limit_header_after_success(stage: Stage) -> None:
    """Mastodon.py raises on it although the post was made."""
    stage.fail("mastodon", "post", "bad_rate_limit_header")
    with pytest.raises(MastodonRatelimitError) as odd:
        stage.mastodon.status_post("hello")
    assert odd.value.args != ("Hit rate limit.",)
    assert len(stage.posts("mastodon")) == 1


def test_ignored_key(stage: Stage) -> None:
    """A server that ignores the key posts twice."""
    stage.mastodon.status_post("one", idempotency_key="k")
    stage.fail("mastodon", "post", "ignore_keys")
    stage.mastodon.status_post("one", idempotency_key="k")
    assert len(stage.posts("mastodon")) == 2


@pytest.mark.parametrize("network", NETWORKS)
def test_timeline_lag(stage: Stage, network: str) -> None:
    """The own timeline shows a post only some time later, by the sandbox's clock."""
    post(stage, network)
    stage.fail(network, "timeline", "timeline_lag", seconds=120, times=None)

    def shown() -> int:
        if network == "x":
            me = stage.x.get_me().data.id
            return len(stage.x.get_users_tweets(me, user_auth=True).data or [])
        me = stage.mastodon.account_verify_credentials().id
        return len(stage.mastodon.account_statuses(me))

    assert shown() == 0
    stage.clock.forward(seconds=119)
    assert shown() == 0
    stage.clock.forward(seconds=1)
    assert shown() == 1


def test_missing_metrics(stage: Stage) -> None:
    """X may leave public_metrics out: missing, not zero."""
    made = post(stage, "x").json()["data"]["id"]
    stage.fail("x", "measure", "no_metrics")
    wanted = {"tweet.fields": "public_metrics"}
    path = f"/2/tweets/{made}"
    assert "public_metrics" not in stage.call_x("GET", path, params=wanted).json()["data"]
    assert "public_metrics" in stage.call_x("GET", path, params=wanted).json()["data"]


def test_latency(stage: Stage) -> None:
    """The true answer comes, only later."""
    stage.fail("x", "post", "latency", seconds=0.15)
    begun = time.monotonic()
    assert post(stage, "x").status_code == 201
    assert time.monotonic() - begun >= 0.15


def test_operation_account_times_and_after(stage: Stage) -> None:
    """A fault meets only its operation and account, lets `after` pass and strikes `times`."""
    fault = stage.fail("x", "post", "unauthorized", times=2, after=1)
    with Stage.on(stage.sandbox, stage.clock, f"{stage.name}b") as other:
        assert post(other, "x").status_code == 201
    assert stage.call_x("GET", "/2/users/me").status_code == 200
    codes = [post(stage, "x", f"post {number}").status_code for number in range(4)]
    assert codes == [201, 401, 401, 201]
    assert (fault.struck, fault.spent) == (2, True)


def test_first_of_two_faults_strikes(stage: Stage) -> None:
    """Faults are met in the order in which they were asked for; changes add up."""
    stage.fail("mastodon", "post", "unprocessable")
    stage.fail("mastodon", "post", "server_error")
    assert [post(stage, "mastodon").status_code for _ in range(3)] == [422, 500, 200]


@pytest.mark.parametrize(
    ("operation", "network", "method", "path"),
    [
        ("upload", "x", "POST", "/2/media/upload"),
        ("alt", "x", "POST", "/2/media/metadata"),
        ("timeline", "x", "GET", "/2/users/1/tweets"),
        ("measure", "x", "GET", "/2/tweets"),
        ("measure", "x", "GET", "/2/tweets/1"),
        ("verify", "x", "GET", "/2/users/me"),
        ("delete", "x", "DELETE", "/2/tweets/1"),
        ("any", "x", "POST", "/2/tweets"),
        ("upload", "mastodon", "POST", "/api/v2/media"),
        ("upload", "mastodon", "POST", "/api/v1/media"),
        ("alt", "mastodon", "PUT", "/api/v1/media/1"),
        ("timeline", "mastodon", "GET", "/api/v1/accounts/1/statuses"),
        ("measure", "mastodon", "GET", "/api/v1/statuses/1"),
        ("instance", "mastodon", "GET", "/api/v2/instance"),
        ("instance", "mastodon", "GET", "/api/v1/instance/"),
        ("verify", "mastodon", "GET", "/api/v1/accounts/verify_credentials"),
        ("delete", "mastodon", "DELETE", "/api/v1/statuses/1"),
    ],
)
def test_operations(stage: Stage, operation: str, network: str, method: str, path: str) -> None:
    """Each operation is met where it happens."""
    fault = stage.fail(network, operation, "server_error", status=503)
    call = stage.call_x if network == "x" else stage.call_mastodon
    assert call(method, path).status_code == 503
    assert fault.struck == 1
