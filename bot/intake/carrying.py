"""Does what a task says, each step once, whatever was done of it before."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path

from bot.cards import CardError
from bot.content.files import Refused
from bot.intake.drawer import Drawer
from bot.intake.pictured import safe_copy
from bot.intake.room import HOMES, Room, has_stem, inner
from bot.intake.task import Copy, Move, Note, Submission, Task

log = logging.getLogger("bot")

Record = Callable[[Sequence[Submission]], None]
"""Writes lines into the audit log, unless they are there."""


def carry_out(task: Task, room: Room, record: Record) -> bool:
    """Do a task from its beginning; False: a file is no longer what it was, nothing is done.

    Raises:
        OSError, Refused, StoreError: a step failed; the journal keeps the task.
    """
    room.journal.write(task)
    return _go_on(task, room, record, again=False)


def finish(room: Room, record: Record) -> None:
    """Do the rest of a task that was interrupted.

    Raises:
        OSError, Refused, StoreError: as `carry_out`.
    """
    if (task := room.journal.read()) is not None:
        _go_on(task, room, record, again=True)


def _go_on(task: Task, room: Room, record: Record, *, again: bool) -> bool:
    if not _moves(task.moves, room, again=again):
        room.journal.clear()
        return False
    for copy in task.copies:
        _copy(copy, room)
    record(task.submissions)
    for submission in task.submissions:
        while not _put(submission, room, again=again):
            # Somebody took the name since it was chosen.
            other = replace(submission, stem=f"{submission.stem}-{secrets.token_hex(2)}")
            others = tuple(other if s is submission else s for s in task.submissions)
            submission, task = other, replace(task, submissions=others)
            room.journal.write(task)
            record([submission])
    for note in task.notes:
        _note(note, room)
    room.journal.clear()
    return True


# --- moves -------------------------------------------------------------------------------


def _moves(moves: Sequence[Move], room: Room, *, again: bool) -> bool:
    done: list[Move] = []
    try:
        for move in moves:
            if not _moved(move, room, again=again):
                _undo(done, room)
                return False
            done.append(move)
    except (OSError, Refused):
        if not again:
            _undo(done, room)
            room.journal.clear()
        raise
    return True


def _moved(move: Move, room: Room, *, again: bool) -> bool:
    with ExitStack() as stack:
        into = stack.enter_context(inner(room.side(move.to), move.folders, make=True))
        try:
            source = stack.enter_context(inner(room.inbox, move.folders))
        except FileNotFoundError:
            return again
        there = into.mark(move.new)
        here = source.mark(move.name)
        if again and move.mark.same(there) and not into.holds_placeholder(move.new):
            return True
        if here is None:
            return again  # it went away since it was read; what was read counts
        if not move.mark.same(here):
            return False
        if there is None:
            source.move(move.name, into, move.new)
        elif again and into.holds_placeholder(move.new):
            source.replace_placeholder(move.name, into, move.new)
        else:
            return False
        if move.mark.same(into.mark(move.new)):
            return True
        # It was written to in the instant between: back, and look again.
        into.move(move.new, source, move.name)
        return False


def _undo(moves: Sequence[Move], room: Room) -> None:
    for move in reversed(moves):
        with (
            suppress(FileExistsError, FileNotFoundError),
            inner(room.side(move.to), move.folders) as there,
            inner(room.inbox, move.folders) as back,
        ):
            there.move(move.new, back, move.name)


# --- what comes of them ------------------------------------------------------------------


def _copy(copy: Copy, room: Room) -> None:
    if room.pictures.has(copy.new) and not room.pictures.holds_placeholder(copy.new):
        return
    safe = Path(copy.safe)
    try:
        if not (room.root / safe).is_file():
            safe = safe_copy(room.root, Path(copy.original))
        room.pictures.finish(copy.new, (room.root / safe).read_bytes())
    except CardError as error:
        log.warning("the picture %s of %s is gone: %s", copy.new, room.campaign, error)


def _put(submission: Submission, room: Room, *, again: bool) -> bool:
    name = f"{submission.stem}.md"
    if again and _handled(submission.stem, room):
        return True
    return room.waiting.finish(name, submission.text.encode("utf-8"))


def _handled(stem: str, room: Room) -> bool:
    """Tell whether it was put there before a crash; a person may have moved it on since."""
    if room.waiting.holds_placeholder(f"{stem}.md"):
        return False
    return any(has_stem(room, way, stem) for way in HOMES)


def _note(note: Note, room: Room) -> None:
    with inner(room.returned, note.folders, make=True) as folder:
        _write_note(folder, note)


def _write_note(folder: Drawer, note: Note) -> None:
    if not folder.finish(note.name, note.text.encode("utf-8")):
        log.warning("a note of ours has found no place: %s", note.name)
