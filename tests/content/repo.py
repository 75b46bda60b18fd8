"""A small sound repository on disk, to be changed by a test and loaded."""

from __future__ import annotations

from pathlib import Path

from bot.content import Loaded, load
from bot.model import Message

SCHEDULES = """\
timezone: Europe/London
accounts:
  x-main:
    network: x
    language: en
    limits:
      posts_per_day: 6
  masto-en:
    network: mastodon
    server: https://mastodon.example
schedules:
  morning:
    campaign: water
    accounts: [x-main, masto-en]
    times: ["09:00"]
"""

CAMPAIGN = """\
name: Free Water
languages: [en, es, pt]
timezone: Europe/Paris
hashtags:
  always: [FreeWater]
links: [amnesty.org, example.org]
actions:
  petition:
    kind: petition
    title: Sign
    link: https://www.example.org/sign
  march:
    kind: event
    title: March
    starts: 2022-02-25
"""

FIRST = "Water is a right.\n"
SECOND = """\
---
action: petition
language: es
---
El agua es un derecho.
"""


class Repo:
    """Writes files below a root and loads it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.write("schedules.yaml", SCHEDULES)
        self.campaign(CAMPAIGN)
        self.message("first", FIRST)
        self.message("second", SECOND)

    def write(self, path: str, content: str | bytes) -> Path:
        """Write a file, with the folders above it."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
        return target

    def schedules(self, content: str | bytes) -> None:
        """Replace schedules.yaml."""
        self.write("schedules.yaml", content)

    def change_schedules(self, old: str, new: str) -> None:
        """Change a piece of schedules.yaml."""
        assert old in SCHEDULES
        self.schedules(SCHEDULES.replace(old, new, 1))

    def campaign(self, content: str | bytes) -> None:
        """Replace the campaign's file."""
        self.write("content/water/campaign.yaml", content)

    def change_campaign(self, old: str, new: str) -> None:
        """Change a piece of campaign.yaml."""
        assert old in CAMPAIGN
        self.campaign(CAMPAIGN.replace(old, new, 1))

    def message(self, name: str, content: str | bytes) -> None:
        """Write a message; a name without an ending gets `.md`."""
        name = name if "." in name else f"{name}.md"
        self.write(f"content/water/messages/{name}", content)

    def load(self) -> Loaded:
        """Load what is there now."""
        return load(self.root)

    def problems(self) -> list[str]:
        """Load, and show the problems as a person sees them."""
        return [str(problem) for problem in self.load().problems]

    def errors(self) -> list[str]:
        """Load, and show the errors as a person sees them."""
        return [str(problem) for problem in self.load().errors]

    def one(self, head: str, text: str = "A text.") -> Message:
        """Load a message `new` with this front matter, which must be sound."""
        self.message("new", f"---\n{head}\n---\n{text}\n")
        loaded = self.load()
        assert not loaded.errors, [str(p) for p in loaded.errors]
        return loaded.catalog.messages["water/new"]

    def says(self, head: str, text: str = "A text.") -> list[str]:
        """Load a message `new` with this front matter; its problems without its path."""
        self.message("new", f"---\n{head}\n---\n{text}\n")
        path = "content/water/messages/new.md"
        return [str(p).removeprefix(f"{path}:") for p in self.load().problems if p.path == path]
