"""The whole way of a stranger's picture: out of the folder, through a process of its own."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from bot.cards import files
from bot.cards.errors import CardError
from bot.cards.photos import supplied
from tests.cards.photos import hostile, measure
from tests.cards.photos.clean import unwanted
from tests.cards.photos.hostile import photo, saved

LIMITS = {"max_pixels": 33_177_600, "max_bytes": 5 * 2**20}
MOST_MEMORY = 200 * 2**20
MOST_SECONDS = 15
DECODER = Path(supplied.__file__).parent


def supply(root: Path, data: bytes, name: str = "images/photo.jpg", **limits: int) -> Path:
    """Put a file below the root and have it made safe."""
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_bytes(data)
    return root / supplied.supplied(Path(name), root, **{**LIMITS, **limits})


def run(folder: Path, pictures: dict[str, bytes]) -> dict[str, tuple[bytes, bytes]]:
    """Decode each in its process; hold memory and time; give what each answered."""
    for name, data in pictures.items():
        (folder / name).write_bytes(data)
    arguments = [str(DECODER), *map(str, LIMITS.values()), "0", str(supplied.MEMORY)]
    names = [str(folder / name) for name in pictures]
    done = subprocess.run(  # noqa: S603 - our own interpreter and files
        [sys.executable, "-I", measure.__file__, *arguments, "--", *names],
        capture_output=True,
        check=True,
    )
    answers = {}
    for name, line in zip(pictures, done.stdout.splitlines(), strict=True):
        _, memory, seconds = json.loads(line)
        assert memory <= MOST_MEMORY, f"{name}: {memory / 2**20:.0f} MB"
        assert seconds <= MOST_SECONDS, f"{name}: {seconds:.1f} s"
        status, _, rest = (folder / f"{name}.out").read_bytes().partition(b"\n")
        answers[name] = status, rest
    return answers


@pytest.mark.parametrize("name", hostile.LARGE)
def test_the_largest_pictures_take_no_more_than_their_memory(name: str, tmp_path: Path) -> None:
    """The most that is decoded, in every format and odd way, within 200 MB and seconds."""
    ((status, file),) = run(tmp_path, {"picture": hostile.LARGE[name]()}).values()
    assert status in (b".png", b".jpg"), file
    assert not unwanted(file)


def test_hostile_pictures_are_clean_or_refused(tmp_path: Path) -> None:
    """A sample of them through the real process; `test_decode` holds all, in this one."""
    odd = ("CMYK JPEG", "16-bit RGB PNG", "broken profile", "animated WebP")
    good = {**hostile.TALKATIVE, **{name: hostile.ODD[name] for name in odd}}
    bad = {**hostile.BROKEN, **{name: hostile.OTHERS[name] for name in ("nothing", "SVG")}}
    made = {**good, **bad}
    answers = run(tmp_path, {str(at): make() for at, make in enumerate(made.values())})
    for name, (status, rest) in zip(made, answers.values(), strict=True):
        if name in bad:
            assert status == b"error", name
            assert b"it is " in rest, name
        else:
            assert status in (b".png", b".jpg"), (name, rest)
            assert not unwanted(rest), name


def test_cut_off_files_are_refused_by_name(root: Path) -> None:
    """The message says which file it is about and what to do."""
    data = saved(photo(), "JPEG")
    with pytest.raises(CardError, match=r"images/photo\.jpg: it is damaged or cut off .*save it"):
        supply(root, data[: len(data) // 2])


def test_memory_is_limited(tmp_path: Path) -> None:
    """A picture that passes the size check still cannot take more memory than it is given."""
    (tmp_path / "large").write_bytes(hostile.black_png((6000, 5000), 8, 2))
    with (tmp_path / "large").open("rb") as file:
        done = subprocess.run(  # noqa: S603 - our own interpreter and folder
            [sys.executable, "-I", str(DECODER), "10000000", "5000000", "0", str(100 * 2**20)],
            stdin=file,
            capture_output=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stdout.startswith(b"error\nit needs too much memory")


def test_limits_of_the_network_are_kept(root: Path) -> None:
    """Pixels and bytes stay within what the account's server takes."""
    data = saved(hostile.grain((900, 900)), "PNG")
    path = supply(root, data, max_pixels=250_000, max_bytes=60_000)
    assert path.stat().st_size <= 60_000
    with Image.open(path) as image:
        assert image.width * image.height <= 250_000


def test_copies_for_cards_are_of_a_cards_size(root: Path) -> None:
    """A large photo is read once, and cards are drawn from a copy of what they need."""
    (root / "images/huge.jpg").write_bytes(saved(hostile.sky((5000, 4000)), "JPEG"))
    path = root / supplied.for_cards(Path("images/huge.jpg"), root)
    with Image.open(path) as image:
        assert 2_900_000 <= image.width * image.height <= supplied.CARD_PIXELS
        assert image.width / image.height == pytest.approx(5 / 4, rel=0.01)


def test_copies_for_cards_keep_their_holes(root: Path) -> None:
    """A portrait that was cut out, or a logo, stands on the card's own ground."""
    image = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    image.paste((200, 0, 0, 255), (20, 0, 40, 40))
    (root / "images/cut.png").write_bytes(saved(image, "PNG"))
    with Image.open(root / supplied.for_cards(Path("images/cut.png"), root)) as found:
        assert found.mode == "RGBA"
        assert found.getpixel((5, 5)) == (0, 0, 0, 0)


def test_same_picture_is_made_once(root: Path) -> None:
    """A second call gives the same file without decoding again; other limits give another."""
    data = saved(photo(), "JPEG")
    first = supply(root, data)
    first.write_bytes(b"made before")
    assert supply(root, data) == first
    assert first.read_bytes() == b"made before"
    assert supply(root, data, max_pixels=1_000) != first


def test_use_keeps_a_copy_young(root: Path) -> None:
    """A copy that is used again is not pruned as old."""
    data = saved(photo(), "JPEG")
    first = supply(root, data)
    os.utime(first, (0, 0))
    supply(root, data)
    assert first.stat().st_mtime > 0


def test_nothing_is_left_behind(root: Path) -> None:
    """Neither scratch files nor half a picture stay in the folder, whatever came of it."""
    supply(root, hostile.black_png((4000, 3000), 8, 2), "images/a.png")
    with pytest.raises(CardError):
        supply(root, b"no picture")
    assert len(list((root / files.CARDS).iterdir())) == 1


def test_missing_picture_is_named(root: Path) -> None:
    """The path in the message is what the person has to mend."""
    for name in ("images/gone.jpg", "images/\0.jpg"):
        with pytest.raises(CardError, match="there is no picture images/"):
            supplied.supplied(Path(name), root, **LIMITS)


@pytest.mark.parametrize("path", ["../outside.jpg", "/etc/hostname", "images/link.jpg", "images"])
def test_only_files_below_the_root_are_read(path: str, root: Path) -> None:
    """Neither a path nor a link leads out of the folder, and a folder is no picture."""
    outside = root.parent / "outside.jpg"
    outside.write_bytes(saved(photo(), "JPEG"))
    (root / "images/link.jpg").symlink_to(outside)
    try:
        with pytest.raises(CardError):
            supplied.supplied(Path(path), root, **LIMITS)
    finally:
        outside.unlink()


def test_a_pipe_is_no_picture(root: Path) -> None:
    """A named pipe that nobody writes to does not hang the bot."""
    os.mkfifo(root / "images/pipe.jpg")
    with pytest.raises(CardError, match="not a file"):
        supplied.supplied(Path("images/pipe.jpg"), root, **LIMITS)


def test_files_of_many_megabytes_are_not_even_opened(root: Path) -> None:
    """A limit on bytes comes before all else."""
    with (root / "images/vast.jpg").open("wb") as file:
        file.truncate(files.MOST_BYTES + 1)
    with pytest.raises(CardError, match="50 MB: at most 50"):
        supplied.supplied(Path("images/vast.jpg"), root, **LIMITS)


def test_a_folder_that_cannot_be_written_is_said(root: Path) -> None:
    """A file stands where the folder of finished pictures should be: no traceback."""
    (root / "images/photo.png").write_bytes(saved(photo(), "PNG"))
    (root / files.CARDS).write_bytes(b"")
    with pytest.raises(CardError, match="cannot be made"):
        supplied.supplied(Path("images/photo.png"), root, **LIMITS)


def test_pixels_come_through_the_process_unchanged(root: Path) -> None:
    """What stands in the finished file is the picture, to the last pixel where that is kept."""
    path = supply(root, saved(photo(), "PNG"))
    with Image.open(io.BytesIO(path.read_bytes())) as image:
        assert image.convert("RGB").tobytes() == photo().tobytes()
