"""What the keys do that decide something, each asked for at the foot of the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import Protocol

import regex

from bot.approving import CannotApprove, ChangedMeanwhile, Item, Review
from bot.content import ContentError
from bot.content.links import ascii_host, imitated
from bot.jobs.refresh import plan_span
from bot.model import Message
from bot.plan import accounts_for
from bot.reasons import Reason, say
from bot.review import times
from bot.review.editing import CannotEdit, Copy
from bot.review.facing import pictures
from bot.review.rows import Look, Row, row

COMMON = (
    Reason.of("return-date"),
    Reason.of("return-source"),
    Reason.of("return-tone"),
    Reason.of("return-repeat"),
    Reason.of("return-alt"),
    Reason.of("return-rights"),
    Reason.of("return-private"),
)
"""Why things are returned most; offered by number."""


class Asks(Protocol):
    """How a deed speaks with the person."""

    def ask(self, label: str, above: Sequence[Row] = ()) -> str | None:
        """Have a line typed; None where the person leaves it."""
        ...

    def choose(self, rows: Sequence[Row], keys: str) -> str:
        """Wait for one of some keys; "" where the person leaves it."""
        ...

    def tell(self, *rows: Row) -> None:
        """Say something until the next key."""
        ...

    def lend(self, work: Callable[[], str]) -> str:
        """Let another program have the terminal."""
        ...


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a key."""

    verb: str = ""
    """What was done, for the sum in the end; "" where nothing was."""
    is_over: bool = False
    """The item is decided: on to the next one."""
    look_again: bool = False
    """It is not as it was shown."""


NOTHING = Came()
CHANGED = "It was changed while you looked at it. Nothing was done: this is how it is now."


class Deeds:
    """Does to an item what a person's key says, at once and for good."""

    def __init__(
        self,
        review: Review,
        person: Asks,
        by: str,
        clock: Callable[[], datetime],
        editor: Callable[[], Sequence[str]],
    ) -> None:
        self._review = review
        self._person = person
        self._by = by
        self._clock = clock
        self._editor = editor

    def accept(self, item: Item) -> Came:
        """Approve what was shown, and nothing else."""
        name, seen = item.message.id, item.fingerprint.value
        try:
            _, missing = self._review.approve(name, self._by, self._clock(), seen=seen)
        except ChangedMeanwhile:
            self._person.tell(row(CHANGED, Look.WRONG))
            return Came(look_again=True)
        except CannotApprove:
            text = "It cannot go out as it is: see what is marked x at the top."
            self._person.tell(row(text, Look.WRONG))
            return NOTHING
        more = f"; {missing} more must say yes" if missing else ""
        self._person.tell(row(f"accepted: {name}{more}"))
        return Came("accepted", is_over=True)

    def give_back(self, item: Item) -> Came:
        """Return it with a reason."""
        message = item.message
        spoken = message.language or next(iter(self._languages(message)), "en")
        common = [say(reason, spoken) for reason in COMMON]
        above = [row(text, indent=3, lead=f"{n}") for n, text in enumerate(common, 1)]
        typed = self._person.ask("Why (own words, or numbers, or 1 3: and words)?", above)
        if typed is None:
            return NOTHING
        if not (why := reason(typed, common)):
            self._person.tell(row("It was not returned: say why, or give numbers of the list."))
            return NOTHING
        if not self._is_as_shown(item):
            return Came(look_again=True)
        self._review.send_back(message.id, self._by, why, self._clock())
        self._person.tell(row(f"returned: {message.id}: {why}"))
        return Came("returned", is_over=True)

    def _is_as_shown(self, item: Item) -> bool:
        """Look whether it still is what the person sees; says so if not."""
        self._review.refresh()
        try:
            now = self._review.item(item.message.id, self._clock())
        except CannotApprove:
            return False  # the next look says what became of it
        if now.is_submission != item.is_submission or bool(now.reason) != bool(item.reason):
            return False  # likewise
        if now.fingerprint.value != item.fingerprint.value:
            self._person.tell(row(CHANGED, Look.WRONG))
            return False
        return True

    def _languages(self, message: Message) -> tuple[str, ...]:
        return self._review.loaded.catalog.campaigns[message.campaign].languages

    def set_aside(self, item: Item) -> Came:
        """Leave it for later, or for somebody else."""
        typed = self._person.ask("Set aside. Why (may be empty):")
        if typed is None:
            return NOTHING
        if not self._is_as_shown(item):
            return Came(look_again=True)
        self._review.set_aside(item.message.id, self._by, typed.strip(), self._clock())
        self._person.tell(row(f"set aside: {item.message.id}"))
        return Came("set aside", is_over=True)

    def schedule(self, item: Item) -> Came:
        """Give it its own time."""
        message, catalog = item.message, self._review.loaded.catalog
        typed = self._person.ask(
            f"When ({catalog.zone})?", [row(f"like {times.EXAMPLES}", Look.FAINT)]
        )
        if not typed or not typed.strip():
            return NOTHING
        now = self._clock()
        try:
            at = times.read(typed, now, catalog.zone)
        except ValueError as error:
            self._person.tell(row(str(error), Look.WRONG))
            return NOTHING
        local = f"{at.astimezone(catalog.zone):%a %Y-%m-%d %H:%M}"
        if why := times.untrue(at, message, catalog.zone):
            self._person.tell(row(f"{local}: {why}", Look.WRONG))
            return NOTHING
        cautions = list(times.cautions(at, message, catalog, self._others(at, message, now)))
        if cautions:
            rows = [row(text, Look.CARE, indent=2, lead="!") for text in cautions]
            rows.append(row(f"{local} all the same?  y yes   n no", Look.STRONG))
            if self._person.choose(rows, "yn") != "y":
                return NOTHING
        if not self._is_as_shown(item):
            return Came(look_again=True)
        self._review.schedule(message.id, self._by, at, now)
        self._person.tell(row(f"goes out {local}, once it is accepted"))
        return Came("scheduled", look_again=True)

    def _others(
        self, at: datetime, message: Message, now: datetime
    ) -> list[tuple[datetime, str, str]]:
        """List the posts around a time: those to come, and those in the ledger."""
        review, catalog = self._review, self._review.loaded.catalog
        gaps = [account.least_gap for account in accounts_for(catalog, message)]
        gap = max(gaps, default=timedelta(0))
        if not gap:
            return []
        start, end = max(at - gap, now), at + gap
        planned = plan_span(catalog, review.store, review.drafter, start, end)
        queued = review.store.deliveries(since=at - gap, until=end)
        both = [
            *((p.at, p.account, p.message) for p in planned if p.draft is not None and p.message),
            *((d.due, d.account, d.message) for d in queued),
        ]
        return sorted({one for one in both if one[2] != message.id})

    def allow(self, item: Item, *, links: bool) -> Came:
        """Let its links, or the names it calls, stand."""
        name = item.message.id
        if links and (rows := list(self._imitations(item.message))):
            rows.append(row("Let it stand all the same?  y yes   n no", Look.STRONG))
            if self._person.choose(rows, "yn") != "y":
                return NOTHING
        if not self._is_as_shown(item):
            return Came(look_again=True)
        self._review.allow(name, self._by, self._clock(), links=links, mentions=not links)
        self._person.tell(row(f"{'its links' if links else 'the names in it'} may stand"))
        return Came("allowed", look_again=True)

    def _imitations(self, message: Message) -> Iterator[Row]:
        """Warn once more of hosts that could be taken for the campaign's own."""
        allowed = self._review.loaded.catalog.campaigns[message.campaign].allowed_links
        for written in self._review.foreign(message):
            host = ascii_host(written)
            if home := imitated(host, allowed):
                text = f"{host} could be taken for {home}, and is another's."
                yield row(text, Look.WRONG, indent=2, lead="x")

    def open(self, item: Item, opener: Callable[[Path], None] | None) -> Came:
        """Name the picture files; open them where that was asked for."""
        paths = [self._review.settings.root / path for path in pictures(item)]
        self._person.tell(
            *(row(str(path)) for path in paths or ()), *([] if paths else [row("It has no card.")])
        )
        if opener is not None:
            for path in paths:
                opener(path)
        return NOTHING

    def edit(self, item: Item) -> Came:
        """Have its file edited; what is not in order is shown before it takes the file's place."""
        review, message = self._review, item.message
        try:
            editor = self._editor()
            before = review.text_of(message)
            with Copy(PurePosixPath(message.path).name, before) as copy:
                text = self._edited(message, copy, editor, before)
                if text is None:
                    return NOTHING
                if review.text_of(message) != before:
                    copy.kept = True
                    words = f"Somebody else has changed it meanwhile; your copy: {copy.path}"
                    self._person.tell(row(words, Look.WRONG))
                    return Came(look_again=True)
                copy.kept = True  # until it is in its place
                review.replace(message.id, self._by, text, self._clock())
                copy.kept = False
        except (CannotEdit, CannotApprove) as error:
            self._person.tell(row(str(error), Look.WRONG))
            return NOTHING
        except ContentError as error:
            self._person.tell(row(f"{error}; your copy: {copy.path}", Look.WRONG))
            return NOTHING
        self._person.tell(row("edited"))
        return Came("edited", look_again=True)

    def _edited(
        self, message: Message, copy: Copy, editor: Sequence[str], before: str
    ) -> str | None:
        """Edit until it is in order, or kept as it is; None where it is discarded."""
        while True:
            text = self._person.lend(lambda: copy.edit(editor))
            if text == before:
                self._person.tell(row("Nothing was changed."))
                return None
            is_one, problems = self._review.tried(message, text)
            errors = [p for p in problems if p.severity == "error"]
            if not errors:
                return text
            rows = [row(f"line {p.line}: {p.text}", Look.WRONG, indent=2, lead="x") for p in errors]
            keep = "   k keep it so" if is_one else ""
            rows.append(row(f"e edit again{keep}   d discard the changes", Look.STRONG))
            key = self._person.choose(rows, "ekd" if is_one else "ed")
            if key == "k":
                return text
            if key != "e":
                self._person.tell(row("The changes were discarded."))
                return None


_NUMBERS = regex.compile(r"([0-9]{1,2}(?:[ ,;]+[0-9]{1,2})*)[ .]*(?::(.*))?")


def reason(typed: str, common: Sequence[str]) -> str:
    """Put a reason together: numbers stand for common ones, words may follow a colon.

    `1 3: It is Saturday` is the first, the third, and these words; "" is no reason.
    """
    words = " ".join(typed.split())
    found = _NUMBERS.fullmatch(words)
    if found is None:
        return words
    numbers = [int(number) for number in regex.findall("[0-9]+", found[1])]
    if not all(1 <= number <= len(common) for number in numbers):
        return ""
    chosen = [common[number - 1] for number in dict.fromkeys(numbers)]
    return " ".join([*chosen, *([found[2].strip()] if found[2] else [])])
