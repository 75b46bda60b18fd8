"""Servers that say back the credentials they were sent, in the ways in which answers go wrong."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

POSTS = ("/2/tweets", "/api/v1/statuses")
WRONGS = ("401", "422", "500", "garbled", "200")
"""What goes wrong: a status, or a success that is no JSON; 200 is for what only wants an answer."""


class Echo:
    """One server for each thing that goes wrong."""

    def __init__(self) -> None:
        self.urls: dict[str, str] = {}
        self.posts: set[str] = set()
        """What went wrong with posts so far."""
        self.every_post = threading.Condition()

    def wait_for(self, wrongs: set[str], seconds: float) -> bool:
        """Wait until posts were sent to all of these."""
        with self.every_post:
            return self.every_post.wait_for(lambda: wrongs <= self.posts, seconds)


@contextmanager
def echo() -> Iterator[Echo]:
    """Run such servers on loopback."""
    world = Echo()
    with ExitStack() as stack:
        for wrong in WRONGS:
            world.urls[wrong] = stack.enter_context(_server(world, wrong))
        yield world


@contextmanager
def _server(world: Echo, wrong: str) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            said = self.headers.get("Authorization", "")
            packed = base64.b64encode(f"you: {said}".encode()).decode()
            words = f"not with {said} or {packed}"
            body = json.dumps({"error": words, "detail": words, "errors": [{"message": words}]})
            is_post = self.command == "POST" and self.path.endswith(POSTS)
            # Reading goes wrong only once a post did: else the account is stopped before it.
            goes_wrong = is_post or wrong in world.posts
            if wrong == "garbled" and goes_wrong:
                body = f"<html>{words}"
            self.send_response(int(wrong) if wrong.isdigit() and goes_wrong else 200)
            self.send_header("X-RateLimit-Reset", words)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body.encode())
            if is_post:
                with world.every_post:
                    world.posts.add(wrong)
                    world.every_post.notify_all()

        do_GET = do_POST = do_HEAD = do_PUT = _answer  # noqa: N815 (http.server's names)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (http.server's)
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
