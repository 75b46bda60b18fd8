"""The only reader of the environment: where things lie, and the accounts' credentials.

Values come from the process's environment and from `.env` in the root, the environment
winning. Every credential may also be given as `NAME_FILE`, the path of a file that holds it
(container secrets), or as a systemd credential of its name; one named `loudhailer.env` is read
like `.env`. Credentials never appear in this object's `repr`.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import time, timedelta
from pathlib import Path

from dotenv import dotenv_values

from bot.at_home import heartbeat_problem
from bot.redaction import secrets_of_address

DATABASE_FILE = "loudhailer.db"
ENV_CREDENTIAL = "loudhailer.env"
"""Name of the systemd credential that holds what `.env` would."""
SECRET_ADDRESSES = ("DATABASE_URL", "ALERT_URLS", "HEARTBEAT_URL")
"""Variables whose values are addresses with a password or a key in them."""
_MARKS_OF_A_CONTAINER = ("/.dockerenv", "/run/.containerenv")
_NAMES_A_SECRET = re.compile(r"(?:^|_)(?:TOKEN|SECRET|KEY|PASSWORD|PASS)(?:_FILE)?$")


class SettingsError(Exception):
    """A setting that a person must put right."""


@dataclass(frozen=True, slots=True)
class TerminalKind:
    """What the environment says of the terminal."""

    name: str
    """`TERM`, such as xterm-256color; "" where there is none."""
    program: str
    """Its own name where it tells: `TERM_PROGRAM`, or `LC_TERMINAL`, which ssh carries along."""
    is_multiplexed: bool
    """tmux or screen stands between."""
    has_colour: bool
    """Nobody asked for none (`NO_COLOR`, no-color.org)."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the content and the data are, and what the environment says."""

    root: Path
    environment: Mapping[str, str] = field(repr=False, default_factory=dict)
    apart_from: Settings | None = None
    """Of the sandbox: the real settings."""
    in_container: bool = False
    """Whether this is a container, in which there is nobody else."""

    @property
    def database_url(self) -> str:
        """SQLAlchemy address of the ledger: `DATABASE_URL`, else a file in `data`."""
        return self._value("DATABASE_URL") or f"sqlite:///{self.data / DATABASE_FILE}"

    @property
    def audit_url(self) -> str:
        """Address of the ledger that people's approvals are in: the real one, for a sandbox too.

        What was said of a text does not depend on where it is posted.
        """
        return (self.apart_from or self).database_url

    @property
    def data(self) -> Path:
        """Folder for what the bot writes: the ledger, logs, the lock. `LOUDHAILER_DATA`."""
        return self.root / (self.environment.get("LOUDHAILER_DATA") or "data")

    @property
    def lease(self) -> timedelta:
        """Within what time a silent machine's work is taken over. `LOUDHAILER_LEASE_SECONDS`.

        Raises:
            SettingsError: it is no number of seconds from 2 to 600.
        """
        written = self.environment.get("LOUDHAILER_LEASE_SECONDS", "").strip() or "30"
        if not written.isdecimal() or not 2 <= int(written) <= 600:
            raise SettingsError(f'LOUDHAILER_LEASE_SECONDS is "{written}": write 2 to 600')
        return timedelta(seconds=int(written))

    @property
    def engagement_log(self) -> Path:
        """The log of samples, one JSON document a line."""
        return self.data / "engagement.jsonl"

    @property
    def alert_urls(self) -> str:
        """Where alerts go: Apprise addresses, parted by blanks or commas; they hold secrets.

        Raises:
            SettingsError: `ALERT_URLS_FILE` cannot be read.
        """
        return self._value("ALERT_URLS")

    @property
    def digest_at(self) -> time | None:
        """The hour of the daily digest; None where somebody wants none.

        Raises:
            SettingsError: `ALERT_DIGEST_AT` is no time of day.
        """
        written = self.environment.get("ALERT_DIGEST_AT", "08:00").strip()
        if not written:
            return None
        if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", written):
            raise SettingsError(f'ALERT_DIGEST_AT is "{written}": write a time of day, like 08:00')
        return time.fromisoformat(written)

    @property
    def heartbeat_url(self) -> str:
        """The address to ping while all is well, a secret; "" where there is none.

        Plain http is taken only for a host of one's own network: whoever reads the address on
        the way can make a dead daemon look alive.

        Raises:
            SettingsError: it is not https, or `HEARTBEAT_URL_FILE` cannot be read.
        """
        url = self._value("HEARTBEAT_URL")
        if not url:
            return ""
        if problem := heartbeat_problem(url):
            raise SettingsError(f"HEARTBEAT_URL {problem}")
        return url

    @property
    def metrics_address(self) -> tuple[str, int] | None:
        """Host and port that metrics are served on; None where they are not.

        Raises:
            SettingsError: `METRICS_PORT` is no port.
        """
        port = self.environment.get("METRICS_PORT", "").strip()
        if not port:
            return None
        if not port.isdecimal() or not 1 <= int(port) <= 65535:
            raise SettingsError(f'METRICS_PORT is "{port}": write a port, like 9187')
        return self.environment.get("METRICS_HOST", "").strip() or "127.0.0.1", int(port)

    @property
    def terminal(self) -> TerminalKind:
        """What the environment says of the terminal."""
        say = self.environment.get
        name = say("TERM", "")
        return TerminalKind(
            name,
            say("LC_TERMINAL") or say("TERM_PROGRAM", ""),
            bool(say("TMUX") or say("STY")) or name.startswith(("screen", "tmux")),
            not say("NO_COLOR"),
        )

    @property
    def editor(self) -> tuple[str, ...]:
        """The person's editor, as a command: `VISUAL`, else `EDITOR`; empty where neither is set.

        Raises:
            SettingsError: it is no command.
        """
        written = self.environment.get("VISUAL") or self.environment.get("EDITOR") or ""
        try:
            return tuple(shlex.split(written))
        except ValueError as error:
            raise SettingsError(f"VISUAL or EDITOR cannot be read: {error}") from error

    @property
    def pause_file(self) -> Path:
        """While this file is there, nothing is posted. `LOUDHAILER_PAUSE_FILE`."""
        return self.root / (self.environment.get("LOUDHAILER_PAUSE_FILE") or "PAUSE")

    def of_sandbox(self) -> Settings:
        """The settings of `bot run --sandbox`: its ledger and log lie apart from the real ones."""
        data = self.data / "sandbox"
        ledger = f"sqlite:///{data / DATABASE_FILE}"
        apart = {"LOUDHAILER_DATA": str(data), "DATABASE_URL": ledger}
        return replace(self, environment={**self.environment, **apart}, apart_from=self)

    def secrets(self, account: str, names: Sequence[str]) -> dict[str, str]:
        """Read the credentials of an account, e.g. `MASTO_EN_ACCESS_TOKEN` for `masto-en`.

        Raises:
            SettingsError: one is missing; all missing ones are named, no value is.
        """
        found: dict[str, str] = {}
        missing: list[str] = []
        for name in names:
            variable = variable_for(account, name)
            value = self._value(variable)
            if value:
                found[name] = value
            else:
                missing.append(variable)
        if missing:
            raise SettingsError(
                f'account "{account}" lacks {", ".join(missing)}: put it into .env '
                f"or run: bot login {account}"
            )
        return found

    def has_secrets(self, account: str, names: Sequence[str]) -> bool:
        """Tell whether all credentials of an account are there and can be read."""
        try:
            return all(self.value_of(account, name) for name in names)
        except SettingsError:
            return False

    def value_of(self, account: str, name: str) -> str:
        """Read one credential of an account; "" where it is not there."""
        return self._value(variable_for(account, name))

    def _value(self, variable: str) -> str:
        value = self.environment.get(variable, "").strip()
        path = self.secret_file(variable)
        if value or path is None:
            return value
        try:
            return path.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(
                f"{variable} is to be read from {path}, which cannot be read: "
                f"{type(error).__name__}"
            ) from error

    # --- what must stay secret -------------------------------------------------------------

    def secret_file(self, variable: str) -> Path | None:
        """The file that a credential is in: `NAME_FILE`, or systemd's; None where there is none."""
        named = self.environment.get(f"{variable}_FILE", "").strip()
        if named:
            return self.root / named
        folder = self.environment.get("CREDENTIALS_DIRECTORY", "")
        passed = Path(folder, variable)
        return passed if folder and passed.is_file() else None

    def secret_values(self) -> frozenset[str]:
        """All that is secret of what we know, to be kept out of logs and errors.

        Told by the name of the variable, so that it covers networks to come, and the keys of
        accounts that schedules.yaml no longer has. What cannot be read is left out.
        """
        found: set[str] = set()
        for variable in self._secret_variables():
            try:
                value = self._value(variable)
            except SettingsError:
                continue
            if variable in SECRET_ADDRESSES:
                for address in re.split(r"[\s,;]+(?=[a-z0-9+]+://)|\s+", value):
                    found |= secrets_of_address(address)
            else:
                found.add(value)
        return frozenset(found - {""})

    def _secret_variables(self) -> Iterator[str]:
        for name in self.environment:
            if name.removesuffix("_FILE") in SECRET_ADDRESSES or _NAMES_A_SECRET.search(name):
                yield name.removesuffix("_FILE")
        folder = self.environment.get("CREDENTIALS_DIRECTORY", "")
        for path in _files_in(Path(folder)) if folder else ():
            if path.name != ENV_CREDENTIAL:
                yield path.name

    # --- who runs us -----------------------------------------------------------------------

    @property
    def notify_socket(self) -> str:
        """Where systemd wants to be told how we are (`NOTIFY_SOCKET`); "" where nobody does."""
        return self.environment.get("NOTIFY_SOCKET", "")


def variable_for(account: str, name: str) -> str:
    """The environment variable of a credential: `masto-en`, `ACCESS_TOKEN` -> `MASTO_EN_…`."""
    return f"{account.replace('-', '_').upper()}_{name}"


def read_settings(root: Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """Read the environment and `.env`.

    `root` is the folder that holds content/ and schedules.yaml; without it `LOUDHAILER_ROOT`
    says, else it is the working directory.
    """
    process = dict(os.environ if environ is None else environ)
    folder = (root or Path(process.get("LOUDHAILER_ROOT") or ".")).resolve()
    passed = process.get("CREDENTIALS_DIRECTORY")
    credential = Path(passed, ENV_CREDENTIAL) if passed else None
    is_passed = credential is not None and credential.is_file()
    values = _read_env(folder / ".env", needed=not is_passed)
    if credential is not None and is_passed:
        values = {**values, **_read_env(credential, needed=True)}
    marked = any(Path(mark).exists() for mark in _MARKS_OF_A_CONTAINER)
    in_container = marked or bool(process.get("container"))  # podman sets it, and our image
    return Settings(folder, {**values, **process}, in_container=in_container)


def _read_env(file: Path, *, needed: bool) -> dict[str, str]:
    """Read a file of `NAME=value` lines; nothing where there is none.

    Raises:
        SettingsError: it is there and cannot be read, though it is `needed`.
    """
    try:
        if not file.is_file():
            return {}
        found = dotenv_values(file).items()
        return {name: value for name, value in found if value is not None}
    except PermissionError as error:
        if not needed:  # systemd has read it for us, and handed over what it holds
            return {}
        raise SettingsError(
            f"{file} cannot be read by this user: chown it to the one that runs the bot"
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file} cannot be read: {type(error).__name__}") from error


def _files_in(folder: Path) -> Iterable[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.is_file())
    except OSError:
        return ()
