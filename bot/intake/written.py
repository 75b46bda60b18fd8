"""What a volunteer wrote, taken apart: settings, text, the picture's description, the sender.

---
language: es         <- settings, as a message has them; all of it optional
---
¡Libertad!           <- the text

Alt: What it shows   <- lines at the end, which are not posted
By: Ana
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal, NamedTuple

import regex

from bot.content import frontmatter
from bot.content.fields import Text
from bot.content.messages import SETTINGS
from bot.content.shapes import MessageHead
from bot.intake.findings import Finding
from bot.reasons import Reason
from bot.text import TextError, clean, decode
from bot.yamlfile import yamlmap
from bot.yamlfile.problems import Problem
from bot.yamlfile.sheet import Sheet

NOT_YOURS: Final = frozenset(
    ("allow_links", "approval", "mentions", "visibility", "weight", "without_hashtags")
)
"""Settings that are the comms team's to decide."""
_OUR_OWN: Final = ("by", "credit")
_LONGEST_NAME = 80
_MOST_LINES = 12

_ALT = frozenset(
    (
        "alt", "alt text", "alttext", "image description", "picture description",
        "bildbeschreibung", "alternativtext", "texto alternativo", "descripcion de la imagen",
        "descripcion de imagen", "descricao da imagem", "descricao de imagem",
        "texte alternatif", "description de l'image", "testo alternativo",
        "descrizione dell'immagine", "descrizione immagine",
    )
)  # fmt: skip
_MAYBE_ALT = frozenset(("description", "beschreibung", "descripcion", "descricao", "descrizione"))
"""Words that begin a picture's description where there is a picture."""
_BY = frozenset(
    (
        "by", "credit", "von", "por", "autor", "autora", "credito", "par", "auteur", "autrice",
        "auteure", "da", "di", "autore",
    )
)  # fmt: skip
_LABELLED = regex.compile(r"\s*([\p{L}\p{M}'’ -]{2,30}?)\s*[:：]\s*(\S.*)")


class SubmissionHead(MessageHead):
    """The front matter of a volunteer's file: a message's, and who sent it."""

    credit: Text | None = None
    by: Text | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A text as it was read; nothing of it has been checked against the campaign."""

    settings: Mapping[str, Any]
    """Of a message, as typed; without the picture, its description and the sender."""
    body: str
    alt: str = ""
    by: str = ""
    picture: str = ""
    """The picture that it names."""
    on_card: bool = False
    """Whether that picture is a card's."""
    places: Mapping[str, int] = field(default_factory=dict)
    """The line of each setting."""
    body_line: int = 1
    maybe_alt: str = ""
    """The end of the text; or, if there is a picture, its description."""
    body_without: str = ""
    """The text without that end."""

    def with_picture(self) -> Written:
        """Read the end of the text as the picture's description, where nothing else is one."""
        if self.alt or not self.maybe_alt:
            return self
        return replace(self, body=self.body_without, alt=self.maybe_alt)


class _Label(NamedTuple):
    """A line at the end of a text, with those that go on from it."""

    kind: Literal["alt", "maybe", "by"]
    words: str
    start: int
    end: int


def read(raw: bytes) -> tuple[Written | None, list[Finding]]:
    """Take a text file apart; what is wrong with it is told, with the line."""
    try:
        text = decode(raw).replace("\r\n", "\n").replace("\r", "\n")
    except TextError as error:
        if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
            return None, [Finding(Reason.of("text-damaged"))]
        return None, [Finding(Reason.of("text-encoding"), error.line)]
    try:
        parts = frontmatter.split(text, SETTINGS | set(_OUR_OWN))
    except frontmatter.BadHead as error:
        return None, [Finding(Reason.of("head-broken", detail=str(error)), error.line)]
    try:
        body = clean(parts.body).strip(" \t\n")
    except TextError as error:
        line = parts.body_line - 1 + (error.line or 1)
        return None, [Finding(Reason.of("text-direction", column=error.column or 1), line)]
    settings, places, findings = _settings(parts.head)
    blank = len(parts.body) - len(parts.body.lstrip())
    body_line = parts.body_line + parts.body.count("\n", 0, blank)
    return _written(settings, places, body, body_line), findings


def of_cells(settings: Mapping[str, Any], body: str) -> tuple[Written | None, list[Finding]]:
    """Take a spreadsheet's row, whose cells are settings and a text."""
    try:
        return _written(dict(settings), {}, clean(body).strip(" \t\n"), 1), []
    except TextError as error:
        return None, [Finding(Reason.of("text-direction", column=error.column or 1))]


def _written(
    settings: dict[str, Any], places: Mapping[str, int], body: str, body_line: int
) -> Written:
    lines = body.split("\n")
    labels = {label.kind: label for label in _labels(lines)}
    said = {kind: label.words for kind, label in labels.items()}
    alt = settings.pop("alt", None) or settings.pop("alt_text", None)
    by = settings.pop("credit", None) or settings.pop("by", None)
    picture = settings.pop("image", None)
    card = settings.get("card")
    on_card = False
    if not picture and isinstance(card, dict) and isinstance(card.get("image"), str):
        settings["card"] = {key: value for key, value in card.items() if key != "image"}
        picture, on_card = card["image"], True
    return Written(
        settings=_without_gaps(settings),
        body=_without(lines, [labels[k] for k in ("alt", "by") if k in labels]),
        alt=(alt if isinstance(alt, str) else "") or said.get("alt", ""),
        by=_name((by if isinstance(by, str) else "") or said.get("by", "")),
        picture=picture if isinstance(picture, str) else "",
        on_card=on_card,
        places=places,
        body_line=body_line,
        maybe_alt=said.get("maybe", ""),
        body_without=_without(lines, list(labels.values())),
    )


def in_language(written: Written, folders: Sequence[str], languages: Sequence[str]) -> Written:
    """Take the language from a folder that is named after one, where the text names none."""
    named = [name.lower() for name in folders if name.lower() in languages]
    if not named or written.settings.get("language"):
        return written
    return replace(written, settings={**written.settings, "language": named[-1]})


def _without_gaps(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Drop what is there in name only, at any depth."""
    return {
        key: _without_gaps(value) if isinstance(value, dict) else value
        for key, value in settings.items()
        if value is not None
    }


def _settings(head: str | None) -> tuple[dict[str, Any], dict[str, int], list[Finding]]:
    """Read the front matter; the settings are kept as typed, checked for what they may be."""
    if head is None:
        return {}, {}, []
    document = yamlmap.read(head, first_line=2)
    if document.value is None:
        document.value = {}
    problems: list[Problem] = []
    sheet = Sheet("", document, problems)
    sheet.shape(SubmissionHead)
    findings = [
        Finding(Reason.of("head-setting", detail=p.text), p.line)
        for p in problems
        if p.severity == "error"
    ]
    if not isinstance(document.value, dict):
        return {}, {}, findings
    places = {name: document.place((name,)).key_line for name in document.value}
    findings += [
        Finding(Reason.of("head-not-yours", name=name), places[name])
        for name in document.value
        if name in NOT_YOURS
    ]
    return dict(document.value), places, findings


def _labels(lines: list[str]) -> list[_Label]:
    """Find the lines at the end that say what the picture shows, or who sent the text."""
    found: list[_Label] = []
    below: list[str] = []
    end = len(lines)
    for number in range(len(lines) - 1, max(0, len(lines) - _MOST_LINES) - 1, -1):
        line = lines[number].strip()
        if not line:
            if below:
                break  # a paragraph of the text itself
            continue
        kind, words = _label(line)
        if kind is None:
            below.insert(0, line)
            continue
        if kind in [label.kind for label in found]:
            break
        found.append(_Label(kind, " ".join([words, *below]), number, end))
        below, end = [], number
    return found


def _without(lines: list[str], labels: list[_Label]) -> str:
    gone = {number for label in labels for number in range(label.start, label.end)}
    kept = [line for number, line in enumerate(lines) if number not in gone]
    return "\n".join(kept).strip(" \t\n")


def _label(line: str) -> tuple[Literal["alt", "maybe", "by"] | None, str]:
    found = _LABELLED.fullmatch(line)
    if found is None:
        return None, ""
    word = unicodedata.normalize("NFKD", found[1].casefold().replace("’", "'").replace("-", " "))
    word = " ".join("".join(c for c in word if not unicodedata.combining(c)).split())
    if word in _ALT:
        return "alt", found[2].strip()
    if word in _MAYBE_ALT:
        return "maybe", found[2].strip()
    return ("by", found[2].strip()) if word in _BY else (None, "")


def _name(words: str) -> str:
    """Keep a name or a handle, on one line and not longer than one."""
    line = " ".join("".join(c if c.isprintable() else " " for c in words).split())
    return line[:_LONGEST_NAME]
