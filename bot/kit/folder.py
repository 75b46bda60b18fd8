"""A kit's folder on a disk: written whole or not at all, and over nothing but an earlier kit.

    .NAME.XXXX.part  written beside it ─▶ NAME ; an earlier NAME ─▶ .NAME.XXXX.old, deleted

A kit says in `share-kit.json` which files are its own. A folder with any other file in it is
left alone: somebody put it there.
"""

from __future__ import annotations

import glob
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path

MARKER = "share-kit.json"
_LEFT_BY_SYSTEMS = frozenset(("thumbs.db", "desktop.ini", ".ds_store", ".directory"))
"""What Windows, macOS and KDE put into any folder that somebody looked at."""


class KitError(Exception):
    """A kit cannot be written where it was asked for; the text says what to do."""


def may_write(folder: Path) -> None:
    """Find out before the work whether a kit may be put at `folder`.

    Raises:
        KitError: it may not; says why.
    """
    try:
        if folder.is_symlink():
            raise KitError(f"{folder} is a link: name the folder that it leads to")
        if folder.exists():
            _may_replace(folder)
        if not folder.absolute().parent.is_dir():
            raise KitError(f"there is no folder {folder.absolute().parent}")
    except OSError as error:  # also a name that no folder can have
        raise KitError(f"{folder} cannot be written: {error.strerror}") from error


def put(files: Mapping[str, bytes], folder: Path, campaign: str, made: datetime) -> int:
    """Write a kit, in the place of an earlier one; returns its size in bytes.

    Raises:
        KitError: it may not be written there, or the disk does not take it. Then an earlier
            kit is as it was.
    """
    may_write(folder)
    folder = folder.absolute()
    _clear_away(folder)
    about = {"campaign": campaign, "made": made.isoformat(), "files": sorted([*files, MARKER])}
    marker = json.dumps(about, ensure_ascii=False, indent=1).encode() + b"\n"
    try:
        work = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=".part", dir=folder.parent))
        try:
            _write(work / MARKER, marker)  # first, so that what is left of it is known as ours
            for path, content in files.items():
                _write(work / path, content)
            work.chmod(0o755)
            _swap(work, folder)
        finally:
            shutil.rmtree(work, ignore_errors=True)
    except OSError as error:
        raise KitError(f"{folder} cannot be written: {error.strerror}") from error
    return sum(map(len, files.values())) + len(marker)


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def _swap(work: Path, folder: Path) -> None:
    """Put the new folder in its place; the old one goes only once that is done."""
    old = work.with_suffix(".old")
    if folder.exists():
        folder.rename(old)
        try:
            work.rename(folder)
        except BaseException:
            old.rename(folder)
            raise
        shutil.rmtree(old, ignore_errors=True)
    else:
        work.rename(folder)


def _clear_away(folder: Path) -> None:
    """Take away what a kit that was killed left beside `folder`, and give the old one back."""
    for left in sorted(folder.parent.glob(f".{glob.escape(folder.name)}.*")):
        if left.is_symlink() or not (left / MARKER).is_file():
            continue
        if left.suffix == ".old" and not folder.exists():
            with suppress(OSError):
                left.rename(folder)
        elif left.suffix in (".old", ".part"):
            shutil.rmtree(left, ignore_errors=True)


def _may_replace(folder: Path) -> None:
    if not folder.is_dir():
        raise KitError(f"{folder} is a file: name a folder")
    if os.path.ismount(folder):
        raise KitError(f"{folder} is a whole disk: name a folder on it, e.g. {folder / 'kit'}")
    if not any(folder.iterdir()):
        return
    ours = _own_files(folder)
    if ours is None:
        raise KitError(
            f"{folder} is not empty, and no share kit: name another folder, or empty it yourself"
        )
    here = (path for path in sorted(folder.rglob("*")) if not path.is_dir() or path.is_symlink())
    foreign = [
        name
        for path in here
        if (name := path.relative_to(folder).as_posix()) not in ours
        and path.name.lower() not in _LEFT_BY_SYSTEMS
    ]
    if foreign:
        more = f" and {len(foreign) - 3} more" if len(foreign) > 3 else ""
        raise KitError(
            f"{folder} has files that are not the kit's: {', '.join(foreign[:3])}{more}; "
            "move them elsewhere first, so that they are not lost"
        )


def _own_files(folder: Path) -> set[str] | None:
    """The files that a kit says are its own; None where the folder holds no kit."""
    try:
        about = json.loads((folder / MARKER).read_text("utf-8"))
        return {str(name) for name in about["files"]} if about["campaign"] else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
