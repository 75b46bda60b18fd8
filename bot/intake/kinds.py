"""Tells what a file is that cannot be read, by its name and its first bytes, and what to do."""

from __future__ import annotations

from typing import Literal

from bot.intake.names import UNREADABLE_PICTURES, parts
from bot.reasons import Reason

Format = Literal["jpeg", "png", "webp", "heic", "zip", "document", "other", ""]

_WORDS = frozenset((".doc", ".docx", ".odt", ".rtf", ".pages", ".wps", ".docm", ".dot", ".dotx"))
_PAPERS = frozenset((".pdf", ".html", ".htm", ".eml", ".msg", ".ppt", ".pptx", ".odp", ".key"))
_SHEETS = frozenset((".xls", ".xlsm", ".xlsb", ".numbers"))
_PACKED = frozenset(
    (".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".dmg", ".iso")
)
_FILMS = frozenset(
    (".mp4", ".mov", ".avi", ".mkv", ".webm", ".m4v", ".3gp", ".mp3", ".m4a", ".wav", ".ogg")
)
_SHORTCUTS = frozenset((".url", ".webloc", ".lnk", ".desktop", ".gdoc", ".gsheet"))


def format_of(start: bytes) -> Format:
    """Tell a file's format by its first 16 bytes; "" where they may be text."""
    if start.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if start.startswith(b"\x89PNG"):
        return "png"
    if start.startswith(b"RIFF") and start[8:12] == b"WEBP":
        return "webp"
    if start[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypmsf1", b"ftyphevc"):
        return "heic"
    if start.startswith((b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")):
        return "zip"
    if start.startswith((b"%PDF", b"{\\rtf", b"\xd0\xcf\x11\xe0")):
        return "document"
    other = (b"GIF8", b"BM", b"II*\0", b"MM\0*", b"\x7fELF", b"MZ", b"\0\0\0")
    return "other" if start.startswith(other) and b"\0" in start else ""


def unreadable(name: str) -> Reason:
    """Say what to do with a file whose kind is not read."""
    _, suffix = parts(name)
    if suffix in (".heic", ".heif"):
        return Reason.of("kind-heic")
    if suffix in UNREADABLE_PICTURES:
        return Reason.of("kind-picture")
    if suffix in _WORDS:
        return Reason.of("kind-word-processor")
    if suffix in _PAPERS:
        return Reason.of("kind-document")
    if suffix in _SHEETS:
        return Reason.of("kind-old-sheet")
    if suffix in _PACKED:
        return Reason.of("kind-packed")
    if suffix in _FILMS:
        return Reason.of("kind-film")
    if suffix in _SHORTCUTS:
        return Reason.of("kind-shortcut")
    return Reason.of("kind-unknown", suffix=suffix)


def not_a_text(start: bytes) -> Reason | None:
    """Say what a file really is whose name says that it is a text; None where it may be one."""
    match format_of(start):
        case "":
            return None
        case "jpeg" | "png" | "webp" | "heic":
            return Reason.of("kind-picture-named-text")
        case "zip" | "document":
            return Reason.of("kind-word-processor")
        case _:
            return Reason.of("kind-no-text")


def not_a_picture(start: bytes) -> Reason | None:
    """Say why a picture cannot be used that is none, or one of an iPhone; None where it may."""
    match format_of(start):
        case "jpeg" | "png" | "webp":
            return None
        case "heic":
            return Reason.of("kind-heic")
        case _:
            return Reason.of("kind-no-picture")
