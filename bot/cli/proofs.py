"""Writes a proof sheet to where a person wants it: `bot plan --html FILE`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.cli.common import UserError, note, wall_clock

if TYPE_CHECKING:
    from bot.model import Post
    from bot.planning import Desk
    from bot.proof import Sheet

STDOUT = "-"


def writable(file: str) -> None:
    """Find out before the work whether there is a place for the sheet.

    Raises:
        UserError: there is none; says why.
    """
    if file == STDOUT:
        return
    path = Path(file)
    try:
        is_folder, has_folder = path.is_dir(), path.parent.is_dir()
    except OSError as error:  # a name that no file can have
        raise UserError(f"{file} cannot be written: {error.strerror}") from error
    if is_folder:
        raise UserError(f"{file} is a folder: name a file in it, e.g. {path / 'proof.html'}")
    if not has_folder:
        raise UserError(f"{file} cannot be written: there is no folder {path.parent}")


def write(file: str, desk: Desk, posts: Sequence[Post], start: datetime, end: datetime) -> None:
    """Make the sheet of a plan and write it, over an earlier one; says what is on it.

    Raises:
        UserError: the file cannot be written; says why.
    """
    from bot.proof import gather, page, sheet

    made = sheet(gather(desk, posts, start, end, wall_clock()))
    content = page(made).encode("utf-8", "replace")
    if file == STDOUT:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        try:
            Path(file).write_bytes(content)
        except OSError as error:
            raise UserError(f"{file} cannot be written: {error.strerror}") from error
    told = _told(made, len(content))
    if file == STDOUT:
        note(told)
    else:
        typer.echo(f"{file}: {told}")
    if made.cut is not None:
        note(
            f"It ends with {made.cut.last}, to stay small enough for mail. The rest: "
            f"bot plan --from {made.cut.next} --days {made.cut.days} --html FILE"
        )


def _told(made: Sheet, size: int) -> str:
    return (
        f"proof sheet {made.code}, {made.posts} posts, {made.left_out} left out, "
        f"${made.cost_usd:.3f} on X for posting, {size / 1_000_000:.1f} MB"
    )
