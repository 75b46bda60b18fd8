"""X's error answers, worded as X words them: problems as in RFC 7807."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Response

from bot.sandbox.faults import Fault
from bot.sandbox.gate import json_answer, trouble

BASE = {"2.166": "https://api.twitter.com/2/problems", "2.167": "https://api.x.com/2/problems"}
DUPLICATE = "You are not allowed to create a Tweet with duplicate content."
TOO_LONG = (
    "Your Tweet text is too long. For more information on how Twitter determines text length"
    " see https://github.com/twitter/twitter-text."
)
USER_SUSPENDED = "Your account is suspended and is not permitted to access this feature."


class Problem(Exception):
    """An error answer on its way out."""

    def __init__(self, status: int, title: str, detail: str, **more: object) -> None:
        super().__init__(detail)
        self.status = status
        self.body: dict[str, Any] = {
            "title": title,
            "detail": detail,
            "type": more.pop("type", "about:blank"),
            "status": status,
            **more,
        }
        self.headers: dict[str, str] = {}

    def answer(self) -> Response:
        """Turn it into an answer."""
        response = json_answer(self.body, self.status)
        response.headers["Content-Type"] = "application/problem+json; charset=utf-8"
        response.headers.extend(self.headers)
        return response


def unauthorized() -> Problem:
    """401: unknown key or token, or a signature that does not fit."""
    return Problem(401, "Unauthorized", "Unauthorized")


def forbidden(detail: str) -> Problem:
    """403 for this text or this account."""
    return Problem(403, "Forbidden", detail)


def invalid(dialect: str, message: str, **parameters: object) -> Problem:
    """400: a parameter is wrong. X names it and repeats its value."""
    listed = {
        name.replace("__", "."): [str(item) for item in value]
        if isinstance(value, list)
        else [str(value)]
        for name, value in parameters.items()
    }
    return Problem(
        400,
        "Invalid Request",
        "One or more parameters to your request was invalid.",
        type=f"{BASE[dialect]}/invalid-request",
        errors=[{"parameters": listed, "message": message}],
    )


def not_found(dialect: str, kind: str, parameter: str, value: str) -> dict[str, Any]:
    """Word the entry of `errors` for something that is not there; X answers 200 with it."""
    return {
        "value": value,
        "detail": f"Could not find {kind} with {parameter}: [{value}].",
        "title": "Not Found Error",
        "resource_type": kind,
        "parameter": parameter,
        "resource_id": value,
        "type": f"{BASE[dialect]}/resource-not-found",
    }


def too_many(reset: datetime | None, limit: int = 100) -> Problem:
    """429: the rate limit, with or without saying until when."""
    problem = Problem(429, "Too Many Requests", "Too Many Requests")
    if reset is not None:
        problem.headers = {
            "x-rate-limit-limit": str(limit),
            "x-rate-limit-remaining": "0",
            "x-rate-limit-reset": str(int(reset.timestamp())),
        }
    return problem


def faulty(fault: Fault, dialect: str, now: datetime) -> Response:
    """Answer what `fault` asks for."""
    base = BASE[dialect]
    if fault.kind == "server_error":
        return trouble(fault)
    if fault.kind == "rate_limited":
        seconds = fault.options.get("reset", 900)
        until = None if seconds in (None, False) else now.timestamp() + float(seconds)
        return too_many(
            None if until is None else datetime.fromtimestamp(until, now.tzinfo)
        ).answer()
    if fault.kind in ("usage_capped", "daily_limited"):
        return _capped(fault, base, now).answer()
    problems = {
        "bad_request": invalid(dialect, "The sandbox was asked for this error.", sandbox="fault"),
        "unauthorized": unauthorized(),
        "payment": Problem(
            402,
            "CreditsDepleted",
            "Your enrolled account does not have any credits to fulfill this request.",
            type=f"{base}/{fault.options.get('type', 'credits')}",
        ),
        "forbidden_duplicate": forbidden(DUPLICATE),
        "suspended": Problem(403, "Forbidden", USER_SUSPENDED, type=f"{base}/user-suspended"),
        "not_found": Problem(404, "Not Found", "Not Found"),
        "unprocessable": Problem(422, "Unprocessable Entity", "Unprocessable Entity"),
    }
    return problems[fault.kind].answer()


def _capped(fault: Fault, base: str, now: datetime) -> Problem:
    """Word the two 429s that the ordinary rate-limit headers say nothing of."""
    headers = {
        "x-rate-limit-limit": "100",
        "x-rate-limit-remaining": "97",
        "x-rate-limit-reset": str(int(now.timestamp()) + 600),
    }
    if fault.kind == "daily_limited":
        problem = too_many(None)
        headers |= {
            "x-user-limit-24hour-limit": "100",
            "x-user-limit-24hour-remaining": "0",
            "x-user-limit-24hour-reset": str(int(now.timestamp()) + 40_000),
        }
    else:
        problem = Problem(
            429,
            "UsageCapExceeded",
            "Usage cap exceeded: Monthly product cap",
            type=f"{base}/usage-capped",
            period="Monthly",
            scope="Product",
        )
    problem.headers = headers
    return problem
