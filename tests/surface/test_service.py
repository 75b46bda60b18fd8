"""The unit file: what systemd says of it, and that the daemon does its work under its rules."""

from __future__ import annotations

import ctypes.util
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.process import Supervisor
from tests.e2e.test_daemon import due_now
from tests.e2e.world import bot, make_root
from tests.surface.confined import settings
from tests.surface.unit import USER

ROOT = Path(__file__).resolve().parents[2]
UNIT = ROOT / "docs/loudhailer.service"
MEASURED_WITH = "systemd 252"
needs_systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed"
)


def analyze(*words: str) -> subprocess.CompletedProcess[str]:
    """Run systemd-analyze."""
    return subprocess.run(  # noqa: S603 # systemd's own tool
        ["systemd-analyze", *words],  # noqa: S607 # wherever it is installed
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )


@needs_systemd
def test_the_exposure_in_the_docs_is_the_real_one() -> None:
    """`systemd-analyze security` gives the figure that docs/operator.md names."""
    docs = (ROOT / "docs/operator.md").read_text()
    documented = re.search(r"exposure level of (\d\.\d)", docs)
    assert documented
    said = analyze("security", "--offline=true", str(UNIT)).stdout
    measured = re.search(r"Overall exposure level for loudhailer.service: (\d+\.\d)", said)
    assert measured, said
    if analyze("--version").stdout.startswith(MEASURED_WITH):
        assert measured[1] == documented[1]
    else:  # others know other settings
        assert float(measured[1]) < 2.5


@needs_systemd
def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    """No unknown setting, no value that is passed over."""
    here = UNIT.read_text().replace("/srv/loudhailer/.venv/bin/bot", sys.executable)
    unit = tmp_path / "loudhailer.service"
    unit.write_text(here)
    done = analyze("verify", "--man=no", str(unit))
    complaints = [line for line in done.stderr.splitlines() if "loudhailer.service" in line]
    assert complaints == []


def test_the_unit_names_no_secret_and_no_right() -> None:
    """Keys in a unit file can be read by everybody; the service is given no capability."""
    assert settings(UNIT, "Environment") == []
    assert settings(UNIT, "CapabilityBoundingSet") == [""]
    assert settings(UNIT, "User") == ["loudhailer"]


@contextmanager
def confined(campaign: Path, listener: socket.socket) -> Iterator[subprocess.Popen[str]]:
    """`bot run --sandbox` there as the unit runs it, telling `listener` how it is."""
    name = listener.getsockname().decode().replace("\0", "@")
    run = [sys.executable, "-m", "bot", "run", "--sandbox", "--port", "0", "--every", "1"]
    with (campaign.parent / "said").open("w") as said:
        process = subprocess.Popen(  # noqa: S603 # our own program
            [sys.executable, "-m", "tests.surface.unit", str(UNIT), str(campaign), *run],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=said,
            text=True,
            env={**os.environ, "NOTIFY_SOCKET": name, "PYTHONPATH": str(ROOT)},
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.mark.timeout(300)
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can take away what the unit takes away")
@pytest.mark.skipif(ctypes.util.find_library("seccomp") is None, reason="no libseccomp")
@needs_systemd
def test_the_daemon_works_under_the_rules_of_the_unit(tmp_path: Path) -> None:
    """It draws, posts, answers an inbox, tells systemd, keeps its memory to itself, and stops.

    Read-only but for ReadWritePaths, without rights, under the unit's system call filter.
    """
    campaign = make_root(
        tmp_path / "root", {"now.md": due_now("We meet at eight.").replace("card: none\n", "")}
    )
    (campaign / ".env").write_text("MASTO_EN_ACCESS_TOKEN=planted-token-of-nobody\n")
    (campaign / ".env").chmod(0o640)
    os.chown(campaign / ".env", 0, USER)
    inbox = campaign / "content/rent-strike/inbox"
    for folder in (campaign / "data", campaign / "images/cards", inbox):
        folder.mkdir(parents=True)
    (inbox / "letter.txt").write_text("A volunteer says: we stay.")
    for part in ("data", "images", "content"):
        for path in (campaign / part, *(campaign / part).rglob("*")):
            os.chown(path, USER, USER)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(f"\0loudhailer-test-{os.getpid()}")
        listener.settimeout(120)
        with confined(campaign, listener) as process:
            assert listener.recv(99) == b"READY=1"
            users = Path(f"/proc/{process.pid}/uid_map").read_text().split()
            assert users == ["0", "0", "1", str(USER), str(USER), "1"]
            limits = Path(f"/proc/{process.pid}/limits").read_text()
            assert re.search(r"Max core file size +0 +0", limits)
            # What cannot be dumped belongs to root, whoever runs it: nobody else may look at it.
            assert Path(f"/proc/{process.pid}/environ").stat().st_uid == 0
            assert Path(f"/proc/{process.pid}/status").read_text().count("Seccomp:\t2") == 1
            for _ in range(150):  # rounds of a second at least
                posted = (tmp_path / "said").read_text().count("posted: ")
                if posted == 2 and list(inbox.glob("received/letter.txt")):
                    break
                assert listener.recv(99) == b"WATCHDOG=1"
            assert bot(campaign, "status", "--sandbox", "--alive").stdout == ""  # exit code 0
            process.send_signal(signal.SIGTERM)
            while listener.recv(99) != b"STOPPING=1":
                pass
            assert process.wait(60) == 0
    said = (tmp_path / "said").read_text()
    assert said.count("posted: ") == 2
    assert list(inbox.glob("received/letter.txt"))
    assert "Traceback" not in said
    assert "Permission denied" not in said
    assert "warning: " not in said  # above all not that .env belongs to nobody
    assert list((campaign / "images/cards").glob("*.png"))
    assert (campaign / "data/sandbox").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("address", ["", "/nowhere/at/all", "@nobody-listens-here"])
def test_nobody_to_tell_is_no_trouble(address: str) -> None:
    """Started by hand, or with a service manager that went away."""
    supervisor = Supervisor(address)
    supervisor.ready()
    supervisor.alive()
    supervisor.stopping()
