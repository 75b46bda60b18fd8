"""Writes what was planned: pictures, submissions, and lines in the audit log."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from bot.content.waiting import put
from bot.importing import pictures
from bot.importing.plan import Import, submission_file
from bot.model import Deed
from bot.store import NewEntry, Store


def carry_out(
    root: Path, planned: Import, store: Store, by: str, now: datetime
) -> Iterator[tuple[int, Path]]:
    """Write the submissions, one after the other; gives each row and its file.

    What was written stays where a later one fails; importing the file again does the rest.

    Raises:
        CardError, ContentError: a picture or a file cannot be written.
    """
    for one in planned.planned:
        picture = pictures.take(root.resolve(), one.picture, one.stem) if one.picture else ""
        path = put(root, planned.campaign, one.stem, submission_file(one, picture, planned.file))
        detail = {"file": planned.file, "row": str(one.entry.row)}
        if one.entry.sender:
            detail["sender"] = one.entry.sender
        subject = f"{planned.campaign}/{path.stem}"
        store.write_audit([NewEntry(by, Deed.DRAFTED, subject, detail=detail)], now)
        yield one.entry.row, path
