"""Pictures that rows name: found beside the spreadsheet or in images/, and made safe copies."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path, PurePath

from bot import cards
from bot.cards.files import MOST_BYTES
from bot.content import ContentError, pictures

SUBMITTED = Path("images/submitted")
_MOST_PIXELS = 33_177_600
_MOST_COPY = 16 * 2**20
"""More than any network takes; the copy for each is made of this one."""


def find(root: Path, beside: Path, written: str) -> Path | None:
    """Find the picture that a row names; None where there is none.

    Args:
        root: resolved.
        beside: the spreadsheet's folder.
        written: a path from the root, or from that folder and not out of it; or the name of a
            picture in images/submitted/.

    Raises:
        ValueError: it can be no picture; the text says why.
    """
    name = written.replace("\\", "/")
    if PurePath(name).is_absolute() or ".." in PurePath(name).parts or name[1:2] == ":":
        name = PurePath(name).name  # a path on somebody's own computer
    if PurePath(name).suffix.lower() not in pictures.SUFFIXES:
        pictures.find(root, name, ".")  # says why it is none
    for base in (beside, root, root / "images", root / SUBMITTED):
        try:
            path = (base / name).resolve()
            home = root if path.is_relative_to(root) else beside.resolve()
            if path.is_relative_to(home) and path.is_file():
                return path
        except (OSError, ValueError, RuntimeError):
            continue  # a name too long, a loop of links
    return None


def checked(path: Path) -> None:
    """Find out whether a safe copy can be made of a picture.

    Raises:
        CardError: it cannot; the text is for the person who gave it.
    """
    with tempfile.TemporaryDirectory() as folder:
        _safe_copy(path, Path(folder))


def take(root: Path, path: Path, stem: str) -> str:
    """Give a picture a place in the repository, without what a camera writes into it.

    Returns its path from the root; one that lies below images/ stays where it is.

    Raises:
        CardError, ContentError: it cannot be used, or the folder cannot be written.
    """
    if path.is_relative_to(root / "images"):
        return path.relative_to(root).as_posix()
    folder = root / SUBMITTED
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".", dir=folder) as scratch:
            copy = _safe_copy(path, Path(scratch))
            number = 1
            while True:
                name = f"{stem}{f'-{number}' if number > 1 else ''}{copy.suffix}"
                number += 1
                try:
                    with (folder / name).open("xb") as new, copy.open("rb") as made:
                        shutil.copyfileobj(made, new)
                    return (SUBMITTED / name).as_posix()
                except FileExistsError:
                    continue
    except OSError as error:
        raise ContentError(f"{SUBMITTED} cannot be written: {error.strerror}") from error


def _safe_copy(path: Path, folder: Path) -> Path:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise cards.CardError(f"{path.name}: it is larger than {MOST_BYTES // 2**20} MB")
        original = folder / f"picture{path.suffix.lower()}"
        shutil.copyfile(path, original)
    except OSError as error:
        raise cards.CardError(f"{path.name}: it cannot be read: {error.strerror}") from error
    name = Path(original.name)
    made = cards.supplied(name, folder, max_pixels=_MOST_PIXELS, max_bytes=_MOST_COPY)
    return folder / made
