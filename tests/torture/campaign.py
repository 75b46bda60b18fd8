"""The campaign that is posted under torture: cards, threads, polls, links, near-twins.

Each post carries a mark like `[3.1]` (message 3, part 1), by which it is found on the server
whatever the ledger thinks of it. But for marks and a letter all say the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.model import NetworkName
from tests.torture.personalities import Personality
from tests.torture.shared import START

ACCOUNTS = ("plain", "resending")
"""One settles its doubts as its network does by default, the other may always resend."""

SAMPLES = (timedelta(minutes=10),)
APART = timedelta(minutes=3)
FIRST = START + timedelta(minutes=2)

MARK = re.compile(r"\[(\d+\.\d+)\]")

CAMPAIGN = """\
name: Rent strike
languages: [en]
hashtags: {always: [RentStrike]}
links: [example.org]
brand: {name: Rent strike}
actions:
  sign: {kind: petition, title: Freeze the rents, target: The mayor, goal: 5000, link: "https://example.org/sign?a=1&b=2"}
"""

SCHEDULES = """\
timezone: Europe/London
fixed_late: 7d
samples: [10m]
accounts:
  plain: {{network: {network}, language: en{more}}}
  resending: {{network: {network}, language: en{more}, when_in_doubt: resend}}
"""


@dataclass(frozen=True, slots=True)
class Expected:
    """What must stand on an account in the end, under one mark."""

    pictures: int = 0
    poll: bool = False
    reply_to: str | None = None
    """The mark of the post that it answers."""


Place = tuple[str, str]
"""An account, and a mark."""


def write_campaign(root: Path, personality: Personality, messages: int) -> Mapping[Place, Expected]:
    """Write a campaign's folder, and say what must come of it."""
    folder = root / "content" / "rent-strike" / "messages"
    folder.mkdir(parents=True)
    (folder.parent / "campaign.yaml").write_text(CAMPAIGN, encoding="utf-8")
    mastodon = personality.network is NetworkName.MASTODON
    (root / "schedules.yaml").write_text(
        SCHEDULES.format(
            network=personality.network.value,
            # Never used: `connect` leads to the sandbox.
            more=', server: "https://mastodon.example"' if mastodon else "",
        ),
        encoding="utf-8",
    )
    expected: dict[Place, Expected] = {}
    for number in range(messages):
        front, text, marks = _message(number)
        at = FIRST + number * APART
        # On X no message goes to two accounts: that is our rule.
        accounts = ACCOUNTS if mastodon else (ACCOUNTS[(number + number // 4) % 2],)
        head = f"at: {at:%Y-%m-%dT%H:%M}+00:00\naccounts: [{', '.join(accounts)}]\n{front}"
        (folder / f"m{number:02}.md").write_text(f"---\n{head}---\n{text}\n", encoding="utf-8")
        expected |= {(account, mark): of for account in accounts for mark, of in marks.items()}
    return expected


def _message(number: int) -> tuple[str, str, dict[str, Expected]]:
    mark = f"{number}.0"
    text = f"Tenant [{mark}] of the house says: freeze the rents & mend {'abc'[number % 3]}!"
    match number % 4:
        case 0:
            card = f"card: {{kind: announcement, headline: House {number % 8} strikes}}\n"
            front = f"action: sign\n{card}" if number % 8 == 0 else "card: none\n"
            return front, text, {mark: Expected(pictures=int(number % 8 == 0))}
        case 1:
            parts = [f"And floor {n} adds [{number}.{n}]: “no” < “never” " for n in (1, 2)]
            card = "card: {kind: announcement, headline: A thread}\n"
            front = f"thread: {parts!r}\n{card}".replace("'", '"')
            return (
                front,
                text,
                {
                    mark: Expected(pictures=1),
                    f"{number}.1": Expected(reply_to=mark),
                    f"{number}.2": Expected(reply_to=f"{number}.1"),
                },
            )
        case 2:
            return "card: none\n", text, {mark: Expected()}
        case _:
            front = "poll: {options: [Yes, No], for: 1d, multiple: false}\n"
            return front, text, {mark: Expected(poll=True)}
