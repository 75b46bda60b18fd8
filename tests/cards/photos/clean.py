"""Looks into finished picture files, byte by byte, for anything but the picture."""

from __future__ import annotations

import struct

from tests.cards.photos.hostile import PNG_MARK, SECRET

_PNG_CHUNKS = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}
_JPEG_SEGMENTS = {0xE0, 0xDB, 0xC0, 0xC4, 0xDA}
"""JFIF's header, tables, frame, Huffman tables and scan."""


def unwanted(data: bytes) -> list[str]:
    """List what a picture file carries beside its pixels; empty where it is clean."""
    found = ["a secret"] if SECRET.lower() in data.lower() else []
    if data.startswith(PNG_MARK):
        return found + _unwanted_chunks(data)
    if data.startswith(b"\xff\xd8"):
        return found + _unwanted_segments(data)
    return [*found, "neither PNG nor JPEG"]


def _unwanted_chunks(data: bytes) -> list[str]:
    found, at = [], len(PNG_MARK)
    while at < len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        if kind not in _PNG_CHUNKS:
            found.append(f"chunk {kind!r}")
        at += length + 12
        if kind == b"IEND" and at != len(data):
            return [*found, "something behind its end"]
    return found


def _unwanted_segments(data: bytes) -> list[str]:
    found, at = [], 2
    while data[at + 1] != 0xDA:
        _, kind, length = struct.unpack_from(">BBH", data, at)
        if kind not in _JPEG_SEGMENTS:
            found.append(f"segment {kind:#x}")
        if kind == 0xE0 and (length != 16 or data[at + 4 : at + 9] != b"JFIF\0"):
            found.append("more than JFIF's header")
        at += length + 2
    if data.index(b"\xff\xd9", at) != len(data) - 2:
        found.append("something behind its end")
    return found
