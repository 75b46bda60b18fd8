"""The page in a real browser: what a person sees is there, and nothing else is asked for."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from bot.model import Account, Draft, NetworkName, Picture
from bot.networks.registry import connect
from tests.sandbox.stage import Stage

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--hide-scrollbars",
)  # fmt: skip

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")


def browse(profile: Path, *arguments: str) -> str:
    """Run Chromium once."""
    done = subprocess.run(  # noqa: S603 # Debian's browser on our own page
        [str(CHROMIUM), *QUIET, f"--user-data-dir={profile}", *arguments],
        capture_output=True,
        text=True,
        timeout=90,
        check=True,
    )
    return done.stdout


@pytest.mark.timeout(200)
def test_a_reader_sees_posts_cards_and_alt_text(stage: Stage, tmp_path: Path) -> None:
    """Hostile text stays text, the card's own colour is on the screen, the alt text beside it."""
    card = tmp_path / "card.png"
    image = Image.new("RGB", (1200, 675), "#00c853")
    ImageDraw.Draw(image).rectangle((100, 100, 600, 400), fill="#d500f9")
    image.save(card)
    sandbox = stage.sandbox
    account = Account("masto-en", NetworkName.MASTODON, server=sandbox.mastodon_url)
    sandbox.add_account("mastodon", "masto-en", bot=True)
    token = {"ACCESS_TOKEN": sandbox.mastodon_token("masto-en")}
    draft = Draft(
        "masto-en", NetworkName.MASTODON, "We meet <b>at eight</b> #RentStrike", "en", 34, 500,
        picture=Picture(card, "image/png", "A green card & a violet box"),
    )  # fmt: skip
    connect(account, token, clock=stage.clock).publish(draft, card.read_bytes(), "k")

    seen = browse(tmp_path / "profile", "--dump-dom", sandbox.page_url)
    assert "We meet &lt;b&gt;at eight&lt;/b&gt;" in seen
    assert "A green card &amp; a violet box" in seen
    shot = tmp_path / "shot.png"
    browse(
        tmp_path / "profile", "--window-size=1280,1600", f"--screenshot={shot}", sandbox.page_url
    )
    with Image.open(shot) as picture:
        colours = {c for _, c in picture.convert("RGB").getcolors(1 << 24) or []}
    assert {(0, 0xC8, 0x53), (0xD5, 0, 0xF9)} <= colours
