"""Draws the pictures anew, all or those that are named; the same code draws the same pictures.

python -m images.artwork
python -m images.artwork vigil march
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from images.artwork import march, marks, speaker, vigil

IMAGES = Path(__file__).resolve().parents[1]
NAME = "free-assange.png"
QUALITY = 86


def logo() -> Path:
    """The round mark."""
    path = IMAGES / "logos" / NAME
    marks.logo().save(path, optimize=True)
    return path


def photo(name: str, drawn: Image.Image) -> Path:
    """A sample photo, with all of its colour (4:4:4) and no metadata."""
    path = IMAGES / "photos" / f"{name}.jpg"
    path.parent.mkdir(exist_ok=True)
    drawn.save(path, quality=QUALITY, subsampling=0, optimize=True, progressive=True)
    return path


PICTURES: dict[str, Callable[[], Path]] = {
    "logo": logo,
    "vigil": lambda: photo("vigil", vigil.draw()),
    "march": lambda: photo("march", march.draw()),
    "speaker": lambda: photo("speaker", speaker.draw()),
}


def main(names: list[str]) -> int:
    """Draw what is named, or everything; 2 where there is no such picture."""
    unknown = [name for name in names if name not in PICTURES]
    if unknown:
        sys.stderr.write(f"No picture {', '.join(unknown)}; there are {', '.join(PICTURES)}.\n")
        return 2
    for name in names or PICTURES:
        path = PICTURES[name]()
        sys.stdout.write(f"{path.relative_to(IMAGES.parent)}, {path.stat().st_size // 1024} KiB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
