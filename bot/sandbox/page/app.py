"""The page server, and the pages of single posts that the other two servers have."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from flask import Blueprint, Flask, Response, abort, render_template, request, send_from_directory

from bot.sandbox import wording
from bot.sandbox.control import control, local_only
from bot.sandbox.gate import json_answer
from bot.sandbox.page import shown
from bot.sandbox.records import NetworkKey, SandboxPost
from bot.sandbox.world import World

POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)
"""Content-Security-Policy: texts are hostile until proven otherwise, and there is no script."""

PAGE = 50
"""Threads of one network on one page."""
NETWORKS: tuple[NetworkKey, ...] = ("x", "mastodon")


def page_app(world: World) -> Flask:
    """Make the page's application."""
    app = Flask("bot.sandbox", static_folder=None)
    app.register_blueprint(control(world))
    app.register_blueprint(looks(world))
    app.before_request(local_only)

    @app.get("/")
    def timelines() -> str:
        wanted = {name: request.args.get(name, "") for name in ("account", "language", "tag")}
        number = request.args.get("page", "1")
        page = int(number) if number.isdigit() and 0 < int(number) < 10_000 else 1
        every = world.posts()
        found = [post for post in every if _matches(post, **wanted)]
        columns = []
        more = False
        only, _, _ = wanted["account"].partition("/")
        for network in [only] if only in NETWORKS else NETWORKS:
            threads = shown.threads(world, (post for post in found if post.network == network))
            more = more or len(threads) > page * PAGE
            columns.append((network, threads[(page - 1) * PAGE : page * PAGE], len(threads)))
        return render_template(
            "timelines.html",
            columns=columns,
            wanted=wanted,
            accounts=[(one, shown.handle(one)) for one in world.accounts()],
            languages=[
                (tag, shown.language_name(tag)) for tag in sorted({_language(one) for one in every})
            ],
            page=page,
            more=more,
            now=world.now().astimezone(world.zone),
            total=len(every),
            cost=sum((charge.usd for charge in world.charges()), Decimal(0)),
        )

    @app.get("/posts.json")
    def posts() -> Response:
        return json_answer({"simulated": True, "posts": [_as_json(one) for one in world.posts()]})

    @app.after_request
    def marked(response: Response) -> Response:
        response.headers["X-Sandbox"] = "simulated"
        return response

    return app


def looks(world: World) -> Blueprint:
    """Make the routes that every server's pages need: style, pictures, protection."""
    routes = Blueprint("looks", __name__)

    @routes.get("/sandbox/style.css")
    def style() -> Response:
        return Response(render_template("style.css"), mimetype="text/css")

    @routes.get("/media/<path:name>")
    def picture(name: str) -> Response:
        return send_from_directory(world.media_dir.resolve(), name)

    @routes.after_app_request
    def protect(response: Response) -> Response:
        response.headers["X-Content-Type-Options"] = "nosniff"
        if response.mimetype == "text/html":
            # Browsers hold redirects after a form against form-action, and a log-in ends in
            # a redirect to the program's own address.
            login = request.path.startswith("/oauth/")
            policy = POLICY if not login else POLICY.replace(" form-action 'self';", "")
            response.headers["Content-Security-Policy"] = policy
            response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return routes


def post_page(world: World, network: NetworkKey, username: str | None, post_id: str) -> str:
    """Show one post with the thread it belongs to; 404 where there is none.

    `username` None is X's way to link to a post without knowing whose it is.
    """
    row = world.store.post(network, post_id)
    owner = None if row is None else world.account(network, row["account"])
    if owner is None or username not in (None, owner.username):
        abort(404)
    everything = shown.threads(world, world.posts(network, owner.name))
    thread = next(
        thread for thread in everything if any(part.post.id == post_id for part in thread.parts)
    )
    return render_template(
        "post.html", thread=thread, network=network, wanted_id=post_id, home=world.page_url
    )


def _matches(post: SandboxPost, *, account: str, language: str, tag: str) -> bool:
    if account and account != f"{post.network}/{post.account}":
        return False
    if language and language != _language(post):
        return False
    return not tag or tag.casefold() in _tags(post)


def _tags(post: SandboxPost) -> Iterable[str]:
    return {
        piece.text[1:].casefold()
        for piece in wording.pieces(post.network, post.text)
        if piece.kind == "hashtag"
    }


def _language(post: SandboxPost) -> str:
    return post.language or wording.guess_language(post.text)


def _as_json(post: SandboxPost) -> dict[str, object]:
    counts = post.counts
    return {
        "network": post.network,
        "account": post.account,
        "id": post.id,
        "url": post.url,
        "created_at": post.created_at.isoformat(),
        "text": post.text,
        "language": _language(post),
        "visibility": post.visibility,
        "content_warning": post.content_warning,
        "reply_to": post.reply_to,
        "media": [
            {"file": item.file.name, "alt": item.alt, "width": item.width, "height": item.height}
            for item in post.media
        ],
        "poll": post.poll and {"options": post.poll.options, "multiple": post.poll.multiple},
        "simulated_counts": {
            "likes": counts.likes,
            "reposts": counts.reposts,
            "replies": counts.replies,
            "quotes": counts.quotes,
            "bookmarks": counts.bookmarks,
            "impressions": counts.impressions,
        },
    }
