"""What a daemon costs that has nothing to do: CPU and memory, on a file and on a server.

    .venv/bin/python -m tests.bench.bench_idle [minutes]

It has the campaign of the tests, two accounts and a schedule far away, and wakes every 15
seconds; an hour is 60, `make bench` takes one minute and names the hour's worth.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import monotonic, sleep

from tests.e2e.world import environment, make_root
from tests.postgres import postgres_server

_TICKS = os.sysconf("SC_CLK_TCK")
_SETTLES_S = 15.0
"""Starting up is not idling."""

KEYS = {
    f"X_MAIN_{name}": "not-a-key"
    for name in ("API_KEY", "API_SECRET", "ACCESS_TOKEN", "ACCESS_SECRET")
} | {"MASTO_EN_ACCESS_TOKEN": "not-a-key"}
ACCOUNTS = """\
timezone: UTC
accounts:
  x-main: {network: x, server: "http://127.0.0.1:1", language: en}
  masto-en: {network: mastodon, server: "http://127.0.0.1:1", language: en}
"""


def cpu_seconds(pid: int) -> float:
    """The CPU time that a process has used so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def megabytes(pid: int, line: str) -> float:
    """`VmRSS` or `VmHWM` of a process."""
    for told in Path(f"/proc/{pid}/status").read_text().splitlines():
        if told.startswith(f"{line}:"):
            return int(told.split()[1]) / 1024
    raise ValueError(line)


@contextmanager
def idling(folder: Path, url: str) -> Iterator[int]:
    """Have a daemon running; gives its process id."""
    root = make_root(folder, {"hello.md": "We meet at eight."}, accounts=ACCOUNTS)
    with subprocess.Popen(  # our own program
        [sys.executable, "-m", "bot", "run"],
        cwd=root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment(DATABASE_URL=url, **KEYS),
    ) as process:
        try:
            yield process.pid
        finally:
            process.terminate()


def main(minutes: float) -> None:
    """Let two daemons idle side by side, and print what each has cost."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        postgres = stack.enter_context(postgres_server())
        daemons = {
            "SQLite": stack.enter_context(idling(folder / "file", "")),
            "PostgreSQL": stack.enter_context(idling(folder / "server", postgres.ledger())),
        }
        sleep(_SETTLES_S)
        before = {name: cpu_seconds(pid) for name, pid in daemons.items()}
        began = monotonic()
        sleep(minutes * 60)
        hours = (monotonic() - began) / 3600
        print(f"idle for {minutes:g} minutes")
        for name, pid in daemons.items():
            used = cpu_seconds(pid) - before[name]
            now, most = megabytes(pid, "VmRSS"), megabytes(pid, "VmHWM")
            print(
                f"  {name:10}  {used:6.2f} s of CPU, {used / hours:6.1f} s an hour "
                f"({used / hours / 36:.2f} % of one core); memory {now:.0f} MB, at most {most:.0f}"
            )


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 1)
