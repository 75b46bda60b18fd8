"""Accounts, apps and the log-in in the browser."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from bot.sandbox.control import local_only
from bot.sandbox.gate import json_answer
from bot.sandbox.ids import secret
from bot.sandbox.mastodon import calls, errors, shapes
from bot.sandbox.mastodon.params import flag, params
from bot.sandbox.world import World

OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"


def accounts(world: World) -> Blueprint:
    """Make the routes of accounts."""
    routes = Blueprint("accounts", __name__)

    @routes.get("/api/v1/accounts/verify_credentials")
    def verify() -> Response:
        return json_answer(shapes.own_account_json(world, calls.allowed(world)))

    @routes.patch("/api/v1/accounts/update_credentials")
    def update() -> Response:
        account = calls.allowed(world)
        asked = params()
        source = asked.get("source") if isinstance(asked.get("source"), dict) else {}
        changes = {
            "display_name": asked.get("display_name"),
            "note": asked.get("note"),
            "bot": None if "bot" not in asked else int(flag(asked["bot"])),
            "visibility": (source or {}).get("privacy"),
            "language": (source or {}).get("language"),
        }
        for column, value in changes.items():
            if value is not None:
                world.store.run(
                    f"UPDATE accounts SET {column} = ?"  # noqa: S608 (column is one of ours)
                    " WHERE network = 'mastodon' AND name = ?",
                    value,
                    account.name,
                )
        changed = world.account("mastodon", account.name) or account
        return json_answer(shapes.own_account_json(world, changed))

    @routes.get("/api/v1/accounts/lookup")
    def lookup() -> Response:
        found = world.account_by_username("mastodon", request.args.get("acct", "").split("@")[0])
        if found is None:
            raise errors.not_found()
        return json_answer(shapes.account_json(world, found))

    @routes.get("/api/v1/accounts/<account_id>")
    def read(account_id: str) -> Response:
        found = world.account_by_id("mastodon", account_id)
        if found is None:
            raise errors.not_found()
        return json_answer(shapes.account_json(world, found))

    return routes


def login(world: World) -> Blueprint:
    """Make the routes of the log-in: app, the person's page, token, revocation."""
    routes = Blueprint("login", __name__)

    @routes.post("/api/v1/apps")
    def register() -> Response:
        asked = params()
        name = str(asked.get("client_name") or "")
        if not name:
            raise errors.Refused(422, "Validation failed: Application name can't be blank")
        number = len(world.store.all("SELECT id FROM apps WHERE network = 'mastodon'"))
        app_id = secret(world.seed, "app", number)
        app_secret = secret(world.seed, "app secret", number)
        redirects = asked.get("redirect_uris") or OUT_OF_BAND
        listed = redirects if isinstance(redirects, list) else str(redirects).split()
        scopes = str(asked.get("scopes") or "read")
        world.store.insert(
            "apps",
            network="mastodon",
            id=app_id,
            secret=app_secret,
            name=name,
            website=asked.get("website"),
            redirects="\n".join(listed),
            scopes=scopes,
        )
        return json_answer(
            {
                "id": str(number + 1),
                "name": name,
                "website": asked.get("website"),
                "scopes": scopes.split(),
                "redirect_uri": "\n".join(listed),
                "redirect_uris": listed,
                "vapid_key": "",
                "client_id": app_id,
                "client_secret": app_secret,
                "client_secret_expires_at": 0,
            }
        )

    @routes.route("/oauth/authorize", methods=["GET", "POST"])
    def authorize() -> str | BaseResponse | tuple[str, int]:
        refused = local_only()
        if refused is not None:
            return refused
        asked = request.values
        app = world.store.one(
            "SELECT * FROM apps WHERE network = 'mastodon' AND id = ?", asked.get("client_id", "")
        )
        back = asked.get("redirect_uri", OUT_OF_BAND)
        if app is None or back not in app["redirects"].split("\n"):
            page = render_template("login.html", network="Mastodon", unknown=True, accounts=[])
            return page, 400
        code = None
        if request.method == "POST":
            account = world.account("mastodon", request.form.get("account", ""))
            if account is not None:
                number = len(world.store.all("SELECT token FROM tokens WHERE kind = 'code'"))
                code = secret(world.seed, "code", app["id"], account.name, number)
                world.store.insert(
                    "tokens",
                    network="mastodon",
                    token=code,
                    secret="",
                    app=app["id"],
                    kind="code",
                    account=account.name,
                    redirect=back,
                    scope=asked.get("scope", "read"),
                )
                if back != OUT_OF_BAND:
                    sign = "&" if "?" in back else "?"
                    state = {"state": asked["state"]} if "state" in asked else {}
                    return redirect(f"{back}{sign}{urlencode({'code': code, **state})}")
        names = ("client_id", "redirect_uri", "scope", "state", "response_type")
        return render_template(
            "login.html",
            network="Mastodon",
            accounts=world.accounts("mastodon"),
            hidden={name: asked[name] for name in names if name in asked},
            code=code,
            app=app["name"],
        )

    @routes.post("/oauth/token")
    def token() -> Response:
        asked = params()
        app = world.store.one(
            "SELECT * FROM apps WHERE network = 'mastodon' AND id = ? AND secret = ?",
            str(asked.get("client_id")),
            str(asked.get("client_secret")),
        )
        if app is None:
            raise errors.Refused(
                401, "invalid_client", error_description="Client authentication failed."
            )
        code = world.store.one(
            "SELECT * FROM tokens WHERE network = 'mastodon' AND kind = 'code'"
            " AND token = ? AND app = ? AND redirect = ?",
            str(asked.get("code")),
            app["id"],
            str(asked.get("redirect_uri") or OUT_OF_BAND),
        )
        if asked.get("grant_type") != "authorization_code" or code is None:
            raise errors.Refused(
                400, "invalid_grant", error_description="The authorization grant is invalid."
            )
        granted = secret(world.seed, "token", code["token"])
        with world.store.transaction():
            world.store.run(
                "UPDATE tokens SET kind = 'used' WHERE network = 'mastodon' AND token = ?",
                code["token"],
            )
            grant(world, code["account"], granted, app["id"], code["scope"])
        return json_answer(
            {
                "access_token": granted,
                "token_type": "Bearer",
                "scope": code["scope"],
                "created_at": int(world.now().timestamp()),
            }
        )

    @routes.post("/oauth/revoke")
    def revoke() -> Response:
        asked = params()
        world.store.run(
            "DELETE FROM tokens WHERE network = 'mastodon' AND token = ? AND app = ?",
            str(asked.get("token")),
            str(asked.get("client_id")),
        )
        return json_answer({})

    return routes


def grant(world: World, account: str, token: str, app: str, scope: str) -> None:
    """Make `token` open `account`."""
    world.store.run(
        "INSERT OR IGNORE INTO tokens (network, token, secret, app, kind, account, scope)"
        " VALUES ('mastodon', ?, '', ?, 'access', ?, ?)",
        token,
        app,
        account,
        scope,
    )
