"""Files that mean harm, or look like it: refused without harm, and without stopping the rest."""

from __future__ import annotations

import os
import socket
from datetime import timedelta
from pathlib import Path

import pytest

from bot.intake.drawer import Drawer
from bot.intake.look import look
from bot.intake.names import is_left_alone
from tests.intake.world import SECONDS, World, picture


def reasons(world: World) -> dict[str, list[str]]:
    """Answer all that lies there; the codes by file."""
    return {a.file: [f.reason.code for f in a.findings] for a in world.answers()}


def test_links_and_devices_are_moved_away_and_never_followed(world: World, tmp_path: Path) -> None:
    """A link to a secret is returned as the link that it is; a pipe hangs nobody."""
    secret = world.write("data/secret.txt", "the keys")
    (world.inbox / "a.txt").symlink_to(secret)
    (world.inbox / "b").symlink_to(tmp_path / "data")
    os.mkfifo(world.inbox / "c.txt")
    os.link(secret, world.inbox / "d.txt")
    here = Path.cwd()
    os.chdir(world.inbox)  # a socket's path may only be short
    with socket.socket(socket.AF_UNIX) as plug:
        plug.bind("e.txt")
        os.chdir(here)
        world.drop("z.txt", "A good text among them.")
        found = reasons(world)
    assert found == {
        "a.txt": ["file-link"], "b": ["file-link"], "c.txt": ["file-special"],
        "d.txt": ["file-hard-link"], "e.txt": ["file-special"], "z.txt": [],
    }  # fmt: skip
    assert (world.inbox / "returned/a.txt").is_symlink()
    assert list(world.waiting()) == ["z"]
    assert secret.read_text() == "the keys"


def test_folders_are_read_two_deep(world: World) -> None:
    """What lies deeper is returned as a whole, unread."""
    world.drop("ana/march/deep/er/a.txt")
    world.drop("ana/march/b.txt", "Two deep is fine.")
    assert reasons(world) == {"ana/march/deep": ["file-too-deep"], "ana/march/b.txt": []}
    assert (world.inbox / "returned/ana/march/deep/er/a.txt").exists()
    assert (world.inbox / "returned/ana/march/deep.why.txt").exists()


@pytest.mark.parametrize("name", ["received", "returned"])
def test_our_own_folders_cannot_be_swapped_for_links(
    world: World, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    """An inbox with a link in their place is left alone, and the operator is told once."""
    outside = world.root / "outside"
    outside.mkdir()
    (world.inbox / name).symlink_to(outside)
    world.drop("a.txt")
    assert world.answers() == world.answers() == []
    assert not list(outside.iterdir())
    assert caplog.text.count("is not looked at") == 1


def test_a_volunteers_folder_in_ours_may_be_a_link_and_is_not_followed(world: World) -> None:
    """Nothing is written through a link that somebody has put into received/ or returned/."""
    outside = world.root / "outside"
    outside.mkdir()
    world.answers()
    (world.inbox / "received/ana").symlink_to(outside)
    world.drop("ana/a.txt", "A text that cannot be put away.")
    assert world.answers() == []
    assert not list(outside.iterdir())
    assert (world.inbox / "ana/a.txt").exists()
    assert not world.waiting()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("---\nsource: " + "[" * 3000 + "\n---\nText", "head-setting"),
        ("---\na: &a [x,x]\nb: [*a,*a]\n---\nText", "head-setting"),
        ("---\nlink: javascript:alert(1)\n---\nText", "head-setting"),
        ("a\0b", "text-encoding"),
    ],
)
def test_hostile_front_matter_is_refused(world: World, content: str, code: str) -> None:
    """Nesting, references and other schemes cost nothing and go nowhere."""
    assert code in world.codes("a.md", content)


def test_a_picture_that_is_a_bomb_is_refused(world: World) -> None:
    """It is decoded in a process with little memory, if at all."""
    raw = picture("PNG")
    header = raw[:16] + (60_000).to_bytes(4) + (60_000).to_bytes(4) + raw[24:]
    world.drop("a.png", header)
    world.drop("a.txt", "Look!\n\nAlt: A bomb.\n")
    assert reasons(world)["a.txt"] == ["picture-unusable"]


def test_what_changes_between_two_looks_is_still_being_written(world: World) -> None:
    """It is taken once it has rested, never in half."""
    file = world.drop("a.txt", "Half of a sen")
    catalog = world.load().catalog
    world.intake.look(catalog, world.now)
    assert list(world.intake.answer(catalog, world.now + SECONDS)) == []
    assert world.intake.pending == 1
    file.write_text("Half of a sentence, and the rest.")
    os.utime(file, ns=(0, file.stat().st_mtime_ns + 10**9))
    assert list(world.intake.answer(catalog, world.now + 2 * SECONDS)) == []
    assert [a.verdict for a in world.answers()] == ["taken"]
    assert "and the rest." in world.waiting()["a"]


def test_a_look_keeps_the_oldest_files_only(world: World) -> None:
    """A million files take no more memory than a thousand, and come in order of arrival."""
    for number in range(30):
        file = world.drop(f"{number * 7 % 30:02}.txt")
        os.utime(file, ns=(0, 10**9 * number))
    with Drawer.root(world.inbox) as inbox:
        found = look(inbox, frozenset(), most=4)
    assert [one.name for one in found] == ["00.txt", "07.txt", "14.txt", "21.txt"]


@pytest.mark.parametrize(
    "name",
    [
        ".DS_Store", "._photo.jpg", ".~lock.plan.xlsx#", ".sync_8a9f.db", "_sync_8a9f.db-wal",
        ".syncthing.a.txt.tmp", "a.sync-conflict-20260101-101010-ABCDEF.txt", ".a.txt.Xy12Zq",
        "a (Ana's conflicted copy 2026-01-01).txt", "a (conflicted copy 2026-01-01 101010).txt",
        "a (Konfliktkopie von Ana 2026-01-01).txt", "a (Case Conflict).txt",
        "a (copia en conflicto de Ana 2026-01-01).txt", "a (SFConflict ana 2026-01-01).txt",
        "~$plan.docx", "~WRL0001.tmp", "a.txt.crdownload", "a.part", "a.txt.partial",
        "a.filepart", "Thumbs.db", "desktop.ini", "Icon\r", "a.txt~", "#a.txt#", "a.swp",
    ],
)  # fmt: skip
def test_what_belongs_to_programs_is_left_alone(world: World, name: str) -> None:
    """Sync tools, systems and open editors keep their own files."""
    world.drop(name, "x")
    assert world.answers(timedelta(days=1)) == []
    assert list(world.places()) == [name]


@pytest.mark.parametrize(
    "name", ["a.txt", "conflicted.txt", "part.txt", "día (2).txt", "my copy.txt", "thumbs.txt"]
)
def test_what_people_save_is_not(name: str) -> None:
    """No volunteer's text is mistaken for a program's."""
    assert not is_left_alone(name)


def test_a_name_that_is_taken_gets_a_number(world: World) -> None:
    """Nothing in received/ or returned/ is ever replaced, notes included."""
    for words in ("One rain.", "Two winds.", "Three suns."):
        world.answer("a.txt", words)
        world.answer("b.txt", "")
    ways = ["a (2).txt", "a (3).txt", "a.txt"]
    assert sorted(world.places()) == [
        *(f"received/{way}" for way in ways), *(f"returned/b{way[1:]}" for way in ways)
    ]  # fmt: skip
    assert (world.inbox / "returned/b (3).txt.why.txt").exists()
    assert sorted(world.waiting()) == ["a", "a-2", "a-3"]


def test_names_of_any_length_and_bytes_come_back_as_they_were(world: World) -> None:
    """A name of 255 bytes, and one that is no UTF-8, twice each."""
    names = [b"x" * 251 + b".exe", b"\xff\xfe\x80.exe", b"y" * 255]
    for _ in range(2):
        for name in names:
            assert world.answer(name, b"").verdict == "returned"
    found = sorted(os.fsencode(p.name) for p in world.inbox.glob("returned/*"))
    assert all(name in found for name in names)
    assert len(found) == 12
    assert max(map(len, found)) <= 255


def test_the_readme_of_an_inbox_stays(world: World) -> None:
    """It tells volunteers what to do; in their own folders it would be a file like others."""
    world.drop("README.txt", "Save a text here.")
    assert world.answers() == []
