"""Settings that cannot be used: told all at once before they matter, and no reason not to post."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.e2e.world import bot, environment, make_root

WRONG = {
    "METRICS_PORT": "9187",
    "METRICS_HOST": "192.0.2.1",
    "HEARTBEAT_URL": "ftp://h.example/sekret-path",
    "ALERT_URLS": "nonsense://sekret-key",
    "ALERT_DIGEST_AT": "25:00",
    "LOUDHAILER_LEASE_SECONDS": "1",
    "DATABASE_URL": "postgresql://ana:sekret-word@h:port/db",
}


def errors(root: Path, env: dict[str, str]) -> list[str]:
    """What `bot check` calls an error; it must exit accordingly."""
    done = bot(root, "check", "--json", env=env, check=False)
    found = json.loads(done.stdout)["problems"]
    texts = [p["text"] for p in found if p["severity"] == "error"]
    assert done.returncode == bool(texts), done.stderr
    return texts


def test_bot_check_reads_every_setting(tmp_path: Path) -> None:
    """One line for each that is wrong, with its name; nothing secret is repeated."""
    root = make_root(tmp_path, {})
    before = errors(root, {})
    found = [text for text in errors(root, WRONG) if text not in before]
    for name in WRONG.keys() - {"METRICS_PORT"}:
        assert sum(name in text for text in found) == 1, name
    assert len(found) == len(WRONG) - 1
    (port,) = (text for text in errors(root, {"METRICS_PORT": "many"}) if text not in before)
    assert "METRICS_PORT" in port
    assert "sekret" not in "".join(found)


def test_a_wrong_setting_is_told_at_its_line(tmp_path: Path) -> None:
    """Of `.env`, where it stands there; else it is the environment's."""
    root = make_root(tmp_path, {})
    (root / ".env").touch(0o600)
    (root / ".env").write_text("# ours\nexport METRICS_PORT=many\n")
    said = bot(root, "check", env={"ALERT_DIGEST_AT": "25:00"}, check=False)
    assert ".env:2:1: METRICS_PORT" in said.stdout + said.stderr
    assert "environment:1:1: ALERT_DIGEST_AT" in said.stdout + said.stderr


def test_bot_check_tells_of_files_that_cannot_be_read(tmp_path: Path) -> None:
    """Those that hold an address, and a data folder that is none."""
    root = make_root(tmp_path, {})
    before = errors(root, {})
    names = ("DATABASE_URL", "ALERT_URLS", "HEARTBEAT_URL")
    env = {f"{name}_FILE": "/nope" for name in names} | {"LOUDHAILER_DATA": "schedules.yaml"}
    found = [text for text in errors(root, env) if text not in before]
    assert sorted(text.split()[0].strip(":") for text in found) == sorted(
        [*names, "LOUDHAILER_DATA"]
    )


def test_right_settings_are_no_problem(tmp_path: Path) -> None:
    """Also while something listens on the port: that may be our own daemon."""
    right = {"METRICS_PORT": "9187", "METRICS_HOST": "localhost", "ALERT_URLS": "json://localhost"}
    root = make_root(tmp_path, {})
    assert errors(root, right) == errors(root, {})


def test_the_sandbox_runs_without_the_file_of_alerts(tmp_path: Path) -> None:
    """As the real one does (ADR 14): it says so, and goes on."""
    root = make_root(tmp_path, {})
    with subprocess.Popen(  # our own program
        [sys.executable, "-m", "bot", "run", "--sandbox", "--port", "0"],
        cwd=root,
        env=environment(ALERT_URLS_FILE="/nope"),
        stderr=subprocess.PIPE,
        text=True,
    ) as daemon:
        assert daemon.stderr is not None
        heard = ""
        for line in daemon.stderr:
            heard += line
            if "ALERT_URLS is to be read from" in line:
                break
        os.kill(daemon.pid, signal.SIGTERM)
        heard += daemon.stderr.read()
    assert daemon.returncode == 0, heard
    assert "started: posting as" in heard


def test_check_ledger_of_a_folder(tmp_path: Path) -> None:
    """It is there, and it is no file: both are said."""
    root = make_root(tmp_path, {})
    done = bot(root, "check-ledger", "content", check=False)
    assert (done.returncode, "content is a folder" in done.stderr) == (1, True)
