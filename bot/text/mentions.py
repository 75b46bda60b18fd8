"""Who is called by name in a text, on any network."""

from __future__ import annotations

from bot.text.mastodon import mastodon_entities
from bot.text.x import x_entities


def mentions(text: str) -> tuple[str, ...]:
    """List the names that X or Mastodon would notify, as written, without the first `@`.

    Where both find one at the same place the longer counts: `user@server`.
    """
    if "@" not in text and "＠" not in text:
        return ()  # nearly every text
    longest: dict[int, str] = {}
    for entity in (*x_entities(text), *mastodon_entities(text)):
        if entity.kind == "mention" and len(entity.value) > len(longest.get(entity.start, "")):
            longest[entity.start] = entity.value
    return tuple(dict.fromkeys(longest[start] for start in sorted(longest)))
