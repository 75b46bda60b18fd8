"""The container files: what they name exists, no key gets into a layer, and nobody is root."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import typer.main
import yaml

from bot.cli import app
from bot.settings import read_settings
from tests.e2e.world import bot, make_root

ROOT = Path(__file__).resolve().parents[2]
HERE = ROOT / "docs/container"
STEPS: list[list[str]] = [
    line.split(maxsplit=1)
    for line in (HERE / "Containerfile").read_text().replace("\\\n", " ").splitlines()
    if line and not line.startswith("#")
]


def of(step: str) -> list[str]:
    """The arguments of all steps of one kind, in order."""
    return [rest for kind, rest in STEPS if kind == step]


def copied() -> set[str]:
    """What is copied from the repository."""
    words = [shlex.split(line) for line in of("COPY")]
    return {name for line in words if "--from=build" not in line for name in line[:-1]}


def service() -> dict[str, Any]:
    """The bot's part of compose.yaml."""
    document: dict[str, Any] = yaml.safe_load((HERE / "compose.yaml").read_text())
    found: dict[str, Any] = document["services"]["loudhailer"]
    return found


def test_what_is_copied_exists_and_is_all_that_is_sent() -> None:
    """A renamed file breaks here, not at somebody's release; .env and data/ stay at home."""
    assert copied() == {"bot", "requirements/run.lock", "pyproject.toml", "README.md", "LICENSE"}
    assert all((ROOT / name).exists() for name in copied())
    lines = (HERE / "Containerfile.dockerignore").read_text().splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*"
    assert {rule[1:] for rule in rules if rule.startswith("!")} == copied()


def test_it_runs_as_a_number_that_is_not_root() -> None:
    """`runAsNonRoot` of orchestrators can only be checked against a number."""
    (user,) = of("USER")
    assert re.fullmatch(r"[1-9]\d{4}:[1-9]\d{4}", user)
    steps = [kind for kind, _ in STEPS]
    assert steps.index("USER") > steps.index("RUN")
    assert "RUN" not in steps[steps.index("USER") :]  # nothing after it is done as root


def test_no_secret_is_an_argument_or_a_variable_of_the_image() -> None:
    """Both can be read from any copy of it."""
    for line in (*of("ARG"), *of("ENV")):
        assert not re.search(r"TOKEN|SECRET|KEY|PASSWORD|DATABASE_URL", line)


def test_the_base_is_pinned_and_the_libraries_are_hashed() -> None:
    """By a tag that says the release of Python and of Debian, and by the lock."""
    (base,) = of("ARG")
    assert re.fullmatch(r"PYTHON=docker\.io/library/python:3\.\d+-slim-[a-z]+", base)
    assert of("FROM") == ["${PYTHON} AS build", "${PYTHON}"]
    assert any("--require-hashes" in line and "--only-binary" in line for line in of("RUN"))


def test_what_it_runs_are_commands_of_ours() -> None:
    """The start and the health check are understood by the command line."""
    health = json.loads(of("HEALTHCHECK")[0].split("CMD", 1)[1])
    entry, start = json.loads(of("ENTRYPOINT")[0]), json.loads(of("CMD")[0])
    group = typer.main.get_command(app)
    for program, *words in (health, entry + start):
        assert program == "bot"
        context = group.make_context("bot", list(words))
        name, command, rest = group.resolve_command(  # type: ignore[attr-defined] # typer's own copy of click
            context, [*context._protected_args, *context.args]
        )
        command.make_context(name, rest, parent=context)


def test_its_variables_are_those_that_we_read() -> None:
    """The campaign and the data are where the image says, and it knows that it is a container."""
    (line,) = of("ENV")
    values = dict(word.split("=", 1) for word in shlex.split(line))
    values["LOUDHAILER_ROOT"] = "/"  # there is no /campaign here
    settings = read_settings(environ=values)
    assert settings.in_container
    assert settings.data == Path("/data")
    assert of("VOLUME") == ['["/data"]']


def test_compose_takes_away_what_is_not_needed() -> None:
    """Read-only, without rights, with keys from files alone; the database is not for others."""
    bot_service = service()
    assert bot_service["read_only"] is True
    assert bot_service["cap_drop"] == ["ALL"]
    assert bot_service["security_opt"] == ["no-new-privileges:true"]
    assert "ports" not in bot_service
    assert (HERE / bot_service["build"]["context"] / bot_service["build"]["dockerfile"]).is_file()
    document = yaml.safe_load((HERE / "compose.yaml").read_text())
    for name, value in bot_service["environment"].items():
        assert name.endswith("_FILE")
        assert value.removeprefix("/run/secrets/") in document["secrets"]
    for mount in bot_service["volumes"]:
        source = mount.split(":")[0]
        assert source in document["volumes"] or (HERE / source).exists()
    assert document["networks"]["inside"] == {"internal": True}
    assert document["services"]["db"]["networks"] == ["inside"]
    assert "/docs/container/secrets/" in (ROOT / ".gitignore").read_text().splitlines()


def test_the_health_check_fails_where_nothing_runs(tmp_path: Path) -> None:
    """Exit code 1, and no words."""
    done = bot(make_root(tmp_path, {}), "status", "--alive", check=False)
    assert (done.returncode, done.stdout) == (1, "")
