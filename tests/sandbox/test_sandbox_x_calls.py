"""Around X's calls: signatures, rate limit, the meter, headers, connections."""

from __future__ import annotations

from decimal import Decimal

import pytest
import requests
import tweepy

from bot.sandbox import Sandbox
from tests.sandbox.stage import START, Clock, Detour, Stage, x_client


def test_rate_limit_counts_by_the_clock(stage: Stage) -> None:
    """100 posts in 15 minutes, then 429 until the reset that the headers name."""
    codes = []
    for number in range(101):
        answer = stage.call_x("POST", "/2/tweets", json={"text": f"post {number}"})
        codes.append(answer.status_code)
    assert codes == [201] * 100 + [429]
    assert answer.headers["x-rate-limit-remaining"] == "0"
    assert int(answer.headers["x-rate-limit-reset"]) == int(START.timestamp()) + 900
    stage.clock.forward(minutes=15)
    answer = stage.call_x("POST", "/2/tweets", json={"text": "later"})
    assert answer.status_code == 201
    assert answer.headers["x-rate-limit-limit"] == "100"
    assert answer.headers["x-rate-limit-remaining"] == "99"


@pytest.mark.parametrize("wrong", ["API_KEY", "API_SECRET", "ACCESS_TOKEN", "ACCESS_SECRET"])
def test_signature_is_checked(stage: Stage, wrong: str) -> None:
    """Each of the four credentials must be right."""
    keys = {**stage.sandbox.x_credentials(stage.name), wrong: "wrong"}
    client = x_client(keys)
    client.session.close()
    with Detour(stage.sandbox.x_url) as client.session, pytest.raises(tweepy.Unauthorized):
        client.create_tweet(text="let me in")
    assert stage.posts("x") == []


def test_signature_covers_the_query(stage: Stage) -> None:
    """A request whose query was changed after signing is refused."""
    keys = x_client(stage.sandbox.x_credentials(stage.name))
    keys.session.close()

    class Tampering(Detour):
        def send(self, request: requests.PreparedRequest, **_: object) -> requests.Response:
            request.url = str(request.url).replace("max_results=5", "max_results=99")
            return super().send(request, timeout=5)

    with Tampering(stage.sandbox.x_url) as keys.session, pytest.raises(tweepy.Unauthorized):
        keys.get_users_tweets("1", max_results=5, user_auth=True)


def test_no_signature_at_all(shared: tuple[Sandbox, Clock]) -> None:
    """A request without an OAuth header is answered in X's problem form."""
    answer = requests.get(f"{shared[0].x_url}/2/users/me", timeout=5)
    assert answer.status_code == 401
    assert answer.json()["title"] == "Unauthorized"
    assert answer.headers["Content-Type"].startswith("application/problem+json")


def test_meter_adds_up_what_calls_would_cost(stage: Stage) -> None:
    """X's prices: a link costs 13 times a plain post, own reads are the cheap ones."""

    def total() -> dict[str, Decimal]:
        return {charge.what: charge.usd for charge in stage.sandbox.charges()}

    before = total()
    with Stage.on(stage.sandbox, stage.clock, f"{stage.name}b") as other:
        me = other.x.get_me().data.id
        other.x.create_tweet(text="plain")
        other.x.create_tweet(text="see example.org/x")
        other.x.get_users_tweets(me, user_auth=True)
    spent = {what: usd - before.get(what, Decimal(0)) for what, usd in total().items()}
    assert spent["post"] == Decimal("0.015")
    assert spent["post with a link"] == Decimal("0.200")
    assert spent["read on the own timeline"] == Decimal("0.002")


def test_answers_are_marked_as_simulated(stage: Stage) -> None:
    """Whatever reads the sandbox can tell it from X, and sees the sandbox's time."""
    answer = stage.call_x("GET", "/2/users/me")
    assert answer.headers["X-Sandbox"] == "simulated"
    assert answer.headers["Date"] == "Mon, 21 Feb 2022 09:00:00 GMT"


def test_connection_is_kept_alive(stage: Stage) -> None:
    """Calls of one session share a connection, as with the real servers."""
    for _ in range(3):
        stage.call_x("GET", "/2/users/me")
    [pool] = stage.http.get_adapter(stage.sandbox.x_url).poolmanager.pools._container.values()  # type: ignore[attr-defined]  # requests hides its pool
    assert pool.num_connections == 1
