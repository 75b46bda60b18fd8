"""Files that mean harm, or are in a state nobody meant: told as problems, never followed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.content import load
from tests.content.repo import CAMPAIGN, SCHEDULES, Repo

NEW = "content/water/messages/new.md"


def test_a_link_out_of_the_root_is_not_followed(
    repo: Repo, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A message that points at another file of the machine would publish it."""
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.txt"
    secret.write_text("the key is 1234")
    (repo.root / NEW).symlink_to(secret)
    assert repo.errors() == [f"{NEW}:1:1: is a link; put the file itself here"]


@pytest.mark.parametrize("what", ["schedules.yaml", "content/water/campaign.yaml"])
def test_settings_are_not_read_through_links(repo: Repo, what: str) -> None:
    """The same holds for every file that is read."""
    path = repo.root / what
    path.rename(repo.root / "other.yaml")
    path.symlink_to(repo.root / "other.yaml")
    assert f"{what}:1:1: is a link; put the file itself here" in repo.errors()


@pytest.mark.parametrize("what", ["content", "content/water", "content/water/messages"])
def test_folders_are_not_entered_through_links(
    repo: Repo, tmp_path_factory: pytest.TempPathFactory, what: str
) -> None:
    """Nor is a folder elsewhere read as if it were ours."""
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "folder"
    (repo.root / what).rename(elsewhere)
    (repo.root / what).symlink_to(elsewhere)
    assert f"{what}:1:1: is a link; put the folder itself here" in repo.errors()
    assert not repo.load().catalog.messages


def test_the_root_itself_may_be_reached_through_a_link(repo: Repo, tmp_path: Path) -> None:
    """Where it is installed is the operator's business."""
    link = tmp_path / "link"
    link.symlink_to(repo.root)
    assert len(load(link).catalog.messages) == 2


@pytest.mark.timeout(10)
@pytest.mark.parametrize("what", [NEW, "schedules.yaml", "content/water/campaign.yaml"])
def test_a_pipe_does_not_hang(repo: Repo, what: str) -> None:
    """Opening a pipe that nobody writes to would wait for ever."""
    (repo.root / what).unlink(missing_ok=True)
    os.mkfifo(repo.root / what)
    assert f"{what}:1:1: is not a plain file; nothing else is read" in repo.errors()


def test_a_folder_in_a_files_place(repo: Repo) -> None:
    """A folder called campaign.yaml is told as one; folders among messages are no messages."""
    (repo.root / NEW).mkdir()
    (repo.root / "content/water/campaign.yaml").unlink()
    (repo.root / "content/water/campaign.yaml").mkdir()
    assert "content/water/campaign.yaml:1:1: is a folder; a file is expected" in repo.errors()
    assert not any(NEW in problem for problem in repo.problems())


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(repo: Repo) -> None:
    """The operating system's reason is passed on."""
    repo.message("new", "Text.")
    (repo.root / NEW).chmod(0)
    assert repo.errors() == [f"{NEW}:1:1: cannot be read: Permission denied"]


@pytest.mark.parametrize("size", [64 * 1024 + 1, 50 * 1024 * 1024])
def test_large_files_are_refused(repo: Repo, size: int) -> None:
    """Nothing we read is larger than 64 KiB; a huge file is not read to find out."""
    with (repo.root / NEW).open("wb") as file:
        file.truncate(size)
    assert repo.errors() == [f"{NEW}:1:1: is larger than 64 KiB; split it into smaller files"]


def test_the_largest_file_is_read(repo: Repo) -> None:
    """The limit itself is allowed."""
    repo.message("new", ("word " * 20_000)[: 64 * 1024])
    assert repo.problems() == []


@pytest.mark.parametrize("image", ["/x/hostname.png", "../../../../outside.png", "images/out.png"])
def test_pictures_come_from_within_the_root(
    repo: Repo, tmp_path_factory: pytest.TempPathFactory, image: str
) -> None:
    """Neither by a path nor through a link does a file from elsewhere go out."""
    outside = tmp_path_factory.mktemp("elsewhere") / "out.png"
    outside.write_bytes(b"\x89PNG")
    (repo.root / "images").mkdir()
    (repo.root / "images/out.png").symlink_to(outside)
    (repo.root.parent / "outside.png").write_bytes(b"\x89PNG")
    [problem] = repo.says(f"image: {image}\nalt: A.")
    assert problem.startswith(f'2:8: image: "{image}" lies outside')


@pytest.mark.timeout(10)
def test_a_pipe_is_no_picture(repo: Repo) -> None:
    """Nor is a folder."""
    (repo.root / "images").mkdir()
    os.mkfifo(repo.root / "images/x.png")
    (repo.root / "images/y.png").mkdir()
    for name in ("x.png", "y.png"):
        assert "there is no file" in repo.says(f"image: images/{name}\nalt: A.")[0]


@pytest.mark.parametrize(
    "name",
    [
        "a\nb.md",
        "a|b.md",
        "a\x1b[31m.md",
        "a\u202eb.md",
        b"a\xff.md".decode("utf-8", "surrogateescape"),
    ],
)
def test_names_that_could_break_a_line_or_a_terminal(repo: Repo, name: str) -> None:
    """A file's name stands in logs, commands and keys; odd ones are told, made visible."""
    repo.message(name, "Text.")
    [problem] = repo.errors()
    assert "has signs in its name that cannot be used" in problem
    assert problem.isprintable()


def test_values_cannot_play_tricks_in_problems(repo: Repo) -> None:
    """What a file says is quoted on one line, without its control codes, and cut."""
    says = repo.says('language: "en\\e[31m\\nfake.yaml:1:1: all is well' + "x" * 500 + '"')
    [problem] = says
    assert problem.isprintable()
    assert len(problem) < 200


def test_the_same_name_twice(repo: Repo) -> None:
    """a.md and a.txt would be one message; so would two spellings of one letter."""
    repo.message("first.txt", "Other.")
    repo.message("caf\u00e9.md", "One.")
    repo.message("cafe\u0301.md", "Two.")
    assert len(repo.errors()) == 2
    assert all("has the same name as" in error for error in repo.errors())


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "readme.txt",
        ".hidden.md",
        "new.md~",
        ".new.md.swp",
        "new.tmp",
        "x.png",
        "#new.md#",
    ],
)
def test_what_is_no_message(repo: Repo, name: str) -> None:
    """Notes, leftovers of editors, and pictures beside messages are passed over."""
    repo.message(name, "---\nnot closed")
    assert repo.problems() == []


def test_a_file_of_another_kind_is_warned_about(repo: Repo) -> None:
    """A volunteer's .docx is not passed over in silence."""
    repo.message("new.docx", "PK")
    assert repo.problems() == [
        (
            "content/water/messages/new.docx:1:1: is not used: "
            "a message is a text file whose name ends in .md or .txt"
        )
    ]


@pytest.mark.parametrize("name", ["Water", "a b", "ünder"])
def test_a_campaigns_folder_has_a_plain_name(repo: Repo, name: str) -> None:
    """It stands in commands, addresses and other files."""
    repo.write(f"content/{name}/campaign.yaml", CAMPAIGN)
    [problem] = repo.errors()
    assert problem.startswith(f"content/{name}:1:1: the name")


def test_missing_files(repo: Repo, tmp_path: Path) -> None:
    """Each that is missing is told; nothing at all is told as well."""
    (repo.root / "content/water/campaign.yaml").unlink()
    assert repo.errors()[0] == (
        "content/water/campaign.yaml:1:1: there is no such file; without it nothing goes out"
    )
    (tmp_path / "empty").mkdir()
    assert [p.path for p in load(tmp_path / "empty").errors] == ["content", "schedules.yaml"]
    assert [p.path for p in load(tmp_path / "nowhere").errors] == ["schedules.yaml"]


@pytest.mark.timeout(60)  # seconds at most on any machine; hours, were it not linear
@pytest.mark.parametrize(
    "line",
    [
        "alt: " + "[" * 60_000,
        "alt: " + "{a: " * 15_000,
        "alt: '" + " " * 60_000 + "b",
        "quiet: " + "-" * 60_000,
        "at: '" + "1" * 60_000 + "'",
        "link: https://" + "a." * 30_000 + "org",
        "link: 'https://" + "é" * 30_000 + "'",
        "hashtags: [" + "a, " * 20_000 + "]",
        "hashtags: '" + "#" * 60_000 + "'",
        "language: " + "a-" * 30_000,
        "? " * 20_000,
        "a: &a " * 10_000,
        "\n".join(f"k{n}: v" for n in range(7_000)),
        "\n".join("k: v" for n in range(10_000)),
        "card: {kind: quote, " + ", ".join(f"a{n}: b" for n in range(6_000)) + "}",
    ],
)
def test_hostile_settings_take_little_time(repo: Repo, line: str) -> None:
    """64 KiB of anything is refused in a moment, as front matter and in the other files."""
    repo.message("new", f"---\n{line}\n---\nText.\n")
    repo.schedules(SCHEDULES.replace("    language: en\n", f"    quiet_hours: x\n{line}\n"))
    assert repo.load().errors


@pytest.mark.timeout(60)  # seconds at most on any machine; hours, were it not linear
@pytest.mark.parametrize(
    "text",
    [
        "a." * 32_000,
        "https://" * 8_000,
        "x.org " * 10_000,
        "---" * 20_000,
        "\n" * 60_000,
        "@a" * 30_000,
    ],
)
def test_hostile_texts_take_little_time(repo: Repo, text: str) -> None:
    """The same for what stands below the settings."""
    repo.message("new", text)
    repo.load()
