"""Logging in, as `bot login` will do it: X's PIN and Mastodon's code, through real clients."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from mastodon import Mastodon, MastodonIllegalArgumentError, MastodonUnauthorizedError
from requests_oauthlib import OAuth1Session
from requests_oauthlib.oauth1_session import TokenRequestDenied

from tests.sandbox.stage import PATIENCE, Stage

OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"


def code_on(page: requests.Response) -> str:
    """Read the code that a log-in page shows to the person."""
    found = re.search(r'id="code"[^>]*>([^<]+)<', page.text)
    assert found is not None, page.text
    return found[1]


def test_pin_log_in_on_x(stage: Stage) -> None:
    """Request token, the person's page with the PIN, access token, and it works."""
    keys = stage.sandbox.x_credentials(stage.name)
    url = stage.sandbox.x_url
    with OAuth1Session(keys["API_KEY"], keys["API_SECRET"], callback_uri="oob") as session:
        asked = session.fetch_request_token(f"{url}/oauth/request_token")
        assert asked["oauth_callback_confirmed"] == "true"
        link = session.authorization_url(f"{url}/oauth/authorize")
        page = requests.get(link, timeout=PATIENCE)
        assert stage.name in page.text
        chosen = requests.post(link, data={"account": stage.name}, timeout=PATIENCE)
        pin = code_on(chosen)
        assert re.fullmatch(r"\d{7}", pin)
        granted = session.fetch_access_token(f"{url}/oauth/access_token", verifier=pin)
        assert granted["screen_name"] == stage.name
    assert granted["oauth_token"] == keys["ACCESS_TOKEN"]
    assert granted["oauth_token_secret"] == keys["ACCESS_SECRET"]


def test_wrong_pin_on_x(stage: Stage) -> None:
    """A guessed PIN gives nothing, and a used request token serves no second time."""
    keys = stage.sandbox.x_credentials(stage.name)
    url = stage.sandbox.x_url
    with OAuth1Session(keys["API_KEY"], keys["API_SECRET"], callback_uri="oob") as session:
        session.fetch_request_token(f"{url}/oauth/request_token")
        link = session.authorization_url(f"{url}/oauth/authorize")
        requests.post(link, data={"account": stage.name}, timeout=PATIENCE)
        with pytest.raises(TokenRequestDenied):
            session.fetch_access_token(f"{url}/oauth/access_token", verifier="0000000")
    assert requests.get(f"{url}/oauth/authorize?oauth_token=gone", timeout=5).status_code == 404


def test_wrong_app_key_on_x(stage: Stage) -> None:
    """A log-in begins with the right key and secret of the app."""
    keys = stage.sandbox.x_credentials(stage.name)
    for key, secret in ((keys["API_KEY"], "wrong"), ("wrong", keys["API_SECRET"])):
        with (
            OAuth1Session(key, secret, callback_uri="oob") as session,
            pytest.raises(TokenRequestDenied),
        ):
            session.fetch_request_token(f"{stage.sandbox.x_url}/oauth/request_token")


@pytest.fixture
def app(stage: Stage) -> tuple[str, str]:
    """An app registered on the Mastodon server: its id and secret."""
    registered = Mastodon.create_app(
        "Loudhailer",
        scopes=["read", "write"],
        redirect_uris=[OUT_OF_BAND, "http://localhost:9999/back"],
        api_base_url=stage.sandbox.mastodon_url,
        session=stage.http,
    )
    return registered[0], registered[1]


def log_in(stage: Stage, app: tuple[str, str], code: str) -> str:
    """Change a code for a token."""
    client = Mastodon(
        client_id=app[0],
        client_secret=app[1],
        api_base_url=stage.sandbox.mastodon_url,
        session=stage.http,
        version_check_mode="none",
    )
    token: str = client.log_in(code=code, scopes=["read", "write"])
    return token


def authorize(stage: Stage, app: tuple[str, str], redirect: str) -> requests.Response:
    """Do what the person does in the browser."""
    asked = {
        "client_id": app[0],
        "redirect_uri": redirect,
        "scope": "read write",
        "response_type": "code",
        "state": "abc",
    }
    link = f"{stage.sandbox.mastodon_url}/oauth/authorize"
    page = stage.http.get(link, params=asked, timeout=PATIENCE)
    if not page.ok:
        return page
    assert "Loudhailer" in page.text
    return stage.http.post(
        link, params=asked, data={"account": stage.name}, timeout=PATIENCE, allow_redirects=False
    )


def test_code_log_in_on_mastodon(stage: Stage, app: tuple[str, str]) -> None:
    """App, the person's page with the code, token; it posts, and it can be withdrawn."""
    token = log_in(stage, app, code_on(authorize(stage, app, OUT_OF_BAND)))
    client = Mastodon(
        client_id=app[0],
        client_secret=app[1],
        access_token=token,
        api_base_url=stage.sandbox.mastodon_url,
        session=stage.http,
        version_check_mode="none",
    )
    client.status_post("hello")
    assert [post.text for post in stage.posts("mastodon")] == ["hello"]
    client.revoke_access_token()
    client.access_token = token
    with pytest.raises(MastodonUnauthorizedError):
        client.account_verify_credentials()


def test_code_serves_once(stage: Stage, app: tuple[str, str]) -> None:
    """A used code and an invented one give no token."""
    code = code_on(authorize(stage, app, OUT_OF_BAND))
    log_in(stage, app, code)
    for bad in (code, "invented"):
        with pytest.raises(MastodonIllegalArgumentError):
            log_in(stage, app, bad)


def test_redirect_back_to_a_program(stage: Stage, app: tuple[str, str]) -> None:
    """A program that listens on localhost gets code and state; strange addresses do not."""
    answer = authorize(stage, app, "http://localhost:9999/back")
    assert answer.status_code == 302
    back = urlsplit(answer.headers["Location"])
    assert (back.netloc, back.path) == ("localhost:9999", "/back")
    assert parse_qs(back.query)["state"] == ["abc"]
    assert authorize(stage, app, "https://evil.example/").status_code == 400
