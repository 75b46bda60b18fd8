"""Writes messages' files: front matter and text, so that they read back as they were meant."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.content.frontmatter import FENCE
from bot.yamlfile.problems import ContentError

_PLAIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ][\w .,/()+\-–’·]*(?<! )")
"""Words that no YAML reader takes for anything else, ours least of all."""
_TYPED = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}( [0-9]{2}:[0-9]{2})?|[0-9]+|https?://[\w./?=&%~-]+"
)

_OTHER_THAN_WORDS = frozenset(("null", "true", "false", "yes", "no", "on", "off"))


def message_file(head: Mapping[str, object], body: str, comments: Sequence[str] = ()) -> str:
    """Write a message's file.

    Args:
        head: settings by name, in order: texts, numbers, lists, or maps of these; None and
            empty ones are left out. A text that would not read back as itself is quoted.
        body: the text; it may begin with anything, dashes and settings' names included.
        comments: lines for people, put above the settings.

    Returns:
        The file's text. `content.load` reads the same settings and text from it.
    """
    lines = [f"# {line}" for comment in comments for line in comment.splitlines()]
    for name, value in head.items():
        if value is not None and value != [] and value != "" and value != {}:
            lines += _setting(name, value, "")
    body = body.strip("\n")
    if not lines and not _looks_like_head(body):
        return f"{body}\n"
    return "\n".join([FENCE, *lines, FENCE, body, ""])


def with_settings(text: str, head: Mapping[str, object]) -> str:
    """Give a message's file more settings, or other values for them; all else stays as it is.

    Args:
        text: the file's text, line breaks as line feeds.
        head: the settings; what a map or a list held before is replaced whole.

    Raises:
        ContentError: its front matter is not closed.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        return message_file(head, text)
    end = next((n for n in range(1, len(lines)) if lines[n].rstrip() == FENCE), None)
    if end is None:
        raise ContentError(f'its front matter is not closed; put a line "{FENCE}" behind it')
    kept = []
    dropping = False
    for line in lines[1:end]:
        if line[:1].strip() and not line.startswith("#"):
            dropping = line.split(":", 1)[0].rstrip() in head
        if not dropping:
            kept.append(line)
    added = [line for name, value in head.items() for line in _setting(name, value, "")]
    return "\n".join([FENCE, *kept, *added, *lines[end:]])


def _looks_like_head(body: str) -> bool:
    first = body.lstrip().split("\n", 1)[0].strip()
    return (bool(first) and set(first) <= set("-=~+‐‑‒–—―−")) or bool(re.match(r"[a-z_]+:", first))


def _setting(name: str, value: object, indent: str) -> list[str]:
    if isinstance(value, Mapping):
        inner = [line for k, v in value.items() for line in _setting(str(k), v, indent + "  ")]
        return [f"{indent}{name}:", *inner]
    if isinstance(value, (list, tuple)):
        if all(isinstance(item, str) and len(item) < 40 and "\n" not in item for item in value):
            return [f"{indent}{name}: [{', '.join(_scalar(str(item)) for item in value)}]"]
        return [f"{indent}{name}:", *(f"{indent}  - {_scalar(str(item))}" for item in value)]
    return [f"{indent}{name}: {_scalar(str(value))}"]


def _scalar(text: str) -> str:
    """Write a text as YAML, quoted unless it can only be read as itself."""
    plain = _PLAIN.fullmatch(text) or _TYPED.fullmatch(text)
    if plain and ", " not in text and text.lower() not in _OTHER_THAN_WORDS:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return '"' + "".join(c if c.isprintable() else _escape(c) for c in escaped) + '"'


def _escape(sign: str) -> str:
    code = ord(sign)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
