"""What lies in an inbox, oldest first: the first of the two looks that a file is given.

A folder may hold a million files. They are streamed, and only the oldest are kept, so that a
look takes bounded memory; what is younger comes in a later look.
"""

from __future__ import annotations

import heapq
import stat
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from bot.content.files import Refused
from bot.intake.drawer import Drawer, Mark, mark_of
from bot.intake.names import README, is_left_alone

SETTLES: Final = timedelta(seconds=2)
"""Between two looks at which a file must be the same to be whole."""
MOST: Final = 20_000
"""Files kept of one look."""
DEEPEST: Final = 2
"""Folders that volunteers may keep inside each other."""


class Found(NamedTuple):
    """Something in an inbox; in order of arrival."""

    mtime_ns: int
    name: str
    folders: tuple[str, ...]
    """The volunteer's own folders that it is in."""
    mark: Mark
    came_ns: int
    """When it came to this disk, or was last touched there."""
    owner: int
    links: int


def look(inbox: Drawer, ours: frozenset[tuple[int, int]], most: int = MOST) -> list[Found]:
    """List the `most` files that came first. `ours` are folders to stay out of, by identity."""
    return heapq.nsmallest(most, _walk(inbox, (), ours))


def has_settled(found: Found, inbox: Drawer) -> bool:
    """Take the second look: tell whether a file is what it was at the first."""
    now = inbox.mark(found.name)
    return now is not None and found.mark.same(now)


def ready(looked_at: datetime, now: datetime) -> bool:
    """Tell whether it is time for the second look."""
    return abs(now - looked_at) >= SETTLES  # a clock that was set back must not stop us


def _walk(
    folder: Drawer, way: tuple[str, ...], ours: frozenset[tuple[int, int]]
) -> Iterator[Found]:
    for entry in folder.scan():
        name = entry.name
        if is_left_alone(name) or (not way and name.lower() in README):
            continue
        try:
            status = entry.stat(follow_symlinks=False)
        except OSError:
            continue  # it went away while we looked
        if stat.S_ISDIR(status.st_mode):
            if (status.st_dev, status.st_ino) in ours:
                continue
            if len(way) < DEEPEST:
                try:
                    with folder.folder(name) as inner:
                        yield from _walk(inner, (*way, name), ours)
                except (Refused, FileNotFoundError):
                    pass  # not ours to read; told to the operator by what the system says
                continue
        yield Found(
            status.st_mtime_ns,
            name,
            way,
            mark_of(status),
            status.st_ctime_ns,
            status.st_uid,
            status.st_nlink,
        )
