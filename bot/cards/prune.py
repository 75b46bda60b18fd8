"""Removes finished pictures that nothing refers to any more.

    old and not referred to -> set aside -> still old? -> deleted
                                         -> used since: put back

Whoever finds a picture there and means to use it makes it young first (`files.kept`). So a
picture that is taken up again at this very moment is either put back, or was gone before and
is drawn anew.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import Path

from bot.cards.errors import CardError
from bot.cards.files import CARDS

_OURS = re.compile(r"[0-9a-f]{32}\.(?:png|jpg)")
_LEFT_OVER = re.compile(r"\..+\.part")
"""What `files.write`, or this module, was about to finish when the power failed."""


def prune(
    root: Path, referred: Collection[Path], older_than: timedelta, now: datetime
) -> tuple[Path, ...]:
    """Delete from `images/cards/` what is not among `referred` and was not used for a while.

    `referred` are paths below the root, as `render` and `supplied` return them; `now` has a
    zone. Files with names that are not ours are left alone. Returns what was deleted.

    Raises:
        CardError: the folder cannot be read or written to.
    """
    keep = {path.name for path in referred if path.parent == CARDS}
    before = (now - older_than).timestamp()
    deleted = []
    try:
        for path in sorted((root / CARDS).iterdir()):
            left_over = _LEFT_OVER.fullmatch(path.name) is not None
            ours = left_over or _OURS.fullmatch(path.name) is not None
            if ours and path.name not in keep and _is_old(path, before):
                if left_over:
                    path.unlink(missing_ok=True)
                elif not _deleted(path, before):
                    continue
                deleted.append(CARDS / path.name)
    except FileNotFoundError:
        pass  # nothing was ever drawn
    except OSError as error:
        raise CardError(f"{CARDS} cannot be pruned: {error.strerror}") from error
    return tuple(deleted)


def _is_old(path: Path, before: float) -> bool:
    try:
        return path.is_file() and not path.is_symlink() and path.stat().st_mtime < before
    except FileNotFoundError:  # somebody else prunes too
        return False


def _deleted(path: Path, before: float) -> bool:
    aside = path.with_name(f".{path.name}.part")
    try:
        path.rename(aside)
        if _is_old(aside, before):
            aside.unlink()
            return True
        aside.rename(path)
    except FileNotFoundError:  # somebody else prunes too
        pass
    return False
