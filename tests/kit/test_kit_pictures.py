"""A kit's pictures: those that are posted, and lighter ones where they are heavy."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from bot.kit.pictures import HEAVY, WIDTH
from tests.kit.stage import kit_of, message


def test_a_card_is_the_one_that_is_posted(tmp_path: Path) -> None:
    """Byte for byte: somebody approved that one."""
    kit = kit_of(tmp_path, message("a", "Water.", wants_card=True))
    (drawn,) = (tmp_path / "images/cards").iterdir()
    assert kit.pictures == {"cards/a.png": drawn.read_bytes()}
    (entry,) = kit.pages[0].groups[0].entries
    assert entry.card is not None
    assert (entry.card.width, entry.card.height) == (1200, 675)


def test_a_heavy_photo_becomes_lighter(tmp_path: Path) -> None:
    """A whole kit goes into a mail or onto an old phone; its shape and its words stay."""
    (tmp_path / "images").mkdir()
    Image.effect_noise((2400, 1200), 90).convert("RGB").save(tmp_path / "images/vigil.png")
    said = message("a", "Still here.", image=Path("images/vigil.png"), alt="Candles by the river")
    kit = kit_of(tmp_path, said)
    assert (tmp_path / "images/vigil.png").stat().st_size > 5 * HEAVY
    (file,) = kit.pictures.values()
    with Image.open(io.BytesIO(file)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (WIDTH, WIDTH // 2))
    (entry,) = kit.pages[0].groups[0].entries
    assert entry.card is not None
    assert entry.card.alt.text == "Candles by the river"
    assert (entry.card.file, entry.card.height) == ("cards/a.jpg", WIDTH // 2)


def test_what_cannot_be_drawn_is_left_out(tmp_path: Path) -> None:
    """And the rest is not: the reason is told."""
    kit = kit_of(
        tmp_path,
        message("a", "Gone.", image=Path("images/none.png"), alt="Nothing"),
        message("b", "Water."),
    )
    (left,) = kit.left_out
    assert left.name == "c/a"
    assert "there is no picture images/none.png" in left.reason
    assert kit.pages[0].texts == 1
