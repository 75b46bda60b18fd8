"""Tells whether what people write has changed since it was read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path


def content_stamp(root: Path) -> str:
    """A value that changes when a file of content/, schedules.yaml or a template does."""
    digest = hashlib.sha256()
    for path in _content_files(root):
        try:
            status = path.stat()
        except OSError:
            continue  # it went away while we looked; the next look will tell
        digest.update(f"{path}\0{status.st_mtime_ns}\0{status.st_size}\n".encode())
    return digest.hexdigest()


def _content_files(root: Path) -> Iterator[Path]:
    yield root / "schedules.yaml"
    yield from sorted((root / "images" / "templates").glob("*.yaml"))
    for campaign in sorted((root / "content").glob("*/campaign.yaml")):
        yield campaign
        yield from sorted((campaign.parent / "messages").glob("*"))
