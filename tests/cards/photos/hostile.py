"""Pictures as strangers send them: odd, broken, talkative and malicious ones."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable

from PIL import Image, ImageCms, ImageFilter, PngImagePlugin

SECRET = b"Secret"
"""Stands in everything that must not leave the house."""
PNG_MARK = b"\x89PNG\r\n\x1a\n"

Maker = Callable[[], bytes]


def photo(size: tuple[int, int] = (64, 48), mode: str = "RGB") -> Image.Image:
    """Make a picture of many colours, dark in its middle and light in its corners."""
    grey = Image.radial_gradient("L").resize(size)
    warm = Image.linear_gradient("L").resize(size).point(lambda value: value // 8)
    return Image.merge("RGB", (grey, grey.point(lambda v: v * 0.9), warm)).convert(mode)


def grain(size: tuple[int, int]) -> Image.Image:
    """Make a picture that compresses as badly as a photo of a crowd."""
    small = Image.effect_noise((size[0] // 2, size[1] // 2), 80)
    return small.filter(ImageFilter.BoxBlur(1)).resize(size).convert("RGB")


def sky(size: tuple[int, int], mode: str = "RGB") -> Image.Image:
    """Make a large picture quickly."""
    return Image.linear_gradient("L").convert(mode).resize(size, Image.Resampling.NEAREST)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    """Encode a picture."""
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    """Build one chunk of a PNG file."""
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def png(size: tuple[int, int], depth: int, colour: int, rows: bytes, interlaced: int = 0) -> bytes:
    """Build a PNG from its uncompressed rows, each with its filter's number in front."""
    header = struct.pack(">IIBBBBB", *size, depth, colour, 0, 0, interlaced)
    return (
        PNG_MARK
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows, 1))
        + chunk(b"IEND", b"")
    )


def black_png(size: tuple[int, int], depth: int, colour: int) -> bytes:
    """Build a large black PNG of few bytes."""
    samples = {0: 1, 2: 3, 6: 4}[colour]
    return png(size, depth, colour, bytes(size[1] * (1 + size[0] * samples * depth // 8)))


def interlaced_png(size: tuple[int, int]) -> bytes:
    """Build an interlaced RGB PNG of the size, white, which Pillow itself cannot write."""
    rows = b""
    for x, y, across, down in (
        (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
        (0, 1, 1, 2),
    ):  # fmt: skip
        width, height = -(-(size[0] - x) // across), -(-(size[1] - y) // down)
        if width > 0 and height > 0:
            rows += (b"\0" + b"\xff" * 3 * width) * height
    return png(size, 8, 2, rows, interlaced=1)


def bomb(width: int, height: int) -> bytes:
    """Make a PNG that declares a huge size over a few bytes of data."""
    return png((width, height), 8, 2, bytes(100_000))


def exif(orientation: int | None = None) -> Image.Exif:
    """Make EXIF data of a phone: camera, position, and which way is up."""
    data = Image.Exif()
    data[0x010F] = "SecretCamera"
    data.get_ifd(0x8825)[1] = "N"
    data.get_ifd(0x8825)[2] = (51.0, 30.0, 26.0)
    data.get_ifd(0x8825)[29] = "SecretDate"
    if orientation is not None:
        data[0x0112] = orientation
    return data


def text_chunks() -> PngImagePlugin.PngInfo:
    """Make all kinds of text that a PNG can carry, and a chunk of somebody's own."""
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "SecretAuthor")
    info.add_text("Comment", "SecretComment", zip=True)
    info.add_itxt("XML:com.adobe.xmp", "<x>SecretXmp</x>")
    info.add(b"prVt", b"SecretChunk")
    return info


def profile() -> bytes:
    """Make a colour profile that can be used."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>SecretXmp</x:xmpmeta>"
_RED = Image.new("RGB", (64, 48), "red")

TALKATIVE: dict[str, Maker] = {
    "JPEG": lambda: saved(photo(), "JPEG", exif=exif(), comment=b"SecretComment", xmp=XMP),
    "JPEG with IPTC": lambda: (
        lambda data: data[:2] + b"\xff\xed\0\x1aPhotoshop 3.0\0SecretIptc" + data[2:]
    )(saved(photo(), "JPEG")),
    "JPEG with a ZIP behind it": lambda: saved(photo(), "JPEG") + b"PK\x03\x04 SecretZip",
    "MPO": lambda: saved(photo(), "MPO", save_all=True, append_images=[_RED], exif=exif()),
    "PNG": lambda: saved(photo(), "PNG", pnginfo=text_chunks(), exif=exif()),
    "PNG with more behind it": lambda: saved(photo(), "PNG") + b"SecretTail",
    "WebP": lambda: saved(photo(), "WEBP", exif=exif(), xmp=XMP, icc_profile=profile()),
    "profile that is a text": lambda: saved(photo(), "JPEG", icc_profile=b"SecretProfile" * 9),
}
"""Pictures that carry more than what is seen."""

ODD: dict[str, Maker] = {
    "grey JPEG": lambda: saved(photo(mode="L"), "JPEG"),
    "CMYK JPEG": lambda: saved(photo(mode="CMYK"), "JPEG"),
    "CMYK JPEG, RGB profile": lambda: saved(photo(mode="CMYK"), "JPEG", icc_profile=profile()),
    "progressive JPEG": lambda: saved(photo(), "JPEG", progressive=True),
    "WebP": lambda: saved(photo(), "WEBP"),
    "lossless WebP": lambda: saved(photo(), "WEBP", lossless=True),
    "animated WebP": lambda: saved(photo(), "WEBP", save_all=True, append_images=[_RED]),
    "animated PNG": lambda: saved(photo(), "PNG", save_all=True, append_images=[_RED]),
    "palette PNG": lambda: saved(photo().quantize(64), "PNG"),
    "palette PNG with holes": lambda: saved(photo().quantize(64), "PNG", transparency=b"\xff" * 9),
    "PNG with alpha": lambda: saved(photo(mode="RGBA"), "PNG"),
    "grey PNG with alpha": lambda: saved(photo(mode="LA"), "PNG"),
    "16-bit grey PNG": lambda: saved(
        photo(mode="L").convert("I").point(lambda value: value * 257).convert("I;16"), "PNG"
    ),
    "16-bit RGB PNG": lambda: png(
        (64, 48),
        16,
        2,
        b"".join(
            b"\0" + bytes(channel for byte in photo().crop((0, y, 64, y + 1)).tobytes()
                          for channel in (byte, byte))
            for y in range(48)
        ),
    ),
    "profile": lambda: saved(photo(), "JPEG", icc_profile=profile()),
    "broken profile": lambda: saved(photo(), "JPEG", icc_profile=profile()[:-100]),
    "profile of nothing": lambda: saved(photo(), "PNG", icc_profile=b"\0" * 200),
    "RGB profile on grey": lambda: saved(photo(mode="L"), "JPEG", icc_profile=profile()),
    "broken EXIF": lambda: saved(photo(), "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff"),
    "impossible orientation": lambda: saved(photo(), "JPEG", exif=exif(77)),
    "wrong extension": lambda: saved(photo(), "PNG"),
}  # fmt: skip
"""Pictures that look like `photo()` and are stored in another way."""

OTHERS: dict[str, Maker] = {
    "nothing": lambda: b"",
    "text": lambda: b"no picture",
    "HTML": lambda: b"<!DOCTYPE html><html><script>alert(1)</script></html>",
    "SVG": lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "PDF": lambda: saved(photo(), "PDF"),
    "GIF": lambda: saved(photo().quantize(16), "GIF"),
    "BMP": lambda: saved(photo(), "BMP"),
    "TIFF": lambda: saved(photo(), "TIFF"),
    "JPEG 2000": lambda: saved(photo(), "JPEG2000"),
    "EPS": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
}
"""Files that are no JPEG, PNG or WebP, whatever their name says."""

_EXPLOSIVE = 40 * 2**20

BROKEN: dict[str, Maker] = {
    "PNG of 20000x20000": lambda: bomb(20_000, 20_000),
    "PNG of 9000x9000": lambda: bomb(9_000, 9_000),
    "PNG of 2^31 pixels a side": lambda: bomb(2**31 - 1, 2**31 - 1),
    "PNG without pixels": lambda: bomb(0, 0),
    "PNG with a text that explodes": lambda: (
        PNG_MARK
        + saved(photo(), "PNG")[8:33]
        + chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(_EXPLOSIVE), 1))
        + saved(photo(), "PNG")[33:]
    ),
    "PNG with a wrong checksum": lambda: saved(photo(), "PNG").replace(
        b"IHDR\0\0\0\x40", b"IHDR\0\0\0\x41"
    ),
    "JPEG that is a header only": lambda: b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0",
    "JPEG of 65500x65500": lambda: saved(photo(), "JPEG").replace(
        struct.pack(">HH", 48, 64), struct.pack(">HH", *[65500] * 2)
    ),
    "WebP of 16383x16383": lambda: (
        b"RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\xfe\x3f\0\xfe\x3f\0VP8 \0\0\0\0"
    ),
    "WebP too large": lambda: saved(Image.new("RGB", (3100, 3000)), "WEBP", method=0),
}
"""Files that begin like pictures and must be refused."""

LARGE: dict[str, Maker] = {
    "RGB PNG": lambda: black_png((7680, 4320), 8, 2),
    "16-bit RGBA PNG": lambda: black_png((7680, 4320), 16, 6),
    "interlaced PNG": lambda: interlaced_png((7680, 4320)),
    "JPEG on its side": lambda: saved(sky((7680, 4320)), "JPEG", exif=exif(6)),
    "CMYK JPEG": lambda: saved(sky((7000, 4000), "CMYK"), "JPEG", icc_profile=profile()),
    "JPEG of 54 megapixels": lambda: saved(sky((9000, 6000)), "JPEG", exif=exif(8)),
    "progressive JPEG": lambda: saved(sky((5500, 4000)), "JPEG", progressive=True),
    "20000 pixels wide": lambda: saved(grain((20_000, 400)), "JPEG"),
    "crowd in WebP": lambda: saved(grain((3000, 3000)), "WEBP", method=0, quality=50),
    "crowd in PNG": lambda: saved(grain((3000, 2000)), "PNG", compress_level=1),
}
"""Pictures as large as they may be, which take the most memory."""
