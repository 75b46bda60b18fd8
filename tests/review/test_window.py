"""`bot review` and the terminal: what reaches the screen, and what counts as a key."""

from __future__ import annotations

import re
import signal
from base64 import b64decode
from io import BytesIO
from pathlib import Path

from PIL import Image
from typer.testing import CliRunner

from bot.cli import app
from bot.model import Deed
from bot.settings import Settings
from bot.store import NewEntry, Store
from tests.e2e.world import bot
from tests.review.test_reviewing import CAMPAIGN, NOW, deeds, log, root_with
from tests.review.window import review

ASKED = r"\x1b_Gi=4211,[^\x1b]*\x1b\\\x1b\[>q\x1b\[c"
"""What a terminal is asked before it is sent a picture."""


def test_a_hostile_text_does_nothing_to_the_terminal(tmp_path: Path) -> None:
    """Escapes and direction marks are shown by name, whoever smuggled them in, and wherever."""
    evil = "\x1b]0;pwned\x07\x1b[2J\x9b31m\u202e"
    marks = "pay\u2066pal\u200f now"
    root = root_with(tmp_path, a=f"Look: {marks}")
    with Store.open(Settings(root).audit_url) as store:
        detail = {"file": f"inbox/{evil}.txt", "warnings": evil}
        store.write_audit([NewEntry(evil, Deed.RECEIVED, "rent-strike/a", "ab", detail)], NOW)
    with review(root, columns=60) as window:
        window.until("<U+001B>]0;pwned<U+0007>")
        window.end(" q")
        for bad in ("\x1b]0", "\x1b[2J", "\x9b", "\x07", "\u202e", "\u2066", "\u200f"):
            assert bad not in window.raw
    for command in ("waiting", "audit"):
        said = CliRunner().invoke(app, ["--root", str(root), command]).stdout
        assert "rent-strike/a" in said
        assert not {"\x1b", "\x9b", "\u202e", "\u2066"} & set(said)


def test_a_card_is_shown_where_the_terminal_can(tmp_path: Path) -> None:
    """Drawn while one reads; the whole picture, once; its file is named, too."""
    root = root_with(tmp_path, a="---\napproval: required\n---\nRents are high.\n")
    with review(root, "--images", "auto") as window:
        window.until_written(ASKED)
        window.press("\x1b_Gi=4211;OK\x1b\\\x1bP>|kitty(0.40)\x1b\\\x1b[?62;c")
        sent = r"\x1b_Ga=T,f=100,[^;]*,m=1;[^\x1b]*\x1b\\(?:\x1b_Gm=1;[^\x1b]*\x1b\\)*"
        first = window.until_written(sent + r"\x1b_Gm=0;[^\x1b]*\x1b\\")[0]
        data = "".join(re.findall(r";([^\x1b]*)", first))
        with Image.open(BytesIO(b64decode(data))) as image:
            assert image.size == (800, 450)
        file = re.search(r"images/cards/\w+\.png", window.until("alt text:"))
        assert file is not None
        assert (root / file[0]).exists()
        assert str(root / file[0]) in window.do("o", str(root)).replace("\n", "")
        window.end("q")


def test_a_terminal_that_does_not_answer_gets_no_picture(tmp_path: Path) -> None:
    """Over a line or in a window that shows none: a path, and not a letter of a picture."""
    root = root_with(tmp_path, a="---\napproval: required\n---\nRents are high.\n")
    with review(root, "--images", "auto") as window:
        window.until_written(ASKED)
        window.until("images/cards/")
        window.end("q")
        assert not re.search(r"\x1b[_P\]]", re.sub(ASKED, "", window.raw))


def test_what_does_not_fit_must_be_read_first(tmp_path: Path) -> None:
    """A small window: the first key reads on, the same at the end accepts."""
    root = root_with(tmp_path, a="\n\n".join(f"Line {n}." for n in range(20)))
    with review(root) as window:
        window.until("Line 0.")
        window.size(60, 16)
        window.until("more lines")
        while "more line" in window.do("\x0c", "a accept", not_words="There was"):
            window.do("a", "There was more to read")
        window.pause()
        assert log(root) == []
        assert "1 accepted" in window.end("a")


def test_a_key_that_is_held_down_accepts_but_one(tmp_path: Path) -> None:
    """Nor does what was typed ahead, or pasted, say yes to what nobody has seen."""
    root = root_with(tmp_path, a="Rents are high.", b="Wages are low.", c="Come along.")
    with review(root) as window:
        window.until("1 of 3: rent-strike/a")
        window.press("aaaaaaaa")
        window.until("1 of 2: rent-strike/b")
        window.do("a", "That came very fast")
        window.press("\x1b[200~aaaa\x1b[201~")
        window.do("o", "It has no card.")
        window.end("q")
    assert deeds(root) == [("Ana", "approved", "a")]


def test_a_killed_window_loses_nothing(tmp_path: Path) -> None:
    """Each decision is kept when it is made, whatever becomes of the rest."""
    root = root_with(tmp_path, a="Rents are high.", b="Wages are low.")
    with review(root) as window:
        window.until("1 of 2")
        window.do("a", "1 of 1: rent-strike/b")
        window.process.send_signal(signal.SIGKILL)
        window.process.wait()
    assert deeds(root) == [("Ana", "approved", "a")]
    assert (root / CAMPAIGN / "messages/a.md").exists()
    assert (root / CAMPAIGN / "waiting/b.md").exists()


def test_only_what_is_asked_for(tmp_path: Path) -> None:
    """By language and campaign; without a terminal it names the commands for scripts."""
    root = root_with(tmp_path, a="Rents are high.")
    with review(root, "--language", "es") as window:
        assert "Nothing was decided" in window.end()
    refused = bot(root, "review", check=False)
    assert refused.returncode == 1
    assert "bot waiting, bot approve NAME, bot return NAME" in refused.stderr
    assert 'there is no campaign "x"; there are: rent-strike' in _said(root, "--campaign", "x")


def _said(root: Path, *options: str) -> str:
    with review(root, *options) as window:
        while window.read(30):
            pass
        return window.raw
