"""What the files say, read anew when they change, with the newest petition counts over it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot import content
from bot.content.stamp import content_stamp
from bot.counting import with_counts
from bot.model import Catalog, PetitionCount

log = logging.getLogger("bot")


@dataclass(slots=True)
class Contents:
    """content/ and schedules.yaml below `root`."""

    root: Path
    catalog: Catalog = field(init=False)
    problems: tuple[content.Problem, ...] = field(init=False)
    _written: Catalog = field(init=False)
    _counts: Sequence[PetitionCount] = field(init=False, default=())
    _stamp: str = field(init=False)
    _seen: str = field(init=False, default="")

    def __post_init__(self) -> None:
        self._stamp = content_stamp(self.root)  # first: what comes later is news
        loaded = content.load(self.root)
        self.catalog = self._written = loaded.catalog
        self.problems = loaded.problems

    @property
    def stamp(self) -> str:
        """The same for the same files and counts."""
        return f"{self._stamp} {hash(tuple(self._counts))}"

    @property
    def settling(self) -> bool:
        """Whether a change was seen that has to be looked at once more."""
        return bool(self._seen) and self._seen != self._stamp

    def reload(self) -> bool:
        """Read the files again if one changed; tell whether one did.

        An account, schedule or campaign that has become unusable stays in force as it was: a
        typo must not silence the accounts.
        """
        stamp = content_stamp(self.root)
        if stamp == self._stamp:
            return False
        if stamp != self._seen:
            # Perhaps a file is being written right now; half of it must not go out. What is
            # the same at two looks is taken.
            self._seen = stamp
            return False
        self._stamp = stamp
        loaded = content.load(self.root, keep=self._written)
        self._written, self.problems = loaded.catalog, loaded.problems
        self.catalog = with_counts(self._written, self._counts)
        for problem in loaded.problems:
            log.warning("%s", problem)
        return True

    def lay_over(self, counts: Sequence[PetitionCount]) -> None:
        """Take the newest petition counts into the catalog, if there are any that are new.

        Where there are none it stays the very same one, and with it all that was found out
        about its messages.
        """
        if list(counts) != list(self._counts):
            self._counts = counts
            self.catalog = with_counts(self._written, counts)
