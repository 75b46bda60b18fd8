"""Shows what waits, one after the other; reads a key; does what it says."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from bot.approving import CannotApprove, Item, Review
from bot.content import ContentError
from bot.jobs.drafting import Drafter
from bot.model import Deed, Message
from bot.plan import accounts_for
from bot.review.deeds import Came, Deeds
from bot.review.facing import Setting, facing
from bot.review.findings import LINK_NOT_ALLOWED, NAME_CALLED, Repeats, findings
from bot.review.helping import HELP, keys_rows
from bot.review.pictures import Pictures
from bot.review.prompt import Prompt, Typing
from bot.review.rows import Look, Row, row
from bot.review.screen import Screen
from bot.store import StoreError

_AHEAD = 4
"""Items whose cards are drawn before they are looked at."""
_LOOK_EVERY = 0.5
"""Seconds between two looks at the terminal's size and at the cards that became ready."""
_HELD = 0.7
"""Seconds; a key that is held down comes again sooner, and nobody reads a post as fast."""
_MANY = 40
"""Lines of a message that are typed or chosen from at the foot."""
_SCROLL = {"down": 1, "up": -1, "j": 1, "k": -1, "home": -100_000, "end": 100_000}


class Keyboard(Protocol):
    """What a session needs of a terminal besides its screen."""

    def read_key(self, seconds: float) -> str:
        """Wait for a key, at most so long; "" if there came none."""
        ...

    def forget_keys(self) -> None:
        """Drop what was typed before what is now on the screen could be seen."""
        ...

    def lent(self) -> AbstractContextManager[None]:
        """Give the terminal to another program."""
        ...


@dataclass(frozen=True, slots=True)
class Person:
    """Who reviews, and with what."""

    by: str
    clock: Callable[[], datetime]
    editor: Callable[[], Sequence[str]]
    wants: Callable[[Message], bool] = lambda _: True
    """Which messages to show."""
    opener: Callable[[Path], None] | None = None
    """Opens a picture."""


class Session:
    """One person's way through what waits."""

    def __init__(
        self,
        review: Review,
        keyboard: Keyboard,
        screen: Screen,
        pictures: Pictures,
        person: Person,
    ) -> None:
        self.done: Counter[str] = Counter()
        """How many were accepted, returned, …"""
        self._review = review
        self._keyboard = keyboard
        self._screen = screen
        self._pictures = pictures
        self._person = person
        self._deeds = Deeds(review, self, person.by, person.clock, person.editor)
        self._repeats = Repeats()
        self._decided: set[str] = set()
        self._queue: list[str] = []
        self._at = 0
        self._item: Item | None = None
        self._rows: list[Row] = []
        self._allowing: tuple[bool, bool] = (False, False)
        self._said: list[Row] = []
        self._yes_at = -_HELD
        self._drawer: tuple[Drafter, Drafter] | None = None
        """What drafts, and its twin that draws."""

    @property
    def left(self) -> int:
        """How many were not decided."""
        return len(self._queue)

    def run(self) -> None:
        """Go on until all is decided or the person has had enough."""
        self._fill()
        self._show()
        while self._item is not None:
            key = self._key()
            if key in ("q", "interrupt", "end-of-input"):
                return
            self._said = []
            if not self._moves(key):
                self._does(key, self._item)

    # --- the queue -----------------------------------------------------------------------

    def _fill(self) -> None:
        """Take up what waits and was not decided here; what was put off comes last."""
        review, now = self._review, self._person.clock()
        names = [n for n in review.waiting(now, held=False) if n not in self._decided]
        both = {**review.loaded.catalog.messages, **review.loaded.waiting}
        off = {e.subject for e in review.store.audit(deeds=(Deed.SET_ASIDE, Deed.RETURNED))}
        names = [n for n in names if self._person.wants(both[n]) and not self._is_with_others(n)]
        self._queue = sorted(names, key=lambda name: name in off)
        self._at = 0

    def _is_with_others(self, name: str) -> bool:
        """Tell whether this person has said yes, and others must."""
        approved_by, people = self._review.approved_by(name, self._person.clock())
        return len(approved_by) < people and self._person.by in approved_by

    def _next(self) -> None:
        """Leave an item that is decided."""
        self._decided.add(self._queue.pop(self._at))
        if self._at >= len(self._queue):
            self._at = 0
        if not self._queue:
            self._fill()  # something may have come in
        self._show(fresh=False)

    # --- looking -------------------------------------------------------------------------

    def _show(self, *, fresh: bool = True) -> None:
        """Look at the item anew, and begin at its top.

        Without `fresh` as it was at the last look, which is quicker: a deed looks again anyway.
        """
        self._item = None
        while self._queue and self._item is None:
            name = self._queue[self._at]
            with self._pictures.lock:
                if fresh:
                    self._review.refresh()
                try:
                    item = self._review.item(name, self._person.clock())
                except CannotApprove:
                    item = None
            if item is not None and (item.reason or item.is_submission):
                self._item = item
            else:
                self._tell_of_others(name)
                self._decided.add(self._queue.pop(self._at))
                self._at = min(self._at, max(0, len(self._queue) - 1))
                if not self._queue:
                    self._fill()
        if self._item is not None:
            self._face(self._item)
            self._screen.open()
            self._keyboard.forget_keys()  # pressed at what was there before
            self._draw()

    def _tell_of_others(self, name: str) -> None:
        last = self._review.store.audit(name, last=1)
        what = f"{last[0].by} {last[0].deed} it" if last else "its file is gone"
        self._said.append(row(f"{name} waits no more: {what}", Look.CARE))

    def _face(self, item: Item) -> None:
        review, message = self._review, item.message
        catalog = review.loaded.catalog
        both = {**catalog.messages, **review.loaded.waiting}
        self._repeats.learn(both.values())
        foreign = review.foreign(message)
        now = self._person.clock()
        found = findings(item, catalog, now, foreign, self._repeats.near(message, both))
        self._rows = facing(item, Setting(catalog, now, found))
        self._allowing = (
            any(p.text.startswith(LINK_NOT_ALLOWED) for p in item.errors) and bool(foreign),
            any(p.text.startswith(NAME_CALLED) for p in item.errors),
        )
        self._want_pictures(both)

    def _want_pictures(self, known: dict[str, Message]) -> None:
        loaded = self._review.loaded
        if self._drawer is None or self._drawer[0] is not self._review.drafter:
            self._drawer = (self._review.drafter, self._review.new_drafter(draw=True))
        ahead = (self._queue + self._queue)[self._at : self._at + min(_AHEAD, len(self._queue))]
        messages = [known[name] for name in ahead if name in known]
        self._pictures.want(
            self._drawer[1],
            self._person.clock(),
            [(m, accounts_for(loaded.catalog, m)) for m in messages],
        )

    def _draw(self, foot: Sequence[Row] | None = None) -> None:
        if self._item is None:
            return
        place = f"{self._at + 1} of {len(self._queue)}"
        kind = "" if self._item.is_submission else " (in messages/)"
        if foot is None:
            columns = self._screen.now().columns - 1
            links, names = self._allowing
            foot = [*self._said, *keys_rows(columns, links=links, names=names)]
        self._screen.draw(f"{place}: {self._item.message.id}{kind}", self._rows, foot)

    def _key(self, foot: Sequence[Row] | None = None) -> str:
        """Wait for a key; meanwhile the screen follows the terminal's size and the cards."""
        self._draw(foot)
        drawn = self._screen.size, self._pictures.arrived
        while not (key := self._keyboard.read_key(_LOOK_EVERY)):
            self._review.refresh()  # while nobody waits for it; what is shown stays as it is
            if drawn != (self._screen.now(), self._pictures.arrived):
                self._draw(foot)
                drawn = self._screen.size, self._pictures.arrived
        return key

    # --- keys ----------------------------------------------------------------------------

    def _moves(self, key: str) -> bool:
        """Do what only moves; tells whether the key was one of these."""
        pages = {" ": 1, "page-down": 1, "b": -1, "page-up": -1}
        if key in pages:
            self._screen.scroll(pages[key] * self._screen.page)
        elif key in _SCROLL:
            self._screen.scroll(_SCROLL[key])
        elif key in ("n", "right", "p", "left"):
            step = 1 if key in ("n", "right") else -1
            if len(self._queue) == 1:
                self._said = [row("This is the only one.")]
            else:
                self._at = (self._at + step) % len(self._queue)
                self._show()
        elif key == "?":
            rows, self._rows = self._rows, list(HELP)
            with self._screen.aside():
                self._key([row("any key goes back", Look.STRONG)])
            self._rows = rows
        elif key == "redraw":
            pass
        else:
            return False
        return True

    def _does(self, key: str, item: Item) -> None:
        """Do what decides something, and go on."""
        links, names = self._allowing
        deeds = self._deeds
        held = key == "a" and self._is_held()
        if key == "a" and not self._screen.is_read:
            self._screen.scroll(self._screen.page)
            self._said = [row("There was more to read; a at its end accepts.", Look.CARE)]
            return
        if held:
            self._said = [row("That came very fast: read it, then press a.", Look.CARE)]
            return
        todo: dict[str, Callable[[], Came]] = {
            "a": lambda: deeds.accept(item),
            "e": lambda: deeds.edit(item),
            "r": lambda: deeds.give_back(item),
            "h": lambda: deeds.set_aside(item),
            "s": lambda: deeds.schedule(item),
            "o": lambda: deeds.open(item, self._person.opener),
        }
        if links:
            todo["l"] = lambda: deeds.allow(item, links=True)
        if names:
            todo["m"] = lambda: deeds.allow(item, links=False)
        if (deed := todo.get(key)) is None:
            self._said = [row("That key does nothing here; ? tells what each does.")]
            return
        try:
            with self._pictures.lock:
                came = deed()
        except (ContentError, StoreError) as error:
            self._said = [row(str(error), Look.WRONG)]
            came = Came(look_again=True)
        if came.verb:
            self.done[came.verb] += 1
        if came.is_over:
            self._next()
        elif came.look_again:
            self._show()

    def _is_held(self) -> bool:
        before, self._yes_at = self._yes_at, time.monotonic()
        return self._yes_at - before < _HELD

    # --- speaking with the person (deeds.Asks) -------------------------------------------

    def ask(self, label: str, above: Sequence[Row] = ()) -> str | None:
        """Have a line typed; None where the person leaves it."""
        prompt = Prompt(label)
        while True:
            line = prompt.row(self._screen.size.columns - 1)
            hint = row("Enter does it, Esc leaves it", Look.FAINT)
            match prompt.press(self._key([*above[:_MANY], line, hint])):
                case Typing.DONE:
                    return prompt.text
                case Typing.LEFT:
                    return None

    def choose(self, rows: Sequence[Row], keys: str) -> str:
        """Wait for one of some keys; "" where the person leaves it."""
        while (key := self._key(rows[-_MANY:])) not in ("esc", "interrupt", "end-of-input"):
            if len(key) == 1 and key in keys:
                return key
        return ""

    def tell(self, *rows: Row) -> None:
        """Say something until the next key."""
        self._said = list(rows)

    def lend(self, work: Callable[[], str]) -> str:
        """Let another program have the terminal."""
        with self._keyboard.lent():
            return work()
