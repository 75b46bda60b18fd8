"""The fonts of our cards: which there are, in which order they are tried, and what they cover.

`images/fonts/fonts.yaml` lists them. A font file is mapped into memory when the first text
needs it and never read whole, so that Chinese costs nothing to who writes English.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TypeGuard

import uharfbuzz as hb
import yaml

from bot.cards.errors import CardError, PassingError

FONTS = Path("images/fonts")
MANIFEST = "fonts.yaml"

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_KNOWN = {"scripts", "languages", "scale", "tracking", "word_space", "emoji", "from", "sha256"}


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """One font file. Two are the same only where they are one object."""

    path: Path
    scripts: frozenset[str] = frozenset()
    """ISO 15924 codes of the scripts that it is made for; Zyyy: the signs that all share."""
    languages: frozenset[str] = frozenset()
    """The only languages that it is for; empty: all."""
    scale: float = 1.0
    """Its size beside the others', so that they look equally large."""
    tracking: float = 0.0
    """Extra space after each letter, in em: large heavy type wants less of it."""
    word_space: float = 0.0
    """Extra space between words, in em."""
    emoji: bool = False
    """Drawn in its own colours."""
    sha256: str = ""
    """Of the file, as it was gathered; empty where nobody says."""
    _opened: list[hb.Font] = field(default_factory=list, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @property
    def font(self) -> hb.Font:
        """The `uharfbuzz.Font`, opened at first use; nothing may change its settings.

        Raises:
            CardError: the file is missing or no font.
        """
        if not self._opened:
            with self._lock:
                if not self._opened:
                    self._opened.append(_open(self.path, self.sha256))
        return self._opened[0]

    @property
    def unit(self) -> float:
        """What one of the font's units is, in em of the line."""
        return float(self.scale / self.font.face.upem)

    def covers(self, char: str) -> bool:
        """Tell whether the face has a glyph for `char`."""
        return self.font.get_nominal_glyph(ord(char)) is not None


def _open(path: Path, sha256: str) -> hb.Font:
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        face = hb.Face(hb.Blob.from_file_path(str(path)))
    except (hb.HarfBuzzError, OSError) as error:
        raise PassingError(f"the font {path} cannot be read: {error}") from error
    # A damaged font would draw blank or garbled cards, under the name of whole ones.
    if not face.glyph_count or (sha256 and found != sha256):
        raise PassingError(f"the font {path} is damaged or another one: copy it anew")
    return hb.Font(face)


@dataclass(frozen=True, slots=True, eq=False)
class Library:
    """The fonts of a folder. Threads may share it: only opening a font changes it, under a lock."""

    folder: Path
    families: Mapping[str, tuple[Face, ...]]
    """The faces of each family, in the order in which they are tried."""
    digest: str
    """Of all that decides on a glyph's look: the manifest, with it each file, and HarfBuzz."""
    _faces: Mapping[Path, Face]

    def family(self, name: str) -> tuple[Face, ...]:
        """Return the faces of a family.

        Raises:
            CardError: there is none of that name.
        """
        try:
            return self.families[name]
        except KeyError:
            known = ", ".join(sorted(self.families))
            raise CardError(f"there is no font family {name!r}, only {known}") from None

    def at(self, path: Path) -> Face:
        """Return the face of a font file of this library."""
        return self._faces[path]


@lru_cache(maxsize=8)
def library(folder: Path) -> Library:
    """Read which fonts there are in `folder`.

    Raises:
        CardError: their list is missing or wrong.
    """
    path = folder / MANIFEST
    try:
        text = path.read_bytes()
        # The loader is PyYAML's safe one, where it can be the one written in C.
        manifest = yaml.load(text, _LOADER)  # noqa: S506
    except (OSError, yaml.YAMLError) as error:
        raise CardError(f"the list of fonts {path} cannot be read: {error}") from error
    try:
        faces, families = _checked(folder, manifest)
    except ValueError as error:
        raise CardError(f"the list of fonts {path}: {error}") from error
    version = f"{hb.__version__} {hb.version_string()}".encode()
    return Library(
        folder=folder,
        families=families,
        digest=hashlib.sha256(text + version).hexdigest(),
        _faces={face.path: face for face in faces.values()},
    )


def _checked(folder: Path, manifest: object) -> tuple[dict[str, Face], dict[str, tuple[Face, ...]]]:
    if not _is_map(manifest) or set(manifest) != {"faces", "stacks", "families"}:
        raise ValueError("it must have faces, stacks and families, and nothing else")
    faces = {name: _face(folder, name, entry) for name, entry in _map(manifest, "faces")}
    stacks = {
        name: tuple(faces[one] for one in _names(members, name, faces))
        for name, members in _map(manifest, "stacks")
    }
    alone = {name: (face,) for name, face in faces.items()}
    lists = {**alone, **stacks}
    families = {
        name: tuple(
            dict.fromkeys(face for one in _names(members, name, lists) for face in lists[one])
        )
        for name, members in _map(manifest, "families")
    }
    for name, members in families.items():
        if not members:
            raise ValueError(f"the family {name} has no fonts")
    return faces, families


def _face(folder: Path, name: str, entry: object) -> Face:
    if not _is_map(entry) or not entry.keys() <= _KNOWN:
        raise ValueError(f"{name} takes only {', '.join(sorted(_KNOWN))}")
    emoji = entry.get("emoji", False)
    if not isinstance(emoji, bool):
        raise ValueError(f"emoji of {name} must be true or false")
    return Face(
        path=folder / name,
        scripts=frozenset(_names(entry.get("scripts", []), f"scripts of {name}")),
        languages=frozenset(_names(entry.get("languages", []), f"languages of {name}")),
        scale=_number(entry.get("scale", 1.0), f"scale of {name}"),
        tracking=_number(entry.get("tracking", 0.0), f"tracking of {name}"),
        word_space=_number(entry.get("word_space", 0.0), f"word_space of {name}"),
        emoji=emoji,
        sha256=str(entry.get("sha256", "")),
    )


def _number(value: object, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{where} must be a number")
    return float(value)


def _is_map(value: object) -> TypeGuard[dict[str, object]]:
    return isinstance(value, dict) and all(isinstance(key, str) for key in value)


def _map(manifest: dict[str, object], key: str) -> list[tuple[str, object]]:
    value = manifest[key]
    if not _is_map(value):
        raise ValueError(f"{key} must be names with what they stand for")
    return list(value.items())


def _names(value: object, where: str, known: Mapping[str, object] | None = None) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise ValueError(f"{where} must be a list of names")
    for one in value:
        if known is not None and one not in known:
            raise ValueError(f"{where}: {one} is not listed above")
    return value


@lru_cache(maxsize=8)
def folder_of(root: Path) -> Path:
    """Find the folder with the fonts: `root`'s own, else the one that came with the program.

    Raises:
        CardError: neither is there.
    """
    shipped = Path(__file__).resolve().parents[3] / FONTS
    for folder in (root / FONTS, shipped):
        if (folder / MANIFEST).is_file():
            return folder
    raise CardError(f"the fonts are missing: there is no {FONTS / MANIFEST}")
