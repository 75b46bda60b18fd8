"""Faults over HTTP, on both servers: for shells, other languages and the curious.

GET    /sandbox/faults     what is in force, and what can be asked for
POST   /sandbox/faults     {"network": "x", "operation": "post", "kind": "hang_after",
                            "times": 1, "after": 0, "account": null, "options": {"seconds": 5}}
DELETE /sandbox/faults     forget all
"""

from __future__ import annotations

from flask import Blueprint, Response, request

from bot.sandbox.faults import KINDS, NETWORKS, OPERATIONS
from bot.sandbox.gate import json_answer
from bot.sandbox.serving import HOST
from bot.sandbox.world import World


def local_only() -> Response | None:
    """Refuse requests that a web page elsewhere made through a name of its own.

    The server listens on loopback, but a browser on this machine may be led here by a
    hostile page (DNS rebinding), so the Host header must be a loopback one.
    """
    if request.host.rsplit(":", 1)[0] in (HOST, "localhost"):
        return None
    return json_answer({"error": "the sandbox answers only to its loopback address"}, 421)


def control(world: World) -> Blueprint:
    """Make the control's routes."""
    routes = Blueprint("control", __name__)
    routes.before_request(local_only)

    @routes.get("/sandbox/faults")
    def show() -> Response:
        return json_answer(
            {
                "faults": [fault.as_json() for fault in world.faults.all()],
                "networks": NETWORKS,
                "operations": OPERATIONS,
                "kinds": dict(KINDS),
            }
        )

    @routes.post("/sandbox/faults")
    def add() -> Response:
        asked = request.get_json(silent=True)
        if not isinstance(asked, dict):
            return json_answer({"error": "send a JSON object"}, 400)
        unknown = asked.keys() - {
            "network",
            "operation",
            "kind",
            "account",
            "times",
            "after",
            "options",
        }
        if unknown:
            return json_answer({"error": f"unknown: {', '.join(sorted(unknown))}"}, 400)
        try:
            fault = world.faults.add(
                asked.get("network", "any"),
                asked.get("operation", "any"),
                asked.get("kind", ""),
                account=asked.get("account"),
                times=asked.get("times", 1),
                after=int(asked.get("after", 0)),
                **asked.get("options", {}),
            )
        except (TypeError, ValueError) as error:
            return json_answer({"error": str(error)}, 400)
        return json_answer(fault.as_json(), 201)

    @routes.delete("/sandbox/faults")
    def clear() -> Response:
        world.faults.clear()
        return json_answer({"faults": []})

    return routes
