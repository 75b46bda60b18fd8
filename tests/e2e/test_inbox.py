"""The drop folder as a volunteer meets it: a file is saved, and within seconds it is answered."""

from __future__ import annotations

import signal
from pathlib import Path
from time import monotonic

import pytest
from PIL import Image

from tests.e2e.world import bot, bot_json, daemon, make_root, wait_for_line
from tests.intake.world import picture
from tests.tables.books import DATE, Serial, Sheet, xlsx

SECONDS = 30
"""A busy machine's; on a quiet one the answer takes about three."""

WORD = "“Rent is theft”,\u00a0she said — she’s right."
DROPPED: dict[str, str | bytes] = {
    "word.txt": WORD + "\r\n",
    "notepad.txt": "Freeze the rents – today!\r\n".encode("utf-16"),
    "excel.csv": "\ufeffDatum;Uhrzeit;Text\r\n24.12.2090;18:00;Mieten runter, für alle\r\n",
    "excel.xlsx": xlsx(Sheet([["Datum", "Text"], [Serial(69760, DATE), "Die Miete bleibt!"]])),
    "photo.jpg": picture(gps=True),
    "photo.txt": "We were many.\n\nAlt: A crowd in front of a block of flats.\n",
    "día 8 — póster (final) (2).txt": "El ocho salimos a la calle.\n",
    "empty.txt": "",
    "huge.txt": "blah " * 600_000,
    "long.txt": "x" * 281,
}
REFUSED = {
    "empty.txt": "The file is empty.",
    "huge.txt": "The file has 2,930 KB",
    "long.txt": "The text is 1 character too long for X: 281 of 280.",
}


def drop(root: Path) -> Path:
    """Save all files as a volunteer does."""
    inbox = root / "content/rent-strike/inbox"
    for name, content in DROPPED.items():
        file = inbox / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return inbox


def seconds_until_answered(inbox: Path) -> float:
    """Wait until no file is left."""
    began = monotonic()
    while any(path.is_file() for path in inbox.iterdir()):
        assert monotonic() - began < SECONDS, sorted(p.name for p in inbox.iterdir())
    return monotonic() - began


def test_each_file_is_answered_rightly_within_seconds(tmp_path: Path) -> None:
    """Word's quotes, Notepad's UTF-16, German Excel, a phone's photo, and what goes wrong."""
    root = make_root(tmp_path, {})
    with daemon(root, "--sandbox", "--port", "0") as process:
        wait_for_line(process, "started")
        inbox = root / "content/rent-strike/inbox"
        began = monotonic()
        while not (inbox / "returned").is_dir():
            assert monotonic() - began < SECONDS
        seconds_until_answered(drop(root))
        process.send_signal(signal.SIGTERM)
        assert process.wait(SECONDS) == 0
    returned = {path.name: path for path in (inbox / "returned").iterdir()}
    assert set(returned) == {*REFUSED, *(f"{name}.why.txt" for name in REFUSED)}
    for name, words in REFUSED.items():
        assert words in returned[f"{name}.why.txt"].read_text("utf-8-sig")
    received = {path.name: path.read_bytes() for path in (inbox / "received").iterdir()}
    taken = {n: c.encode() if isinstance(c, str) else c for n, c in DROPPED.items()}
    assert received == {n: c for n, c in taken.items() if n not in REFUSED}
    waiting = {path.stem: path.read_text("utf-8") for path in root.glob("content/*/waiting/*.md")}
    assert set(waiting) == {
        "dia-8-poster-final-2", "excel-2", "excel-2-2", "notepad", "photo", "word"
    }  # fmt: skip
    assert waiting["word"].endswith(f"---\n{WORD}\n")
    assert "at: 2090-12-24 18:00" in waiting["excel-2"] + waiting["excel-2-2"]
    with Image.open(root / "images/submitted/rent-strike/photo.jpg") as photo:
        assert not photo.getexif()
    shown = {item["message"]: item for item in bot_json(root, "waiting")}
    assert shown["rent-strike/word"]["submission"]
    assert not [p for item in shown.values() for p in item["problems"]]


def test_what_was_dropped_goes_out_once_approved(tmp_path: Path) -> None:
    """From the inbox by a person's word to messages/, and the file's sender is in the log."""
    root = make_root(tmp_path, {"later.md": "Nothing is due yet."})
    inbox = root / "content/rent-strike/inbox/ana"
    inbox.mkdir(parents=True)
    (inbox / "a.txt").write_text("Ask https://news.example about the rents.")
    (inbox / "b.txt").write_text("")
    done = bot(root, "intake", check=False)
    assert done.returncode == 1
    assert "taken     rent-strike/ana/a.txt: waits for approval as rent-strike/a" in done.stdout
    assert "returned  rent-strike/ana/b.txt: The file is empty." in done.stdout
    refused = bot(root, "approve", "a", "--by", "Bo", check=False)
    assert refused.returncode == 1
    assert "news.example" in refused.stderr
    bot(root, "approve", "a", "--by", "Bo", "--allow-links")
    assert (root / "content/rent-strike/messages/a.md").exists()
    assert "ana" in bot(root, "audit").stdout
    assert bot_json(root, "intake") == []


def test_a_reviewers_reason_lands_where_the_volunteer_looks(tmp_path: Path) -> None:
    """In returned/, in the folder of the same name, with the reviewer's own words."""
    root = make_root(tmp_path, {})
    inbox = root / "content/rent-strike/inbox"
    (inbox / "ana").mkdir(parents=True)
    (inbox / "ana/a.txt").write_text("The rents, again.")
    bot(root, "intake")
    bot(root, "return", "a", "--by", "Bo", "--why", "Say which street.")
    note = (inbox / "returned/ana/a.txt.why.txt").read_text("utf-8-sig")
    assert "The comms team has read “a.txt”" in note
    assert "Bo: Say which street." in note
    assert (inbox / "received/ana/a.txt").exists()


def test_only_one_campaigns_inbox_may_be_answered(tmp_path: Path) -> None:
    """A name that is none is told; an answer is a JSON document for programs."""
    root = make_root(tmp_path, {})
    inbox = root / "content/rent-strike/inbox"
    inbox.mkdir(parents=True)
    (inbox / "a.txt").write_text("The rents, again.")
    assert "no campaign" in bot(root, "intake", "--campaign", "x", check=False).stderr
    (answer,) = bot_json(root, "intake", "--campaign", "rent-strike")
    assert (answer["verdict"], answer["submissions"]) == ("taken", ["rent-strike/a"])


@pytest.mark.parametrize("name", ["received", "returned"])
def test_an_inbox_that_cannot_be_used_stops_no_post(tmp_path: Path, name: str) -> None:
    """The operator is told, and the daemon goes on."""
    root = make_root(tmp_path, {})
    inbox = root / "content/rent-strike/inbox"
    inbox.mkdir(parents=True)
    (inbox / name).symlink_to(tmp_path)
    with daemon(root, "--sandbox", "--port", "0") as process:
        assert "is a link" in wait_for_line(process, "is not looked at")
        process.send_signal(signal.SIGTERM)
        assert process.wait(SECONDS) == 0
