"""The process of its own in which strangers' pictures are decoded: Python runs this folder.

    python -I .../photos MAX_PIXELS MAX_BYTES ALPHA MEMORY < picture

Writes `.png` or `.jpg`, a line break and the clean picture, and returns 0; or `error`, a line
break and the reason, and returns 1. Scratch files go to the current folder.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from bot.cards.photos import decode, encode
else:  # this folder is all that there is to import from, beside Pillow
    import decode
    import encode


def _limit(memory: int) -> None:
    # Pillow holds WebP against twice this before the decoder takes its memory.
    Image.MAX_IMAGE_PIXELS = decode.MOST_DECLARED
    try:
        import resource
    except ImportError:  # not on this system: size checks and the time limit remain
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer() -> tuple[str, bytes]:
    max_pixels, max_bytes, alpha, memory = map(int, sys.argv[1:])
    wanted = decode.Wanted(max_pixels, max_bytes, bool(alpha))
    _limit(memory)
    try:
        with decode.decode(sys.stdin.buffer, wanted) as rows:
            found = encode.encode(rows, wanted)
    except decode.UnusablePictureError as error:
        return "error", str(error).encode()
    except MemoryError:
        return "error", b"it needs too much memory: give a smaller one"
    return found or ("error", b"it cannot be made to fit into %d bytes" % max_bytes)


if __name__ == "__main__":
    status, data = _answer()
    sys.stdout.buffer.write(status.encode() + b"\n" + data)
    sys.exit(status == "error")
