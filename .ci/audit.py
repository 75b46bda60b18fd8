"""Asks whether known vulnerabilities are in what we install: `make audit`.

pip-audit asks PyPI about each pinned package. Where PyPI does not answer for one (a mirror of
packages often has no such service) it passes over it, and ends with "no known vulnerabilities"
and 0 even if it could ask about none. Here that counts as not asked.

Exit code: 0 all asked and nothing found; 1 something found; 3 not all could be asked.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PIP_AUDIT = ROOT / ".venv/audit/bin/pip-audit"
LOCKS = ("run", "dev", "audit")
ACCEPTED: dict[str, str] = {}
"""Findings that do not concern us, by their id, with the reason and the day it was looked at."""
FOUND, NOT_ASKED = 1, 3


def judge(answers: dict[str, Any]) -> tuple[int, list[str]]:
    """Judge what pip-audit found: the exit code, and the lines to print.

    `answers` is its JSON by the name of the lock; a text where it gave none.
    """
    lines: list[str] = []
    asked, unasked, found = set(), set(), 0
    for lock, answer in answers.items():
        if isinstance(answer, str):
            lines.append(f"{lock}.lock: could not be asked: {answer}")
            continue
        for package in answer["dependencies"]:
            if "skip_reason" in package:
                unasked.add(package["name"])
                continue
            name = f"{package['name']} {package['version']}"
            asked.add(package["name"])
            for fault in package["vulns"]:
                names = {fault["id"], *fault.get("aliases", ())}
                if reason := next((ACCEPTED[n] for n in names if n in ACCEPTED), ""):
                    lines.append(f"{lock}.lock: {name}: {fault['id']} is accepted: {reason}")
                    continue
                found += 1
                mended = ", ".join(fault.get("fix_versions", ())) or "none yet"
                lines.append(f"{lock}.lock: {name}: {fault['id']}; mended in: {mended}")
    if unasked:
        some = ", ".join(sorted(unasked)[:5]) + (" …" if len(unasked) > 5 else "")
        lines.append(f"{len(unasked)} packages could not be asked about: {some}")
    whole = not unasked and not any(isinstance(answer, str) for answer in answers.values())
    if found:
        lines.append(f"{found} known vulnerabilities: renew the locks, or accept them with reason")
        return FOUND, lines
    if whole:
        lines.append(f"{len(asked)} packages asked about: no known vulnerability")
        return 0, lines
    lines.append("THIS WAS NO AUDIT: ask again where pypi.org can be reached")
    return NOT_ASKED, lines


def ask(lock: str) -> object:
    """Have pip-audit look at a lock; the reason as a text where it cannot."""
    command = [
        str(PIP_AUDIT), "-r", str(ROOT / f"requirements/{lock}.lock"), "--require-hashes",
        "--disable-pip", "--no-deps", "--format", "json", "--progress-spinner", "off",
    ]  # fmt: skip
    try:
        done = subprocess.run(  # noqa: S603 # pip-audit
            command, capture_output=True, text=True, check=False, timeout=300
        )
        return json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        return "it took more than five minutes"
    except OSError as error:
        return f"pip-audit does not start ({error.strerror})"
    except ValueError:
        return (done.stderr.strip().splitlines() or ["pip-audit said nothing"])[-1][:200]


if __name__ == "__main__":
    code, said = judge({lock: ask(lock) for lock in LOCKS})
    print("\n".join(said))  # noqa: T201 # what it is for
    sys.exit(code)
