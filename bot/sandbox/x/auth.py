"""OAuth 1.0a: who calls, proven by key, token and HMAC-SHA1 signature; and the PIN log-in."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request
from oauthlib.common import urldecode
from oauthlib.oauth1.rfc5849 import signature

from bot.sandbox.control import local_only
from bot.sandbox.ids import digest, secret
from bot.sandbox.records import SandboxAccount
from bot.sandbox.store import Row
from bot.sandbox.world import World
from bot.sandbox.x.problems import unauthorized

REAL_HOSTS = ("https://api.x.com", "https://api.twitter.com")
"""A client that was pointed here after signing has signed one of these."""

OUT_OF_BAND = "oob"


@dataclass(frozen=True, slots=True)
class _Signed:
    """What an `Authorization: OAuth …` header says."""

    params: dict[str, str]

    @property
    def key(self) -> str:
        return self.params.get("oauth_consumer_key", "")

    @property
    def token(self) -> str:
        return self.params.get("oauth_token", "")


@dataclass(frozen=True, slots=True)
class _Checked:
    """What oauthlib's verification wants to see of a request."""

    http_method: str
    uri: str
    params: list[tuple[str, str]]
    signature: str


def _header() -> _Signed | None:
    header = request.headers.get("Authorization", "")
    if not header.startswith("OAuth "):
        return None
    pairs = signature.collect_parameters(
        headers={"Authorization": header}, exclude_oauth_signature=False, with_realm=False
    )
    return _Signed(dict(pairs))


def claimed(world: World) -> str | None:
    """Name the account whose token the request carries, without checking anything."""
    signed = _header()
    found = signed and world.store.one(
        "SELECT account FROM tokens WHERE network = 'x' AND token = ?", signed.token
    )
    return found["account"] if found else None


def caller(world: World) -> SandboxAccount:
    """Return the account that signed the request.

    Raises:
        Problem: 401 for an unknown key or token, or a signature that does not fit.
    """
    signed = _header()
    app = signed and _app(world, signed.key)
    token = signed and world.store.one(
        "SELECT * FROM tokens WHERE network = 'x' AND kind = 'access' AND token = ?", signed.token
    )
    if not signed or not app or not token or token["app"] != signed.key:
        raise unauthorized()
    if not _fits(signed, app["secret"], token["secret"]):
        raise unauthorized()
    account = world.account("x", token["account"])
    if account is None:
        raise unauthorized()
    return account


def _app(world: World, key: str) -> Row | None:
    return world.store.one("SELECT * FROM apps WHERE network = 'x' AND id = ?", key)


def _fits(signed: _Signed, app_secret: str, token_secret: str) -> bool:
    if signed.params.get("oauth_signature_method") != "HMAC-SHA1":
        return False
    form = request.mimetype == "application/x-www-form-urlencoded"
    params = signature.collect_parameters(
        uri_query=request.query_string.decode(),
        body=urldecode(request.get_data(as_text=True)) if form else [],
        headers={"Authorization": request.headers["Authorization"]},
    )
    given = signed.params.get("oauth_signature", "")
    hosts = (request.host_url.rstrip("/"), *REAL_HOSTS)
    return any(
        signature.verify_hmac_sha1(
            _Checked(request.method, host + request.path, params, given), app_secret, token_secret
        )
        for host in hosts
    )


def login(world: World) -> Blueprint:
    """Make the routes of the PIN log-in: request token, the person's page, access token."""
    routes = Blueprint("login", __name__)

    def signed_by_app() -> tuple[_Signed, Row]:
        signed = _header()
        app = signed and _app(world, signed.key)
        if not signed or not app:
            raise unauthorized()
        return signed, app

    @routes.post("/oauth/request_token")
    def request_token() -> Response:
        signed, app = signed_by_app()
        if not _fits(signed, app["secret"], ""):
            raise unauthorized()
        number = len(world.store.all("SELECT token FROM tokens WHERE network = 'x'"))
        token = secret(world.seed, "request", number, length=27)
        token_secret = secret(world.seed, "request secret", number, length=32)
        world.store.insert(
            "tokens",
            network="x",
            token=token,
            secret=token_secret,
            app=app["id"],
            kind="request",
            redirect=signed.params.get("oauth_callback", OUT_OF_BAND),
        )
        return _form(
            oauth_token=token, oauth_token_secret=token_secret, oauth_callback_confirmed="true"
        )

    @routes.route("/oauth/authorize", methods=["GET", "POST"])
    @routes.route("/oauth/authenticate", methods=["GET", "POST"], endpoint="authenticate")
    def authorize() -> str | Response | tuple[str, int]:
        refused = local_only()
        if refused is not None:
            return refused
        token = request.values.get("oauth_token", "")
        waiting = world.store.one(
            "SELECT * FROM tokens WHERE network = 'x' AND kind = 'request' AND token = ?", token
        )
        pin = None
        if waiting is None:
            return render_template("login.html", network="X", unknown=True, accounts=[]), 404
        if request.method == "POST":
            account = world.account("x", request.form.get("account", ""))
            if account is not None:
                pin = f"{int.from_bytes(digest(world.seed, token)[:4], 'big') % 10_000_000:07d}"
                world.store.run(
                    "UPDATE tokens SET account = ?, code = ? WHERE network = 'x' AND token = ?",
                    account.name,
                    pin,
                    token,
                )
        return render_template(
            "login.html",
            network="X",
            accounts=world.accounts("x"),
            hidden={"oauth_token": token},
            code=pin,
            app="your app",
        )

    @routes.post("/oauth/access_token")
    def access_token() -> Response:
        signed, app = signed_by_app()
        waiting = world.store.one(
            "SELECT * FROM tokens WHERE network = 'x' AND kind = 'request' AND token = ?",
            signed.token,
        )
        verifier = signed.params.get("oauth_verifier") or request.form.get("oauth_verifier", "")
        if waiting is None or waiting["code"] is None or waiting["code"] != verifier:
            raise unauthorized()
        account = world.account("x", waiting["account"])
        if account is None or not _fits(signed, app["secret"], waiting["secret"]):
            raise unauthorized()
        token, token_secret = grant(world, account, app["id"])
        world.store.run("DELETE FROM tokens WHERE network = 'x' AND token = ?", signed.token)
        return _form(
            oauth_token=token,
            oauth_token_secret=token_secret,
            user_id=account.id,
            screen_name=account.username,
        )

    return routes


def grant(world: World, account: SandboxAccount, app: str) -> tuple[str, str]:
    """Return the account's access token and secret for `app`: always the same ones, as on X."""
    token = f"{account.id}-{secret(world.seed, 'access', account.name, app, length=40)}"
    token_secret = secret(world.seed, "access secret", account.name, app, length=45)
    world.store.run(
        "INSERT OR IGNORE INTO tokens (network, token, secret, app, kind, account)"
        " VALUES ('x', ?, ?, ?, 'access', ?)",
        token,
        token_secret,
        app,
        account.name,
    )
    return token, token_secret


def _form(**values: str) -> Response:
    return Response(urlencode(values), mimetype="text/html")
