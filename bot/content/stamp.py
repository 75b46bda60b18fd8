"""Tells whether what people write has changed since it was read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.content.waiting import MESSAGES, WAITING


def content_stamp(root: Path, *, waiting: bool = False) -> str:
    """A value that changes when a file of content/, schedules.yaml or a template does.

    `waiting` looks at submissions as well.
    """
    digest = hashlib.sha256()
    for path in _content_files(root, (MESSAGES, WAITING) if waiting else (MESSAGES,)):
        try:
            status = path.stat()
        except OSError:
            continue  # it went away while we looked; the next look will tell
        digest.update(f"{path}\0{status.st_mtime_ns}\0{status.st_size}\n".encode())
    return digest.hexdigest()


def _content_files(root: Path, folders: Sequence[str]) -> Iterator[Path]:
    yield root / "schedules.yaml"
    yield from sorted((root / "images" / "templates").glob("*.yaml"))
    for campaign in sorted((root / "content").glob("*/campaign.yaml")):
        yield campaign
        for folder in folders:
            yield from sorted((campaign.parent / folder).glob("*"))
