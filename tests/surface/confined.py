"""Runs a command under the system call rules of a unit file, as systemd would set them.

    python -m tests.surface.confined docs/loudhailer.service bot run --sandbox

The kernel enforces them; what systemd adds by mounting (ProtectSystem and its like) is not
part of it. Needs libseccomp and systemd-analyze, which knows what the named sets hold.
"""

from __future__ import annotations

import ctypes
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ALLOW = 0x7FFF0000
REFUSE = 0x00050000
EPERM, EAFNOSUPPORT, ENOSYS = 1, 97, 38
EQUAL, MASKED_EQUAL = 4, 7
PR_SET_NO_NEW_PRIVS, PR_CAPBSET_DROP = 38, 24
WRITE, EXECUTE, SHM_EXECUTE = 2, 4, 0o100000
NAMESPACES = 0x7E020080  # CLONE_NEW*: cgroup, uts, ipc, user, pid, net, mount; and time


class Comparison(ctypes.Structure):
    """libseccomp's `scmp_arg_cmp`: which argument, how, with what."""

    _fields_ = (
        ("arg", ctypes.c_uint),
        ("op", ctypes.c_int),
        ("a", ctypes.c_uint64),
        ("b", ctypes.c_uint64),
    )


class Filter:
    """One filter; the kernel asks all that were loaded, and the strictest answer holds."""

    def __init__(self, otherwise: int) -> None:
        self._lib = ctypes.CDLL("libseccomp.so.2", use_errno=True)
        self._lib.seccomp_init.restype = ctypes.c_void_p
        self._lib.seccomp_rule_add_array.argtypes = [
            ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int, ctypes.c_uint, ctypes.c_void_p,
        ]  # fmt: skip
        self._lib.seccomp_load.argtypes = [ctypes.c_void_p]
        self._context = self._lib.seccomp_init(ctypes.c_uint32(otherwise))

    def rule(self, action: int, name: str, *comparisons: tuple[int, int, int, int]) -> None:
        """Answer a call so, where its arguments compare so: (argument, how, a, b)."""
        number = self._lib.seccomp_syscall_resolve_name(name.encode())
        if number < 0:  # of another kind of processor
            return
        given = (Comparison * len(comparisons))(*(Comparison(*one) for one in comparisons))
        done = self._lib.seccomp_rule_add_array(
            self._context, action, number, len(comparisons), given
        )
        if done:
            raise OSError(-done, f"no rule for {name}")

    def load(self) -> None:
        """Put it in force, for this process and all that it becomes."""
        if done := self._lib.seccomp_load(self._context):
            raise OSError(-done, "the filter was not loaded")


def settings(unit: Path, name: str) -> list[str]:
    """The values of a setting of a unit file, in order."""
    return re.findall(rf"^{name}=(.*)$", unit.read_text(encoding="utf-8"), re.MULTILINE)


def calls(name: str) -> set[str]:
    """The system calls of a set such as @system-service, those of the sets in it included."""
    said = subprocess.run(  # noqa: S603 # systemd's own tool
        ["systemd-analyze", "syscall-filter", name],  # noqa: S607 # wherever it is installed
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    words = [line.strip() for line in said.splitlines()[1:]]
    found: set[str] = set()
    for word in words:
        if word.startswith("@"):
            found |= calls(word)
        elif word and not word.startswith("#"):
            found.add(word)
    return found


def allowed(lines: Iterable[str]) -> set[str]:
    """What SystemCallFilter= lines leave: the first names what is allowed, ~ takes away."""
    found: set[str] = set()
    for line in lines:
        taken = line.startswith("~")
        for name in line.removeprefix("~").split():
            named = calls(name) if name.startswith("@") else {name}
            found = found - named if taken else found | named
    return found


def confine(unit: Path) -> None:
    """Take from this process what the unit takes from the service."""
    libc = ctypes.CDLL(None, use_errno=True)
    if "yes" in settings(unit, "NoNewPrivileges"):
        libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if os.geteuid() == 0 and settings(unit, "CapabilityBoundingSet") == [""]:
        for capability in range(64):
            libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)
    names = allowed(settings(unit, "SystemCallFilter"))
    families = {
        int(getattr(socket, f)) for f in settings(unit, "RestrictAddressFamilies")[0].split()
    }
    more = Filter(ALLOW)
    if "yes" in settings(unit, "MemoryDenyWriteExecute"):
        both = WRITE | EXECUTE
        more.rule(REFUSE | EPERM, "mmap", (2, MASKED_EQUAL, both, both))
        for name in ("mprotect", "pkey_mprotect"):
            more.rule(REFUSE | EPERM, name, (2, MASKED_EQUAL, EXECUTE, EXECUTE))
        more.rule(REFUSE | EPERM, "shmat", (2, MASKED_EQUAL, SHM_EXECUTE, SHM_EXECUTE))
    if "yes" in settings(unit, "RestrictNamespaces"):
        for bit in (1 << n for n in range(32)):
            if bit & NAMESPACES:
                more.rule(REFUSE | EPERM, "clone", (0, MASKED_EQUAL, bit, bit))
                more.rule(REFUSE | EPERM, "unshare", (0, MASKED_EQUAL, bit, bit))
        more.rule(REFUSE | ENOSYS, "clone3")
        more.rule(REFUSE | EPERM, "setns")
    for family in set(range(50)) - families:
        more.rule(REFUSE | EAFNOSUPPORT, "socket", (0, EQUAL, family, 0))
    more.load()
    main = Filter(REFUSE | EPERM)
    for name in sorted(names):
        main.rule(ALLOW, name)
    main.load()


if __name__ == "__main__":
    confine(Path(sys.argv[1]))
    os.execvp(sys.argv[2], sys.argv[2:])  # noqa: S606 # the command that was asked for
