"""The documents are part of the product: what they show is tried."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import typer.main
import yaml

from bot.cli import app
from bot.content import load
from bot.networks.registry import SECRETS
from bot.settings import variable_for
from tests.e2e.world import bot

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")

NEEDS_A_WORLD = (
    "login",
    "run",
    "rehearse",
    "post",
    "resolve",
    "cancel",
    "new-campaign",
    "intake",
    "approve",
    "return",
    "review",
    "import",
    "backup",
    "restore",
    "check-ledger",
    "db copy",
    "check --online",
    "alert --test",
    "alert --digest",
)
"""Commands that need accounts, do not end, or are run in tests of their own."""


def blocks(path: Path, kind: str) -> list[str]:
    """The fenced blocks of one kind in a document."""
    text = path.read_text(encoding="utf-8")
    return [body for found, body in FENCE.findall(text) if found == kind]


def shown_commands() -> list[str]:
    """Every `bot` command line in the documents' sh blocks and in their prose."""
    lines = [
        line.strip() for path in DOCUMENTS for b in blocks(path, "sh") for line in b.splitlines()
    ]
    return sorted({line for line in lines if line.startswith("bot ")})


def test_there_are_commands_to_try() -> None:
    """A change of the documents' form must not switch these tests off."""
    assert len(shown_commands()) > 20


@pytest.mark.parametrize("line", shown_commands())
def test_shown_commands_are_understood(line: str) -> None:
    """Each command in the documents exists, with the options it is shown with."""
    _, *arguments = shlex.split(line, comments=True)
    group = typer.main.get_command(app)
    context = group.make_context("bot", list(arguments))
    name, command, rest = group.resolve_command(context, [*context._protected_args, *context.args])  # type: ignore[attr-defined] # typer's own copy of click
    assert command is not None
    command.make_context(name, rest, parent=context)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what a clone holds."""
    root = tmp_path_factory.mktemp("documents")
    for folder in ("content", "images"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("cards"))
    shutil.copy(ROOT / "schedules.yaml", root)
    return root


@pytest.mark.timeout(300)  # each is a process of its own
def test_shown_commands_work(shipped: Path) -> None:
    """Those that need no account and come to an end are run as they stand."""
    tried = 0
    for line in shown_commands():
        command = line.removeprefix("bot ").split("#")[0].strip()
        if (
            command.startswith((*NEEDS_A_WORLD, "length FILE", "draft FILE"))
            or "--watch" in command
        ):
            continue
        bot(shipped, *shlex.split(command))
        tried += 1
    assert tried >= 10


def test_shown_make_targets_exist() -> None:
    """`make run` and the others are in the Makefile."""
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    shown = {
        target
        for path in DOCUMENTS
        for b in blocks(path, "sh")
        for target in re.findall(r"^make (\w+)", b, re.MULTILINE)
    }
    assert {"run", "test"} <= shown <= targets


def test_the_reference_is_valid_as_it_stands(tmp_path: Path) -> None:
    """Its three examples together are a campaign without errors."""
    schedules, campaign, message = blocks(ROOT / "docs/reference.md", "yaml")
    folder = tmp_path / "content/free-assange/messages"
    folder.mkdir(parents=True)
    (tmp_path / "schedules.yaml").write_text(schedules)
    (folder.parent / "campaign.yaml").write_text(campaign)
    (folder / "example.md").write_text(f"---\n{message}---\nThe text.\n")
    loaded = load(tmp_path)
    assert [str(p) for p in loaded.problems if p.severity == "error"] == []
    assert len(loaded.catalog.schedules) == 2
    assert list(loaded.catalog.messages) == ["free-assange/example"]


def test_the_volunteers_example_is_valid() -> None:
    """The block that volunteers copy is YAML."""
    (block,) = blocks(ROOT / "docs/volunteers.md", "yaml")
    assert yaml.safe_load(block.strip("-\n"))["language"] == "es"


def test_env_example_names_every_variable_and_no_other() -> None:
    """What settings.py reads is in .env.example, with the accounts that are shipped."""
    example = set(
        re.findall(r"^#?([A-Z][A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    )
    code = (ROOT / "bot/settings.py").read_text()
    read = set(re.findall(r'"((?:LOUDHAILER|DATABASE|ALERT|HEARTBEAT|METRICS)_[A-Z_]+)"', code))
    keys = {
        variable_for(account.name, name)
        for account in load(ROOT).catalog.accounts.values()
        for name in SECRETS[account.network]
    }
    assert example == read | keys


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.name)
def test_links_lead_somewhere(path: Path) -> None:
    """Links within the repository, pictures included."""
    for target in LINK.findall(path.read_text(encoding="utf-8")):
        if "://" not in target and "<" not in target:
            assert (path.parent / target).exists(), target


def test_lock_files_name_no_index_and_hash_everything() -> None:
    """Whoever installs chooses the index; the hashes make sure what comes from it."""
    for name in ("run", "dev", "audit"):
        lock = (ROOT / f"requirements/{name}.lock").read_text()
        assert "://" not in lock
        assert "--index" not in lock
        pins = re.findall(r"^([A-Za-z0-9_.\-\[\]]+)==\S+(.*)$", lock, re.MULTILINE)
        assert len(pins) > 20
        assert all(rest.rstrip().endswith("\\") for _, rest in pins)


def test_no_compiled_or_drawn_files_are_tracked() -> None:
    """Keys, ledgers and drawn cards stay out of the repository."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    tracked = subprocess.run(  # noqa: S603 # git itself
        [git, "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    bad = [
        p
        for p in tracked
        if p.endswith((".pyc", ".db", ".env")) or p.startswith(("data/", "images/cards/"))
    ]
    assert bad == []
