"""The addresses that alerts go to: mail, Matrix, Telegram, ntfy and whatever Apprise knows.

An Apprise address holds passwords and tokens, and some services put them into their answers.
So an address is only ever named by its number and its service, and of what went wrong only
what is known to be harmless is told: a status code, a kind of failure.
"""

from __future__ import annotations

import logging
import re
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from threading import get_ident
from time import monotonic
from typing import TYPE_CHECKING

from bot.alerts.bounded import within
from bot.telling import Words

if TYPE_CHECKING:
    from apprise import Apprise

log = logging.getLogger("bot.alerts")

SECONDS = 30.0
"""How long one sending may take, all of it."""

_FIRST_RETRY = 60.0
_LONGEST_RETRY = 900.0
_MOST_PENDING = 20
"""Messages kept for an address that does not answer while others do."""

_HARMLESS = (
    (re.compile(r"\b(?:error=|HTTP )([1-5]\d\d)\b|\(([45]\d\d), b'"), "it answers {}"),
    (re.compile(r"refused", re.IGNORECASE), "it refuses connections"),
    (re.compile(r"resol|getaddrinfo|name or service|gaierror", re.IGNORECASE),
     "its name has no address"),
    (re.compile(r"timed? ?out", re.IGNORECASE), "it took too long"),
    (re.compile(r"certificate|ssl", re.IGNORECASE), "no encrypted connection came about"),
    (re.compile(r"unreachable|reset|aborted|disconnected", re.IGNORECASE), "the connection broke"),
)  # fmt: skip


@dataclass(slots=True)
class Address:
    """One address, and how sending to it goes."""

    number: int
    """Its place in ALERT_URLS, from 1."""
    service: str
    """`E-Mail`, `Telegram`, …"""
    apprise: Apprise = field(repr=False)
    pending: deque[Words] = field(default_factory=lambda: deque(maxlen=_MOST_PENDING))
    """What others have taken and this one has not."""
    failures: int = 0
    """In a row."""
    next_try: float = 0.0
    """By the monotonic clock."""
    busy: bool = False
    """A sending that was given up is still under way."""

    @property
    def name(self) -> str:
        """How it is called where others can read."""
        return f"address {self.number} of ALERT_URLS ({self.service})"

    def send(self, words: Words) -> str:
        """Send; returns "" where it was taken, else what went wrong."""
        from apprise import AppriseResultStatus, NotifyFormat, NotifyType

        self.busy = True
        try:
            with _Listening() as heard:
                result = self.apprise.notify(
                    body=words.body,
                    title=words.title,
                    notify_type=NotifyType.WARNING,
                    body_format=NotifyFormat.TEXT,
                )
            # Whether it went, not whether the address says that this does not matter.
            tries = [attempt for one in result.results for attempt in one.attempts]
            taken = bool(tries) and tries[-1].status == AppriseResultStatus.SUCCESS
            return "" if taken else _harmless(heard)
        except Exception as error:  # noqa: BLE001 - a hundred services, each with faults of its own
            return f"unexpected {type(error).__name__}"
        finally:
            self.busy = False


class Addresses:
    """All addresses; used by one thread."""

    def __init__(self, addresses: Sequence[Address], seconds: float = SECONDS) -> None:
        self._all = tuple(addresses)
        self._seconds = seconds

    def __len__(self) -> int:
        return len(self._all)

    def try_each(self, words: Words) -> dict[str, str]:
        """Send to every one, whatever was before; gives by name what went wrong, or ""."""
        found = self._send([(address, words) for address in self._all])
        return {self._all[n].name: said for n, said in found.items()}

    @property
    def may_try(self) -> bool:
        """Whether one of them may be tried now, or all are being left alone for a while."""
        return any(monotonic() >= a.next_try for a in self._all)

    def send(self, words: Words) -> bool:
        """Send to all; tell whether one of them has taken it.

        Where one has, those that have not get it later. Where none has, nothing is kept: the
        caller comes again, with what then is to be said.
        """
        ready = [a for a in self._all if monotonic() >= a.next_try]
        found = self._send([(address, words) for address in ready])
        taken = {ready[n].number for n, said in found.items() if not said}
        if taken:
            for address in self._all:
                if address.number not in taken:
                    address.pending.append(words)
        return bool(taken)

    def send_pending(self) -> None:
        """Send what an address has not taken when others did, one message each."""
        ready = [a for a in self._all if a.pending and monotonic() >= a.next_try]
        found = self._send([(address, address.pending[0]) for address in ready])
        for n, said in found.items():
            if not said:
                ready[n].pending.popleft()

    def _send(self, letters: Sequence[tuple[Address, Words]]) -> dict[int, str]:
        """Send all at a time; gives by place what went wrong."""
        free = {n: pair for n, pair in enumerate(letters) if not pair[0].busy}
        said = within(
            self._seconds,
            {n: partial(address.send, words) for n, (address, words) in free.items()},
        )
        results = {}
        for n, (address, _) in enumerate(letters):
            answer = said.get(n)
            trouble = "it took too long" if answer is None else answer
            _note(address, trouble)
            results[n] = trouble
        return results


def _note(address: Address, trouble: str) -> None:
    if not trouble:
        if address.failures:
            log.info("%s takes messages again", address.name)
        address.failures, address.next_try = 0, 0.0
        return
    address.failures += 1
    wait = min(_FIRST_RETRY * 2 ** min(address.failures - 1, 10), _LONGEST_RETRY)
    address.next_try = monotonic() + wait
    level = logging.WARNING if address.failures == 1 else logging.DEBUG
    log.log(level, "%s did not take a message: %s", address.name, trouble)


def open_addresses(text: str, seconds: float = SECONDS) -> tuple[Addresses, list[str]]:
    """Understand what ALERT_URLS says; also give what is wrong with it, without its words.

    Addresses are parted by blanks or commas.
    """
    from apprise import Apprise, AppriseAsset, NotifyBase
    from apprise.utils.parse import parse_urls

    _silence()
    # Its own time limit would take threads that the end of the process waits for.
    asset = AppriseAsset(
        app_id="Loudhailer", app_desc="Loudhailer", async_mode=False, service_timeout=0
    )
    found: list[Address] = []
    problems: list[str] = []
    urls: list[str] = parse_urls(text)  # type: ignore[no-untyped-call] # Apprise's own has no types
    for number, url in enumerate(urls or [text], 1):
        with _Listening():
            plugin = Apprise.instantiate(url, asset=asset, suppress_exceptions=True)
        if not isinstance(plugin, NotifyBase):
            kind = re.match(r"[a-z0-9]{2,20}(?=://)", url, re.IGNORECASE)
            shown = f" ({kind[0]}://…)" if kind else ""
            problems.append(
                f"address {number} of ALERT_URLS{shown} is none that Apprise understands: "
                "see github.com/caronc/apprise/wiki"
            )
            continue
        one = Apprise(asset=asset)
        one.add(plugin)
        found.append(Address(number, str(plugin.service_name), one))
    return Addresses(found, seconds), problems


class _Listening(logging.Handler):
    """Hears what Apprise logs in this thread, and lets nobody else."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self._thread = get_ident()
        self.lines: list[str] = []

    def __enter__(self) -> list[str]:
        _logger().addHandler(self)
        return self.lines

    def __exit__(self, *_: object) -> None:
        _logger().removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line of this thread."""
        if record.thread == self._thread:
            self.lines.append(record.getMessage())


def _logger() -> logging.Logger:
    return logging.getLogger("apprise")


def _silence() -> None:
    """Keep Apprise's log, which names addresses and answers, from everybody else."""
    logger = _logger()
    logger.propagate = False
    logger.setLevel(logging.DEBUG)
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())


def _harmless(heard: Sequence[str]) -> str:
    """Say what went wrong in words of ours; the services' own may hold anything."""
    for pattern, words in _HARMLESS:
        for line in heard:
            if matched := pattern.search(line):
                code = next((group for group in matched.groups() if group), "")
                return words.format(code)
    return "it did not take it"
