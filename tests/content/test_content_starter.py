"""`bot new-campaign`: a folder that is right from the start, and explains itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content import ContentError, load, starter
from bot.model import CardKind
from tests.content.repo import SCHEDULES


@pytest.mark.parametrize("name", ["free-water", "null", "2024", "a"])
def test_a_new_campaign_has_no_errors(tmp_path: Path, name: str) -> None:
    """What we hand out as an example must be right, whatever it is called."""
    written = starter(tmp_path, name)
    (tmp_path / "schedules.yaml").write_text(SCHEDULES.replace("water", f'"{name}"'))
    loaded = load(tmp_path)
    assert loaded.problems == ()
    assert list(loaded.catalog.campaigns) == [name]
    assert all(path.is_file() for path in written)
    assert [str(p.relative_to(tmp_path / "content" / name)) for p in written] == [
        "README.md",
        "campaign.yaml",
        "inbox/README.txt",
        "messages/01-plain-text.md",
        "messages/02-with-settings.md",
        "messages/03-quote-card.md",
    ]


def test_its_examples_show_three_kinds_of_message(tmp_path: Path) -> None:
    """Plain text, settings above it, and a quote card; the campaign carries its name."""
    starter(tmp_path, "free-water")
    catalog = load(tmp_path).catalog
    plain, settings, quote = catalog.messages.values()
    assert plain.action is None
    assert settings.action == "petition"
    assert settings.link == "https://www.example.org/petition"
    assert quote.card is not None
    assert quote.card.kind is CardKind.QUOTE
    campaign = catalog.campaigns["free-water"]
    assert campaign.name == {"": "Free Water"}
    assert campaign.hashtags == ("FreeWater",)


def test_its_notes_are_settings_that_work(tmp_path: Path) -> None:
    """Taking the `#` away in front of the optional settings gives a sound file, too."""
    starter(tmp_path, "free-water")
    path = tmp_path / "content/free-water/campaign.yaml"
    lines = []
    for line in path.read_text().splitlines():
        bare = line.replace("# ", "", 1) if line.lstrip().startswith("# ") else line
        name = bare.split(":")[0].strip()
        is_setting = name.isidentifier() and name.islower() and name != "logo"
        lines.append(bare if is_setting else line)
    path.write_text("\n".join(lines))
    loaded = load(tmp_path)
    assert [p for p in loaded.errors if p.path.endswith("campaign.yaml")] == []
    campaign = loaded.catalog.campaigns["free-water"]
    assert campaign.rotating_hashtags == ("PressFreedom", "HumanRights")
    assert list(campaign.actions) == ["petition", "letter", "march"]
    assert campaign.actions["petition"].count == 1250


@pytest.mark.parametrize(
    "name", ["", "Free Water", "../x", "a/b", "-x", ".x", "é", "x" * 65, "a\n"]
)
def test_a_bad_name_is_refused(tmp_path: Path, name: str) -> None:
    """The name becomes a folder, a word in commands and a part of keys."""
    with pytest.raises(ContentError, match="cannot be used; write small letters"):
        starter(tmp_path, name)
    assert list(tmp_path.iterdir()) == []


def test_a_campaign_that_is_there_is_not_touched(tmp_path: Path) -> None:
    """Nobody's work is written over."""
    folder = tmp_path / "content" / "water"
    folder.mkdir(parents=True)
    with pytest.raises(ContentError, match='"water" is there already'):
        starter(tmp_path, "water")
    assert list(folder.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """A reason, not a traceback."""
    (tmp_path / "content").write_text("a file in the way")
    with pytest.raises(ContentError, match="no campaign was made"):
        starter(tmp_path, "water")
