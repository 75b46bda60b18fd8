"""Asks, when a connection stands and before the first byte, whether a call may still be made.

A process can stand still at any moment: a laptop that is closed, a virtual machine that is
moved, SIGSTOP. One that stood still for longer than its lease must not call, because others
have taken its work over meanwhile; so the question comes as late as it can.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_permission: ContextVar[Callable[[], bool] | None] = ContextVar("permission", default=None)


@contextmanager
def permitted(may_call: Callable[[], bool] | None) -> Iterator[None]:
    """Make every call of this thread, meanwhile, depend on an answer; None: none is asked."""
    token = _permission.set(may_call)
    try:
        yield
    finally:
        _permission.reset(token)


def is_permitted() -> bool:
    """Tell whether a call may be made at this moment."""
    may_call = _permission.get()
    return may_call is None or may_call()
