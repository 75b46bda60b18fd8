"""The page in a real browser: on a desk, on a phone, in the dark and on paper."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image

from bot.model import Picture, Poll
from bot.proof.nouns import Hold
from tests.proof.browser import CHROMIUM, DARK, browse, look_at
from tests.proof.stage import (
    GREEN,
    MASTO,
    VIOLET,
    X,
    at,
    card,
    draft,
    everywhere,
    page_of,
    post,
)

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine"),
    pytest.mark.timeout(300),
]

ARABIC = "الماء للجميع! وقّعوا العريضة: https://example.org/a/long/path/indeed #ماء_للجميع @mayor"
WIDE = "Pneumono" + "ultra" * 60


@pytest.fixture(scope="module")
def hard(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A page with all that could make it wide, faint or long."""
    root = tmp_path_factory.mktemp("proof")
    poll = Poll(("Yes", "No, not as long as the river does not run again"), timedelta(days=1))
    thread = {"thread": tuple(f"Part {n}. {WIDE}" for n in range(2, 6))}
    posts = [
        *everywhere(at(0, 9), f"{WIDE} <b>", "n" * 80, picture=card(root), warnings=(WIDE,)),
        *everywhere(at(0, 9, 5), ARABIC, "ar", language="ar", picture=card(root, "b", (900, 1400))),
        post(X, at(0, 12), WIDE),
        post(MASTO, at(0, 12), draft(MASTO, "Poll", poll=poll, content_warning=WIDE)),
        post(MASTO, at(1, 12), draft(MASTO, "One", thread_lengths=(9,) * 4, **thread), "t"),
        post(X, at(2, 12), "nothing left to say"),
        post(X, at(3, 12), draft(X, "No card", picture=Picture(Path("no.png"), "image/png", "No"))),
    ]
    return page_of(
        posts, root, holds=[Hold("account:x-main", WIDE)], refused=[f"content/{WIDE}.md:1:1: no"]
    )


@pytest.mark.parametrize(("width", "columns"), [(1280, 2), (800, 2), (390, 1)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_and_can_be_read(
    hard: str, tmp_path: Path, width: int, columns: int, scheme: str
) -> None:
    """No sideways scrolling, and every text at WCAG's 4.5:1, at each width and in the dark."""
    seen = look_at(hard, tmp_path, width, *([DARK] if scheme == "dark" else []))
    assert seen["inner"] == width
    assert seen["scroll"] == width
    assert seen["wide"] == []
    assert seen["faint"] == {}
    assert seen["columns"] == columns
    assert (sum(seen["ground"]) < 200) == (scheme == "dark")


def test_faint_or_wide_would_be_found(hard: str, tmp_path: Path) -> None:
    """The two measurements above see what they are there for."""
    worse = hard.replace("--soft: #5a5f68", "--soft: #9a9fa8").replace(
        ".sheet {", ".sheet { min-width: 500px;"
    )
    seen = look_at(worse, tmp_path, 390)
    assert seen["faint"]
    assert seen["wide"]


def test_the_picture_is_on_the_screen(hard: str, tmp_path: Path) -> None:
    """Its own colours are, in spite of the page's policy and of standing in the style."""
    (tmp_path / "proof.html").write_text(hard, encoding="utf-8")
    address = (tmp_path / "proof.html").as_uri()
    shot = tmp_path / "shot.png"
    browse(tmp_path / "profile", "--window-size=1280,4000", f"--screenshot={shot}", address)
    with Image.open(shot) as picture:
        found = {c: n for n, c in picture.convert("RGB").getcolors(1 << 24) or []}
    assert found[GREEN] > 100_000
    assert found[VIOLET] > 50_000


def test_it_prints(hard: str, tmp_path: Path) -> None:
    """To a PDF of a few pages, pictures included: backgrounds print, too."""
    (tmp_path / "proof.html").write_text(hard, encoding="utf-8")
    address = (tmp_path / "proof.html").as_uri()
    out = tmp_path / "proof.pdf"
    browse(tmp_path / "profile", f"--print-to-pdf={out}", address)
    printed = out.read_bytes()
    assert printed.startswith(b"%PDF-")
    assert 3 <= printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page ") <= 14
    assert printed.count(b"/Subtype /Image") >= 2
