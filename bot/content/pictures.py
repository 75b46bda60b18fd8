"""Finds the pictures that content names: files of the repository, and nothing else."""

from __future__ import annotations

import os
import stat
from pathlib import Path, PurePosixPath

from bot.yamlfile.problems import quoted, suggestion

SUFFIXES = (".png", ".jpg", ".jpeg", ".webp")


def find(root: Path, written: str, beside: str) -> Path:
    """Find a picture by its path from the root, or from the folder of the file that names it.

    Args:
        root: resolved.
        written: the path as it stands in the file.
        beside: that file's folder, relative to the root.

    Returns:
        The path relative to the root, links resolved.

    Raises:
        ValueError: there is no such picture within the root.
    """
    if "://" in written:
        raise ValueError(f"{quoted(written)} is an address; put the picture into images/")
    if "\\" in written:
        raise ValueError(f'{quoted(written)} has a "\\" in it; folders are parted by "/"')
    if PurePosixPath(written).suffix.lower() in (".heic", ".heif"):
        raise ValueError(
            f"{quoted(written)} is an iPhone's own format, which networks do not take: export it "
            "as JPEG (on the phone: Settings, Camera, Formats, Most Compatible)"
        )
    if PurePosixPath(written).suffix.lower() not in SUFFIXES:
        raise ValueError(f"{quoted(written)} is not a picture; known are {', '.join(SUFFIXES)}")
    outside = False
    for base in (root, root / beside):
        try:
            path = (base / written).resolve()
            if not path.is_relative_to(root):
                outside = True
            elif stat.S_ISREG(path.stat().st_mode) and path.suffix.lower() in SUFFIXES:
                return path.relative_to(root)
        except (OSError, RuntimeError, ValueError):
            continue  # not there, too long, a loop of links, a NUL: told below
    if outside:
        raise ValueError(f"{quoted(written)} lies outside this folder; copy it into images/")
    raise ValueError(f"there is no file {quoted(written)}{_like(root, written)}")


def _like(root: Path, written: str) -> str:
    """Suggest a file of the folder that is named, if that is ours."""
    folder = PurePosixPath(written).parent
    try:
        place = (root / folder).resolve()
        if not place.is_relative_to(root):
            return ""
        with os.scandir(place) as entries:
            names = sorted(str(folder / entry.name) for entry in entries)
    except (OSError, RuntimeError, ValueError):
        names = []
    return suggestion(written, names) or _of_that_name(root, PurePosixPath(written).name)


def _of_that_name(root: Path, name: str) -> str:
    """Suggest a picture of the same name elsewhere under images/."""
    for folder, _, files in os.walk(root / "images"):
        if name in files:
            found = (Path(folder) / name).relative_to(root).as_posix()
            return f" - did you mean {quoted(found)}?"
    return ""
