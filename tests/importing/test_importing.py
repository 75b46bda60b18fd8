"""A spreadsheet brought in: seen first, then each row once, waiting for a person's yes."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from bot.content import ContentError, load
from bot.importing import Import, carry_out, plan_import
from bot.model import Deed
from bot.settings import Settings
from bot.store import Store
from tests.e2e.world import bot, make_root
from tests.tables.books import Sheet, xlsx

NOW = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
GPS = 0x8825
HEADER = "Date,Time,Text,Link,Image,Alt text,Networks,Name\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A campaign with one message, and a folder of somebody else's beside it."""
    (tmp_path / "usb").mkdir()
    (tmp_path / "root").mkdir()
    return make_root(tmp_path / "root", {"a.md": "Landlords are afraid of us.\n"})


def photo(path: Path) -> Path:
    """A photo that knows where it was taken."""
    exif = Image.Exif()
    exif[GPS] = {1: "N", 2: (51.0, 30.0, 0.0)}
    Image.new("RGB", (400, 300), "#aa3311").save(path, exif=exif)
    return path


def planned(root: Path, rows: str, header: str = HEADER) -> Import:
    """What a spreadsheet of these rows would become."""
    file = root.parent / "usb" / "plan.csv"
    file.write_text(header + rows, encoding="utf-8")
    return plan_import(Settings(root), file, None, NOW)


def carried(root: Path, plan: Import) -> list[Path]:
    """Carry it out; gives the files written."""
    with Store.open(Settings(root).audit_url) as store:
        return [path for _, path in carry_out(root, plan, store, "Ada", NOW)]


def codes(plan: Import) -> list[tuple[int | None, str]]:
    """Each thing that is told, by row."""
    return [(fault.row, fault.reason.code) for fault in (*plan.repeats, *plan.faults)]


def test_rows_become_submissions_that_nothing_posts(root: Path) -> None:
    """With their hour, link and networks; they need approval, and say where they are from."""
    plan = planned(root, "2026-12-24,9:30,Freeze the rents!,https://example.org/x,,,Mastodon,Bo\n")
    paths = carried(root, plan)
    assert [path.as_posix() for path in paths] == [
        "content/rent-strike/waiting/2026-12-24-freeze-the-rents.md"
    ]
    text = (root / paths[0]).read_text("utf-8")
    assert "# From plan.csv, row 2\napproval: required\n" in text
    assert "Bo" not in text
    loaded = load(root, waiting=True)
    assert loaded.problems == ()
    assert list(loaded.catalog.messages) == ["rent-strike/a"]
    message = loaded.waiting["rent-strike/2026-12-24-freeze-the-rents"]
    assert message.at == datetime(2026, 12, 24, 9, 30, tzinfo=UTC)
    assert (message.networks, message.needs_approval) == (("mastodon",), True)
    with Store.open(Settings(root).audit_url) as store:
        (entry,) = store.audit(message.id)
    assert (entry.by, entry.deed) == ("Ada", Deed.DRAFTED)
    assert entry.detail == {"file": "plan.csv", "row": "2", "sender": "Bo"}


def test_the_same_file_again_imports_nothing_twice(root: Path) -> None:
    """Not what waits, not what became a message, not what was returned, nor a row told twice."""
    rows = "".join(f"2026-12-2{n},9:30,Text number {n} of our four,,,,,\n" for n in range(4))
    paths = carried(root, planned(root, rows))
    folder = root / "content/rent-strike"
    (root / paths[0]).rename(folder / "messages" / paths[0].name)
    (folder / "waiting/returned").mkdir()
    (root / paths[1]).rename(folder / "waiting/returned" / paths[1].name)
    again = planned(root, rows + "2026-12-30,9:00,New words for you,,,,,\n" * 2)
    assert [one.entry.row for one in again.planned] == [6]
    assert [fault.row for fault in again.repeats] == [2, 3, 4, 5, 7]
    assert "waiting/returned" in str(again.repeats[1].reason)
    assert again.refused == ()


def test_a_row_for_each_network_is_no_repeat(root: Path) -> None:
    """Many calendars have the same words once for X and once for Mastodon."""
    plan = planned(root, "2026-12-24,9:00,One text,,,,X,\n2026-12-24,9:00,One text,,,,Mastodon,\n")
    assert (len(plan.planned), plan.repeats) == (2, ())
    assert len(set(carried(root, plan))) == 2


def test_nearly_the_same_words_come_in_and_are_told(root: Path) -> None:
    """Whether a text is too much like another is for a person to say."""
    plan = planned(root, "2026-12-24,9:00,All landlords are so afraid of us,,,,,\n")
    assert (len(plan.planned), codes(plan)) == (1, [(2, "row-near")])


def test_what_must_be_settled_before_approval_is_shown(root: Path) -> None:
    """A text too long, a foreign link, a name called: they come in, with a warning each."""
    rows = f"2026-12-24,9:00,{'word ' * 70},,,,,\n2026-12-24,9:00,Ask @mayor https://a.example/x,,,,,\n"
    plan = planned(root, rows)
    assert plan.refused == ()
    (long,), called = (one.warnings for one in plan.planned)
    assert "69 too many" in long
    assert "@mayor" in " ".join(called)
    assert "a.example" in " ".join(called)


def test_one_bad_row_leaves_the_others_alone(root: Path) -> None:
    """The past, a formula, a picture that is not there: told by row and column."""
    rows = (
        "2020-01-01,9:00,Past,,,,,\n2026-12-24,9:00,Good,,,,,\n2026-12-24,9:00,=1+1,,,,,\n"
        "2026-12-24,9:00,No picture,,nope.jpg,x,,\n2026-12-24,9:00,Odd picture,,plan.csv,x,,\n"
    )
    plan = planned(root, rows)
    assert [one.entry.text for one in plan.planned] == ["Good"]
    assert codes(plan) == [
        (2, "row-past"), (4, "table-formula"), (5, "row-picture-missing"), (6, "row-picture"),
    ]  # fmt: skip


def test_a_picture_comes_along_without_what_a_camera_writes(root: Path) -> None:
    """From beside the spreadsheet, into images/submitted, described; ours stay where they are."""
    photo(root.parent / "usb" / "crowd.jpg")
    (root / "images").mkdir()
    photo(root / "images" / "ours.jpg")
    plan = planned(
        root,
        "2026-12-24,9:00,See them,,C:\\Users\\bo\\crowd.jpg,A crowd,,\n"
        "2026-12-25,9:00,See ours,,ours.jpg,,,\n",
    )
    assert codes(plan) == [(3, "row-no-alt")]
    carried(root, plan)
    loaded = load(root, waiting=True)
    see = loaded.waiting["rent-strike/2026-12-24-see-them"]
    assert see.image == Path("images/submitted/2026-12-24-see-them.jpg")
    assert see.alt == "A crowd"
    with Image.open(root / see.image) as copy:
        assert not copy.getexif()
    assert "image: images/ours.jpg" in (
        root / "content/rent-strike/waiting/2026-12-25-see-ours.md"
    ).read_text("utf-8")


@pytest.mark.parametrize("name", ["../secret.jpg", "/etc/secret.jpg", "a/../../secret.jpg"])
def test_a_row_cannot_reach_out_of_its_folder(root: Path, name: str) -> None:
    """A spreadsheet is somebody else's, and names pictures of its own folder only."""
    photo(root.parent / "secret.jpg")
    (root.parent / "usb" / "link.jpg").symlink_to(root.parent / "secret.jpg")
    for written in (name, "link.jpg"):
        plan = planned(root, f"2026-12-24,9:00,Look,,{written},x,,\n")
        assert codes(plan) == [(2, "row-picture-missing")]


def test_a_damaged_picture_is_found_out_before_anything_is_written(root: Path) -> None:
    """Not when half of the file is imported."""
    raw = photo(root.parent / "usb" / "crowd.jpg").read_bytes()
    (root.parent / "usb" / "crowd.jpg").write_bytes(raw[:-300])
    plan = planned(root, "2026-12-24,9:00,Look,,crowd.jpg,x,,\n")
    assert codes(plan) == [(2, "row-picture")]
    assert "damaged" in str(plan.faults[0].reason)


def test_a_campaign_must_be_one_that_can_be_used(root: Path) -> None:
    """A slip of the finger gets a suggestion."""
    file = root.parent / "usb" / "a.csv"
    file.write_text("Text\nx\n", "utf-8")
    with pytest.raises(ContentError, match='did you mean "rent-strike"'):
        plan_import(Settings(root), file, "rent-srike", NOW)
    with pytest.raises(ContentError, match="cannot be read"):
        plan_import(Settings(root), file.with_name("b.csv"), None, NOW)


def test_the_command_shows_first_and_imports_only_on_a_yes(root: Path) -> None:
    """The preview tells how the file was understood; a script must say --yes."""
    file = root.parent / "usb" / "plan.xlsx"
    rows = [("Datum", "Zeit", "Text", "Laune"), ("24.12.2199", "14:00 Uhr", "Hallo, Köln", "gut")]
    file.write_bytes(xlsx(Sheet(rows, name="Dezember")))
    asked = bot(root, "import", str(file), check=False)
    assert asked.returncode == 1
    assert "add --yes" in asked.stderr
    for words in (
        'sheet "Dezember", for rent-strike', "Datum = date", "Not imported: Laune",
        "Tue 2199-12-24 14:00 Europe/London", "Hallo, Köln", "x-main", "of 280", "1 row to import",
    ):  # fmt: skip
        assert words in asked.stdout
    assert not (root / "content/rent-strike/waiting").exists()
    done = json.loads(bot(root, "import", str(file), "--yes", "--json", "--by", "Ada").stdout)
    assert done["rows"][0]["file"] == "content/rent-strike/waiting/2199-12-24-hallo-koln.md"
    again = json.loads(bot(root, "import", str(file), "--dry-run", "--json").stdout)
    assert (again["rows"], again["repeats"][0]["code"]) == ([], "row-repeat")


def test_the_commands_options_settle_dates_and_zones(root: Path) -> None:
    """What the file leaves open; a wrong option is one line, and a refused row exits with 1."""
    file = root.parent / "usb" / "plan.csv"
    file.write_text("Date,Time,Text\n4/12/2199,9:00,Hi there\n", "utf-8")
    refused = bot(root, "import", str(file), "--dry-run", check=False)
    assert (refused.returncode, "can mean 2199-12-04 or 2199-04-12" in refused.stdout) == (1, True)
    options = ("--dates", "month-first", "--timezone", "Europe/Berlin", "--json", "--dry-run")
    done = json.loads(bot(root, "import", str(file), *options).stdout)
    assert done["rows"][0]["at"] == "2199-04-12T08:00:00+01:00"
    wrong = bot(root, "import", str(file), "--timezone", "Berlin", check=False)
    assert wrong.stderr.startswith('bot: --timezone "Berlin" is not a time zone')
