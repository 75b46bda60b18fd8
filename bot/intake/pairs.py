"""Which picture belongs to which text: one of the same name, or one that the text names."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.intake.drawer import Drawer, Mark, mark_of
from bot.intake.look import SETTLES, Found
from bot.intake.names import PICTURE_SUFFIXES, UNREADABLE_PICTURES, kind_of, parts, same_stem

PATIENCE: Final = timedelta(minutes=10)
"""How long a picture waits for its text, and a text for its picture."""

_Key = tuple[tuple[str, ...], str]


@dataclass(slots=True)
class Pairs:
    """The files of one look, by name; nothing is opened."""

    _pictures: dict[_Key, list[Found]] = field(default_factory=lambda: defaultdict(list))
    _by_name: dict[_Key, Found] = field(default_factory=dict)
    _texts: dict[_Key, list[str]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, look: Iterable[Found]) -> Pairs:
        """Sort the files of a look."""
        pairs = cls()
        for found in look:
            key = (found.folders, same_stem(found.name))
            if is_picture(found.name):
                pairs._pictures[key].append(found)
                pairs._by_name[found.folders, _folded(found.name)] = found
            elif kind_of(found.name) == "text":
                pairs._texts[key].append(found.name)
        return pairs

    def pictures_of(self, text: Found, folder: Drawer) -> Iterator[Found]:
        """Give the pictures of the same name as a text, as they are now."""
        stem = parts(text.name)[0]
        tried = {f"{stem}{s}" for suffix in _PICTURE_LIKE for s in (suffix, suffix.upper())}
        tried |= {found.name for found in self._pictures[text.folders, same_stem(text.name)]}
        for name in sorted(tried):
            if found := found_now(folder, text.folders, name):
                yield found

    def named(self, name: str, text: Found, folder: Drawer) -> Found | None:
        """Find the picture that a text names, whatever its capitals and accents' spelling."""
        known = self._by_name.get((text.folders, _folded(name)))
        for spelling in dict.fromkeys((name, known.name if known else name)):
            if found := found_now(folder, text.folders, spelling):
                return found
        return None

    def has_text(self, picture: Found, folder: Drawer) -> bool:
        """Tell whether a text of the same name lies beside a picture."""
        stem = parts(picture.name)[0]
        tried = {f"{stem}{s}" for s in ("", ".txt", ".TXT", ".md", ".MD")} - {picture.name}
        tried |= set(self._texts[picture.folders, same_stem(picture.name)])
        return any((mark := folder.mark(name)) and mark.is_file for name in tried)

    def rests(self, found: Found, now: datetime) -> bool:
        """Tell whether a file that goes with another one is whole."""
        seen = self._by_name.get((found.folders, _folded(found.name)))
        return (seen is not None and seen.mark == found.mark) or age(found, now) >= SETTLES


def is_picture(name: str) -> bool:
    """Tell by its name whether a file is a picture, of whatever format."""
    return parts(name)[1] in _PICTURE_LIKE


_PICTURE_LIKE = (*PICTURE_SUFFIXES, *sorted(UNREADABLE_PICTURES))


def age(found: Found, now: datetime) -> timedelta:
    """Tell how long a file has been here."""
    return now - datetime.fromtimestamp(found.came_ns / 1e9, UTC)


def found_now(folder: Drawer, folders: tuple[str, ...], name: str) -> Found | None:
    """Look at a file beside another one; None where there is no plain file of that name."""
    try:
        status = folder.status(name)
    except (OSError, ValueError):
        return None  # too long for a name, or a NUL in it
    if status is None or not mark_of(status).is_file or status.st_nlink > 1:
        return None
    mark: Mark = mark_of(status)
    return Found(
        status.st_mtime_ns, name, folders, mark, status.st_ctime_ns, status.st_uid, status.st_nlink
    )


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
