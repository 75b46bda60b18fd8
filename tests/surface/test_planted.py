"""Planted credentials are looked for in everything that a run leaves behind and says."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from bot.model import Account, NetworkName
from bot.networks.registry import connect
from bot.redaction import forms, secrets_of_address
from bot.settings import read_settings
from tests.e2e.test_daemon import due_now
from tests.e2e.world import SCHEDULES, environment, make_root
from tests.networks.stage import Clock
from tests.surface.echo import Echo, echo

X_KEYS = ("API_KEY", "API_SECRET", "ACCESS_TOKEN", "ACCESS_SECRET")
KEYS = {
    **{f"X_{who}_{name}": f"planted+{who}/{name}=" for who in ("401", "500") for name in X_KEYS},
    **{f"M_{who}_ACCESS_TOKEN": f"planted+m/{who}&key" for who in ("401", "422", "500")},
    **{f"M_{who}_ACCESS_TOKEN": f"planted+m/{who}&key" for who in ("GARBLED", "TLS", "REFUSED")},
}
WRONG = {"401", "422", "500", "garbled"}
REFUSED = "http://127.0.0.1:1"

SCRIPT = """
import json, os, sys
from bot.cli import run
for words in json.loads(sys.argv[1]):
    sys.argv = ["bot", *words]
    print("==", words, run(), flush=True)
os.environ["DATABASE_URL"] = os.environ.pop("LATER_URL")
sys.argv = ["bot", "status"]
print("==", run())
raise RuntimeError([os.environ["ALERT_URLS"], os.environ["DATABASE_URL"]])
"""
COMMANDS = (
    ["run", "--every", "1"],
    ["check", "--online", "--json"],
    ["status", "--json"],
    ["queue", "--json"],
    ["log", "--last", "99"],
    ["report", "--json"],
    ["plan", "--days", "1", "--html", "proof.html"],
    ["post", "again", "--account", "m-500"],
)

LATER: Mapping[str, Callable[[], str]] = {
    "now.md": lambda: due_now("The rents rise again."),
    "one.md": lambda: due_now("We meet at eight.", accounts="[x-500]"),
}
"""Written when the daemon runs: of what was due before its first start it posts nothing."""


def campaign(root: Path, server: Echo) -> Path:
    """One account for each thing that can go wrong, on the server that says their keys back."""
    lines = ["timezone: Europe/London", "accounts:"]
    names = []
    for name in KEYS:
        who = name.removesuffix("_ACCESS_TOKEN").lower().replace("_", "-")
        if not name.endswith("_ACCESS_TOKEN"):
            continue
        network = "x" if who.startswith("x-") else "mastodon"
        urls = {"tls": server.urls["200"].replace("http:", "https:"), "refused": REFUSED}
        url = {**server.urls, **urls}[who[2:]]
        names.append(who)
        lines.append(f"  {who}: {{network: {network}, server: '{url}', language: en}}")
    daily = SCHEDULES.replace("x-main, masto-en", ", ".join(names))
    made = make_root(root, {"again.md": "And we meet again."}, daily, "\n".join(lines) + "\n")
    in_file = "M_422_ACCESS_TOKEN"
    (made / "token").write_text(KEYS[in_file])
    written = [f"{name}='{value}'" for name, value in KEYS.items() if name != in_file]
    (made / ".env").write_text("\n".join([*written, f"{in_file}_FILE=token", ""]))
    (made / "token").chmod(0o600)
    (made / ".env").chmod(0o600)
    return made


@pytest.mark.timeout(300)
def test_no_planted_key_is_in_anything_a_run_leaves(tmp_path: Path) -> None:
    """Log, errors, tracebacks, ledger and its WAL, pages: servers say the keys back in vain."""
    with echo() as server, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(f"\0loudhailer-planted-{os.getpid()}")
        listener.settimeout(120)
        root = campaign(tmp_path / "root", server)
        host = server.urls["200"].removeprefix("http://")
        addresses = {
            "ALERT_URLS": f"json://ada:planted-alert-pw@{host}/planted-room-1234",
            "HEARTBEAT_URL": f"http://{host}/planted-heartbeat-1234",
            "LATER_URL": "postgresql://bot:planted-db-pw@127.0.0.1:1/x",
        }
        told = {"NOTIFY_SOCKET": f"@loudhailer-planted-{os.getpid()}"}
        process = subprocess.Popen(  # noqa: S603 # our own program
            [sys.executable, "-c", SCRIPT, json.dumps(COMMANDS)],
            cwd=root,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment(**addresses, **told, PYTHONPATH=os.fspath(Path(__file__).parents[2])),
        )
        try:
            while listener.recv(99) != b"WATCHDOG=1":
                pass
            for name, message in LATER.items():
                (root / "content/rent-strike/messages" / name).write_text(message())
            assert server.wait_for(WRONG, 120), server.posts
            command_line = Path(f"/proc/{process.pid}/cmdline").read_text()
            process.send_signal(signal.SIGTERM)
            stdout, stderr = process.communicate(timeout=120)
        finally:
            process.kill()
            process.communicate()
    assert stdout.count("== ") == len(COMMANDS) + 1, stdout + stderr
    assert "RuntimeError: ['[secret]', '[secret]']" in stderr
    secrets = {*KEYS.values(), *(s for a in addresses.values() for s in secrets_of_address(a))}
    assert {"planted-alert-pw", "planted-heartbeat-1234", "planted-db-pw"} <= secrets
    places = {"stdout": stdout.encode(), "stderr": stderr.encode(), "ps": command_line.encode()}
    for path in root.rglob("*"):
        if path.is_file() and path.name not in (".env", "token"):
            places[path.relative_to(root).as_posix()] = path.read_bytes()
    assert {"proof.html", "data/loudhailer.db"} <= places.keys()
    assert b"[secret]" in places["data/loudhailer.db"]  # what the servers said is in there
    leaks = {
        (place, secret)
        for secret in secrets
        for form in forms(secret)
        for place, held in places.items()
        if form.encode() in held
    }
    assert leaks == set()


def test_no_repr_shows_a_key(tmp_path: Path) -> None:
    """Debuggers and tracebacks show the repr of what is at hand."""
    settings = read_settings(tmp_path, KEYS)
    x = Account("x-401", NetworkName.X)
    secrets = settings.secrets(x.name, X_KEYS)
    masto = Account("m-401", NetworkName.MASTODON, server="https://mastodon.example")
    shown = [repr(settings), repr(settings.of_sandbox()), repr(x)]
    for account, keys in ((x, secrets), (masto, settings.secrets("m-401", ["ACCESS_TOKEN"]))):
        network = connect(account, keys, clock=Clock())
        shown += [repr(network), str(network)]
    assert "planted" not in "".join(shown)
