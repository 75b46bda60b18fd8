"""Runs the decoding process on files and measures each; a small process of its own.

What the system reports as a process's memory begins with that of whoever started it: a test
run's own would hide the decoder's. `python -I measure.py FOLDER ARGUMENT... -- FILE...` writes
one line of JSON for each file and what came out beside it, as FILE.out.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path


def main() -> None:
    """Run them one after the other."""
    split = sys.argv.index("--")
    command = [sys.executable, "-I", *sys.argv[1:split]]
    for name in map(Path, sys.argv[split + 1 :]):
        begun = time.monotonic()
        with name.open("rb") as file, name.with_suffix(".out").open("wb") as out:
            process = subprocess.Popen(  # noqa: S603 - our own interpreter and folder
                command, stdin=file, stdout=out, env={}, cwd=name.parent
            )
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - begun
        sys.stdout.write(json.dumps([process.returncode, used.ru_maxrss * 1024, seconds]) + "\n")


if __name__ == "__main__":
    main()
