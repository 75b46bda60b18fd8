"""Getting credentials, step by step, without a terminal: the command line asks and shows.

    pending = start_mastodon("https://mastodon.example")   # or start_x(api_key, api_secret)
    show(pending.url)                                       # the person allows it in the browser
    secrets = pending.finish(code)                          # by the names in registry.SECRETS
    identity = whoami(account, secrets)

X's PIN log-in is OAuth 1.0a, whose tokens need no refresh, which a daemon could lose.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlencode

from mastodon import Mastodon
from mastodon.errors import MastodonError
from requests_oauthlib import OAuth1

from bot.model import Account, NetworkName
from bot.networks._errors import wire_error, words
from bot.networks._http import USER_AGENT, NotSent, Refused, Wire, base_address
from bot.networks._mastodon_api import client
from bot.networks.mastodon import MastodonNetwork
from bot.networks.registry import check_secrets
from bot.networks.x import OWN_SERVER, XNetwork
from bot.redaction import Redactor

SCOPES = ["read:accounts", "read:statuses", "write:statuses", "write:media", "write:accounts"]
"""What a Mastodon token must allow; `write:accounts` is for marking the account as automated."""
_OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"


class LoginError(Exception):
    """Logging in did not work; the text says why and what to do, and holds no credential."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose account a set of credentials opens."""

    handle: str
    """`@name` on X, `@name@server` on Mastodon."""
    automated: bool | None
    """Whether it is labelled as automated. None: unknown, as always on X, whose API says nothing
    of the label."""
    display_name: str


@dataclass(frozen=True, slots=True)
class MastodonLogin:
    """A log-in that waits for the person. `url` is the page where they allow it."""

    url: str
    _server: str
    _timeout: float
    _client_id: str = field(repr=False)
    _client_secret: str = field(repr=False)

    def finish(self, code: str) -> dict[str, str]:
        """Exchange the code from the page for the credentials of the account.

        Raises:
            LoginError: the code is not accepted, or fewer rights were granted than asked for.
        """
        with Wire(self._server, timeout=self._timeout, refusals=False) as wire:
            mastodon = _with_app(wire, self._client_id, self._client_secret, self._timeout)
            try:
                token = mastodon.log_in(
                    code=code.strip(),
                    redirect_uri=_OUT_OF_BAND,
                    scopes=SCOPES,
                    allow_http=self._server.startswith("http://"),
                )
            except (MastodonError, KeyError) as error:
                raise LoginError(
                    f"{self._server} did not give a token: was it the code that the page shows, "
                    "and is it fresh? Start again; a code works once"
                ) from error
        return {"ACCESS_TOKEN": str(token)}


@dataclass(frozen=True, slots=True)
class XLogin:
    """A log-in that waits for the person. `url` is the page where they allow it."""

    url: str
    _server: str
    _timeout: float
    _app: tuple[str, str] = field(repr=False)
    _request: tuple[str, str] = field(repr=False)

    def finish(self, code: str) -> dict[str, str]:
        """Exchange the PIN from the page for the credentials of the account.

        Raises:
            LoginError: the PIN is not accepted, or X cannot be reached.
        """
        key, secret = self._app
        token, token_secret = self._request
        auth = OAuth1(
            key,
            client_secret=secret,
            resource_owner_key=token,
            resource_owner_secret=token_secret,
            verifier=code.strip(),
        )
        said = _ask_x(self._server, "access_token", auth, self._timeout, "the PIN")
        return {
            "API_KEY": key,
            "API_SECRET": secret,
            "ACCESS_TOKEN": said["oauth_token"],
            "ACCESS_SECRET": said["oauth_token_secret"],
        }


def start_mastodon(
    server: str, *, app_name: str = "Loudhailer", timeout: float = 30.0
) -> MastodonLogin:
    """Register with a server and return the page on which the person allows the access.

    Raises:
        ValueError: `server` is not https (or http on loopback).
        LoginError: the server cannot be reached, or lets no program register.
    """
    base = base_address(server)
    with Wire(base, timeout=timeout) as wire, _said_plainly(base, "registering there"):
        client_id, client_secret = Mastodon.create_app(
            app_name,
            scopes=SCOPES,
            redirect_uris=_OUT_OF_BAND,
            api_base_url=base,
            request_timeout=timeout,
            session=wire,
            user_agent=USER_AGENT,
        )
    with (
        Wire(base, timeout=timeout, refusals=False) as wire,
        _said_plainly(base, "asking for its log-in page"),
    ):
        url = _with_app(wire, client_id, client_secret, timeout).auth_request_url(
            redirect_uris=_OUT_OF_BAND, scopes=SCOPES, allow_http=base.startswith("http://")
        )
    return MastodonLogin(url, base, timeout, client_id, client_secret)


def start_x(
    api_key: str, api_secret: str, *, server: str | None = None, timeout: float = 30.0
) -> XLogin:
    """Begin X's PIN log-in and return the page that shows the PIN.

    Args:
        api_key: of the app, from X's developer console; also called consumer key.
        api_secret: its secret.
        server: another base address than X's own.
        timeout: seconds, for connecting and for each wait on the server.

    Raises:
        ValueError: `server` is not https (or http on loopback).
        LoginError: X cannot be reached, or does not accept the key.
    """
    base = base_address(server or OWN_SERVER)
    auth = OAuth1(api_key, client_secret=api_secret, callback_uri="oob")
    said = _ask_x(base, "request_token", auth, timeout, "the API key and secret")
    token = said["oauth_token"]
    url = f"{base}/oauth/authorize?{urlencode({'oauth_token': token})}"
    return XLogin(url, base, timeout, (api_key, api_secret), (token, said["oauth_token_secret"]))


def whoami(account: Account, secrets: Mapping[str, str], *, timeout: float = 30.0) -> Identity:
    """Ask the network whose account these credentials open.

    Raises:
        ValueError: a credential is missing, or the server's address is wrong.
        TryLater: the network could not be asked, or does not accept them (`needs_person`).
    """
    check_secrets(account, secrets)
    if account.network is NetworkName.X:
        user = XNetwork(account, secrets, timeout=timeout).me()
        return Identity(f"@{user.username}", None, user.name)
    person = MastodonNetwork(account, secrets, timeout=timeout).me()
    return Identity(person.handle, person.automated, person.name)


def set_automated(account: Account, secrets: Mapping[str, str], *, timeout: float = 30.0) -> None:
    """Mark a Mastodon account as automated; on X only a person can, in the account's settings.

    Raises:
        ValueError: it is not a Mastodon account, or a credential is missing.
        TryLater: it did not work; `needs_person` where the token may not do it.
    """
    if account.network is not NetworkName.MASTODON:
        raise ValueError(
            f'account "{account.name}": only a person can set the label on X: '
            "Settings, Your account, Account information, Automation"
        )
    check_secrets(account, secrets)
    MastodonNetwork(account, secrets, timeout=timeout).set_automated()


def _with_app(wire: Wire, client_id: str, client_secret: str, timeout: float) -> Mastodon:
    mastodon = client(wire, None, timeout=timeout)
    mastodon.client_id, mastodon.client_secret = client_id, client_secret
    return mastodon


def _ask_x(base: str, what: str, auth: OAuth1, timeout: float, given: str) -> dict[str, str]:
    with (
        Wire(base, timeout=timeout) as wire,
        _said_plainly(base, f"checking {given}", Redactor(_given_in(auth))),
    ):
        said = parse_qs(wire.post(f"{base}/oauth/{what}", auth=auth).text)
        return {name: said[name][0] for name in ("oauth_token", "oauth_token_secret")}


def _given_in(auth: OAuth1) -> Iterator[str]:
    names = ("client_key", "client_secret", "resource_owner_key", "resource_owner_secret")
    for name in (*names, "verifier"):
        yield getattr(auth.client, name) or ""


@contextmanager
def _said_plainly(base: str, doing: str, redact: Redactor | None = None) -> Iterator[None]:
    """Turn whatever goes wrong into one sentence, without what `redact` knows."""
    redact = redact or Redactor()
    try:
        yield
    except Exception as error:
        failure = wire_error(error)
        if isinstance(failure, Refused):
            said = redact(words(failure.problem))[:200]
            why = f"it answered {failure.status}" + (f": {said}" if said else "")
        elif isinstance(failure, NotSent):
            why = "it cannot be reached; is the address right?"
        elif failure is not None:
            why = "it did not answer in time"
        else:
            why = "its answer cannot be read; is the address right?"
        raise LoginError(f"{base}, {doing}: {why}") from error
