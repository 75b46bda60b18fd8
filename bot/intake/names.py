"""Names of files in an inbox: whose they are, what they promise, what they become.

Names are as the system gives them: bytes that are no UTF-8 are in them as surrogates, and go
back to the disk as they came. Show them with `printable` only.
"""

from __future__ import annotations

import os
import re
import unicodedata
from typing import Final, Literal

from bot.yamlfile.problems import printable

Kind = Literal["text", "table", "picture", "other"]

NOTE: Final = ".why.txt"
"""What a note's name has behind the name of the file that it is about."""
README: Final = frozenset(("readme.txt", "readme.md"))
"""Ours, at the top of an inbox: how to use it."""

LONGEST = 255
"""Bytes that a name may have on the file systems in use."""

_TEXTS = frozenset(("", ".txt", ".text", ".md", ".markdown"))
_TABLES = frozenset((".csv", ".tsv", ".xlsx", ".ods"))
_PICTURES = frozenset((".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp"))
PICTURE_SUFFIXES: Final = tuple(sorted(_PICTURES))
UNREADABLE_PICTURES: Final = frozenset(
    (".heic", ".heif", ".gif", ".bmp", ".tif", ".tiff", ".svg", ".avif", ".psd", ".raw", ".dng")
)
"""Pictures that have to be exported first."""

_SYNCED: Final = re.compile(
    r"""
      \..*                                    # .DS_Store, ._x, .~lock, .syncthing.x.tmp, rsync
    | ~\$.* | ~wr[ldf]\d.*                    # Word, while a file is open
    | .*~ | \#.*\# | .*\.(bak|orig|sw[opx])   # editors
    | .*\.(part|partial|filepart|crdownload|download|opdownload|tmp|temp|!sync|!ut|bts)
    | .*\.sync-conflict-\d.*                  # Syncthing
    | .*\((.*\s)?conflicted\ copy\b.*\).*     # Dropbox, Nextcloud
    | .*\((konfliktkopie|copia\ en\ conflicto|copie\ en\ conflit|c[oó]pia\ em\ conflito
        |copia\ in\ conflitto|copia\ in\ conflicto)\b.*\).*
    | .*\((case\ |sf)conflict\b.*\).*         # Dropbox, Seafile
    | .*\.conflict\d*(\..*)?                  # Resilio, Unison
    | _sync_.*\.db(-(wal|shm|journal))?       # Nextcloud
    | (eh)?thumbs(_vista)?\.db | desktop\.ini | icon\r
    | \$recycle\.bin | system\ volume\ information | lost\+found | __macosx
    | @eadir | \#recycle | @recycle           # Synology, QNAP
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)


def is_left_alone(name: str) -> bool:
    """Tell whether a name belongs to a sync tool, a system or an open editor, not to a person."""
    return _SYNCED.fullmatch(unicodedata.normalize("NFC", name)) is not None


def parts(name: str) -> tuple[str, str]:
    """Part a name into its stem and its suffix, in small letters: `Vigil.JPG` -> Vigil, .jpg."""
    stem, suffix = os.path.splitext(name)  # noqa: PTH122 - a Path drops what a name may end with
    return stem, suffix.lower()


def kind_of(name: str) -> Kind:
    """Tell by its name what a file should hold."""
    _, suffix = parts(name)
    if suffix in _TEXTS:
        return "text"
    if suffix in _TABLES:
        return "table"
    if suffix in _PICTURES:
        return "picture"
    # "Dr. Ruiz on rents" has no suffix; nobody's suffix has blanks or is that long.
    return "text" if not re.fullmatch(r"\.[a-z0-9!~_-]{1,12}", suffix) else "other"


def same_stem(name: str) -> str:
    """What two names share that belong together, whatever wrote their accents and capitals."""
    return unicodedata.normalize("NFC", parts(name)[0]).casefold().strip()


def numbered(name: str, number: int, more: int = 0) -> str:
    """Give the `number`-th form of a name: `a.txt`, `a (2).txt`, …, never longer than allowed.

    `more` are bytes that must still have room behind it.
    """
    stem, suffix = os.path.splitext(name)  # noqa: PTH122 - as above
    mark = f" ({number})" if number > 1 else ""
    room = LONGEST - more - len(os.fsencode(mark)) - len(os.fsencode(suffix))
    if room < 1:  # a name of dots and suffix
        stem, suffix = name, ""
        room = LONGEST - more - len(os.fsencode(mark))
    return shortened(stem, room) + mark + suffix


def shortened(words: str, room: int) -> str:
    """Cut a name to `room` bytes, between characters."""
    raw = os.fsencode(words)
    if len(raw) <= room:
        return words
    raw = raw[:room]
    while raw and (raw[-1] & 0xC0) == 0x80 and len(raw) > room - 4:
        raw = raw[:-1]
    if raw and raw[-1] >= 0xC0:
        raw = raw[:-1]
    return os.fsdecode(raw)


def shown(name: str) -> str:
    """A name for people: on one line, and no tricks with the direction of writing."""
    return printable(os.fsencode(name).decode("utf-8", "backslashreplace"))
