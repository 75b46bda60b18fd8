"""Whatever is dropped: each file ends in one place with its bytes, and each refusal has a note."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.intake.names import README, is_left_alone
from bot.store import Store
from tests.intake.world import MINUTES, World, picture

HEADS = ("---\n", "---\nlanguage: es\n---\n", "---\nimage: a.jpg\nalt: x\n---\n", "\ufeff", "")
TAILS = ("", "\nAlt: A river", "\nBy: Ana", "\nhttps://аmnesty.org", "\n@ana #FreeWater", "\u202e")
TEXTS = st.builds(
    lambda head, words, tail: (head + words + tail).encode("utf-8", "surrogatepass"),
    st.sampled_from(HEADS),
    st.text(max_size=60),
    st.sampled_from(TAILS),
)
BYTES = st.binary(max_size=60)
BINARIES = st.sampled_from(
    (b"PK\x03\x04x", b"\0\0\0\x18ftypheic", picture()[:300], b"GIF89a\0", b"\xff\xfea", b"")
)
CONTENTS = st.one_of(TEXTS, TEXTS, BYTES, BINARIES)
SUFFIXES = st.sampled_from(
    ("", ".txt", ".TXT", ".md", ".jpg", ".heic", ".docx", ".part", ".why.txt", ".exe", ".")
)
STEMS = st.one_of(
    st.sampled_from(
        ("a", "vigil", "día 8 — póster (2)", "~$a", "CON", "مرحبا", "\u202etxt.exe", "-")
    ),
    st.text(max_size=20).map(lambda words: words.replace("\0", "").replace("/", "")),
    st.just("x" * 250),
)
RAW_NAMES = st.binary(min_size=1, max_size=30).map(
    lambda raw: raw.replace(b"/", b"").replace(b"\0", b"")
)
NAMES = st.one_of(
    st.builds(lambda stem, suffix: os.fsencode(f"{stem}{suffix}"), STEMS, SUFFIXES), RAW_NAMES
)
FOLDERS = st.sampled_from((b"", b"", b"", b"ana/", b"es/", b"ana/march/", b"ana/march/deep/"))


def fits(way: bytes) -> bool:
    """Tell whether a file system would have it."""
    name = way.rpartition(b"/")[2]
    ours = name in (b"", b".", b"..", b"received", b"returned", b"ana", b"es", b"march", b"deep")
    return not ours and len(name) <= 255


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One campaign for all examples: making a ledger takes longer than an example."""
    root: Path = tmp_path_factory.mktemp("any")
    with Store.open(f"sqlite:///{root}/data/ledger.db") as store:
        yield World(root, store)


@given(
    files=st.dictionaries(
        st.builds(lambda folder, name: folder + name, FOLDERS, NAMES).filter(fits),
        CONTENTS,
        min_size=1,
        max_size=6,
    )
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_each_file_ends_in_one_place_with_its_bytes(
    shared: World, files: dict[bytes, bytes]
) -> None:
    """Nothing is lost, doubled or changed, nothing stays unanswered but what is a program's."""
    for folder in (shared.inbox, shared.home / "waiting"):
        shutil.rmtree(folder, ignore_errors=True)
    dropped: Counter[bytes] = Counter()
    for way, content in files.items():
        try:
            shared.drop(way, content)
        except (FileExistsError, NotADirectoryError, IsADirectoryError):
            continue
        dropped[content] += 1
    for _ in range(3):
        shared.answers(11 * MINUTES)
    assert Counter(_all(shared.inbox)) == dropped
    for path in shared.inbox.rglob("*"):
        place = path.relative_to(shared.inbox)
        if place.parts[0] == "returned" and path.is_file() and "deep" not in place.parts:
            assert _is_note(path) or _has_note(path)
        elif place.parts[0] not in ("received", "returned") and path.is_file():
            assert any(is_left_alone(part) for part in place.parts) or place.name.lower() in README
    assert not (shared.home / "waiting/.intake.json").exists()


def _all(inbox: Path) -> list[bytes]:
    """The bytes of all files that volunteers saved."""
    return [path.read_bytes() for path in inbox.rglob("*") if path.is_file() and not _is_note(path)]


def _is_note(path: Path) -> bool:
    # A volunteer's file may be called like one; ours begin as ours do.
    begins = ("\ufeff“".encode(), "\ufeff«".encode())
    return path.name.endswith(".why.txt") and path.read_bytes().startswith(begins)


def _has_note(path: Path) -> bool:
    return any(
        os.fsencode(other.name).startswith(os.fsencode(path.name)[:200]) and _is_note(other)
        for other in path.parent.iterdir()
        if other != path
    )
