"""Faults that a test, or a person over HTTP, asks the sandbox for.

    faults = Faults()
    fault = faults.add("x", "post", "hang_after", seconds=30)
    ...
    fault.begun.wait(5)      # a request has run into it

A fault meets the requests that match its network, operation and account; it lets the first
`after` of them pass, strikes the next `times`, and is then spent.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

NETWORKS = ("x", "mastodon", "any")
OPERATIONS = (
    "post",
    "upload",
    "alt",
    "timeline",
    "measure",
    "instance",
    "verify",
    "delete",
    "login",
    "any",
)

ANSWERS = {
    "bad_request": "400",
    "unauthorized": "401",
    "payment": "402 (X: credits depleted; type=credits or credits-depleted)",
    "forbidden_duplicate": "403 duplicate text (Mastodon: 422)",
    "suspended": "403 account suspended",
    "not_found": "404",
    "unprocessable": "422",
    "rate_limited": "429; reset=seconds from now, or null for no header",
    "daily_limited": "429 of X's 24-hour limit while calls of the 15 minutes remain",
    "usage_capped": "429 with X's usage cap while requests remain",
    "server_error": "status=500, 502, 503…; html=true for a page instead of JSON",
}
"""Answered instead of the real answer; nothing is stored."""

BEFORE = {
    "hang_before": "no answer for `seconds` (null: until the sandbox closes), nothing stored",
    "reset_before": "the connection is reset, nothing stored",
}
AFTER = {
    "hang_after": "stored, then no answer for `seconds` (null: until the sandbox closes)",
    "reset_after": "stored, then the connection is reset",
    "error_after": "stored, then status=500, 502, 503…; html=true for a page",
    "broken_body": "stored, then a success whose JSON is cut in half",
    "cut_body": "stored, then a success whose body ends before its Content-Length",
    "empty_body": "stored, then a success with an empty body",
    "null_body": "stored, then a success whose body is `null`",
    "html_body": "stored, then a success with a page for a body",
    "bad_rate_limit_header": "stored, then a true success with an unreadable rate-limit header",
}
CHANGES = {
    "latency": "the true answer, `seconds` later",
    "ignore_keys": "Mastodon: the Idempotency-Key is ignored, so a second post is made",
    "replay_500": "Mastodon: 500 for a key that was used, although the post exists",
    "timeline_lag": "own timeline without posts younger than `seconds` by the sandbox's clock",
    "slow_media": "Mastodon: an upload is answered 202 and processed for `seconds` by the clock",
    "no_metrics": "X: answers without public_metrics",
}
KINDS: Mapping[str, str] = {**ANSWERS, **BEFORE, **AFTER, **CHANGES}
"""Every kind and what it does, also shown by `GET /sandbox/faults`."""


@dataclass(slots=True, eq=False)
class Fault:
    """One fault and how far it has got."""

    id: int
    network: str
    operation: str
    kind: str
    account: str | None
    times: int | None
    """How often it strikes; None is for ever."""
    after: int
    """How many matching requests it lets pass first."""
    options: Mapping[str, Any]
    passed: int = 0
    struck: int = 0
    begun: threading.Event = field(default_factory=threading.Event)
    """Set when a request has run into it (for after-kinds: when the post is stored)."""

    def matches(self, network: str, operation: str, account: str | None) -> bool:
        """Tell whether a request is one that this fault is about."""
        return (
            self.network in (network, "any")
            and self.operation in (operation, "any")
            and self.account in (None, account)
        )

    @property
    def spent(self) -> bool:
        """Whether it will never strike again."""
        return self.times is not None and self.struck >= self.times

    def as_json(self) -> dict[str, Any]:
        """Describe it for `GET /sandbox/faults`."""
        return {
            "id": self.id,
            "network": self.network,
            "operation": self.operation,
            "kind": self.kind,
            "account": self.account,
            "times": self.times,
            "after": self.after,
            "options": dict(self.options),
            "struck": self.struck,
            "spent": self.spent,
        }


class Faults:
    """The faults in force. Safe to call from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._all: list[Fault] = []
        self._next = 1

    def add(
        self,
        network: str,
        operation: str,
        kind: str,
        *,
        account: str | None = None,
        times: int | None = 1,
        after: int = 0,
        **options: object,
    ) -> Fault:
        """Ask for a fault.

        Args:
            network: `x`, `mastodon` or `any`.
            operation: one of OPERATIONS.
            kind: one of KINDS, which says what its options are.
            account: only for requests of this account (our name of it).
            times: how often it strikes; None is for ever.
            after: how many matching requests pass first.
            options: see KINDS; `seconds`, `status`, `html`, `reset`.

        Raises:
            ValueError: an unknown network, operation or kind.
        """
        for word, known, what in (
            (network, NETWORKS, "network"),
            (operation, OPERATIONS, "operation"),
            (kind, tuple(KINDS), "kind"),
        ):
            if word not in known:
                raise ValueError(f"no fault {what} {word!r}; there are: {', '.join(known)}")
        with self._lock:
            fault = Fault(self._next, network, operation, kind, account, times, after, options)
            self._next += 1
            self._all.append(fault)
            return fault

    def clear(self) -> None:
        """Forget every fault; a hang under way goes on."""
        with self._lock:
            self._all.clear()

    def all(self) -> list[Fault]:
        """List every fault, spent ones too, oldest first."""
        with self._lock:
            return list(self._all)

    def take(self, network: str, operation: str, account: str | None) -> list[Fault]:
        """Say which faults strike a request: all changes, and the first of the other kinds."""
        struck: list[Fault] = []
        decided = False
        with self._lock:
            for fault in self._all:
                if fault.spent or not fault.matches(network, operation, account):
                    continue
                change = fault.kind in CHANGES
                if decided and not change:
                    continue
                if fault.passed < fault.after:
                    fault.passed += 1
                    continue
                fault.struck += 1
                decided = decided or not change
                struck.append(fault)
        return struck
