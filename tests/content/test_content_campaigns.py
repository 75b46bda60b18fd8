"""campaign.yaml: what becomes of it, and which settings contradict each other."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.model import Action, ActionKind, Brand
from tests.content.repo import CAMPAIGN, Repo

FULL = """\
name: {en: Free Water, es: Agua Libre, pt-br: Água Livre}
languages: [en, es, pt, en]
timezone: Europe/Paris
hashtags:
  always: ["#FreeWater", FREEWATER]
  rotating: [PressFreedom, "#Água"]
  rotate: 2
brand: {name: Water Now, background: "#ABCDEF", ink: "#000000", logo: logo.png,
        picture: images/b.webp}
links: [Example.ORG]
actions:
  petition-uk:
    kind: petition
    title: {en: Sign, es: Firma}
    target: the minister
    goal: 50000
    count: 0
    count_as_of: 2022-02-15
    link: https://www.example.org/sign
    source: "https://elsewhere.example/facts"
    as_of: 2022-02-15
    not_before: 2022-02-15 09:00
    true_until: 2024-06-24
  letter:
    kind: letter
    recipients: [One, Two]
    salutation: {en: Dear Minister}
    letter:
      en: |
        Free the water.

        It is ours.
  protest:
    kind: event
    starts: 2022-02-25 12:00
    ends: 2022-02-25 14:00
    timezone: America/New_York
    places: {en: London, es: [Londres, Madrid]}
  follow:
    kind: follow
    handles: ["@x", "@y@host.example"]
"""


def test_every_setting_arrives(repo: Repo) -> None:
    """Nothing that the comms team wrote is lost on the way into the model."""
    repo.campaign(FULL)
    repo.message("second", "El agua.")
    repo.write("content/water/logo.png", b"\x89PNG")
    repo.write("images/b.webp", b"RIFF")
    loaded = repo.load()
    assert loaded.problems == ()
    campaign = loaded.catalog.campaigns["water"]
    assert campaign.id == "water"
    assert campaign.name == {"en": "Free Water", "es": "Agua Libre", "pt-BR": "Água Livre"}
    assert campaign.languages == ("en", "es", "pt")
    assert campaign.hashtags == ("FreeWater",)
    assert campaign.rotating_hashtags == ("PressFreedom", "Água")
    assert campaign.rotate == 2
    assert campaign.brand == Brand(
        name="Water Now",
        background="#abcdef",
        ink="#000000",
        logo=Path("content/water/logo.png"),
        picture=Path("images/b.webp"),
    )
    assert campaign.allowed_links == ("example.org",)
    new_york = ZoneInfo("America/New_York")
    assert campaign.actions == {
        "petition-uk": Action(
            id="petition-uk",
            kind=ActionKind.PETITION,
            title={"en": "Sign", "es": "Firma"},
            link="https://www.example.org/sign",
            target={"": "the minister"},
            goal=50000,
            count=0,
            count_as_of=date(2022, 2, 15),
            not_before=datetime(2022, 2, 15, 8, tzinfo=UTC),
            true_until=datetime(2024, 6, 24, 22, tzinfo=UTC),
            source="https://elsewhere.example/facts",
            as_of=date(2022, 2, 15),
        ),
        "letter": Action(
            id="letter",
            kind=ActionKind.LETTER,
            title={},
            recipients={"": ("One", "Two")},
            salutation={"en": "Dear Minister"},
            letter={"en": "Free the water.\n\nIt is ours."},
        ),
        "protest": Action(
            id="protest",
            kind=ActionKind.EVENT,
            title={},
            starts=datetime(2022, 2, 25, 12, tzinfo=new_york),
            ends=datetime(2022, 2, 25, 14, tzinfo=new_york),
            places={"en": ("London",), "es": ("Londres", "Madrid")},
        ),
        "follow": Action(
            id="follow", kind=ActionKind.FOLLOW, title={}, handles=("@x", "@y@host.example")
        ),
    }


def test_the_least_campaign(repo: Repo) -> None:
    """A name is enough; languages are then the accounts' business."""
    repo.campaign("name: Water\n")
    repo.message("second", "El agua.")
    loaded = repo.load()
    assert loaded.problems == ()
    assert loaded.catalog.campaigns["water"].brand == Brand(name="Water")
    assert loaded.catalog.messages["water/first"].language == ""


def test_a_campaign_without_messages(repo: Repo) -> None:
    """It is waiting for its first one."""
    repo.write("content/air/campaign.yaml", "name: Air\n")
    assert "air" in repo.load().catalog.campaigns
    assert repo.problems() == []


def test_the_brands_name_is_the_campaigns_in_its_first_language(repo: Repo) -> None:
    """A card says whose it is without being told twice."""
    repo.change_campaign("name: Free Water", "name: {es: Agua Libre, en: Free Water}")
    assert repo.load().catalog.campaigns["water"].brand.name == "Free Water"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("kind: petition", "kind: petiton", '9:11: action "petition": kind: "petiton" is not'),
        ("    starts: 2022-02-25\n", "", '12:3: action "march": an event needs "starts"'),
        ("title: March", "ends: 2022-02-24", '14:11: action "march": ends: lies before "starts"'),
        ("title: March", "ends: 2022-02-26 10:00", '14:11: action "march": ends: has a time and'),
        ("title: Sign", "ends: 2022-02-24", '10:5: action "petition": ends: needs "starts"'),
        ("title: Sign", "count: 5", '10:5: action "petition": count: needs "count_as_of"'),
        ("title: Sign", "goal: 0", '10:11: action "petition": goal: 0 is out of bounds'),
        ("title: Sign", "goal: 50.000", '10:11: action "petition": goal: "50.000" is not a whole'),
        ("title: Sign", "goal: 50 000", '10:11: action "petition": goal: "50 000" is not a whole'),
        ("title: Sign", "title: {sp: Firma}", '10:13: action "petition": title.sp: "sp" is not'),
        ("title: Sign", "title: {english: Sign}", '10:13: action "petition": title.english: '),
        ("title: Sign", "title: [Sign]", '10:12: action "petition": title: is a list'),
        ("title: Sign", "handles: [amnesty]", '10:15: action "petition": handles: "amnesty" is'),
        ("title: Sign", "true_until: 2022-02-01\n    not_before: 2022-02-02",
         '10:17: action "petition": true_until: lies before "not_before"'),
        ("  march:", "  the march:", '12:3: action "the march": the name "the march"'),
        ("  march:\n", "  march: x\n  other:\n", '12:10: action "march": settings are'),
        ("  march:\n", "  march:\n  other:\n", '12:3: action "march": is empty'),
        ("name: Free Water", "name: {sp: Agua}", '1:8: name.sp: "sp" is not among'),
        ("name: Free Water\n", "", '1:1: "name" is missing'),
        ("[FreeWater]", "[Free Water]", '5:12: hashtags.always: "Free Water" is not a hashtag'),
        ("[FreeWater]", "[#FreeWater]", '5:12: "#" begins a comment in YAML; put hashtags in'),
        ("hashtags:", "brand: {ink: red}\nhashtags:", '4:14: brand.ink: "red" is not a colour'),
        ("hashtags:", "brand:\n  ink: #ffffff\nhashtags:", '5:8: brand.ink: "#" begins a comment'),
        ("hashtags:", "brand: {logo: no.png}\nhashtags:", '4:15: brand.logo: there is no file'),
    ],
)  # fmt: skip
def test_slips_in_a_campaign(repo: Repo, old: str, new: str, expected: str) -> None:
    """Each kind of slip has its place."""
    repo.change_campaign(old, new)
    path = "content/water/campaign.yaml:"
    says = [e.removeprefix(path) for e in repo.errors() if e.startswith(path)]
    assert [line for line in says if line.startswith(expected)], says


def test_a_left_out_action_leaves_the_others(repo: Repo) -> None:
    """One action's slip is that action's."""
    repo.change_campaign("kind: event", "kind: evnt")
    catalog = repo.load().catalog
    assert list(catalog.campaigns["water"].actions) == ["petition"]
    assert len(catalog.messages) == 2


def test_an_unreadable_campaign_leaves_the_others(repo: Repo) -> None:
    """A file that is no YAML stops its campaign only; its messages are still checked."""
    repo.write("content/air/campaign.yaml", CAMPAIGN)
    repo.write("content/air/messages/a.md", "Air.\n")
    repo.campaign("name: [\n")
    repo.message("third", "---\nlangauge: es\n---\nHola.\n")
    loaded = repo.load()
    assert list(loaded.catalog.campaigns) == ["air"]
    assert list(loaded.catalog.messages) == ["air/a"]
    assert [p.path.split("/")[-1] for p in loaded.errors] == [
        "campaign.yaml",
        "third.md",
        "schedules.yaml",
    ]
