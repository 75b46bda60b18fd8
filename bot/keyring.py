"""Writes credentials to `.env`, so that nobody else on the machine can read them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from dotenv import set_key


def write_env(path: Path, values: Mapping[str, str]) -> None:
    """Set `values` in the file at `path`, mode 0600, and leave its other lines as they are.

    Where it was shared with a group and nobody else (root:loudhailer 0640), it still is: else
    the service could not read its new keys.

    The new file takes the old one's place in one step, so that a power cut leaves one of them
    whole.
    """
    scratch = path.with_name(f"{path.name}.new")
    handle = os.open(scratch, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(path.read_text(encoding="utf-8") if path.is_file() else "")
    for name, value in values.items():
        set_key(scratch, name, value, quote_mode="always")
    mode = 0o600
    if path.is_file():
        before = path.stat()
        with suppress(PermissionError):
            os.chown(scratch, before.st_uid, before.st_gid)
            mode |= before.st_mode & 0o040 if not before.st_mode & 0o007 else 0
    scratch.chmod(mode)
    with scratch.open("rb") as file:
        os.fsync(file.fileno())
    scratch.replace(path)
