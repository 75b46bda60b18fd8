"""Pictures of strangers: each comes out clean, or is refused in plain words."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from bot import cards
from bot.cards import decode

LIMITS = {"max_pixels": 33_177_600, "max_bytes": 5 * 1024 * 1024}


def photo(size: tuple[int, int] = (640, 360), mode: str = "RGB") -> Image.Image:
    """Make a picture of many colours."""
    return Image.radial_gradient("L").resize(size).convert(mode)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    """Encode a picture."""
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def supply(root: Path, data: bytes, name: str = "images/photo.jpg", **limits: int) -> Path:
    """Put a file below the root and have it made safe."""
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_bytes(data)
    return root / cards.supplied(Path(name), root, **{**LIMITS, **limits})


def chunk(kind: bytes, data: bytes) -> bytes:
    """Build one chunk of a PNG file."""
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def bomb(width: int, height: int) -> bytes:
    """Make a PNG that declares a huge size over a few bytes of data."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(b"\0" * 100_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + pixels + chunk(b"IEND", b"")


def test_photo_is_copied_without_its_secrets(root: Path) -> None:
    """Position, camera, comments and other people's metadata do not leave the house."""
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (51.0, 30.0, 26.0)
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>SecretXmp</x:xmpmeta>"
    data = saved(photo(), "JPEG", exif=exif, comment=b"SecretComment", xmp=xmp)
    assert all(word in data for word in (b"SecretCamera", b"SecretComment", b"SecretXmp"))
    path = supply(root, data)
    assert b"Secret" not in path.read_bytes()
    with Image.open(path) as image:
        assert image.size == (640, 360)
        assert not image.getexif()
        assert not image.info.keys() & {"exif", "xmp", "comment", "icc_profile"}


def test_text_chunks_of_png_are_dropped(root: Path) -> None:
    """The same for what PNG files carry."""
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "SecretAuthor")
    info.add_itxt("XML:com.adobe.xmp", "SecretXmp")
    path = supply(root, saved(Image.new("RGB", (64, 64), "red"), "PNG", pnginfo=info), "a.png")
    assert path.suffix == ".png"
    assert b"Secret" not in path.read_bytes()


def test_photo_is_turned_upright(root: Path) -> None:
    """A phone's sideways photo is upright without the flag that said so."""
    exif = Image.Exif()
    exif[0x0112] = 6
    with Image.open(supply(root, saved(photo((640, 360)), "JPEG", exif=exif))) as image:
        assert image.size == (360, 640)


PICTURES: dict[str, Callable[[], bytes]] = {
    "CMYK JPEG": lambda: saved(photo(mode="CMYK"), "JPEG"),
    "grey JPEG": lambda: saved(photo(mode="L"), "JPEG"),
    "WebP": lambda: saved(photo(), "WEBP"),
    "animated WebP": lambda: saved(
        photo(), "WEBP", save_all=True, append_images=[Image.new("RGB", (640, 360), "red")]
    ),
    "animated PNG": lambda: saved(
        photo(), "PNG", save_all=True, append_images=[Image.new("RGB", (640, 360), "red")]
    ),
    "palette PNG": lambda: saved(photo().quantize(64), "PNG"),
    "PNG with holes": lambda: saved(photo(mode="RGBA"), "PNG"),
    "unusable profile": lambda: saved(photo(), "JPEG", icc_profile=b"no profile at all"),
    "wrong extension": lambda: saved(photo(), "PNG"),
}


@pytest.mark.parametrize("make", PICTURES.values(), ids=PICTURES)
def test_odd_pictures_come_out_as_rgb(make: Callable[[], bytes], root: Path) -> None:
    """Colour spaces, animations and wrong names are nobody's problem; the first frame counts."""
    with Image.open(supply(root, make())) as image:
        shown = image.convert("RGB")
        assert getattr(image, "n_frames", 1) == 1
    assert shown.size == (640, 360)
    # The gradient is dark in its middle and light at its corners.
    middle, corner = shown.getpixel((320, 180)), shown.getpixel((2, 2))
    assert isinstance(middle, tuple)
    assert isinstance(corner, tuple)
    assert max(middle) < 60 < 200 < min(corner)


def test_sixteen_bits_are_not_clipped_to_white(root: Path) -> None:
    """A 16-bit grey scan keeps its tones."""
    scan = Image.new("I;16", (64, 64), 0x8000)
    with Image.open(supply(root, saved(scan, "PNG"), "scan.png")) as image:
        pixel = image.convert("L").getpixel((5, 5))
    assert pixel == 128


def test_holes_are_white(root: Path) -> None:
    """Transparent parts are white everywhere, not black on one network and white on another."""
    with Image.open(supply(root, saved(Image.new("RGBA", (64, 64)), "PNG"), "a.png")) as image:
        assert image.convert("RGB").getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.7, 0.97])
def test_cut_off_files_are_refused(kind: str, share: float, root: Path) -> None:
    """A file that was not copied whole is refused rather than posted half grey."""
    data = saved(photo(), kind)
    with pytest.raises(cards.CardError, match=r"images/photo\.jpg: it is "):
        supply(root, data[: int(len(data) * share)])


@pytest.mark.parametrize(
    "data",
    [b"", b"no picture", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a" + b"\0" * 99],
)
def test_other_files_are_refused(data: bytes, root: Path) -> None:
    """What is no JPEG, PNG or WebP is refused by what to do instead."""
    with pytest.raises(cards.CardError, match="save it as one of these"):
        supply(root, data)


@pytest.mark.parametrize("size", [(30_000, 30_000), (9_000, 9_000), (2**31 - 1, 2**31 - 1)])
def test_bombs_are_refused_before_they_open(size: tuple[int, int], root: Path) -> None:
    """A small file that would fill the memory is refused by its declared size."""
    with pytest.raises(cards.CardError, match=r"too large|damaged"):
        supply(root, bomb(*size), "bomb.png")


def test_memory_is_limited() -> None:
    """A picture that passes the size check still cannot take more memory than it is given."""
    data = saved(Image.new("RGB", (6000, 6000)), "PNG")
    done = subprocess.run(  # noqa: S603 - our own interpreter and file
        [sys.executable, "-I", decode.__file__, "10000000", "5000000", str(150 * 2**20)],
        input=data,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout.startswith(b"error\nit needs too much memory")


def test_wide_pictures_are_scaled_down(root: Path) -> None:
    """20,000 pixels in a row come out at what networks take."""
    with Image.open(supply(root, saved(photo((20_000, 100)), "JPEG"))) as image:
        assert image.size == (4096, 20)


def test_large_photos_are_read_at_half_their_size(root: Path) -> None:
    """A 48-megapixel phone photo is welcome."""
    data = saved(Image.linear_gradient("L").resize((8000, 6000)), "JPEG", quality=30)
    with Image.open(supply(root, data)) as image:
        assert image.size == (4000, 3000)


def test_limits_of_the_network_are_kept(root: Path) -> None:
    """Pixels and bytes stay within what the account's server takes."""
    noisy = Image.effect_noise((900, 900), 90).convert("RGB")
    path = supply(root, saved(noisy, "PNG"), max_pixels=250_000, max_bytes=60_000)
    assert path.stat().st_size <= 60_000
    with Image.open(path) as image:
        assert image.width * image.height <= 250_000


def test_same_picture_is_made_once(root: Path) -> None:
    """A second call gives the same file without decoding again; other limits give another."""
    data = saved(photo(), "JPEG")
    first = supply(root, data)
    first.write_bytes(b"made before")
    assert supply(root, data) == first
    assert first.read_bytes() == b"made before"
    assert supply(root, data, max_pixels=10_000) != first


def test_missing_picture_is_named(root: Path) -> None:
    """The path in the message is what the person has to mend."""
    with pytest.raises(cards.CardError, match=r"there is no picture images/gone\.jpg"):
        cards.supplied(Path("images/gone.jpg"), root, **LIMITS)


@pytest.mark.parametrize("path", ["../outside.jpg", "/etc/hostname", "images/link.jpg", "images"])
def test_only_files_below_the_root_are_read(path: str, root: Path) -> None:
    """Neither a path nor a link leads out of the folder, and a folder is no picture."""
    outside = root.parent / "outside.jpg"
    outside.write_bytes(saved(photo(), "JPEG"))
    (root / "images/link.jpg").symlink_to(outside)
    try:
        with pytest.raises(cards.CardError):
            cards.supplied(Path(path), root, **LIMITS)
    finally:
        outside.unlink()


def test_a_pipe_is_no_picture(root: Path) -> None:
    """A named pipe that nobody writes to does not hang the bot."""
    os.mkfifo(root / "images/pipe.jpg")
    with pytest.raises(cards.CardError, match="not a file"):
        cards.supplied(Path("images/pipe.jpg"), root, **LIMITS)
