"""Opens picture files that may be hostile. Standard library and Pillow only.

The size is checked before anything is decoded (a 641 KB PNG reached 662 MB of memory), a
decompression bomb and a cut-off file are errors, and what comes out stands on a fresh canvas:
no EXIF, no GPS position, no XMP, no comment, no colour profile. `verify()` would pass files
that are cut off; only decoding finds them.

Strangers' pictures are decoded in a process of their own (`python decode.py`, started by
`supplied.py`), with a limit on memory and without our environment.
"""

from __future__ import annotations

import io
import sys
import warnings
from typing import TYPE_CHECKING, BinaryIO

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

if TYPE_CHECKING:
    from collections.abc import Sequence

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_DECODED = 40_000_000
"""Pixels that are decoded at most: 12-megapixel photos thrice over."""
MOST_DECLARED = 200_000_000
"""Pixels a JPEG may have before it is read at a half, a quarter or an eighth of its size."""
LONGEST = 4096
"""Pixels on the longer side of what we send; both networks show less."""
FLAT_COLOURS = 256
_QUALITIES = (88, 80, 70, 60)
_WHITE = (255, 255, 255)


class UnusablePictureError(Exception):
    """The picture cannot be used; the text says why, for the person who gave it."""


def decode(data: bytes) -> Image.Image:
    """Decode to RGB or RGBA on a fresh canvas, upright, in sRGB; the first frame only.

    Raises:
        UnusablePictureError: it is none of `FORMATS`, too large, or damaged.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        warnings.filterwarnings("ignore", category=UserWarning)
        try:
            return _decode(data)
        except UnidentifiedImageError as error:
            raise UnusablePictureError(
                "it is not a JPEG, PNG or WebP picture: save it as one of these"
            ) from error
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
            raise UnusablePictureError(_too_large()) from error
        except MemoryError as error:
            raise UnusablePictureError("it needs too much memory: give a smaller one") from error
        except (
            OSError,
            ValueError,
            SyntaxError,
            EOFError,
            IndexError,
            KeyError,
            TypeError,
            OverflowError,
            ArithmeticError,
            AttributeError,
            RuntimeError,
        ) as error:
            # Pillow's decoders raise all of these on broken files.
            raise UnusablePictureError(
                f"it is damaged or cut off ({error}): save it again and copy it whole"
            ) from error


def _decode(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data), formats=FORMATS) as file:
        width, height = file.size
        if width * height > MOST_DECLARED or width < 1 or height < 1:
            raise UnusablePictureError(_too_large(file.size))
        if width * height > MOST_DECODED and file.format == "JPEG":
            file.draft("RGB", (width // 2, height // 2))
        if file.size[0] * file.size[1] > MOST_DECODED:
            raise UnusablePictureError(_too_large((width, height)))
        file.seek(0)
        file.load()
        image = _to_srgb(ImageOps.exif_transpose(file))
    canvas = Image.new(image.mode, image.size)
    canvas.paste(image)
    return canvas


def _too_large(size: tuple[int, int] | None = None) -> str:
    shown = f" ({size[0]}x{size[1]} pixels)" if size else ""
    return (
        f"it is too large{shown}: at most {MOST_DECODED // 1_000_000} megapixels; "
        "save it smaller, 2400 pixels wide is plenty"
    )


def _to_srgb(image: Image.Image) -> Image.Image:
    """To RGB, or RGBA where parts are transparent, by the embedded colour profile."""
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I") or image.mode == "F":
        image = _from_16_bits(image)
    clear = image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info
    if profile and image.mode in ("RGB", "CMYK", "L", "RGBA"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            if image.mode == "RGBA":
                alpha = image.getchannel("A")
                colours = _by_profile(image.convert("RGB"), source)
                colours.putalpha(alpha)
                return colours
            return _by_profile(image, source)
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass  # an unusable profile: the colours are taken as they are
    return image.convert("RGBA" if clear else "RGB")


def _by_profile(image: Image.Image, source: ImageCms.ImageCmsProfile) -> Image.Image:
    target = ImageCms.createProfile("sRGB")
    found = ImageCms.profileToProfile(image, source, target, outputMode="RGB")
    if found is None:
        raise ValueError("no result")
    return found


def _from_16_bits(image: Image.Image) -> Image.Image:
    """16-bit grey to 8: `convert` alone would clip everything above 255 to white."""
    wide = image.convert("I")
    _, high = wide.getextrema()
    if isinstance(high, (int, float)) and high > 255:
        wide = wide.point(lambda value: value * (1 / 256))
    return wide.convert("L")


def flattened(image: Image.Image) -> Image.Image:
    """Put it on white where it was transparent: networks disagree about what shows through."""
    if image.mode != "RGBA":
        return image
    canvas = Image.new("RGB", image.size, _WHITE)
    canvas.paste(image, mask=image.getchannel("A"))
    return canvas


def encode(image: Image.Image, max_pixels: int, max_bytes: int) -> tuple[str, bytes]:
    """Encode within the limits, as `.png` (few colours) or `.jpg`, smaller where need be.

    Raises:
        UnusablePictureError: not even a small copy stays within `max_bytes`.
    """
    image = _scaled(image, min(max_pixels, LONGEST * LONGEST))
    while True:
        if image.getcolors(FLAT_COLOURS) is not None:
            data = _png(image)
            if len(data) <= max_bytes:
                return ".png", data
        for quality in _QUALITIES:
            data = _jpeg(image, quality)
            if len(data) <= max_bytes:
                return ".jpg", data
        if min(image.size) < 64:
            raise UnusablePictureError(f"it cannot be made smaller than {max_bytes} bytes")
        image = image.resize(
            (image.width * 3 // 4, image.height * 3 // 4), Image.Resampling.LANCZOS
        )


def _scaled(image: Image.Image, max_pixels: int) -> Image.Image:
    share = min(1.0, (max_pixels / (image.width * image.height)) ** 0.5, LONGEST / max(image.size))
    if share == 1.0:
        return image
    size = (max(1, int(image.width * share)), max(1, int(image.height * share)))
    return image.resize(size, Image.Resampling.LANCZOS)


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    flat = image.quantize(FLAT_COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    flat.save(out, "PNG", compress_level=9)
    return out.getvalue()


def _jpeg(image: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, subsampling=0, optimize=True)
    return out.getvalue()


def _limit_memory(size: int) -> None:
    try:
        import resource
    except ImportError:  # not on this system: size checks and the time limit remain
        return
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(arguments: Sequence[str], source: BinaryIO, sink: BinaryIO) -> int:
    """Decode standard input: `decode.py MAX_PIXELS MAX_BYTES MEMORY`.

    Writes `.png` or `.jpg`, a line break and the picture, and returns 0; or `error`, a line
    break and the reason, and returns 1.
    """
    max_pixels, max_bytes, memory = map(int, arguments)
    _limit_memory(memory)
    try:
        suffix, data = encode(flattened(decode(source.read())), max_pixels, max_bytes)
    except UnusablePictureError as error:
        sink.write(b"error\n" + str(error).encode())
        return 1
    except MemoryError:
        sink.write(b"error\nit needs too much memory: give a smaller one")
        return 1
    sink.write(suffix.encode() + b"\n" + data)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], sys.stdin.buffer, sys.stdout.buffer))
