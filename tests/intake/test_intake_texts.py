"""Texts as volunteers save them: what is taken, and what is said of the rest."""

from __future__ import annotations

import pytest

from bot.model import Deed
from tests.intake.world import World


def body_of(world: World, name: str) -> str:
    """The text of a submission, without its settings."""
    return world.waiting()[name].split("---\n")[2]


def test_a_plain_text_becomes_a_submission(world: World) -> None:
    """The file moves to received/, and what is in it waits for a person's approval."""
    answer = world.answer("vigil.txt", "Friday at noon.\r\n")
    assert (answer.verdict, answer.submissions) == ("taken", ("water/vigil",))
    assert world.waiting() == {"vigil": "---\napproval: required\n---\nFriday at noon.\n"}
    assert world.places() == {"received/vigil.txt": b"Friday at noon.\r\n"}


def test_the_log_says_who_sent_what(world: World) -> None:
    """Sender, file and hash of its bytes are written down; nothing else of the person is kept."""
    world.answer("ana/vigil.txt", "Friday at noon.\n\nBy: Ana @ana@mas.to\n")
    (entry,) = world.store.audit("water/vigil")
    assert (entry.deed, entry.by) == (Deed.RECEIVED, "Ana @ana@mas.to")
    assert entry.detail["file"] == "inbox/ana/vigil.txt"
    assert len(entry.fingerprint) == 64
    assert "Ana" not in world.waiting()["vigil"]


def test_a_folder_of_ones_own_names_the_sender(world: World) -> None:
    """Where the text says nothing, the volunteer's folder does; it is kept in received/."""
    world.answer("ana/march/vigil.txt")
    assert world.store.audit("water/vigil")[0].by == "ana"
    assert list(world.places()) == ["received/ana/march/vigil.txt"]


def test_a_folder_may_give_the_language(world: World) -> None:
    """A folder named es holds Spanish texts; nobody has to write front matter."""
    world.answer("es/agua.txt", "El agua es nuestra.")
    assert "language: es\n" in world.waiting()["agua"]


@pytest.mark.parametrize(
    ("name", "raw", "says"),
    [
        ("word", "“Water”,\u00a0she said — she’s right.\r\n".encode(), "“Water”,\u00a0she said"),
        ("notepad", "Water – now!\r\n".encode("utf-16"), "Water – now!"),
        ("mac", "Cafe\u0301 water".encode(), "Café water"),
        ("bom", b"\xef\xbb\xbfWater now", "Water now"),
    ],
)
def test_texts_from_common_programs_are_read(
    world: World, name: str, raw: bytes, says: str
) -> None:
    """Smart quotes, special blanks, UTF-16 with its mark and Windows' lines are fine."""
    assert world.answer(f"{name}.txt", raw).verdict == "taken"
    assert body_of(world, name).startswith(says)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.txt", "", "file-empty"),
        ("a.txt", " \r\n\t", "file-empty"),
        ("a.txt", "blah\n" * 600_000, "file-too-large"),
        ("a.txt", "Das fällt auf.".encode("cp1252"), "text-encoding"),
        ("a.txt", "Water now".encode("utf-16-le"), "text-encoding"),
        ("a.txt", b"\xff\xfeW\x00a", "text-damaged"),
        ("a.txt", "Water \u202eis life", "text-direction"),
        ("a.txt", "x" * 281, "text-too-long"),
        ("a.txt", "See https://аmnesty.org/x now", "link-imitates"),
        ("a.txt", "See https://amnesty.org@evil.example now", "link-broken"),
        ("a.txt", "Water is a right!", "repeat"),
        ("a.md", "---\nlanguage: es\n---\n", "text-missing"),
        ("a.md", "---\nlanguage: es\nWater", "head-broken"),
        ("a.md", "---\nacton: petition\n---\nWater", "head-setting"),
        ("a.md", "---\naction: strike\n---\nWater", "head-setting"),
        ("a.md", "---\nat: 2030-01-01\n---\nWater", "head-setting"),
        ("a.md", "---\napproval: required\n---\nWater", "head-not-yours"),
        ("a.md", "---\nmentions: allowed\n---\nWater", "head-not-yours"),
        ("a.md", "---\naccounts: [x-mian]\n---\nWater", "account-unknown"),
        ("a.md", "---\nimage: ../../../etc/x.jpg\nalt: x\n---\nWater", "picture-path"),
        ("a.docx", b"PK\x03\x04", "kind-word-processor"),
        ("a.txt", b"PK\x03\x04", "kind-word-processor"),
        ("a.zip", b"PK\x03\x04", "kind-packed"),
        ("a.pdf", b"%PDF-1.7", "kind-document"),
        ("a.xls", b"\xd0\xcf\x11\xe0", "kind-old-sheet"),
        ("a.heic", b"\0\0\0\x18ftypheic", "kind-heic"),
        ("a.gif", b"GIF89a", "kind-picture"),
        ("a.mp4", b"\0\0\0\x18ftypmp42", "kind-film"),
        ("a.url", "[InternetShortcut]", "kind-shortcut"),
        ("a.exe", b"MZ\0", "kind-unknown"),
        ("a.txt", b"\xff\xd8\xff\xe0\0\x10JFIF", "kind-picture-named-text"),
        ("a.txt", b"MZ\0\0", "kind-no-text"),
        ("a.jpg", b"hello", "kind-no-picture"),
    ],
)
def test_what_cannot_be_taken_comes_back_with_its_reason(
    world: World, name: str, content: str | bytes, code: str
) -> None:
    """Each kind of mistake has its own words; the file lies unchanged beside the note."""
    assert world.codes(name, content) == [code]
    raw = content.encode() if isinstance(content, str) else content
    assert world.places() == {f"returned/{name}": raw}
    assert not world.waiting()


def test_a_note_says_line_remedy_and_lengths(world: World) -> None:
    """The volunteer reads where, what to do, and how long the text is on each network."""
    world.campaign("name: W\nlanguages: [de]\nlinks: [example.org]\n")
    note = world.note(world.answer("a.txt", f"{'Ä' * 270}\nhttps://example.org\n"))
    assert note.startswith("„a.txt“ wurde nicht angenommen.")
    assert "um 14 Zeichen zu lang: 294 von 280" in note
    assert "    X (x-main): 294 von 280  14 zu viel\r\n" in note
    assert "    Mastodon (masto-en): 294 von 500\r\n" in note
    assert "Ä" * 270 in note


def test_our_own_notes_are_no_texts(world: World) -> None:
    """Whoever saves all of returned/ again does not send our notes in."""
    assert world.codes("a.txt.why.txt", "“a.txt” was not taken.") == ["file-note"]


def test_a_note_names_the_line_in_the_volunteers_own_file(world: World) -> None:
    """Settings that clash are told where they stand, though the submission is written anew."""
    head = "---\n# mine\nlanguage: es\nnot_before: 2030-01-02\ntrue_until: 2030-01-01\n---\nAgua.\n"
    answer = world.answer("a.md", head)
    assert [(f.reason.code, f.line) for f in answer.findings] == [("head-setting", 5)]


def test_links_elsewhere_names_and_addresses_are_for_the_reviewer(world: World) -> None:
    """They do not send a text back, but it waits with a word about each."""
    text = "See https://news.example/1, ask @anna, or mail ana@example.org (+44 20 7946 0958)."
    assert world.answer("a.txt", text).verdict == "taken"
    warnings = world.store.audit("water/a")[0].detail["warnings"]
    assert "links to news.example" in warnings
    assert "calls @anna" in warnings
    assert "e-mail address" in warnings
    assert "phone number" in warnings
    loaded = world.load()
    assert "water/a" not in loaded.catalog.messages


def test_the_campaigns_hashtags_are_spelled_as_it_does(world: World) -> None:
    """Screen readers read #FreeWater apart, and one spelling gathers all posts."""
    world.answer("a.txt", "Now! #freewater and #savetheriversnow")
    assert body_of(world, "a") == "Now! #FreeWater and #savetheriversnow\n"
    assert "#savetheriversnow: capitals" in world.store.audit("water/a")[0].detail["warnings"]


def test_the_same_words_are_taken_once(world: World) -> None:
    """A text that waits, in whatever dress, is not taken again; one much like it is marked."""
    world.answer("a.txt", "The river belongs to all of us, and so does the rain.")
    answer = world.answer("b.txt", "The river belongs to all of us — and so does the rain! #Rain")
    assert str(answer.findings[0].reason.params["message"]) == "water/a"
    near = world.answer("c.txt", "The river belongs to all of us, and so does the spring.")
    assert near.verdict == "taken"
    assert "nearly the same as water/a" in world.store.audit("water/c")[0].detail["warnings"]


def test_front_matter_is_kept_as_it_was_meant(world: World) -> None:
    """A volunteer may say as much as a message can, but for what the comms team decides."""
    world.answer(
        "a.md",
        "---\naction: petition\nat: 2030-02-03 10:00\nsource: 'Us: 2026'\nnetworks: x\n"
        "card: {kind: quote, quote: Rivers speak, attribution: Ana, role: }\n---\nSign now.\n",
    )
    assert world.waiting()["a"] == (
        "---\napproval: required\naction: petition\nat: 2030-02-03 10:00\n"
        'source: "Us: 2026"\nnetworks: x\ncard:\n  kind: quote\n  quote: Rivers speak\n'
        "  attribution: Ana\n---\nSign now.\n"
    )


def test_names_are_made_fit_for_a_message(world: World) -> None:
    """Whatever a file is called, its submission has a plain name that nothing ever had."""
    assert world.answer("día 8 — póster (final) (2).txt", "Día ocho.").submissions == (
        "water/dia-8-poster-final-2",
    )
    assert world.answer("first.txt", "Another first.").submissions == ("water/first-2",)
    assert world.answer("???.txt", "No letters.").submissions == ("water/untitled",)
