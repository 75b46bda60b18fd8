"""Pictures and texts that belong together, in whatever order they come."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from PIL import Image

from tests.intake.world import MINUTES, World, picture

TEXT = "We stood with candles.\n\nAlt: A crowd with candles.\n"


def test_a_picture_and_its_text_become_one_submission(world: World) -> None:
    """The two need the same name, and the text a line that says what the picture shows."""
    world.drop("vigil.JPG", picture(gps=True))
    world.drop("vigil.txt", TEXT)
    assert {answer.verdict for answer in world.answers()} == {"taken"}
    assert world.waiting()["vigil"] == (
        "---\napproval: required\nimage: images/submitted/water/vigil.jpg\n"
        "alt: A crowd with candles.\n---\nWe stood with candles.\n"
    )
    assert sorted(world.places()) == ["received/vigil.JPG", "received/vigil.txt"]
    assert world.load().errors == ()


def test_where_a_photo_was_taken_goes_no_further(world: World) -> None:
    """What lies in received/ is untouched; what may be published has pixels and nothing else."""
    raw = picture(gps=True)
    world.drop("vigil.jpg", raw)
    world.drop("vigil.txt", TEXT)
    world.answers()
    assert world.places()["received/vigil.jpg"] == raw
    with Image.open(world.root / "images/submitted/water/vigil.jpg") as kept:
        assert not kept.getexif()
        assert "exif" not in kept.info


@pytest.mark.parametrize("first", ["vigil.jpg", "vigil.txt"])
def test_each_waits_for_the_other(world: World, first: str) -> None:
    """A picture may come before or after its text; neither is answered alone."""
    contents: dict[str, str | bytes] = {"vigil.jpg": picture(), "vigil.txt": TEXT}
    world.drop(first, contents.pop(first))
    assert [a.verdict for a in world.answers()] == ["waits"]
    ((second, content),) = contents.items()
    world.drop(second, content)
    assert [a.verdict for a in world.answers()] == ["taken", "taken"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("vigil.jpg", picture(), "picture-alone"),
        ("vigil.txt", TEXT, "picture-missing-unnamed"),
        ("vigil.md", "---\nimage: v.jpg\nalt: Candles\n---\nCome!\n", "picture-missing"),
    ],
)
def test_nothing_waits_for_ever(world: World, name: str, content: str | bytes, code: str) -> None:
    """After ten minutes the volunteer hears what is missing."""
    world.drop(name, content)
    assert [a.verdict for a in world.answers()] == ["waits"]
    assert [a.verdict for a in world.answers(8 * MINUTES)] == ["waits"]
    (answer,) = world.answers(3 * MINUTES)
    assert [f.reason.code for f in answer.findings] == [code]
    assert list(world.places()) == [f"returned/{name}"]


def test_a_picture_without_words_for_it_comes_back_with_its_text(world: World) -> None:
    """Both go back, with a note beside each, so that both can be mended and saved again."""
    world.drop("vigil.jpg", picture())
    world.drop("vigil.txt", "We stood with candles.\n")
    first, second = world.answers()
    assert [f.reason.code for f in first.findings] == ["picture-no-alt"]
    assert "Alt: A crowd" in world.note(first)
    assert "together with “vigil.txt”" in world.note(second)


@pytest.mark.parametrize(
    "line",
    [
        "Alt: Kerzen", "Alt text: Kerzen", "Bildbeschreibung: Kerzen", "Descripción: Kerzen",
        "Texto alternativo: Kerzen", "Descrição da imagem: Kerzen", "Texte alternatif : Kerzen",
        "Description de l’image : Kerzen", "Testo alternativo: Kerzen", "ALT-TEXT: Ker\n zen",
    ],
)  # fmt: skip
def test_a_description_is_known_in_six_languages(world: World, line: str) -> None:
    """It may be written as people call it, with a line for the sender around it."""
    world.drop("vigil.jpg", picture())
    world.drop("vigil.txt", f"Come!\n\n{line}\n\nBy: Ana\n")
    assert [a.verdict for a in world.answers()] == ["taken", "taken"]
    expected = "Ker zen" if "\n" in line else "Kerzen"
    assert f"alt: {expected}\n---\nCome!\n" in world.waiting()["vigil"]


def test_a_last_line_called_description_is_text_where_there_is_no_picture(world: World) -> None:
    """Only a picture makes it one of the picture."""
    assert world.answer("a.txt", "The law.\nDescripción: agua").verdict == "taken"
    assert world.waiting()["a"].endswith("The law.\nDescripción: agua\n")


def test_two_texts_may_name_one_picture(world: World) -> None:
    """A text in another language takes the picture from where the first has taken it."""
    world.drop("crowd.png", picture("PNG"))
    world.drop("en.md", "---\nimage: Crowd.PNG\nalt: A crowd\n---\nWe were many.\n")
    assert [a.verdict for a in world.answers()][-2:] == ["taken", "taken"]
    world.drop("es.md", "---\nimage: crowd.png\nalt: Gente\nlanguage: es\n---\nFuimos miles.\n")
    assert [a.verdict for a in world.answers()] == ["taken"]
    assert "image: images/submitted/water/es.png" in world.waiting()["es"]


def test_a_picture_is_what_its_bytes_say(world: World) -> None:
    """An iPhone's file renamed to .jpg is known, a PNG named .jpg is fine."""
    world.drop("a.jpg", b"\0\0\0\x18ftypheic" + bytes(50))
    world.drop("a.txt", TEXT)
    world.drop("b.jpg", picture("PNG"))
    world.drop("b.txt", "Others came, too.\n\nAlt: More people.\n")
    answers = {answer.file: answer for answer in world.answers()}
    assert answers["a.txt"].findings[0].reason.code == "kind-heic"
    assert answers["b.jpg"].verdict == "taken"


def test_a_damaged_picture_comes_back(world: World) -> None:
    """It is decoded before it is taken, in a process of its own."""
    world.drop("a.jpg", picture()[:400])
    world.drop("a.txt", TEXT)
    first, _ = world.answers()
    assert [f.reason.code for f in first.findings] == ["picture-unusable"]
    assert "inbox" not in str(first.findings[0].reason)


def test_a_photo_card_may_be_asked_for(world: World) -> None:
    """A picture may stand on a card with words over it."""
    card = 'card: {kind: photo, headline: "Come", image: a.jpg}\nalt: People'
    world.drop("a.jpg", picture())
    world.drop("words.md", f"---\n{card}\n---\nJoin us.\n")
    assert [a.verdict for a in world.answers()][-2:] == ["taken", "taken"]
    assert "  image: images/submitted/water/words.jpg\n" in world.waiting()["words"]
    assert world.load().errors == ()


def test_a_picture_still_being_copied_keeps_its_text_waiting(world: World) -> None:
    """The two are taken when both are whole."""
    world.drop("a.txt", TEXT)
    file = world.drop("a.jpg", picture()[:200])
    catalog = world.load().catalog
    world.intake.look(catalog, world.now)
    file.write_bytes(picture())
    os.utime(file, ns=(file.stat().st_atime_ns, file.stat().st_mtime_ns + 10**9))
    found = list(world.intake.answer(catalog, world.now + timedelta(seconds=2)))
    assert [a.verdict for a in found] == ["waits"]
