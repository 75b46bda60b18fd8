"""Pictures in the page: each once, as they go out where there is room, else smaller."""

from __future__ import annotations

import base64
import io
import random
from dataclasses import replace
from pathlib import Path

from PIL import Image

from bot.model import Picture
from bot.proof import page, sheet
from bot.proof.nouns import Embedded
from bot.proof.pictures import FEED_WIDTH, embed
from tests.proof.stage import MASTO, at, card, draft, everywhere, material, page_of, post, stored


def bytes_of(embedded: Embedded | str) -> bytes:
    """The file in a `data:` address."""
    assert isinstance(embedded, Embedded), embedded
    return base64.b64decode(embedded.address.partition(",")[2])


def photo(seed: int, size: tuple[int, int] = (1200, 675)) -> bytes:
    """A picture that does not compress well."""
    noise = Image.frombytes("RGB", (60, 34), random.Random(seed).randbytes(60 * 34 * 3))  # noqa: S311 # noise, no secret
    out = io.BytesIO()
    noise.resize(size, Image.Resampling.BICUBIC).save(out, "PNG")
    return out.getvalue()


def test_pictures_go_in_as_they_go_out(tmp_path: Path) -> None:
    """Byte for byte, with the size that readers get."""
    picture = card(tmp_path)
    found = embed(tmp_path, [picture])[picture.path]
    assert bytes_of(found) == (tmp_path / picture.path).read_bytes()
    assert isinstance(found, Embedded)
    assert (found.width, found.height, found.reduced) == (1200, 675, False)


def test_without_room_they_are_reduced_to_the_size_of_a_feed(tmp_path: Path) -> None:
    """Copies that are still whole pictures; the size told is that of the file."""
    picture = stored(tmp_path, "photo.png", photo(1))
    found = embed(tmp_path, [picture], room=100_000)[picture.path]
    assert isinstance(found, Embedded)
    assert found.reduced
    assert (found.width, found.size) == (1200, len(photo(1)))
    with Image.open(io.BytesIO(bytes_of(found))) as image:
        image.load()
        assert image.size == (FEED_WIDTH, 450)
    assert "a smaller copy here" in page(
        sheet(
            replace(
                material(everywhere(at(0, 9), "Text.", picture=picture)),
                pictures={picture.path: found},
            )
        )
    )


def test_what_cannot_be_shown_says_why(tmp_path: Path) -> None:
    """Missing, damaged, no picture at all, changed since: a reason in its place, no error."""
    sound = card(tmp_path, "sound")
    cut = stored(tmp_path, "cut.png", photo(2)[:20])
    words = stored(tmp_path, "words.png", b"<svg onload=alert(1)>")
    folder = Picture(Path("images/cards"), "image/png", "A folder")
    gone = Picture(Path("images/cards/gone.png"), "image/png", "Gone")
    changed = replace(sound, path=card(tmp_path, "changed", (640, 360)).path)
    found = embed(tmp_path, [cut, words, folder, gone, changed, sound], room=10)
    reasons = {path.name: why for path, why in found.items() if isinstance(why, str)}
    assert set(reasons) == {"cut.png", "words.png", "cards", "gone.png", "changed.png"}
    assert reasons["gone.png"] == "not drawn: there is no images/cards/gone.png"
    assert "changed since" in reasons["changed.png"]
    made = page_of([post(MASTO, at(0, 9), draft(MASTO, "Text.", picture=gone))], tmp_path)
    assert "not drawn: there is no images/cards/gone.png" in made
    assert "a picture is not shown" in made


def test_a_card_of_two_accounts_is_in_the_page_once(tmp_path: Path) -> None:
    """And again a day later: pictures are what makes the page big."""
    one, other = card(tmp_path, "one"), card(tmp_path, "other", (1080, 1350))
    posts = [
        *everywhere(at(0, 9), "First.", picture=one),
        *everywhere(at(0, 12), "Second.", picture=other),
        *everywhere(at(1, 9), "Third.", picture=one),
    ]
    made = page_of(posts, tmp_path)
    for picture in (one, other):
        content = base64.b64encode((tmp_path / picture.path).read_bytes()).decode()
        assert made.count(content) == 1
    assert made.count('class="card c1"') == 4
    assert made.count('class="card c2"') == 2


def test_a_week_stays_below_four_megabytes(tmp_path: Path) -> None:
    """99 posts with 48 cards of 30 KB go into one mail; nothing is cut off."""
    head = photo(3, (64, 36))[:2_000]
    posts = []
    for n in range(48):
        content = head + n.to_bytes(2) * 14_000
        picture = stored(tmp_path, f"{n}.png", content, alt="What the card says. " * 12)
        text = f"Text {n}: " + "word " * 46 + "https://example.org/petition #Water #CleanWater"
        posts += everywhere(at(n % 7, 8 + n // 7), text, f"m{n}", picture=picture)
    posts += [post(MASTO, at(n, 7), draft(MASTO, f"Without a card {n}"), f"t{n}") for n in range(3)]
    made = sheet(material(posts, tmp_path))
    assert (made.posts, made.cut, len(made.pictures)) == (99, None, 48)
    assert 1_900_000 < len(page(made).encode()) < 4_000_000


def test_a_month_of_photos_is_cut_below_four_megabytes() -> None:
    """However much there is, the page can be mailed, and no day on it lacks a picture."""
    posts, pictures = [], {}
    for n in range(60):
        picture = Picture(Path(f"images/cards/{n}.jpg"), "image/jpeg", "A photo")
        address = f"data:image/webp;base64,{n:04}{'A' * 90_000}"
        pictures[picture.path] = Embedded(address, 1200, 675, 200_000, reduced=True)
        posts += [post(MASTO, at(n, 9), draft(MASTO, f"Text {n}", picture=picture), f"m{n}")]
        posts += [post(MASTO, at(n, h), draft(MASTO, "word " * 90), "m") for h in range(10, 22)]
    made = sheet(replace(material(posts, days=60), pictures=pictures))
    assert made.cut is not None
    assert 3_000_000 < len(page(made).encode()) < 4_000_000
    figures = [p.figure for d in made.days for e in d.entries for p in e.previews if p.figure]
    assert len(figures) == len(made.days)
    assert not any(figure.problem for figure in figures)


def test_one_day_with_too_many_pictures_leaves_some_out(tmp_path: Path) -> None:
    """A day is never cut in two; what is not shown is said in its place."""
    posts = [
        post(MASTO, at(0, n), draft(MASTO, f"Text {n}", picture=card(tmp_path, f"{n}")), f"m{n}")
        for n in range(5)
    ]
    of = material(posts, tmp_path)
    one = max(len(e.address) for e in of.pictures.values() if isinstance(e, Embedded))
    made = page(sheet(of, room=one * 2))
    assert made.count("left out, to keep this page small enough for mail") == 6  # 3, and summed up
    assert made.count('<img class="card') == 2
