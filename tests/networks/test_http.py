"""What our session reads out of headers."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from requests.structures import CaseInsensitiveDict

from bot.networks._headers import Heard, retry_at, route
from bot.networks._http import Wire
from bot.sandbox import Sandbox
from tests.networks.scripted import Answer, Scripted
from tests.networks.stage import START, Clock

SECONDS = int(START.timestamp())


@pytest.mark.parametrize(
    ("headers", "minutes"),
    [
        ({}, None),
        ({"Retry-After": "120"}, 2),
        ({"Retry-After": "Mon, 21 Feb 2022 09:02:00 GMT"}, 2),
        ({"x-rate-limit-reset": str(SECONDS + 900), "x-rate-limit-remaining": "0"}, 15),
        ({"X-RateLimit-Reset": "2022-02-21T09:05:00.627625Z"}, 5.01),
        ({"X-RateLimit-Reset": "2022-02-21T09:05:00"}, 5),
        ({"X-RateLimit-Reset": str(SECONDS + 300)}, 5),
        ({"X-RateLimit-Reset": str(SECONDS + 300), "Retry-After": "60"}, 5),
        ({"X-RateLimit-Reset": "2022-02-21T08:59:59Z"}, None),
        ({"X-RateLimit-Reset": "2032-02-21T09:05:00Z"}, None),
        ({"Retry-After": "-5"}, None),
        ({"Retry-After": "²"}, None),
        (
            {
                "x-rate-limit-reset": str(SECONDS + 60),
                "x-rate-limit-remaining": "5",
                "x-app-limit-24hour-reset": str(SECONDS + 3600),
                "x-app-limit-24hour-remaining": "0",
            },
            60,
        ),
    ],
)
def test_when_to_come_back(headers: dict[str, str], minutes: float | None) -> None:
    """The limit that is used up says until when; nonsense says nothing."""
    at = retry_at(CaseInsensitiveDict(headers), START)
    if minutes is None:
        assert at is None
    else:
        assert at is not None
        assert abs(at - START - timedelta(minutes=minutes)) < timedelta(seconds=1)


def test_netrc_is_not_used(
    server: Scripted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A .netrc of the person who runs the bot does not replace the account's token."""
    (tmp_path / "netrc").write_text("default login somebody password secret", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    wire = Wire(server.url, timeout=5)
    wire.trust_env = True  # as it is for servers that are not on loopback
    server.script["GET /"] = Answer({})
    wire.get(f"{server.url}/", headers={"Authorization": "Bearer token"})
    assert server.requests[0].headers["Authorization"] == "Bearer token"


def test_each_request_has_its_own_connection(server: Scripted) -> None:
    """A kept connection may be reset right after an error answer, which looks like doubt."""
    server.script["GET /"] = Answer({})
    wire = Wire(server.url, timeout=5)
    for _ in range(3):
        wire.get(f"{server.url}/")
    assert len({request.port for request in server.requests}) == 3


NAMES = st.sampled_from(["retry-after", "x-rate-limit-reset", "x-ratelimit-reset"])


@given(st.dictionaries(NAMES, st.text(max_size=30) | st.integers().map(str)))
def test_any_header(headers: dict[str, str]) -> None:
    """No header makes us wait for ever, or stumble."""
    at = retry_at(CaseInsensitiveDict(headers), START)
    assert at is None or START < at <= START + timedelta(hours=25)


def answer(remaining: int, *, reset: int = 600) -> dict[str, str]:
    """Make the headers of an answer of X's; the reset is so many seconds from the start."""
    return {
        "x-rate-limit-remaining": str(remaining),
        "x-rate-limit-limit": "100",
        "x-rate-limit-reset": str(SECONDS + reset),
    }


@pytest.mark.parametrize(
    ("headers", "posting", "reading"),
    [
        (answer(50), False, False),
        (answer(10), False, True),
        (answer(0), True, True),
        (answer(0, reset=-1), False, False),
        ({"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "2022-02-21T09:05:00Z"}, True, True),
        ({"X-RateLimit-Remaining": "none", "X-RateLimit-Reset": "soon"}, False, False),
        (
            {
                **answer(80),
                "x-user-limit-24hour-remaining": "0",
                "x-user-limit-24hour-reset": str(SECONDS + 3600),
            },
            True,
            True,
        ),
        ({}, False, False),
    ],
)
def test_what_is_used_up(headers: dict[str, str], posting: bool, reading: bool) -> None:
    """A limit is kept before the server must refuse; reading leaves a tenth to posts and looks."""
    heard = Heard(lambda: START)
    heard.note("GET", "/2/users/17/tweets?max_results=5", CaseInsensitiveDict(headers))
    assert (heard.used_up("GET", "/2/users/4711/tweets") is not None) == posting
    assert (heard.used_up("GET", "/2/users/4711/tweets", reading=True) is not None) == reading
    assert heard.used_up("POST", "/2/tweets") is None


def test_a_limit_is_over_at_its_reset() -> None:
    """What was used up is not for longer than the server said."""
    now = [START]
    heard = Heard(lambda: now[0])
    heard.note("POST", "/2/tweets", CaseInsensitiveDict(answer(0)))
    now[0] += timedelta(minutes=9)
    assert heard.used_up("POST", "/2/tweets") is not None
    now[0] += timedelta(minutes=2)
    assert heard.used_up("POST", "/2/tweets") is None


@pytest.mark.parametrize(
    ("path", "other"),
    [
        ("/api/v1/statuses/109", "/api/v1/statuses/01J9ZK5A"),
        ("/api/v1/accounts/1/statuses?limit=40", "/api/v1/accounts/2/statuses"),
    ],
)
def test_ids_do_not_make_a_route(path: str, other: str) -> None:
    """All of an account's statuses are limited together."""
    assert route("GET", path) == route("get", other)


def test_a_wrong_clock_does_not_spoil_the_reset() -> None:
    """Our clock is three hours slow: the server's own Date says how long ten minutes are."""
    ours = START - timedelta(hours=3)
    headers = CaseInsensitiveDict({**answer(0), "Date": "Mon, 21 Feb 2022 09:00:00 GMT"})
    assert retry_at(headers, ours) == ours + timedelta(minutes=10)
    heard = Heard(lambda: ours)
    heard.note("POST", "/2/tweets", headers)
    assert heard.ahead == timedelta(hours=3)
    left = heard.used_up("POST", "/2/tweets")
    assert left is not None
    assert left.reset == ours + timedelta(minutes=10)


def test_an_answer_from_a_cache_tells_no_time() -> None:
    """Its Date is when it was kept."""
    heard = Heard(lambda: START)
    cached = {"Date": "Mon, 21 Feb 2022 08:00:00 GMT", "Age": "3600"}
    heard.note("GET", "/", CaseInsensitiveDict(cached))
    assert heard.ahead is None


def test_no_connection_outlives_its_request(tmp_path: Path) -> None:
    """Not even while the answer is held: a kept connection is one that a server resets later."""
    with Sandbox(tmp_path / "sandbox.db", clock=Clock()) as sandbox:
        wire = Wire(sandbox.mastodon_url, timeout=10)
        answer = wire.get(f"{sandbox.mastodon_url}/api/v2/instance")
        sandbox.settle(5)
        assert wire.last_answer() == answer.json()
