"""Who else can read the keys: looks at the files that hold them, and where they lie.

The rules, for `.env` and for each file that a `NAME_FILE` names:

- it belongs to root, to us, or to whom the data folder belongs to (the service, when a person
  looks). Any other owner could change what is in it;
- nobody else may read or write it. A group may read it that none but those are in:
  `root:loudhailer 0640` is as good as 0600 where `loudhailer` is the service's own group;
- the folder of `.env` cannot be written by everybody, who could put another `.env` there;
- git does not hold it, and is told to leave it alone.

What systemd hands over as a credential, and what is mounted into a container, is not judged:
the former is readable by us alone whatever its mode says (it has an access list), in the latter
there is nobody else.
"""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import stat
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bot.model import Account
from bot.networks.registry import SECRETS
from bot.settings import SECRET_ADDRESSES, Settings, SettingsError, variable_for

_GIT_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Exposure:
    """A way in which the keys lie open."""

    path: str
    """As a person knows it: below the root, or absolute."""
    text: str
    """What is wrong, and the command that puts it right."""

    def __str__(self) -> str:
        return f"{self.path} {self.text}"


def exposures(settings: Settings, accounts: Iterable[Account]) -> tuple[Exposure, ...]:
    """Tell which of our files that hold keys lie open now; nothing may be posted until mended.

    `accounts` are those of schedules.yaml: the files of their keys are looked at.
    """
    owners = {0, os.geteuid()}
    if settings.data.is_dir():
        owners.add(settings.data.stat().st_uid)
    found = [e for file in _files(settings, accounts) for e in _judged(file, settings.root, owners)]
    if (settings.root / ".env").is_file():
        found += _replaceable(settings.root)
    return tuple(found)


def in_git(settings: Settings) -> tuple[Exposure, ...]:
    """Tell whether `.env` is in a git repository, or would get into it; asks git.

    Where git is not installed, or will not say, nothing is told.
    """
    root = settings.root
    git = shutil.which("git")
    if git is None or not (root / ".env").is_file():
        return ()
    if not any((folder / ".git").exists() for folder in (root, *root.parents)):
        return ()
    if _git(git, root, "ls-files", "--error-unmatch", "--", ".env") == 0:
        text = (
            "is in the git repository, and so is every key that was ever in it: "
            "git rm --cached .env, and get new keys if anybody else has a copy (bot login)"
        )
    elif _git(git, root, "check-ignore", "--quiet", "--", ".env") == 1:
        text = "is not ignored by git, and goes in with `git add .`: echo .env >> .gitignore"
    else:
        return ()
    return (Exposure(".env", text),)


def surroundings(settings: Settings) -> tuple[Exposure, ...]:
    """Tell of what is no reason to stop and should not be so."""
    return (*in_git(settings), *_open_data(settings), *way_to_the_ledger(settings))


def as_root(settings: Settings) -> tuple[Exposure, ...]:
    """Tell where a daemon runs as root; in a container that is a user like any other."""
    if os.geteuid() != 0 or settings.in_container:
        return ()
    return (Exposure("bot", "runs as root, which nothing of it needs: give it a user of its own"),)


def _open_data(settings: Settings) -> Iterator[Exposure]:
    """What has not gone out yet, and who approved what, are nobody else's business."""
    if settings.data.is_dir() and (mode := stat.S_IMODE(settings.data.stat().st_mode)) & 0o007:
        shown = _shown(settings.data, settings.root)
        yield Exposure(shown, f"is open to everybody (mode {mode:04o}): chmod 700 {shown}")


def way_to_the_ledger(settings: Settings) -> tuple[Exposure, ...]:
    """Tell whether the way to a PostgreSQL server on another machine may lie open.

    libpq takes an unencrypted connection, or anybody's certificate, unless it is told not to.
    A host without a dot is a name in one's own network, such as that of a container.
    """
    try:
        address = settings.database_url
        parts = urlsplit(address)
        host = parts.hostname or ""
    except (SettingsError, ValueError):  # whoever opens the ledger tells of it
        return ()
    near = not ("." in host or ":" in host) or host.startswith("127.") or host == "::1"
    if not parts.scheme.startswith("postgres") or near or "sslmode=verify-full" in parts.query:
        return ()
    text = f"the way to {host} may be read and changed: add ?sslmode=verify-full to DATABASE_URL"
    return (Exposure(".env", text),)


def _files(settings: Settings, accounts: Iterable[Account]) -> Iterable[Path]:
    variables = [*SECRET_ADDRESSES]
    variables += [variable_for(a.name, name) for a in accounts for name in SECRETS[a.network]]
    files = [settings.root / ".env"]
    if not settings.in_container:
        files += [
            file
            for variable in variables
            if settings.environment.get(f"{variable}_FILE")
            and (file := settings.secret_file(variable)) is not None
        ]
    return dict.fromkeys(files)


def _replaceable(root: Path) -> Iterator[Exposure]:
    mode = root.stat().st_mode
    if mode & stat.S_IWOTH and not mode & stat.S_ISVTX:
        why = "can be written by everybody, who could put another .env there"
        yield Exposure(str(root), f"{why}: chmod o-w {root}")


def _judged(file: Path, root: Path, owners: set[int]) -> Iterator[Exposure]:
    shown = _shown(file, root)
    try:
        found = file.stat()
    except OSError:  # not there, or not to be reached by us: whoever needs it says so
        return
    if not stat.S_ISREG(found.st_mode):
        return
    mode = stat.S_IMODE(found.st_mode)
    why = ""
    if mode & 0o007:
        why = f"is open to everybody (mode {mode:04o})"
    elif mode & 0o030:
        why = f"can be changed by its group (mode {mode:04o})"
    elif mode & 0o040 and (others := _in_group(found.st_gid) - {_name_of(uid) for uid in owners}):
        names = ", ".join(sorted(others)[:5])
        why = f"can be read by its group, in which are others: {names} (mode {mode:04o})"
    if why:
        yield Exposure(shown, f"{why}: chmod 600 {shown}")
    if found.st_uid not in owners:
        owner = _name_of(found.st_uid)
        why = f"belongs to {owner}, who can change it: chown it to the user that runs the bot"
        yield Exposure(shown, why)


def _in_group(gid: int) -> set[str]:
    """The accounts of this machine that are in a group."""
    members = {entry.pw_name for entry in pwd.getpwall() if entry.pw_gid == gid}
    with suppress(KeyError):  # a container's group without a name: nobody is in it
        members |= set(grp.getgrgid(gid).gr_mem)
    return members


def _shown(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def _name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


def _git(git: str, root: Path, *words: str) -> int | None:
    # Whose repository it is does not matter for asking; its own settings shall start nothing.
    trusting = ("-c", "safe.directory=*", "-c", "core.fsmonitor=false")
    try:
        done = subprocess.run(  # noqa: S603 # git itself, and words of ours
            [git, *trusting, "-C", str(root), *words],
            env={"PATH": os.defpath, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_GIT_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.returncode
