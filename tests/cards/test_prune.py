"""Pictures that nothing refers to are deleted, and nothing else ever is."""

from __future__ import annotations

import os
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.cards import files
from bot.cards.errors import CardError
from bot.cards.prune import prune

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
GRACE = timedelta(days=2)
OLD, YOUNG = timedelta(days=3), timedelta(days=1)


def put(root: Path, name: str, age: timedelta = OLD) -> Path:
    """Put a picture there that was last used so long ago; returns its path below the root."""
    path = files.folder(root) / name
    path.write_bytes(b"picture")
    moment = (NOW - age).timestamp()
    os.utime(path, (moment, moment))
    return files.CARDS / name


def left(root: Path) -> set[str]:
    """Name what is still there."""
    return {path.name for path in (root / files.CARDS).iterdir()}


def test_only_the_old_and_unused_goes(tmp_path: Path) -> None:
    """What is referred to stays however old, and what is young stays though nobody refers to it."""
    used, unused = put(tmp_path, "a" * 32 + ".png"), put(tmp_path, "b" * 32 + ".jpg")
    young = put(tmp_path, "c" * 32 + ".png", YOUNG)
    assert prune(tmp_path, {used}, GRACE, NOW) == (unused,)
    assert left(tmp_path) == {used.name, young.name}
    assert prune(tmp_path, {used}, GRACE, NOW) == ()


@pytest.mark.parametrize(
    "name",
    ["logo.png", ".gitkeep", "a" * 31 + ".png", "A" * 32 + ".png", "a" * 32 + ".gif", "a" * 32],
)
def test_other_peoples_files_stay(name: str, tmp_path: Path) -> None:
    """A file that somebody put there is not ours to delete."""
    put(tmp_path, name)
    assert prune(tmp_path, (), GRACE, NOW) == ()
    assert left(tmp_path) == {name}


def test_neither_links_nor_folders_are_touched(tmp_path: Path) -> None:
    """A link leads to something that is not ours, whatever it is called."""
    outside = tmp_path / "outside.png"
    outside.write_bytes(b"mine")
    os.utime(outside, (0, 0))
    folder = files.folder(tmp_path)
    (folder / ("a" * 32 + ".png")).symlink_to(outside)
    (folder / ("b" * 32 + ".png")).mkdir()
    os.utime(folder / ("b" * 32 + ".png"), (0, 0))
    assert prune(tmp_path, (), GRACE, NOW) == ()
    assert outside.read_bytes() == b"mine"


def test_what_a_crash_left_behind_goes(tmp_path: Path) -> None:
    """Half-written pictures go when nobody can be writing them any more."""
    old, young = put(tmp_path, ".x1y2.part"), put(tmp_path, ".z3.part", YOUNG)
    assert prune(tmp_path, (), GRACE, NOW) == (old,)
    assert left(tmp_path) == {young.name}


def test_a_reference_from_elsewhere_does_not_count(tmp_path: Path) -> None:
    """The same name in another folder is another file."""
    unused = put(tmp_path, "a" * 32 + ".png")
    assert prune(tmp_path, {Path("images/other") / unused.name}, GRACE, NOW) == (unused,)


def test_nothing_to_prune_is_no_error(tmp_path: Path) -> None:
    """Before the first card there is no folder."""
    assert prune(tmp_path, (), GRACE, NOW) == ()


def test_a_file_in_place_of_the_folder_is_said(tmp_path: Path) -> None:
    """The person reads what is wrong, not a traceback."""
    (tmp_path / files.CARDS.parent).mkdir()
    (tmp_path / files.CARDS).write_bytes(b"")
    with pytest.raises(CardError, match="cannot be pruned"):
        prune(tmp_path, (), GRACE, NOW)


def test_a_picture_in_use_is_never_lost(tmp_path: Path) -> None:
    """While one side prunes, another that found its picture there still has it afterwards."""
    names = [f"{number:032x}.png" for number in range(60)]
    for name in names:
        os.utime(tmp_path / put(tmp_path, name), (0, 0))
    found: list[str] = []

    def use() -> None:
        for name in reversed(names):
            if files.kept(tmp_path, name):
                found.append(name)
            else:  # as `render` does: it draws again
                files.write(tmp_path, name, b"picture")
                found.append(name)

    user = threading.Thread(target=use)
    user.start()
    prune(tmp_path, (), GRACE, datetime.now(UTC))
    user.join()
    assert left(tmp_path) == set(found) == set(names)
