"""Opens picture files that may be hostile. Standard library and Pillow only.

    file -> loaded once (4 bytes a pixel) -> rows: upright, sRGB, on disk where they are many
         -> a fresh canvas at the size that is wanted -> bytes

The size is checked before anything is decoded (a 641 KB PNG reached 662 MB of memory), a
decompression bomb and a cut-off file are errors, and nothing but pixels passes through the
rows: no EXIF, no GPS position, no XMP, no comment, no colour profile. `verify()` would pass
files that are cut off; only decoding finds them. At no time are two whole pictures in memory.

Strangers' pictures are decoded in a process of their own (`__main__.py`, started by
`supplied.py`), with a limit on memory and without our environment.
"""

from __future__ import annotations

import io
import tempfile
import warnings
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from PIL import Image, ImageCms, JpegImagePlugin, UnidentifiedImageError

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_DECODED = 33_177_600
"""Pixels that are decoded at most: a frame of 7680x4320, more than any network shows."""
MOST_WEBP = 9_000_000
"""The same for WebP, which Pillow decodes with 16 bytes a pixel."""
MOST_DECLARED = 200_000_000
"""Pixels a JPEG may have before it is read at a half, a quarter or an eighth of its size."""
_BUDGET = 150 * 2**20
"""Bytes that a picture may take while it is decoded."""
_WHITE = (255, 255, 255)
_STRIP = 1_000_000
"""Pixels that are worked on at a time."""
_IN_MEMORY = 8 * 2**20
"""Bytes of rows that are kept in memory; more go to a scratch file."""
_MARGIN = 4
"""Rows that a resized strip needs of its neighbours: Lanczos looks at three."""
_SIDEWAYS = (5, 6, 7, 8)
_FROM_THE_FAR_END = (3, 4, 7, 8)
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What undoes each orientation of EXIF."""


class UnusablePictureError(Exception):
    """The picture cannot be used; the text says why, for the person who gave it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is made of a picture."""

    max_pixels: int
    max_bytes: int
    alpha: bool = False
    """Transparent parts stay so; otherwise they become white, as networks disagree there."""


class Rows:
    """A picture's pixels and nothing else, row by row; a context that drops them in the end."""

    def __init__(self, mode: str, size: tuple[int, int], kind: str, sampling: int) -> None:
        self.mode = mode
        self.width, self.height = size
        self.kind = kind
        """The file's format."""
        self.sampling = sampling
        """How coarsely a JPEG held its colours: 0 (4:4:4) or 2 (4:2:0)."""
        self.opaque = True
        self._file = tempfile.SpooledTemporaryFile(  # noqa: SIM115 - lives as long as the rows
            max_size=_IN_MEMORY, dir="."
        )
        self._row = self.width * len(mode)

    def __enter__(self) -> Rows:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, strip: Image.Image) -> None:
        """Append the next rows."""
        if strip.mode == "RGBA" and self.opaque:
            self.opaque = strip.getchannel("A").getextrema()[0] == 255
        self._file.write(strip.tobytes())

    def canvas(self, size: tuple[int, int]) -> Image.Image:
        """Put the rows on a fresh canvas of `size`, RGB where nothing is transparent."""
        canvas = Image.new("RGB" if self.opaque else self.mode, size)
        scale = self.height / size[1]
        step = max(1, int(_STRIP / (self.width * scale)))
        for top in range(0, size[1], step):
            bottom = min(size[1], top + step)
            if size == (self.width, self.height):
                strip = self._between(top, bottom)
            else:
                strip = self._resized(top, bottom, scale, size)
            canvas.paste(strip.convert(canvas.mode), (0, top))
        return canvas

    def _resized(self, top: int, bottom: int, scale: float, size: tuple[int, int]) -> Image.Image:
        above, below = max(0, top - _MARGIN), min(size[1], bottom + _MARGIN)
        first, last = int(above * scale), min(self.height, int(below * scale) + 1)
        box = (0, above * scale - first, self.width, min(below * scale, last) - first)
        wider = self._between(first, last).resize(
            (size[0], below - above), Image.Resampling.LANCZOS, box
        )
        return wider.crop((0, top - above, size[0], bottom - above))

    def _between(self, top: int, bottom: int) -> Image.Image:
        self._file.seek(top * self._row)
        data = self._file.read((bottom - top) * self._row)
        return Image.frombytes(self.mode, (self.width, bottom - top), data)


def decode(file: BinaryIO, wanted: Wanted) -> Rows:
    """Decode upright and in sRGB; the first frame only.

    Raises:
        UnusablePictureError: it is none of `FORMATS`, too large, or damaged.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        warnings.filterwarnings("ignore", category=UserWarning)
        try:
            return _decode(file, wanted)
        except UnusablePictureError:
            raise
        except UnidentifiedImageError as error:
            raise UnusablePictureError(
                "it is not a JPEG, PNG or WebP picture: save it as one of these"
            ) from error
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
            raise UnusablePictureError(_too_large()) from error
        except MemoryError as error:
            raise UnusablePictureError("it needs too much memory: give a smaller one") from error
        except Exception as error:  # Pillow's decoders raise anything on bad files
            raise UnusablePictureError(
                f"it is damaged or cut off ({error}): save it again and copy it whole"
            ) from error


def _decode(file: BinaryIO, wanted: Wanted) -> Rows:
    with Image.open(file, formats=FORMATS) as image:
        _settle_size(image, wanted)
        image.seek(0)
        image.load()
        turn = image.getexif().get(0x0112, 1)
        turn = turn if turn in _TURNS else 1
        clear = image.has_transparency_data and not image.mode.startswith(("I", "F"))
        mode = "RGBA" if clear and wanted.alpha else "RGB"
        size = image.size[::-1] if turn in _SIDEWAYS else image.size
        rows = Rows(mode, size, image.format or "", _sampling(image))
        with ExitStack() as undo:
            undo.enter_context(rows)
            to_srgb = _profile(image)
            for strip in _strips(image, turn):
                rows.add(_coloured(strip, clear, to_srgb, mode))
            undo.pop_all()
    return rows


def _settle_size(image: Image.Image, wanted: Wanted) -> None:
    """Refuse what is too large; have a large JPEG decoded at a fraction of its size."""
    width, height = image.size
    pixels = width * height
    most = MOST_WEBP if image.format == "WEBP" else MOST_DECODED
    if not isinstance(image, JpegImagePlugin.JpegImageFile):
        if pixels > most:
            raise UnusablePictureError(_too_large(image.size, most, image.format or ""))
        return
    if pixels > MOST_DECLARED:
        raise UnusablePictureError(_too_large(image.size, MOST_DECLARED, "JPEG"))
    held = _coefficients(image)
    for part in (1, 2, 4, 8):
        decoded = pixels // part**2
        enough = decoded // 4 < wanted.max_pixels or part == 8
        if enough and decoded <= most and held + 4 * decoded <= _BUDGET:
            image.draft(None, (max(1, width // part), max(1, height // part)))
            return
    raise UnusablePictureError(
        f"it needs too much memory ({width}x{height} pixels, progressive): save it smaller, "
        "or not progressive"
    )


def _coefficients(image: JpegImagePlugin.JpegImageFile) -> int:
    """Bytes that a progressive JPEG holds beside its pixels: each coefficient in two bytes."""
    if "progressive" not in image.info:
        return 0
    across, down = (max(layer[at] for layer in image.layer) for at in (1, 2))
    shares = sum(layer[1] * layer[2] / (across * down) for layer in image.layer)
    return int(2 * shares * image.width * image.height)


def _sampling(image: Image.Image) -> int:
    found = 0
    if isinstance(image, JpegImagePlugin.JpegImageFile):
        found = JpegImagePlugin.get_sampling(image)
    return 2 if found == 2 else 0


def _too_large(
    size: tuple[int, int] | None = None, most: int = MOST_DECODED, kind: str = ""
) -> str:
    shown = f" ({size[0]}x{size[1]} pixels)" if size else ""
    where = f" as {'WebP' if kind == 'WEBP' else kind}" if kind else ""
    return (
        f"it is too large{shown}: at most {most // 1_000_000} megapixels{where}; "
        "save it smaller, 2400 pixels wide is plenty"
    )


def _strips(image: Image.Image, turn: int) -> Iterator[Image.Image]:
    """Cut the picture into strips that, turned upright, follow each other downwards."""
    sideways = turn in _SIDEWAYS
    length, breadth = image.size if sideways else image.size[::-1]
    step = max(1, _STRIP // breadth)
    for start in range(0, length, step):
        end = min(length, start + step)
        near, far = (length - end, length - start) if turn in _FROM_THE_FAR_END else (start, end)
        box = (near, 0, far, breadth) if sideways else (0, near, breadth, far)
        strip = image.crop(box)
        yield strip.transpose(_TURNS[turn]) if turn in _TURNS else strip


def _profile(image: Image.Image) -> ImageCms.ImageCmsTransform | None:
    """Build the way to sRGB by the embedded profile; None: the colours are taken as they are."""
    profile = image.info.get("icc_profile")
    if not profile:
        return None
    mode = image.mode if image.mode in ("L", "CMYK") else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), mode, "RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None


def _coloured(
    strip: Image.Image, clear: bool, to_srgb: ImageCms.ImageCmsTransform | None, mode: str
) -> Image.Image:
    """Bring a strip to sRGB, in mode RGB or RGBA."""
    if strip.mode.startswith(("I", "F")):
        # 16 bits: `convert` alone would clip everything above 255 to white.
        strip = strip.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    alpha = None
    if clear:
        strip = strip.convert("RGBA")
        alpha = strip.getchannel("A")
    if to_srgb is not None:
        of = strip if strip.mode == to_srgb.input_mode else strip.convert(to_srgb.input_mode)
        strip = ImageCms.applyTransform(of, to_srgb) or of
    strip = strip.convert("RGB")
    if alpha is not None and mode == "RGBA":
        strip.putalpha(alpha)
    elif alpha is not None:
        white = Image.new("RGB", strip.size, _WHITE)
        white.paste(strip, mask=alpha)
        return white
    return strip
