"""What every request of the two servers passes: faults before, faults after, common headers.

request -> which operation, whose -> Faults.take
             latency            wait, go on
             answer / hang / reset before      the handler is never called
             change             the handler asks `changed("ignore_keys")`
        -> handler (stores and commits)
             after-kinds        the answer is spoilt
        -> X-Sandbox, Date
"""

from __future__ import annotations

import json
import select
import socket
import time
from collections.abc import Callable, Mapping
from datetime import timedelta

from flask import Flask, Response, g, request
from werkzeug.http import http_date

from bot.sandbox.faults import AFTER, ANSWERS, BEFORE, Fault
from bot.sandbox.records import NetworkKey
from bot.sandbox.world import World

HTML = """<!doctype html><html lang="en"><head><title>{title}</title></head>
<body><h1>{title}</h1><p>The sandbox was asked for this page.</p></body></html>
"""


class Gate:
    """Stands before one network's application."""

    def __init__(
        self,
        world: World,
        network: NetworkKey,
        *,
        operations: Mapping[str, str],
        whose: Callable[[], str | None],
        answer: Callable[[Fault], Response],
    ) -> None:
        """Set the gate up; `install` puts it into force.

        Args:
            world: the sandbox.
            network: whose application this is.
            operations: Flask's end points by the fault operation they belong to.
            whose: names the account of the request at hand, unverified.
            answer: words the network's answer for one of faults.ANSWERS.
        """
        self._world = world
        self._network = network
        self._operations = operations
        self._whose = whose
        self._answer = answer

    def install(self, app: Flask) -> None:
        """Make every request of `app` pass here. Call it before other before_request hooks."""
        app.before_request(self._before)
        app.after_request(self._after)

    def _before(self) -> Response | None:
        g.changes = {}
        g.spoil = None
        operation = self._operations.get(request.endpoint or "")
        if operation is None:
            return None
        for fault in self._world.faults.take(self._network, operation, self._whose()):
            if fault.kind == "latency":
                fault.begun.set()
                self._world.closing.wait(float(fault.options.get("seconds", 1)))
            elif fault.kind in ANSWERS:
                fault.begun.set()
                return self._answer(fault)
            elif fault.kind in BEFORE:
                self._end(fault)
                return Response(status=500)  # never sent: the connection ends first
            elif fault.kind in AFTER:
                g.spoil = fault
            else:
                fault.begun.set()
                g.changes[fault.kind] = fault
        return None

    def _after(self, response: Response) -> Response:
        response.headers["X-Sandbox"] = "simulated"
        response.headers["Date"] = http_date(self._world.now())
        fault: Fault | None = g.get("spoil")
        if fault is not None and response.status_code < 300:
            response = self._spoil(fault, response)
        return response

    def _spoil(self, fault: Fault, response: Response) -> Response:
        kind = fault.kind
        if kind in ("hang_after", "reset_after"):
            self._end(fault)
        elif kind == "cut_body":
            request.environ["sandbox.end"] = "cut"
        elif kind == "broken_body":
            content = response.get_data()
            response.set_data(content[: len(content) // 2])
        elif kind == "empty_body":
            response.set_data(b"")
        elif kind == "null_body":
            response.set_data(b"null")
        elif kind == "html_body":
            response.set_data(HTML.format(title="Welcome"))
            response.content_type = "text/html; charset=utf-8"
        elif kind == "bad_rate_limit_header":
            for name in ("X-RateLimit-Reset", "x-rate-limit-reset"):
                if name in response.headers:
                    response.headers[name] = "soon"
        elif kind == "error_after":
            spoilt = trouble(fault)
            spoilt.headers.extend({"X-Sandbox": "simulated"})
            response = spoilt
        fault.begun.set()
        return response

    def _end(self, fault: Fault) -> None:
        fault.begun.set()
        if fault.kind.startswith("reset"):
            request.environ["sandbox.end"] = "reset"
            return
        self._hang(fault.options.get("seconds"))
        request.environ["sandbox.end"] = "drop"

    def _hang(self, seconds: float | None) -> None:
        """Say nothing until the time is up, the sandbox closes or the client has gone."""
        until = None if seconds is None else time.monotonic() + float(seconds)
        connection: socket.socket = request.environ["werkzeug.socket"]
        while not self._world.closing.wait(0.05):
            if until is not None and time.monotonic() >= until:
                return
            readable, _, _ = select.select([connection], [], [], 0)
            if readable and not connection.recv(1, socket.MSG_PEEK):
                return


def trouble(fault: Fault) -> Response:
    """Word a 5xx: JSON, or with `html=true` the page of a proxy."""
    status = int(fault.options.get("status", 500))
    titles = {500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable"}
    title = titles.get(status, "Server Error")
    if fault.options.get("html"):
        return Response(HTML.format(title=f"{status} {title}"), status, mimetype="text/html")
    body = {"title": title, "detail": title, "type": "about:blank", "status": status}
    return json_answer({**body, "error": title}, status)


def changed(kind: str) -> Fault | None:
    """Return the fault of `kind` that changes the request at hand, if there is one."""
    changes: dict[str, Fault] = g.get("changes", {})
    return changes.get(kind)


def lag() -> timedelta:
    """Return how far the own timeline lags in the request at hand."""
    fault = changed("timeline_lag")
    return timedelta(seconds=0 if fault is None else float(fault.options.get("seconds", 60)))


def json_answer(value: object, status: int = 200) -> Response:
    """Answer `value` as JSON, text unescaped, as both networks do."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Response(body, status, content_type="application/json; charset=utf-8")
