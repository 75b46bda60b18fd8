"""What our session reads out of headers."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from requests.structures import CaseInsensitiveDict

from bot.networks._http import Wire, retry_at
from tests.networks.scripted import Answer, Scripted
from tests.networks.stage import START

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
