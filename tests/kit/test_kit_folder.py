"""Writing: a whole kit or the old one, and nothing of anybody else's is touched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from bot.kit import KitError, put
from bot.kit.folder import MARKER
from tests.kit.stage import NOW

FILES = {"index.html": b"new", "cards/a.png": b"\x89PNG"}


def tree(folder: Path) -> dict[str, bytes]:
    """All files, hidden ones included."""
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


def test_a_new_folder(tmp_path: Path) -> None:
    """Has the files and the list of them; its size is told."""
    size = put(FILES, tmp_path / "kit", "c", NOW)
    written = tree(tmp_path)
    assert written.keys() == {"kit/index.html", "kit/cards/a.png", f"kit/{MARKER}"}
    assert size == sum(map(len, written.values()))
    assert (tmp_path / "kit").stat().st_mode & 0o777 == 0o755


def test_an_earlier_kit_is_replaced_whole(tmp_path: Path) -> None:
    """Nothing of it stays, and nothing lies about beside it."""
    put({"index.html": b"old", "fr.html": b"old"}, tmp_path / "kit", "c", NOW)
    (tmp_path / "kit/Thumbs.db").write_bytes(b"windows was here")
    put(FILES, tmp_path / "kit", "c", NOW)
    assert tree(tmp_path / "kit").keys() == {*FILES, MARKER}
    assert [p.name for p in tmp_path.iterdir()] == ["kit"]


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({"thesis.txt": b"mine"}, "not empty, and no share kit"),
        ({MARKER: b"[]", "thesis.txt": b"mine"}, "not empty, and no share kit"),
        ({MARKER: b'{"campaign": "c", "files": ["share-kit.json"]}', "thesis.txt": b"mine"},
         "files that are not the kit's: thesis.txt"),
    ],
)  # fmt: skip
def test_what_is_not_ours_is_not_written_over(
    tmp_path: Path, files: dict[str, bytes], why: str
) -> None:
    """Neither a folder that is no kit, nor one in which somebody put a file of theirs."""
    folder = tmp_path / "kit"
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    with pytest.raises(KitError, match=why):
        put(FILES, folder, "c", NOW)
    assert tree(tmp_path) == {f"kit/{name}": content for name, content in files.items()}


def test_an_empty_folder_may_be_filled(tmp_path: Path) -> None:
    """Somebody made it for the kit."""
    (tmp_path / "kit").mkdir()
    put(FILES, tmp_path / "kit", "c", NOW)
    assert (tmp_path / "kit/index.html").read_bytes() == b"new"


def test_places_where_no_folder_can_be(tmp_path: Path) -> None:
    """A file, a link, a missing parent and an impossible name are refused with the reason."""
    (tmp_path / "file").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path)
    for name, why in (
        ("file", "is a file"),
        ("link", "is a link"),
        ("no/kit", "there is no folder"),
        ("x" * 300, "cannot be written"),
    ):
        with pytest.raises(KitError, match=why):
            put(FILES, tmp_path / name, "c", NOW)
    with pytest.raises(KitError, match="whole disk"):
        put(FILES, Path("/proc"), "c", NOW)


def test_a_failure_leaves_the_old_kit_and_nothing_else(tmp_path: Path) -> None:
    """Here a file's name that the disk refuses, half-way through."""
    put({"index.html": b"old"}, tmp_path / "kit", "c", NOW)
    before = tree(tmp_path)
    with pytest.raises(KitError, match="cannot be written"):
        put({**FILES, "x" * 300: b""}, tmp_path / "kit", "c", NOW)
    assert tree(tmp_path) == before
    assert [p.name for p in tmp_path.iterdir()] == ["kit"]


class Interrupted(Mapping[str, bytes]):
    """Files of which the second is never read: Ctrl-C comes first."""

    def __getitem__(self, name: str) -> bytes:
        if name == "second":
            raise KeyboardInterrupt
        return b"new"

    def __iter__(self) -> Iterator[str]:
        return iter(("index.html", "second"))

    def __len__(self) -> int:
        return 2


def test_ctrl_c_leaves_nothing(tmp_path: Path) -> None:
    """In the midst of writing; the old kit is as it was."""
    put({"index.html": b"old"}, tmp_path / "kit", "c", NOW)
    with pytest.raises(KeyboardInterrupt):
        put(Interrupted(), tmp_path / "kit", "c", NOW)
    assert tree(tmp_path / "kit")["index.html"] == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["kit"]


def test_what_a_killed_kit_left_is_cleared_away(tmp_path: Path) -> None:
    """Half a kit goes; a kit that was moved aside and never replaced comes back first."""
    put({"index.html": b"old"}, tmp_path / "kit", "c", NOW)
    put({"index.html": b"half"}, tmp_path / ".kit.abc.part", "c", NOW)
    (tmp_path / "kit").rename(tmp_path / ".kit.abc.old")
    (tmp_path / ".kit.notes").mkdir()
    with pytest.raises(KitError):
        put({"x" * 300: b""}, tmp_path / "kit", "c", NOW)
    assert {p.name for p in tmp_path.iterdir()} == {"kit", ".kit.notes"}
    assert (tmp_path / "kit/index.html").read_bytes() == b"old"
