"""Spreadsheets as people keep them: each row is a text, and the bad ones do not stop the good."""

from __future__ import annotations

from tests.intake.world import World, picture
from tests.tables.books import Sheet, xlsx

GERMAN = "Datum;Uhrzeit;Text;Bild;Bildbeschreibung;Konto\r\n"


def test_a_german_semicolon_csv_becomes_submissions(world: World) -> None:
    """Dates, times and umlauts as Excel writes them; each row is named after its number."""
    rows = "24.12.2030;18:00;Wasser für alle;;;\r\n;;„Der Fluss gehört uns“;;;x-main\r\n"
    answer = world.answer("Plan.csv", ("\ufeff" + GERMAN + rows).encode())
    assert answer.submissions == ("water/plan-2", "water/plan-3")
    assert world.waiting() == {
        "plan-2": "---\napproval: required\nat: 2030-12-24 18:00\n---\nWasser für alle\n",
        "plan-3": "---\napproval: required\naccounts: [x-main]\n---\n„Der Fluss gehört uns“\n",
    }
    assert list(world.places()) == ["received/Plan.csv"]
    assert {e.fingerprint for e in world.store.audit()} == {world.store.audit()[0].fingerprint}


def test_a_workbook_becomes_submissions(world: World) -> None:
    """An .xlsx is read in the same way."""
    raw = xlsx(Sheet([["Text", "Link"], ["Water is life.", "https://example.org/a"]]))
    assert world.answer("plan.xlsx", raw).submissions == ("water/plan-2",)
    assert "link: https://example.org/a\n" in world.waiting()["plan-2"]


def test_bad_rows_come_back_and_good_ones_are_taken(world: World) -> None:
    """The note names the rows; the file, mended and saved again, doubles nothing."""
    good, bad = "Text\nRivers first.\n", "x" * 281
    answer = world.answer("plan.csv", f"{good}{bad}\n")
    assert (answer.verdict, answer.submissions) == ("partly", ("water/plan-2",))
    note = world.note(answer)
    assert "One row of it was taken" in note
    assert "Row 3: The text is 1 character too long for X" in note
    assert list(world.places()) == ["returned/plan.csv"]
    answer = world.answer("plan.csv", f"{good}Lakes second.\n")
    assert (answer.verdict, answer.submissions) == ("taken", ("water/plan-3",))
    assert [f.reason.code for f in world.answer("plan.csv", good).findings] == ["repeat-all"]


def test_rows_may_name_pictures(world: World) -> None:
    """They are taken with the file that names them; those of a bad row come back with it."""
    world.drop("a.jpg", picture())
    world.drop("b.jpg", picture("PNG"))
    head = "Text,Image,Alt text\n"
    world.drop("plan.csv", f"{head}One.,a.jpg,A river\nTwo.,b.jpg,\nThree.,a.jpg,Again\n")
    answers = {a.file: a for a in world.answers() if a.verdict != "waits"}
    assert answers["plan.csv"].submissions == ("water/plan-2", "water/plan-4")
    assert [f.reason.code for f in answers["plan.csv"].findings] == ["picture-no-alt"]
    assert sorted(world.places()) == ["received/a.jpg", "returned/b.jpg", "returned/plan.csv"]
    assert "image: images/submitted/water/plan-4.jpg\n" in world.waiting()["plan-4"]
    assert sorted(p.name for p in world.root.glob("images/submitted/water/*")) == [
        "plan-2.jpg", "plan-4.jpg"
    ]  # fmt: skip


def test_a_file_whose_picture_is_still_to_come_waits(world: World) -> None:
    """It is answered as a whole, once."""
    world.drop("plan.csv", "Text,Image,Alt\nOne.,a.jpg,A river\nTwo.,,\n")
    assert [a.verdict for a in world.answers()] == ["waits"]
    world.drop("a.jpg", picture())
    assert {a.verdict for a in world.answers()} == {"taken"}
    assert len(world.waiting()) == 2


def test_what_is_no_table_is_told_in_the_words_of_tables(world: World) -> None:
    """No column of texts, an empty file, one that is too large."""
    assert world.codes("a.csv", "Name,Age\nAna,7\n") == ["table-no-text-column"]
    assert world.codes("a.csv", "") == ["file-empty"]
    assert world.codes("a.csv", b"Text\n" * 10**6) == ["table-too-large"]
    assert world.codes("a.xlsx", b"PK\x03\x04 nothing") != []
    assert not world.waiting()
