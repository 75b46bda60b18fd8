"""Where this process speaks of its work: log lines, errors, tracebacks, warnings.

    guard()                     once, by the `bot` command, before anything else
    learn(settings.secrets…)    as soon as the credentials are known
    to_stderr()                 by what runs long

All of it ends at standard error, and passes the redactor on its way: as the last formatter of
the log, in the hooks for what nobody caught, and in the stream itself, for what a library or
Python prints there without asking (a log call that fails prints its arguments).

Standard output is not touched: it holds what was asked for, byte for byte.
"""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections.abc import Iterable
from types import TracebackType
from typing import Any, Final, TextIO

from bot.redaction import Redactor

redact: Final = Redactor()
"""The process's own: logging and its hooks belong to the process, too."""

_SILENT: Final = (
    "tweepy", "mastodon", "oauthlib", "requests_oauthlib", "urllib3", "requests",  # whole requests
    "apprise", "psycopg", "sqlalchemy", "httpx",
)  # fmt: skip
"""They log requests, headers and addresses at DEBUG, keys included: never let them."""
_CHATTY: Final = ("werkzeug", "alembic", "watchfiles", "procrastinate")


class RedactingFormatter(logging.Formatter):
    """Formats a record, traceback and stack included, and takes the credentials out of it."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the line, or lines, that are written."""
        return redact(super().format(record))


class RedactingStream:
    """A text stream that lets no credential through."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write it without credentials; the number is that of the characters given."""
        self._stream.write(redact(text))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write each."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 # the stream's own
        return getattr(self._stream, name)


def learn(secrets: Iterable[str]) -> None:
    """Know these as credentials from now on."""
    redact.learn(secrets)


def guard() -> None:
    """Let nothing reach standard error but through the redactor; for the process's own start."""
    if not isinstance(sys.stderr, RedactingStream):
        sys.stderr = RedactingStream(sys.stderr)
    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_thread
    # Warnings are not sent to the log: where and how they show stays Python's own business.
    if logging.lastResort is not None:  # what is logged where nobody asked for a log
        logging.lastResort.setFormatter(RedactingFormatter("%(message)s"))


def to_stderr(level: int = logging.INFO) -> None:
    """Write the log as plain lines to standard error, where systemd and people look."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(RedactingFormatter("%(asctime)s %(levelname)s %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for library in (*_SILENT, *_CHATTY):
        logging.getLogger(library).setLevel(logging.WARNING)
    # It warns each time that a tick takes longer than till the next; a ledger that is away does.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Print a traceback in one piece: in several, a credential might be cut in two."""
    print("".join(traceback.format_exception(kind, error, trace)), end="", file=sys.stderr)  # noqa: T201 # the hook's work


def _uncaught_in_thread(what: threading.ExceptHookArgs) -> None:
    if what.exc_type is SystemExit:
        return
    name = what.thread.name if what.thread is not None else "?"
    print(f"Exception in thread {name}:", file=sys.stderr)  # noqa: T201 # the hook's work
    _uncaught(what.exc_type, what.exc_value or what.exc_type(), what.exc_traceback)
