"""The folders that intake works in, for one campaign; all of them open.

content/<campaign>/inbox/             what volunteers save
content/<campaign>/inbox/received/    what was taken
content/<campaign>/inbox/returned/    what was not, with a note beside each
content/<campaign>/waiting/           submissions
images/submitted/<campaign>/          their pictures
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.content.waiting import INBOX, MESSAGES, RETURNED, WAITING
from bot.intake.drawer import Drawer
from bot.intake.task import Journal, Side

SIDES: Final[tuple[Side, ...]] = ("received", "returned")
PICTURES: Final = Path("images/submitted")
HOMES: Final = ((WAITING,), (WAITING, RETURNED), (MESSAGES,))
"""Where a submission may lie, below the campaign's folder."""
_LOCK = ".intake.lock"


@dataclass(frozen=True, slots=True)
class Room:
    """A campaign's open folders."""

    root: Path
    campaign: str
    home: Drawer
    inbox: Drawer
    received: Drawer
    returned: Drawer
    waiting: Drawer
    pictures: Drawer

    @property
    def journal(self) -> Journal:
        """Where the task in hand is written down."""
        return Journal(self.waiting)

    def side(self, name: Side) -> Drawer:
        """Open folder of what was taken, or of what was not."""
        return self.received if name == "received" else self.returned

    @property
    def ours(self) -> frozenset[tuple[int, int]]:
        """The folders in the inbox that hold no new files."""
        return frozenset((self.received.identity(), self.returned.identity()))


@contextmanager
def room(root: Path, campaign: str, drawer: type[Drawer] = Drawer) -> Iterator[Room]:
    """Open a campaign's folders, and make those that are missing; nobody else works in them.

    Raises:
        Refused: one of them is a link or no folder.
        OSError: one of them cannot be made.
    """
    with ExitStack() as stack:
        top = stack.enter_context(drawer.root(root))
        home = stack.enter_context(inner(top, ("content", campaign)))
        waiting = stack.enter_context(inner(home, (WAITING,), make=True))
        lock = stack.enter_context((root / "content" / campaign / WAITING / _LOCK).open("a"))
        fcntl.flock(lock, fcntl.LOCK_EX)
        inbox = stack.enter_context(inner(home, (INBOX,), make=True))
        received, returned = (
            stack.enter_context(inner(inbox, (side,), make=True)) for side in SIDES
        )
        pictures = stack.enter_context(inner(top, (*PICTURES.parts, campaign), make=True))
        yield Room(root, campaign, home, inbox, received, returned, waiting, pictures)


@contextmanager
def inner(folder: Drawer, way: Sequence[str], *, make: bool = False) -> Iterator[Drawer]:
    """Open a folder below another, step by step.

    Raises:
        FileNotFoundError: it is not there.
        Refused: a step is a link or no folder.
        OSError: it cannot be made.
    """
    with ExitStack() as stack:
        for name in way:
            if make:
                folder.make(name)
            folder = stack.enter_context(folder.folder(name))
        yield folder


def has_stem(room: Room, way: Sequence[str], stem: str) -> bool:
    """Tell whether a submission or message of this name lies in one of the `HOMES`."""
    try:
        with inner(room.home, way) as folder:
            return any(folder.has(f"{stem}{suffix}") for suffix in (".md", ".txt"))
    except FileNotFoundError:
        return False
