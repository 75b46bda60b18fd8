"""A campaign in /srv/loudhailer as the unit file would have it, as far as a mount namespace goes.

    python -m tests.surface.unit docs/loudhailer.service CAMPAIGN bot run --sandbox

For root only. What the unit's lines ask of systemd is done by hand: everything is read-only but
ReadWritePaths, /tmp and /home are empty, /proc shows one's own processes, the user is nobody in
particular, without capabilities, in a user namespace that knows but root and itself. Then
tests.surface.confined puts its system call rules in force. Left out: PrivateDevices, MemoryMax,
and what only keeps root from things.
"""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

from tests.surface.confined import settings

HERE = Path(__file__).resolve().parents[2]
USER = 64_111
CLONE_NEWUSER = 0x10000000
SCRIPT = r"""
set -eu
unit=$1 campaign=$2 here=$3 user=$4 base=$5; shift 5
mount --make-rprivate /
mount -t tmpfs -o mode=755 tmpfs /srv
mkdir /srv/loudhailer
mount --bind "$campaign" /srv/loudhailer
mkdir /srv/base /srv/here
mount --bind "$base" /srv/base   # the interpreter and the repository may lie in what is hidden
mount --bind "$here" /srv/here
for hidden in /tmp /var/tmp /home /root /run/user; do
  [ -d $hidden ] && mount -t tmpfs -o mode=755 tmpfs $hidden
done
chmod 1777 /tmp /var/tmp
mkdir -p "$base" "$here" 2>/dev/null || true
mount --move /srv/base "$base"
mount --move /srv/here "$here"
mount -t proc -o hidepid=invisible proc /proc
awk '{print $5}' /proc/self/mountinfo | sort -u | while read -r point; do
  case $point in
    /proc*|/dev*|/tmp|/var/tmp) ;;
    *) mount -o remount,bind,ro "$point" 2>/dev/null || true ;;
  esac
done
for path in $WRITABLE; do mount --bind "$path" "$path" && mount -o remount,bind,rw "$path"; done
cd /srv/loudhailer
export PYTHONPATH="$here" PYTHONDONTWRITEBYTECODE=1
exec "$PYTHON" -m tests.surface.unit --private-users "$user" \
  setpriv --reuid "$user" --regid "$user" --clear-groups --no-new-privs --bounding-set=-all \
  env -i PATH=/usr/bin:/bin HOME=/srv/loudhailer \
  PYTHONPATH="$here" PYTHONDONTWRITEBYTECODE=1 ${NOTIFY_SOCKET:+NOTIFY_SOCKET="$NOTIFY_SOCKET"} \
  "$PYTHON" -m tests.surface.confined "$unit" "$@"
"""


def main(unit: Path, campaign: Path, command: list[str]) -> None:
    """Become the command, confined."""
    writable = " ".join(settings(unit, "ReadWritePaths"))
    environ = {**os.environ, "WRITABLE": writable, "PYTHON": sys.executable}
    words = [str(unit.resolve()), str(campaign), str(HERE), str(USER), sys.base_prefix, *command]
    os.execvpe(  # noqa: S606 # our own script
        "unshare",  # noqa: S607 # wherever it is installed
        ["unshare", "--mount", "sh", "-c", SCRIPT, "unit", *words],
        environ,
    )


def private_users(user: int, command: list[str]) -> None:
    """Become the command in a user namespace like that of PrivateUsers=yes.

    Only somebody outside of it may say who is who in it: a child, which was there before.
    """
    inside, told = os.pipe()
    outside, done = os.pipe()
    me = os.getpid()
    if os.fork() == 0:
        os.read(inside, 1)
        for kind in ("uid", "gid"):
            Path(f"/proc/{me}/{kind}_map").write_text(f"0 0 1\n{user} {user} 1\n")
        os.write(done, b".")
        os._exit(0)
    if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWUSER):
        raise OSError(ctypes.get_errno(), "no user namespace")
    os.write(told, b".")
    os.read(outside, 1)
    os.wait()
    os.execvp(command[0], command)  # noqa: S606 # the command that was asked for


if __name__ == "__main__":
    if sys.argv[1] == "--private-users":
        private_users(int(sys.argv[2]), sys.argv[3:])
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
