"""Rows as submissions: every cell in the words of its file, against what the campaign has."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.content import load
from bot.content.waiting import put
from bot.content.writing import message_file
from bot.model import (
    Account,
    Action,
    ActionKind,
    Brand,
    Campaign,
    Catalog,
    NetworkName,
)
from bot.tables import Entry, Place, entries
from tests.tables.reading import csv

NOW = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


def place(zone: str | None = None) -> Place:
    """A campaign of Berlin with a petition, two accounts, and another campaign beside it."""
    campaigns = {
        name: Campaign(name, {"": title}, ("de", "en"), Brand(name=title), actions=actions)
        for name, title, actions in (
            ("free", "Freiheit", {
                "petition-de": Action(
                    "petition-de", ActionKind.PETITION, {"de": "Petition an den Bundestag"}, None
                ),
            }),
            ("other", "Klimaschutz", {}),
        )
    }  # fmt: skip
    accounts = {
        "x-main": Account("x-main", NetworkName.X),
        "masto-de": Account("masto-de", NetworkName.MASTODON),
    }
    catalog = Catalog(
        zone=BERLIN, accounts=accounts, schedules=(), campaigns=campaigns, messages={}
    )
    return Place(catalog, "free", BERLIN, NOW, ZoneInfo(zone) if zone else None)


def one(header: str, cells: str, zone: str | None = None) -> Entry:
    """The entry of a row."""
    table = csv(f"{header};Text\n{cells};Hallo\n")
    assert table.faults == ()
    return entries(table, place(zone))[0]


def wrong(entry: Entry) -> list[tuple[str, bool]]:
    """What is told: codes, and whether each refuses."""
    return [(fault.reason.code, fault.refuses) for fault in entry.faults]


@pytest.mark.parametrize(
    ("header", "cells", "settings"),
    [
        ("Datum;Uhrzeit", "24.12.2026;9:30", {"at": "2026-12-24 09:30"}),
        ("Datum;Uhrzeit;Zeitzone", "24.12.2026;9:30;Berlin", {"at": "2026-12-24 09:30"}),
        ("Datum;Zeit;TZ", "24.12.2026;9:30;London", {"at": "2026-12-24 10:30+0100"}),
        ("Datum", "2026-12-24T09:30:00Z", {"at": "2026-12-24 10:30+0100"}),
        ("Sprache", "Deutsch", {"language": "de"}),
        ("Sprache", "pt_br", {"language": "pt-BR"}),
        ("Netzwerke", "Twitter und Mastodon", {}),
        ("Netzwerke", "X", {"networks": ["x"]}),
        ("Netzwerke", "alle", {}),
        ("Konto", "Masto-DE, x-main", {"accounts": ["masto-de", "x-main"]}),
        ("Konto", "Mastodon", {"networks": ["mastodon"]}),
        ("Aktion", "Petition an den Bundestag", {"action": "petition-de"}),
        ("Aktion", "petition-de", {"action": "petition-de"}),
        ("Hashtags", "#FreeHim #Köln, Freiheit", {"hashtags": ["FreeHim", "Köln", "Freiheit"]}),
        ("Hashtags", "#a#b", {"hashtags": ["a", "b"]}),
        ("Link", "https://example.org/a", {"link": "https://example.org/a"}),
        ("Alternativtext;Quelle", "Ein Turm;dpa", {"alt": "Ein Turm", "source": "dpa"}),
        ("Kampagne", "Freiheit", {}),
        ("Kampagne", "Winter 2026", {}),
        ("Name;Notizen", "Ada;nur intern", {}),
    ],
)  # fmt: skip
def test_cells_become_settings(header: str, cells: str, settings: dict[str, object]) -> None:
    """As a person would have written them at the top of a message."""
    entry = one(header, cells)
    assert (entry.settings, wrong(entry), entry.text) == (settings, [], "Hallo")


def test_the_files_zone_is_where_its_times_are() -> None:
    """A calendar kept in New York, for a campaign of Berlin; what a row says goes first."""
    assert one("Date;Time", "2026-12-24;09:30", "America/New_York").settings == {
        "at": "2026-12-24 15:30+0100"
    }
    assert one("Date;Time;TZ", "2026-12-24;09:30;Europe/Berlin", "America/New_York").settings == {
        "at": "2026-12-24 09:30"
    }


@pytest.mark.parametrize(
    ("header", "cells", "code", "refuses"),
    [
        ("Datum;Uhrzeit", "2026-12-01;12:59", "row-past", True),
        ("Datum", "2026-11-30", "row-past", True),
        ("Datum", "2026-12-01", "row-no-time", False),
        ("Zeitzone", "MEZ+1", "row-zone", True),
        ("Sprache", "de/en", "row-language", True),
        ("Netzwerke", "Facebook, Instagram", "row-networks-none", True),
        ("Netzwerke", "Facebook, X", "row-networks-ignored", False),
        ("Konto", "Amnesty UK", "row-account", True),
        ("Aktion", "Demo", "row-action", True),
        ("Hashtags", "#2026", "row-hashtag", True),
        ("Link", "https://a.example https://b.example", "row-one-link", True),
        ("Bild", "https://i.example/a.png", "row-image-address", False),
        ("Bild", "a.png, b.png", "row-one-image", True),
        ("Kampagne", "Klimaschutz", "row-other-campaign", True),
    ],
)
def test_what_cannot_be_meant_is_told(header: str, cells: str, code: str, refuses: bool) -> None:
    """Each with its column, and what would do."""
    entry = one(header, cells)
    assert wrong(entry) == [(code, refuses)]
    assert entry.faults[0].heading in header.split(";")
    assert entry.refused is refuses


def test_nothing_personal_but_the_name_to_credit_is_kept() -> None:
    """It is for the audit log; the settings and the text know nothing of it."""
    entry = one("Name;E-Mail;Bild", "Ada  L.;ada@example.org;köln.jpg")
    assert (entry.sender, entry.picture) == ("Ada L.", "köln.jpg")
    assert "ada" not in str((entry.settings, entry.text)).lower()


def test_an_entry_reads_back_as_the_submission_it_is(tmp_path: Path) -> None:
    """Through the message's file, with all that a row can say."""
    campaign = tmp_path / "content" / "free"
    campaign.mkdir(parents=True)
    (tmp_path / "schedules.yaml").write_text(
        "timezone: Europe/Berlin\naccounts:\n  x-main: {network: x}\n", "utf-8"
    )
    (campaign / "campaign.yaml").write_text(
        "name: Freiheit\nlanguages: [de]\nlinks: [example.org]\nactions:\n"
        "  petition-de: {kind: petition, title: Petition, link: https://example.org/p}\n",
        "utf-8",
    )
    table = csv(
        "Datum;Zeit;Text;Link;Netzwerke;Sprache;Aktion;Hashtags;Quelle\n"
        '24.12.2026;9:30;"---\nlanguage: en\n# nein: ""so""";https://example.org/x;X;de;'
        "petition-de;#Köln;dpa: 2026\n"
    )
    found = entries(table, place())[0]
    put(tmp_path, "free", "a", message_file({**found.settings, "approval": "required"}, found.text))
    loaded = load(tmp_path, waiting=True)
    assert loaded.problems == ()
    message = loaded.waiting["free/a"]
    assert message.text == found.text == '---\nlanguage: en\n# nein: "so"'
    assert message.at == datetime(2026, 12, 24, 9, 30, tzinfo=BERLIN)
    assert (message.language, message.action, message.link) == (
        "de", "petition-de", "https://example.org/x",
    )  # fmt: skip
    assert (message.networks, message.hashtags, message.source) == (
        (NetworkName.X,), ("Köln",), "dpa: 2026",
    )  # fmt: skip
    assert message.needs_approval
