"""The X server: routes, faults, users."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, redirect
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from bot.sandbox.control import control, local_only
from bot.sandbox.faults import Fault
from bot.sandbox.gate import Gate, json_answer
from bot.sandbox.page.app import looks, post_page
from bot.sandbox.world import World
from bot.sandbox.x import auth, calls, shapes
from bot.sandbox.x.media import media
from bot.sandbox.x.names import USER_FIELDS
from bot.sandbox.x.posts import posts
from bot.sandbox.x.problems import Problem, faulty, not_found

OPERATIONS = {
    "posts.create": "post",
    "posts.delete": "delete",
    "posts.read": "measure",
    "posts.read_many": "measure",
    "posts.timeline": "timeline",
    "media.upload": "upload",
    "media.initialize": "upload",
    "media.append": "upload",
    "media.finalize": "upload",
    "media.metadata": "alt",
    "users.me": "verify",
    "login.request_token": "login",
    "login.access_token": "login",
}
"""Flask's end points by the operation that faults know them by."""


def x_app(world: World) -> Flask:
    """Make the X server's application."""
    app = Flask("bot.sandbox", static_folder=None)
    app.before_request(local_only)

    def answer(fault: Fault) -> Response:
        return faulty(fault, world.x_dialect, world.now())

    Gate(
        world, "x", operations=OPERATIONS, whose=lambda: auth.claimed(world), answer=answer
    ).install(app)
    app.register_blueprint(control(world))
    app.register_blueprint(auth.login(world))
    app.register_blueprint(posts(world))
    app.register_blueprint(media(world))
    app.register_blueprint(users(world))

    @app.errorhandler(Problem)
    def problem(error: Problem) -> Response:
        return error.answer()

    @app.errorhandler(HTTPException)
    def other(error: HTTPException) -> Response:
        status = error.code or 500
        return Problem(status, error.name, error.description or error.name).answer()

    app.register_blueprint(looks(world))

    @app.get("/")
    def home() -> BaseResponse:
        return redirect(f"{world.page_url}/#x")

    @app.get("/<username>/status/<post_id>")
    @app.get("/i/web/status/<post_id>")
    def page(post_id: str, username: str | None = None) -> str:
        return post_page(world, "x", username, post_id)

    return app


def users(world: World) -> Blueprint:
    """Make the routes of users."""
    routes = Blueprint("users", __name__)

    @routes.get("/2/users/me")
    def me() -> Response:
        account = calls.allowed(world, calls.ME)
        fields = calls.listed(world, "user.fields", USER_FIELDS)
        response = json_answer({"data": shapes.user_json(world, account, fields)})
        response.headers.extend(calls.rate_headers())
        return response

    @routes.get("/2/users/by/username/<username>")
    def by_username(username: str) -> Response:
        calls.allowed(world, calls.READ)
        fields = calls.listed(world, "user.fields", USER_FIELDS)
        account = world.account_by_username("x", username)
        if account is None:
            missing = not_found(world.x_dialect, "user", "username", username)
            response = json_answer({"errors": [missing]})
        else:
            response = json_answer({"data": shapes.user_json(world, account, fields)})
        response.headers.extend(calls.rate_headers())
        return response

    return routes
