"""Cards as people meet them: one message's, a sheet of all, a watch, and those drawn ahead."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from bot import cards
from tests.e2e.test_promise import REPOSITORY
from tests.e2e.world import bot, bot_json, daemon, environment, make_root, wait_for_line

LETTER = """\
---
language: en
card:
  kind: letter
  headline: Ask your landlord to open the books
  to: The Landlord
  salutation: Dear Sir or Madam,
---
Write a letter today.
"""
MESSAGE = "---\nlanguage: en\ncard: {kind: poster, headline: Rent strike}\n---\nRent strike now.\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small campaign with the shipped templates, and none of its cards drawn."""
    make_root(tmp_path, {"letter.md": LETTER, "strike.md": MESSAGE})
    shutil.copytree(REPOSITORY / cards.TEMPLATES, tmp_path / cards.TEMPLATES)
    return tmp_path


def test_one_message_in_another_style(root: Path) -> None:
    """A comms person sees how a card would look before writing `style:` into the file."""
    usual = bot_json(root, "card", "letter")["card"]
    other = bot_json(root, "card", "letter", "--style", "gazette")["card"]
    assert usual != other
    wrong = bot(root, "card", "letter", "--style", "gazete", check=False)
    assert wrong.returncode == 1
    assert "broadside, gazette, placard" in wrong.stderr


def test_sheet_shows_a_message_in_every_style_and_size(root: Path) -> None:
    """The page holds its twelve pictures itself."""
    bot(root, "card", "strike", "--all", "-o", "sheet.html")
    page = (root / "sheet.html").read_text(encoding="utf-8")
    assert page.count("data:image/png;base64,") == 12
    assert 'class="problem"' not in page


def test_sheet_of_a_broken_style_says_why(root: Path) -> None:
    """A designer's slip stands on the page, at its place in the file, where the card would be."""
    template = root / cards.TEMPLATES / "mine.yaml"
    template.write_text("based_on: broadside\nkinds:\n  poster: {colum: [headline]}\n")
    done = bot(root, "card", "strike", "--all", "--style", "mine", "-o", "sheet.html")
    assert done.stdout.strip() == "sheet.html"
    assert "images/templates/mine.yaml:3:" in (root / "sheet.html").read_text(encoding="utf-8")


def test_watch_draws_again_at_each_save(root: Path) -> None:
    """A designer's change is on the page a moment after it was saved; Ctrl-C ends it quietly."""
    # Whoever runs the tests may have Ctrl-C ignored, as a shell does in the background.
    command = ["env", "--default-signal=INT", sys.executable, "-m", "bot", "card", "strike"]
    process = subprocess.Popen(  # noqa: S603 # our own program
        [*command, "--watch", "-o", "card.png"],
        cwd=root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
    )
    try:
        wait_for_line(process, "watching for changes")
        before = (root / "card.png").read_bytes()
        template = root / cards.TEMPLATES / "broadside.yaml"
        text = template.read_text(encoding="utf-8")
        template.write_text(text.replace("ground: background", "ground: accent"), encoding="utf-8")
        wait_for_line(process, "watching for changes")
        assert (root / "card.png").read_bytes() != before
        template.write_text("kinds: [", encoding="utf-8")
        assert "broadside.yaml" in wait_for_line(process, "broadside.yaml")
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 0
    finally:
        process.kill()
        process.wait()
        if process.stderr is not None:
            process.stderr.close()


def test_gallery_is_complete(tmp_path: Path) -> None:
    """The documentation shows every kind in every style, four sizes, and twelve scripts."""
    shown = {path.stem for path in (REPOSITORY / "docs" / "gallery").glob("*-*.*")}
    bot(REPOSITORY, "card", "--gallery", "-o", str(tmp_path / "gallery"))
    made = {path.stem for path in (tmp_path / "gallery").glob("*-*.*")}
    assert made == shown
    assert len(made) == 3 * (8 + 4 + 12)
    page = (REPOSITORY / "docs" / "gallery" / "README.md").read_text(encoding="utf-8")
    assert all(f"({name}." in page for name in made)


def test_daemon_draws_ahead_and_clears_away(root: Path) -> None:
    """The coming day's cards are there before their hour; what nobody needs goes in time."""
    folder = root / cards.CARDS
    folder.mkdir(parents=True)
    old, young, foreign = (folder / f"{'0' * 32}.png", folder / f"{'1' * 32}.png", folder / "x.png")
    for path in (old, young, foreign):
        Image.new("RGB", (8, 8)).save(path)
    for path in (old, foreign):
        os.utime(path, (0, 0))
    with daemon(root, "--sandbox") as process:
        line = wait_for_line(process, "cleared away")
        assert line.rstrip().endswith(": 1")
        assert not old.exists()
        assert young.exists()
        assert foreign.exists()
        drawn = {path.name for path in folder.glob("*.png")} - {young.name, foreign.name}
        planned = {entry["card"] for entry in bot_json(root, "plan", "--days", "1")}
        assert {Path(card).name for card in planned if card} <= drawn
        process.terminate()
        process.wait(timeout=60)
