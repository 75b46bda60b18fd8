"""The Mastodon server: routes, faults, rate-limit headers."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Flask, Response, redirect
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from bot.sandbox.control import control, local_only
from bot.sandbox.faults import Fault
from bot.sandbox.gate import Gate
from bot.sandbox.mastodon import accounts, calls, errors
from bot.sandbox.mastodon.instance import instance
from bot.sandbox.mastodon.media import media
from bot.sandbox.mastodon.statuses import statuses
from bot.sandbox.page.app import looks, post_page
from bot.sandbox.world import World

OPERATIONS = {
    "statuses.create": "post",
    "statuses.read": "measure",
    "statuses.delete": "delete",
    "statuses.timeline": "timeline",
    "media.upload": "upload",
    "media.upload_v1": "upload",
    "media.update": "alt",
    "accounts.verify": "verify",
    "instance.v1": "instance",
    "instance.v2": "instance",
    "login.register": "login",
    "login.token": "login",
}
"""Flask's end points by the operation that faults know them by."""


def mastodon_app(world: World) -> Flask:
    """Make the Mastodon server's application."""
    app = Flask("bot.sandbox", static_folder=None)
    app.before_request(local_only)

    def answer(fault: Fault) -> Response:
        return errors.faulty(fault, world.now())

    # Flask runs after_request hooks in reverse order: the gate's, which spoils answers, is
    # installed first so that it comes last.
    gate = Gate(
        world, "mastodon", operations=OPERATIONS, whose=lambda: calls.claimed(world), answer=answer
    )
    gate.install(app)

    @app.after_request
    def headers(response: Response) -> Response:
        for name, value in calls.rate_headers(world).items():
            response.headers.setdefault(name, value)
        return response

    app.register_blueprint(control(world))
    app.register_blueprint(accounts.accounts(world))
    app.register_blueprint(accounts.login(world))
    app.register_blueprint(instance(world))
    app.register_blueprint(media(world))
    app.register_blueprint(statuses(world))

    @app.errorhandler(errors.Refused)
    def refused(error: errors.Refused) -> Response:
        return error.answer()

    @app.errorhandler(HTTPException)
    def other(error: HTTPException) -> Response:
        return errors.Refused(error.code or 500, error.name).answer()

    app.register_blueprint(looks(world))

    @app.get("/")
    def home() -> BaseResponse:
        return redirect(f"{world.page_url}/#mastodon")

    @app.get("/tags/<tag>")
    def tag(tag: str) -> BaseResponse:
        return redirect(f"{world.page_url}/?{urlencode({'tag': tag})}")

    @app.get("/@<username>")
    def profile(username: str) -> BaseResponse:
        account = world.account_by_username("mastodon", username)
        if account is None:
            raise errors.not_found()
        wanted = urlencode({"account": f"mastodon/{account.name}"})
        return redirect(f"{world.page_url}/?{wanted}")

    @app.get("/@<username>/<post_id>")
    def page(username: str, post_id: str) -> str:
        return post_page(world, "mastodon", username, post_id)

    return app
