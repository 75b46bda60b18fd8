"""A card as people first write it with Pillow: wrap, shrink until it fits, save as JPEG.

The measure to be compared with, not a stand-in for anybody's work: no cache, no balanced
lines, one script.
"""

from __future__ import annotations

import io
import textwrap
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1200, 675


def draw(words: dict[str, str], fonts: Path, colours: tuple[str, str, str]) -> bytes:
    """Draw kicker, headline, name and hashtag; `colours` are background, ink and accent."""
    background, ink, accent = colours
    image = Image.new("RGB", (WIDTH, HEIGHT), background)
    canvas = ImageDraw.Draw(image)
    small = ImageFont.truetype(str(fonts / "Inter-SemiBold.otf"), 28)
    canvas.text((72, 52), words["kicker"], font=small, fill=accent)
    for size in range(150, 40, -2):
        font = ImageFont.truetype(str(fonts / "InterDisplay-ExtraBold.otf"), size)
        lines = textwrap.wrap(words["headline"], max(8, int(1056 / (size * 0.56))))
        text = "\n".join(lines)
        box = canvas.multiline_textbbox((72, 120), text, font=font, spacing=size * 0.1)
        if box[2] <= WIDTH - 72 and box[3] <= HEIGHT - 160:
            break
    canvas.multiline_text((72, 120), text, font=font, fill=ink, spacing=size * 0.1)
    canvas.text((72, HEIGHT - 90), words["name"], font=small, fill=ink)
    width = canvas.textlength(words["hashtag"], font=small)
    canvas.text((WIDTH - 72 - width, HEIGHT - 90), words["hashtag"], font=small, fill=accent)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return out.getvalue()
