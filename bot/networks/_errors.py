"""From what a library lets out to the port's three errors, in one place.

    guard = Guard("x-main", "api.x.com", secrets, trouble_with_account, clock)
    with guard.on(Step.POST):
        client.create_tweet(...)

| what happened                    | on the post    | on an upload | on a read         |
| -------------------------------- | -------------- | ------------ | ----------------- |
| not sent (refused, no host, TLS) | TryLater       | TryLater     | TryLater          |
| timeout, reset, unreadable       | OutcomeUnknown | TryLater     | TryLater          |
| 5xx, 408                         | OutcomeUnknown | TryLater     | TryLater          |
| 429, 425                         | TryLater       | TryLater     | TryLater          |
| 3xx, 401, 402, account's trouble | TryLater, p.   | TryLater, p. | TryLater, p.      |
| 404                              | Rejected       | TryLater, p. | TryLater, p.      |
| any other 4xx                    | Rejected       | Rejected     | TryLater, p.      |

p. is "a person is needed": waiting alone does not help.

An upload never leaves doubt: what is uploaded and not attached to a post is seen by nobody.
Error texts of servers are shown, cut and cleaned; nothing is decided from them, because
Mastodon's come in the account's language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from enum import Enum
from typing import Any

from bot.networks._headers import Heard, retry_at
from bot.networks._http import NotSent, Refused, WireError
from bot.networks.base import NetworkError, OutcomeUnknown, Rejected, TryLater
from bot.redaction import Redactor

_LONGEST_TEXT = 300
"""Characters of a server's own words that are passed on."""


class Step(Enum):
    """What a request is for, which decides what its failure means."""

    POST = "the post"
    UPLOAD = "the upload"
    READ = "the request"


class Guard:
    """Turns exceptions into the port's errors, for one account.

    Args:
        account: its name, for error texts.
        host: whom it speaks to, for error texts.
        secrets: credentials that no error text may hold.
        trouble_with_account: tells what is wrong with the account or the application, where an
            answer is about those rather than about the draft (None: it is about the draft).
        clock: tells the time, to turn "in 60 seconds" into a moment; None: no moment is told.
    """

    def __init__(
        self,
        account: str,
        host: str,
        secrets: Iterable[str],
        trouble_with_account: Callable[[Refused], str | None],
        clock: Callable[[], datetime] | None,
    ) -> None:
        self._account = account
        self._host = host
        self._redactor = Redactor(secrets)
        self._trouble_with_account = trouble_with_account
        self._clock = clock

    @contextmanager
    def on(self, step: Step) -> Iterator[None]:
        """Guard the calls of one step.

        Raises:
            Rejected, TryLater, OutcomeUnknown: as the module's table says.
        """
        try:
            yield
        except NetworkError:
            raise
        except Exception as error:
            self._scrub(error)
            raise self._judge(error, step) from error

    def room(self, heard: Heard, method: str, path: str, *, reading: bool = False) -> None:
        """Make sure that the server still takes such a request, by its own account.

        Raises:
            TryLater: it said that none is left; asking would only be answered with 429.
        """
        left = heard.used_up(method, path, reading=reading)
        if left is not None:
            of = f" of {left.limit}" if left.limit is not None else ""
            raise TryLater(
                f"{self._host} takes {left.remaining}{of} more such requests until "
                f"{left.reset:%H:%M} UTC: waiting until then",
                until=left.reset,
            )

    def redact(self, text: str) -> str:
        """Clean and cut a text from outside, and take the credentials out of it."""
        text = self._redactor(text)
        text = "".join(c if c.isprintable() else " " for c in text).strip()
        return text if len(text) <= _LONGEST_TEXT else f"{text[:_LONGEST_TEXT]}…"

    def _judge(self, error: Exception, step: Step) -> NetworkError:
        failure = wire_error(error)
        if isinstance(failure, Refused):
            return self._refused(failure, step)
        if isinstance(failure, NotSent):
            return TryLater(f"{self._host} cannot be reached: {self.redact(str(failure))}")
        if failure is not None:
            what = f"{self._host} did not answer {step.value}: {self.redact(str(failure))}"
        else:  # the library choked on a success
            what = f"the answer of {self._host} to {step.value} cannot be read"
            what = f"{what} ({type(error).__name__})"
        return OutcomeUnknown(what) if step is Step.POST else TryLater(what)

    def _refused(self, answer: Refused, step: Step) -> NetworkError:
        status, said = answer.status, self.redact(words(answer.problem))
        what = f"{self._host} answered {status} to {step.value}" + (f": {said}" if said else "")
        until = retry_at(answer.headers, self._clock()) if self._clock is not None else None
        trouble = self._trouble(answer)
        if trouble is not None:
            return TryLater(f"{what} ({trouble})", needs_person=True)
        if status >= 500 or status == 408:
            return OutcomeUnknown(what) if step is Step.POST else TryLater(what, until=until)
        if status in (425, 429):
            return TryLater(what, until=until)
        if step is Step.READ or (step is Step.UPLOAD and status == 404):
            return TryLater(what, until=until, needs_person=True)
        return Rejected(what)

    def _trouble(self, answer: Refused) -> str | None:
        if answer.status < 400:
            return "it has moved: give its exact https address as the account's server"
        if answer.status == 401:
            return f"the credentials are not accepted: run bot login {self._account}"
        if answer.status == 402:
            return "no credits are left: top them up with the network"
        return self._trouble_with_account(answer)

    def _scrub(self, error: BaseException) -> None:
        """Take credentials out of the chained exceptions too: a traceback prints them."""
        seen: set[int] = set()
        link: BaseException | None = error
        while link is not None and id(link) not in seen:
            seen.add(id(link))
            link.args = tuple(
                self._redactor.known(part) if isinstance(part, str) else part for part in link.args
            )
            link = link.__cause__ or link.__context__


def wire_error(error: Exception) -> WireError | None:
    """Find our session's error: tweepy lets it through, Mastodon.py raises another from it."""
    for candidate in (error, error.__cause__, error.__context__):
        if isinstance(candidate, WireError):
            return candidate
    return None


def words(problem: Mapping[str, Any]) -> str:
    """Read the human words of an error body, of any of the shapes X and Mastodon use."""
    errors = problem.get("errors")
    first = errors[0] if isinstance(errors, list) and errors else None
    for source in (first if isinstance(first, dict) else {}, problem):
        for key in ("message", "detail", "error_description", "error", "title"):
            if isinstance(source.get(key), str) and source[key]:
                return str(source[key])
    return ""
