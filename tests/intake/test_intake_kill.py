"""Killed before or after any change on the disk, intake neither loses nor doubles anything."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest

from bot.content import load
from bot.intake import Intake
from bot.intake.drawer import Drawer
from bot.store import Store
from tests.intake.mounts import OldMount
from tests.intake.world import SECONDS, World, picture

CHANGES = {
    "drawer.py": {
        "_reserve", "_write", "create", "make", "move", "remove", "replace", "replace_placeholder",
    },
    "audit.py": {"write_audit"},
}  # fmt: skip
"""What changes something on the disk, by module."""
KILLED = 9


def killed_at(step: int, work: Callable[[], object]) -> bool:
    """Do some work in a process that is killed at its `step`-th change, before or behind it.

    Returns whether it came so far.
    """
    child = os.fork()
    if child == 0:  # from here on nothing may return
        left = step

        def at(frame: FrameType, event: str, _: object) -> None:
            nonlocal left
            code = frame.f_code
            if event in ("call", "return") and code.co_name in CHANGES.get(
                Path(code.co_filename).name, ()
            ):
                left -= 1
                if left < 0:
                    os._exit(KILLED)

        try:
            sys.setprofile(at)
            work()
            sys.setprofile(None)
            os._exit(0)
        finally:
            os._exit(1)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, KILLED)
    return code == KILLED


def work_through(root: Path, drawer: type[Drawer], world: World) -> None:
    """Answer all that lies there, as another process would."""
    with Store.open(f"sqlite:///{root}/data/ledger.db") as store:
        intake = Intake(root, store, store, drawer)
        catalog = load(root).catalog
        intake.look(catalog, world.now)
        while intake.pending:
            list(intake.answer(catalog, world.now + 3 * SECONDS))


def drop_three(world: World, step: int, raw: bytes) -> dict[str, bytes]:
    """Save a text with its picture, and a file that cannot be read."""
    text = f"Number {step} of our texts on water.\n\nAlt: A river, {step}.\n"
    dropped = {f"t{step}.txt": text.encode(), f"t{step}.jpg": raw, f"t{step}.pdf": b"%PDF" + raw}
    for file, content in dropped.items():
        world.drop(file, content)
    return dropped


@pytest.mark.parametrize(("drawer", "stride"), [(Drawer, 2), (OldMount, 5)])
def test_a_kill_at_any_change_loses_and_doubles_nothing(
    tmp_path: Path, drawer: type[Drawer], stride: int
) -> None:
    """Three files are dropped anew for each step at which the work is killed."""
    raw = picture()
    with Store.open(f"sqlite:///{tmp_path}/data/ledger.db") as store:
        world = World(tmp_path, store, drawer)
        step = 0
        killed = True
        while killed:
            dropped = drop_three(world, step, raw)
            killed = killed_at(step, lambda: work_through(tmp_path, drawer, world))
            world.intake = Intake(tmp_path, store, store, drawer)
            world.answers()
            _all_is_there_once(world, f"t{step}", dropped)
            step += stride
    assert step > 40


def _all_is_there_once(world: World, name: str, dropped: dict[str, bytes]) -> None:
    places = {way: raw for way, raw in world.places().items() if f"/{name}." in f"/{way}"}
    assert places == {
        f"received/{name}.txt": dropped[f"{name}.txt"],
        f"received/{name}.jpg": dropped[f"{name}.jpg"],
        f"returned/{name}.pdf": dropped[f"{name}.pdf"],
    }
    waiting = {stem: text for stem, text in world.waiting().items() if name in (stem, stem[:-2])}
    assert list(waiting) == [name]
    assert f"image: images/submitted/water/{name}.jpg\n" in waiting[name]
    kept = world.root.glob(f"images/submitted/water/{name}[-.]*")
    assert [path.name for path in kept] == [f"{name}.jpg"]
    notes = [path.name for path in world.inbox.glob(f"returned/{name}.*.why.txt")]
    assert notes == [f"{name}.pdf.why.txt"]
    assert len(world.store.audit(f"water/{name}")) == 1
    assert not world.store.audit(f"water/{name}-2")
    assert not (world.home / "waiting/.intake.json").exists()


def test_a_file_saved_anew_after_a_kill_is_not_lost(tmp_path: Path) -> None:
    """The same name may lie in the inbox again with other words: what was taken counts, too."""
    seen = set()
    with Store.open(f"sqlite:///{tmp_path}/data/ledger.db") as store:
        world = World(tmp_path, store)
        for step in range(6, 40, 3):
            world.drop(f"t{step}.txt", f"The first {step}.")
            if not killed_at(step, lambda: work_through(tmp_path, Drawer, world)):
                break
            world.drop(f"t{step}.txt", f"Other words, {step}, for another day.")
            world.intake = Intake(tmp_path, store, store)
            world.answers()
            found = [way for way in world.places() if way.startswith(f"received/t{step}")]
            bodies = [text for name, text in world.waiting().items() if f"t{step}" in name]
            assert len(found) == len(bodies)  # each file that is there became one submission
            assert any("Other words" in body for body in bodies)
            seen.add(len(found))
    assert seen == {1, 2}  # overwritten by the volunteer before it was taken, or after
