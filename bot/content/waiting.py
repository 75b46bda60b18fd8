"""Submissions: files that are not messages yet, in `content/<campaign>/waiting/`.

They look like messages, so that everything that reads, checks and draws a message serves for
them too; only nothing posts them. `bot approve` moves one to `messages/`.

    waiting/NAME.md --approved--> messages/NAME.md
                    --returned--> waiting/returned/NAME.md, with NAME.txt saying why
"""

from __future__ import annotations

import errno
import os
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import regex

from bot.yamlfile.problems import ContentError

WAITING = "waiting"
RETURNED = "returned"
MESSAGES = "messages"
INBOX = "inbox"

_LONGEST_STEM = 60
_NO_HARD_LINKS = frozenset((errno.EPERM, errno.EOPNOTSUPP, errno.EMLINK, errno.EXDEV, errno.ENOSYS))
"""What mounts without hard links answer."""
_NOT_IN_STEMS = regex.compile(r"[^\p{L}\p{M}\p{N}]+")


def put(root: Path, campaign: str, stem: str, text: str) -> Path:
    """Write a new submission; nothing that is there is touched.

    Args:
        root: the folder with content/.
        campaign: the campaign's id.
        stem: what to name the file; a taken name gets `-2`, `-3`, ….
        text: the whole file, as `writing.message_file` gives it.

    Returns:
        The file's path, relative to `root`.

    Raises:
        ContentError: there is no such campaign, or the folder cannot be written.
    """
    home = root / "content" / campaign
    if not (home / "campaign.yaml").is_file():
        raise ContentError(f"there is no campaign {campaign}: content/{campaign}/campaign.yaml")
    return write_new(root, home / WAITING, stem, ".md", text, also=home / MESSAGES)


def write_new(
    root: Path, folder: Path, stem: str, suffix: str, text: str, also: Path | None = None
) -> Path:
    """Write a file under a name that is free, whole or not at all; see `put`.

    `also` is a folder in which the name must be free, too.

    Raises:
        ContentError: the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=".", suffix=".part", dir=folder)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fchmod(file.fileno(), 0o644)
                os.fsync(file.fileno())
            return _placed(Path(temporary), folder, stem, suffix, also).relative_to(root)
        finally:
            Path(temporary).unlink(missing_ok=True)
    except OSError as error:
        shown = folder.relative_to(root).as_posix()
        raise ContentError(f"{shown} cannot be written: {error.strerror}") from error


def _placed(file: Path, folder: Path, stem: str, suffix: str, also: Path | None) -> Path:
    for name in _names(stem):
        if also is not None and _taken(also, name):
            continue
        place = folder / f"{name}{suffix}"
        try:
            _into_place(file, place)
        except FileExistsError:
            continue
        return place
    raise AssertionError("names never end")


def _into_place(file: Path, place: Path) -> None:
    """Give a file a name that nothing has.

    Raises:
        FileExistsError: something has it.
        OSError: the folder cannot be written.
    """
    try:
        os.link(file, place)  # unlike a rename, it never takes another's place
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        if place.exists():
            raise FileExistsError from error
        file.rename(place)
    else:
        file.unlink()


def _taken(folder: Path, stem: str) -> bool:
    return any((folder / f"{stem}{suffix}").exists() for suffix in (".md", ".txt"))


def _names(stem: str) -> Iterator[str]:
    yield stem
    number = 2
    while True:
        yield f"{stem}-{number}"
        number += 1


def waiting_since(root: Path, campaigns: Iterable[str]) -> list[datetime]:
    """Tell when each submission was last written, without reading any; the oldest first.

    Args:
        root: the folder with content/.
        campaigns: the campaigns' ids.
    """
    return sorted(
        written
        for campaign in campaigns
        for written in _written(root / "content" / campaign / WAITING)
    )


def _written(folder: Path) -> Iterator[datetime]:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if (
                    entry.name.endswith((".md", ".txt"))
                    and not entry.name.startswith(".")
                    and entry.is_file(follow_symlinks=False)
                ):
                    changed = entry.stat(follow_symlinks=False).st_mtime
                    yield datetime.fromtimestamp(changed, UTC)
    except OSError:  # there is no such folder, or a file went while we looked
        return


def accept(root: Path, path: Path) -> Path:
    """Make a submission a message: move it from `waiting/` to `messages/`.

    Args:
        root: the folder with content/.
        path: the submission's file, relative to `root`.

    Returns:
        The message's file, likewise.

    Raises:
        ContentError: a message has that name, or the folder cannot be written.
    """
    there = path.parent.parent / MESSAGES / path.name
    _move(root, path, there)
    return there


def send_back(root: Path, path: Path, note: str) -> Path:
    """Move a submission to `waiting/returned/`, with a note beside it; see `accept`."""
    folder = path.parent / RETURNED
    there = next(
        place
        for name in _names(path.stem)
        if not (root / (place := folder / f"{name}{path.suffix}")).exists()
    )
    _move(root, path, there)
    write_new(root, root / folder, there.stem, ".txt", note)
    return there


def rewrite(root: Path, path: Path, text: str) -> None:
    """Put an edited text in a file's place, whole or not at all; see `accept`."""
    new = write_new(root, (root / path).parent, f".{path.stem}", ".new", text)
    try:
        (root / new).replace(root / path)
    except OSError as error:
        raise ContentError(f"{path} cannot be written: {error.strerror}") from error


def _move(root: Path, here: Path, there: Path) -> None:
    try:
        (root / there).parent.mkdir(parents=True, exist_ok=True)
        _into_place(root / here, root / there)
    except FileExistsError as error:
        raise ContentError(f"{here}: {there} is there already; rename one of them") from error
    except OSError as error:
        raise ContentError(f"{here} cannot be moved to {there}: {error.strerror}") from error


def slug(words: str, language: str = "") -> str:
    """Make a file's stem of words: `día 8 — póster (2)` gives `dia-8-poster-2`.

    Latin letters lose their accents; other scripts stay as they are. `language` goes in front.
    A text without a letter or digit gives `untitled`.
    """
    plain = "".join(
        c
        for c in unicodedata.normalize("NFKD", words)
        if not (unicodedata.combining(c) and ord(c) < 0x370)
    )
    parts = _NOT_IN_STEMS.sub(" ", unicodedata.normalize("NFC", plain).casefold()).split()
    stem = ""
    for part in parts:
        longer = f"{stem}-{part}" if stem else part[:_LONGEST_STEM]
        if len(longer) > _LONGEST_STEM:
            break
        stem = longer
    stem = stem or "untitled"
    return f"{language.lower()}-{stem}" if language else stem
