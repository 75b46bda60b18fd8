"""Keys that others can get at: what counts as open, and that nothing is posted with them."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from bot.exposure import as_root, exposures, in_git, surroundings, way_to_the_ledger
from bot.keyring import write_env
from bot.model import Account, NetworkName
from bot.settings import SettingsError, read_settings
from tests.e2e.world import bot, bot_json, make_root

MASTO = Account("masto-en", NetworkName.MASTODON, server="https://mastodon.example")
AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A campaign with a key in .env, as `bot login` leaves it."""
    made = make_root(tmp_path / "root", {"hello.md": "We meet at eight."})
    made.chmod(0o755)
    env = made / ".env"
    env.write_text("MASTO_EN_ACCESS_TOKEN=planted-token-of-nobody\n")
    env.chmod(0o600)
    return made


def found(root: Path, environ: dict[str, str] | None = None, *, alone: bool = False) -> list[str]:
    """What is told of it on a machine; or in a container, where it is alone."""
    settings = replace(read_settings(root, environ or {}), in_container=alone)
    return [str(e) for e in exposures(settings, [MASTO])]


def test_a_file_of_ones_own_is_fine(root: Path) -> None:
    """Mode 0600 and 0400, in a folder that only its owner writes."""
    assert found(root) == []
    (root / ".env").chmod(0o400)
    assert found(root) == []


@pytest.mark.parametrize("mode", [0o644, 0o604, 0o602, 0o601, 0o666, 0o620])
def test_a_file_that_others_reach_is_open(root: Path, mode: int) -> None:
    """Read, write, even execute; a group that may write could put in keys of its own."""
    (root / ".env").chmod(mode)
    (told,) = found(root)
    assert told.startswith(".env ")
    assert told.endswith(f"(mode {mode:04o}): chmod 600 .env")


@AS_ROOT
def test_a_group_of_its_own_may_read_it(root: Path) -> None:
    """root:service 0640 is how many machines do it; a group with others in it is open to them."""
    env = root / ".env"
    env.chmod(0o640)
    assert found(root) == []  # root's own group
    os.chown(env, 0, 65_432)  # nobody is in it
    assert found(root) == []
    os.chown(env, 0, 1)  # Debian: daemon, an account of its own, which is not the bot's
    (told,) = found(root)
    assert "in which are others: daemon" in told


@AS_ROOT
def test_another_owner_could_change_it(root: Path) -> None:
    """The owner of the data folder is the service, and may own the keys too."""
    os.chown(root / ".env", 65_432, 0)
    (told,) = found(root)
    assert "belongs to user 65432, who can change it" in told
    (root / "data").mkdir()
    os.chown(root / "data", 65_432, 0)
    assert found(root) == []


def test_a_folder_that_everybody_writes_is_open(root: Path) -> None:
    """They could put another .env in its place; not where the sticky bit keeps them from it."""
    root.chmod(0o777)
    (told,) = found(root)
    assert "can be written by everybody" in told
    root.chmod(0o1777)
    assert found(root) == []


def test_files_that_hold_one_key_are_looked_at_too(root: Path) -> None:
    """Those of the accounts there are, and of the addresses with a password in them."""
    for name in ("token", "address", "other"):
        (root / name).write_text("planted")
        (root / name).chmod(0o644)
    named = {
        "MASTO_EN_ACCESS_TOKEN_FILE": "token",
        "DATABASE_URL_FILE": str(root / "address"),
        "ELSEWHERE_ACCESS_TOKEN_FILE": "other",
    }
    assert [line.split()[0] for line in found(root, named)] == ["address", "token"]
    assert found(root, named, alone=True) == []
    assert read_settings(root, {"container": "podman"}).in_container


def git(root: Path, *words: str) -> None:
    """Run git there."""
    command = [shutil.which("git") or "git", "-C", str(root), *words]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 # git itself


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_git_is_asked_about_the_keys(root: Path) -> None:
    """Not ignored is one `git add` from being published; tracked is published already."""
    assert in_git(read_settings(root, {})) == ()
    git(root, "init", "-q")
    (told,) = in_git(read_settings(root, {}))
    assert "not ignored by git" in str(told)
    git(root, "add", ".env")
    (told,) = in_git(read_settings(root, {}))
    assert "is in the git repository" in str(told)
    git(root, "rm", "-q", "--cached", ".env")
    (root / ".gitignore").write_text(".env\n")
    assert in_git(read_settings(root, {})) == ()


def test_nothing_is_posted_with_open_keys(root: Path) -> None:
    """`run` and `post` refuse and say what to do; `check` and `status` call it a problem."""
    (root / ".env").chmod(0o644)
    done = bot(root, "run", check=False)
    assert done.returncode == 1
    assert "nothing is posted while others can get at the keys" in done.stderr
    assert "chmod 600 .env" in done.stderr
    assert "Traceback" not in done.stderr
    (problem,) = bot(root, "check", check=False).stdout.splitlines()[:1]
    assert problem.startswith(".env:1:1: is open to everybody")
    (told,) = bot_json(root, "status")["exposed"]
    assert "chmod 600 .env" in told


def test_keys_are_read_from_what_systemd_hands_over(root: Path, tmp_path: Path) -> None:
    """A credential of the variable's name, or one named loudhailer.env that is like .env."""
    passed = tmp_path / "credentials"
    passed.mkdir()
    (root / ".env").unlink()
    (passed / "MASTO_EN_ACCESS_TOKEN").write_text("one-passed-token\n")
    (passed / "loudhailer.env").write_text("X_MAIN_API_KEY=another-passed-key\n")
    settings = read_settings(root, {"CREDENTIALS_DIRECTORY": str(passed)})
    assert settings.value_of("masto-en", "ACCESS_TOKEN") == "one-passed-token"
    assert settings.value_of("x-main", "API_KEY") == "another-passed-key"
    assert {"one-passed-token", "another-passed-key"} <= settings.secret_values()
    assert "passed" not in repr(settings)


@AS_ROOT
def test_a_log_in_keeps_the_file_with_the_group_it_was_shared_with(root: Path) -> None:
    """root:loudhailer 0640 stays so, else the service would lose its keys; 0644 becomes 0600."""
    env = root / ".env"
    env.chmod(0o640)
    os.chown(env, 0, 65_432)
    write_env(env, {"MASTO_EN_ACCESS_TOKEN": "another"})
    assert (env.stat().st_mode & 0o777, env.stat().st_gid) == (0o640, 65_432)
    env.chmod(0o644)
    write_env(env, {"MASTO_EN_ACCESS_TOKEN": "another"})
    assert env.stat().st_mode & 0o777 == 0o600


def test_an_address_may_be_in_a_file_and_the_sandbox_never_uses_it(root: Path) -> None:
    """The sandbox must not come near the real ledger, wherever its address stands."""
    (root / "address").write_text("postgresql://bot:planted-password@db.example/x\n")
    settings = read_settings(root, {"DATABASE_URL_FILE": "address"})
    assert settings.database_url == "postgresql://bot:planted-password@db.example/x"
    assert "planted-password" in settings.secret_values()
    assert settings.of_sandbox().database_url == f"sqlite:///{root}/data/sandbox/loudhailer.db"


def test_an_open_data_folder_and_root_are_told(root: Path) -> None:
    """Neither stops the posting; in a container root is a user like any other."""
    settings = read_settings(root, {})
    assert bool(as_root(replace(settings, in_container=False))) == (os.geteuid() == 0)
    assert as_root(replace(settings, in_container=True)) == ()
    assert surroundings(settings) == ()
    (root / "data").mkdir()
    (root / "data").chmod(0o755)
    (told,) = surroundings(settings)
    assert str(told) == "data is open to everybody (mode 0755): chmod 700 data"
    (root / "data").chmod(0o750)
    assert surroundings(settings) == ()


@pytest.mark.parametrize(
    ("address", "is_open"),
    [
        ("postgresql://bot:pw@db.example.org/x", True),
        ("postgresql+psycopg://bot:pw@10.0.0.7/x?sslmode=require", True),
        ("postgresql://bot:pw@db.example.org/x?sslmode=verify-full", False),
        ("postgresql://bot:pw@127.0.0.1:5432/x", False),
        ("postgresql://bot:pw@db/x", False),
        ("postgresql:///x?host=/run/postgresql", False),
        ("", False),
    ],
)
def test_a_ledger_elsewhere_wants_an_encrypted_way(
    root: Path, address: str, *, is_open: bool
) -> None:
    """Libpq's default takes what it gets; loopback, sockets and a container's network are near."""
    told = way_to_the_ledger(read_settings(root, {"DATABASE_URL": address}))
    assert [str(e) for e in told if "pw" in str(e)] == []
    assert bool(told) == is_open


def test_a_file_of_keys_that_is_none_is_told_plainly(root: Path) -> None:
    """Bytes that are no text, or a folder in its place: one line, without what is in it."""
    (root / ".env").write_bytes(b"MASTO_EN_ACCESS_TOKEN=planted\xff\xfe\n")
    with pytest.raises(SettingsError, match="cannot be read") as caught:
        read_settings(root, {})
    assert "planted" not in str(caught.value)
