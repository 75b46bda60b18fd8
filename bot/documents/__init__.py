"""Reads an action page, a call or a letter, whatever it was saved as, into a `Document`.

    bytes ─ decode (UTF-8 or a byte-order mark) ─┬─ HTML ─ webpage.read ─────────┐
                                                 └─ text, Markdown ─ prose.read ─┴─▶ Document

The bytes are strangers': they are bounded, nothing in them is fetched, run or expanded.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import accumulate

from bot.documents import prose, webpage
from bot.proposals.document import Document
from bot.text import TextError, clean, decode

MAX_BYTES = 4_000_000
"""No page of words is larger; one that is holds pictures or programs."""

_HTML_SUFFIXES = (".html", ".htm", ".xhtml", ".mhtml")
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?"
    r"<(?:!doctype html|html|head|body|div|p|article|main|section|h[1-6])\b",
    re.IGNORECASE | re.DOTALL,
)
_KNOWN = (
    (b"%PDF-", "a PDF: open it, copy its text into a file, and give that"),
    (b"PK\x03\x04", "a packed file (DOCX, ODT or ZIP): save it as plain text or as HTML"),
    (b"\xd0\xcf\x11\xe0", "an old Word file: save it as plain text or as HTML"),
    (b"{\\rtf", "an RTF file: save it as plain text or as HTML"),
    (b"\x89PNG", "a picture, not a text"),
    (b"\xff\xd8\xff", "a picture, not a text"),
    (b"GIF8", "a picture, not a text"),
)


MAX_CHARACTERS = 200_000
"""Of words that are looked through: a book's half, and seconds of work."""


class DocumentError(Exception):
    """A file that cannot be read as a document; the text says why and what to do."""


def read(raw: bytes, name: str = "") -> Document:
    """Read a document from its bytes; `name` is its file's, whose ending may tell what it is.

    Raises:
        DocumentError: too large, empty, not a text, or not in an encoding that can be told.
    """
    if len(raw) > MAX_BYTES:
        megabytes = MAX_BYTES // 1_000_000
        raise DocumentError(
            f"is larger than {megabytes} MB: save the text alone, or the part that matters"
        )
    for signature, what in _KNOWN:
        if raw.startswith(signature):
            raise DocumentError(f"is {what}")
    try:
        text = decode(raw)
        if text.strip():
            # Cleaning joins CRLF and drops nothing that ends a line: line numbers stay.
            text = clean(text)
    except TextError as error:
        raise DocumentError(f"cannot be read: {error}") from error
    if not text.strip():
        raise DocumentError("is empty")
    if name.lower().endswith(_HTML_SUFFIXES) or _HTML.match(text):
        document = webpage.read(text)
    else:
        document = prose.read(text)
    document = _cut(document)
    if not document.paragraphs:
        raise DocumentError("has no words in it that could be read")
    return document


def _cut(document: Document) -> Document:
    """Keep the first `MAX_CHARACTERS`, and say so."""
    ends = list(accumulate(len(p.text) for p in document.paragraphs))
    if not ends or ends[-1] <= MAX_CHARACTERS:
        return document
    count = next(n for n, end in enumerate(ends) if end > MAX_CHARACTERS)
    kept = list(document.paragraphs[:count])
    if not kept:
        first = document.paragraphs[0]
        kept = [replace(first, text=first.text[:MAX_CHARACTERS], links=())]
    line = kept[-1].place(0, len(kept[-1].text)).last
    warning = f"it is long: only what stands up to line {line} was looked through"
    return replace(document, paragraphs=tuple(kept), warnings=(*document.warnings, warning))
