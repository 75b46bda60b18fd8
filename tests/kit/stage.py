"""A made-up campaign, friendly and hostile, and the kits made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.kit import Kit, Wish, files, gather
from bot.kit.phrases import Speech
from bot.model import (
    Action,
    ActionKind,
    Brand,
    Campaign,
    CardKind,
    CardWords,
    Catalog,
    Message,
)
from tests.proof.reading import Reading

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 7, 6, 12, tzinfo=LONDON)
DAY = timedelta(days=1)
ENGLISH = Speech("en", LONDON)

PETITION = Action(
    "sign",
    ActionKind.PETITION,
    {"en": "Let the water run", "es": "Que corra el agua"},
    link="https://example.org/sign",
    target={"": "The mayor"},
    goal=5000,
    count=1250,
    count_as_of=date(2026, 7, 1),
    true_until=NOW + 30 * DAY,
    source="the petition's page",
    as_of=date(2026, 7, 1),
)
MARCH = Action(
    "march",
    ActionKind.EVENT,
    {"en": "March to the town hall", "es": "Marcha al ayuntamiento"},
    starts=datetime(2026, 7, 11, 14, tzinfo=ZoneInfo("America/Mexico_City")),
    ends=datetime(2026, 7, 11, 16, 30, tzinfo=ZoneInfo("America/Mexico_City")),
    places={"en": ("Fountain Square", "Town hall"), "es": ("Plaza de la Fuente",)},
)
LETTER = Action(
    "write",
    ActionKind.LETTER,
    {"en": "Write to the mayor", "es": "Escribe a la alcaldesa"},
    recipients={"": ("Mayor Ann Ash <mayor@town.example>", "The council, council@town.example")},
    salutation={"en": "Dear Mayor,"},
    letter={"en": "Please let the water run.\n\nIt is ours."},
)
REGISTER = Action(
    "assembly", ActionKind.REGISTER, {"": "The assembly"}, link="https://example.org/assembly"
)
FOLLOW = Action(
    "follow", ActionKind.FOLLOW, {"": "Follow us"}, handles=("@water@social.example", "@water")
)
SHARE = Action("share", ActionKind.SHARE, {"": "Share it"})
ACTIONS = {a.id: a for a in (PETITION, MARCH, LETTER, REGISTER, FOLLOW, SHARE)}

CAMPAIGN = Campaign(
    "c",
    {"en": "Clean Water", "es": "Agua limpia"},
    ("en", "es"),
    Brand("Water Now"),
    hashtags=("CleanWater",),
    actions=ACTIONS,
    zone=LONDON,
)

HOSTILE = "</script></p><script>alert(1)</script>\"'><img src=x onerror=alert(2)> {{ 7 * 7 }} &lt;"
"""What a text must not be able to do in a page."""


def message(name: str, text: str, **more: Any) -> Message:
    """A message of the campaign; without a card, which takes its time, unless one is asked for."""
    fields: dict[str, Any] = {"language": "en", "wants_card": False, **more}
    return Message(f"c/{name}", "c", f"content/c/messages/{name}.md", text, **fields)


def catalog(*messages: Message, campaign: Campaign = CAMPAIGN) -> Catalog:
    """Content without accounts: none is needed for a kit."""
    return Catalog(LONDON, {}, (), {campaign.id: campaign}, {m.id: m for m in messages})


def wish(root: Path, *messages: Message, **more: Any) -> Wish:
    """Ask for a kit of these messages."""
    campaign: Campaign = more.pop("campaign", CAMPAIGN)
    given: dict[str, Any] = {"now": NOW, "waiting": {}, **more}
    return Wish(root, catalog(*messages, campaign=campaign), campaign, **given)


def kit_of(root: Path, *messages: Message, **more: Any) -> Kit:
    """The kit of these messages."""
    return gather(wish(root, *messages, **more))


def site_of(root: Path, *messages: Message, **more: Any) -> Mapping[str, bytes]:
    """The files of the kit of these messages."""
    return files(kit_of(root, *messages, **more))


def read(file: bytes) -> Reading:
    """A page as a browser's parser takes it."""
    return Reading(file.decode("utf-8"))


def full(root: Path) -> Mapping[str, bytes]:
    """A kit with all that there can be, and all that could make it wide or break it."""
    said = CardWords(CardKind.ANNOUNCEMENT, {"headline": "Water for all"})
    wide = "Pneumono" + "ultra" * 60
    soon = NOW + 2 * DAY
    messages = [
        message("a", "The wells are dry.", action="sign", wants_card=True, true_until=soon),
        message("b", f"{HOSTILE} {wide}", action="sign", source=HOSTILE, as_of=date(2026, 7, 1)),
        message("c", "First.", thread=("Second.", "Third: " + "long " * 90), card=said,
                wants_card=True),
        message("d", "Agua para todas.", language="es", action="march", link="https://example.org"),
        message("e", "x" * 290, link="https://example.org/a"),
    ]  # fmt: skip
    arabic = message("f", "الماء للجميع! #ماء_للجميع", language="ar", card=said, wants_card=True)
    campaign = replace(CAMPAIGN, languages=("en", "es", "ar"))
    return site_of(root, *messages, arabic, campaign=campaign)


def utc(moment: datetime) -> datetime:
    """The same moment, in UTC."""
    return moment.astimezone(UTC)
