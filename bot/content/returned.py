"""What a person gave back: it is not to come again from the same file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bot.content import frontmatter
from bot.content.messages import SETTINGS
from bot.content.waiting import RETURNED, WAITING
from bot.text import TextError, decode

_MOST_BYTES = 2**20


def returned_texts(root: Path, campaign: str) -> Iterable[tuple[str, str]]:
    """Read the texts of submissions that were returned; gives each file and its text."""
    folder = root / "content" / campaign / WAITING / RETURNED
    for path in sorted(folder.glob("*.md")):
        try:
            if path.is_symlink() or path.stat().st_size > _MOST_BYTES:
                continue
            parts = frontmatter.split(decode(path.read_bytes()), SETTINGS)
        except (OSError, TextError, frontmatter.BadHead):
            continue
        yield path.relative_to(root).as_posix(), parts.body
