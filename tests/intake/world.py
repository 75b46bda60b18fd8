"""A campaign with an inbox: files are dropped, time passes, answers come."""

from __future__ import annotations

import io
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PIL import Image

from bot.content import load
from bot.intake import Answer, Intake
from bot.intake.drawer import Drawer
from bot.store import Store
from tests.content.repo import Repo

SECONDS = timedelta(seconds=1)
MINUTES = timedelta(minutes=1)


class World(Repo):
    """A small sound repository; `store` is its ledger."""

    def __init__(self, root: Path, store: Store, drawer: type[Drawer] = Drawer) -> None:
        super().__init__(root)
        self.store = store
        self.intake = Intake(root, store, store, drawer)
        self.now = datetime.now(UTC)
        """The real time, since the age of files is; but it goes on only when a test says so."""
        self.home = root / "content/water"
        self.inbox = self.home / "inbox"
        self.inbox.mkdir()

    def drop(self, name: str | bytes, content: str | bytes = "A text.\n") -> Path:
        """Save a file in the inbox, as a volunteer does."""
        file = self.inbox / os.fsdecode(name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    def answers(self, later: timedelta = timedelta(0)) -> list[Answer]:
        """Look, wait until files have settled, and answer them all."""
        catalog = load(self.root).catalog
        self.now = max(self.now, datetime.now(UTC)) + later
        self.intake.look(catalog, self.now)
        self.now += 3 * SECONDS
        answers = []
        while self.intake.pending:
            answers += list(self.intake.answer(catalog, self.now))
        return answers

    def answer(self, name: str | bytes, content: str | bytes = "A text.\n") -> Answer:
        """Drop one file and give its answer."""
        self.drop(name, content)
        (answer,) = self.answers()
        return answer

    def codes(self, name: str | bytes, content: str | bytes = "A text.\n") -> list[str]:
        """Drop one file and name what was found."""
        return [finding.reason.code for finding in self.answer(name, content).findings]

    def note(self, answer: Answer) -> str:
        """Read a note as a volunteer does."""
        return (self.inbox / answer.note).read_bytes().decode("utf-8-sig")

    def waiting(self) -> dict[str, str]:
        """The submissions by name."""
        return {p.stem: p.read_text("utf-8") for p in sorted(self.home.glob("waiting/*.md"))}

    def places(self) -> dict[str, bytes]:
        """All volunteers' files in and below the inbox, notes left out, by their way."""
        return {
            str(path.relative_to(self.inbox)): path.read_bytes()
            for path in self.inbox.rglob("*")
            if path.is_file() and not path.is_symlink() and not path.name.endswith(".why.txt")
        }


def picture(kind: str = "JPEG", *, gps: bool = False) -> bytes:
    """A small picture; with `gps` as a phone takes it."""
    exif = Image.Exif()
    if gps:
        place = exif.get_ifd(0x8825)
        place[1], place[2] = "N", (51.0, 30.0, 12.0)
        exif[0x010F] = "A phone of Ana's"
    file = io.BytesIO()
    Image.linear_gradient("L").convert("RGB").save(file, kind, exif=exif)
    return file.getvalue()
