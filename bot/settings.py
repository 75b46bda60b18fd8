"""The only reader of the environment: where things lie, and the accounts' credentials.

Values come from the process's environment and from `.env` in the root, the environment
winning. Every credential may also be given as `NAME_FILE`, the path of a file that holds it
(systemd credentials, container secrets). Credentials never appear in this object's `repr`.
"""

from __future__ import annotations

import os
import shlex
import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from dotenv import dotenv_values

DATABASE_FILE = "loudhailer.db"


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

    @property
    def database_url(self) -> str:
        """SQLAlchemy address of the ledger: `DATABASE_URL`, else a file in `data`."""
        url = self.environment.get("DATABASE_URL", "").strip()
        return url or f"sqlite:///{self.data / DATABASE_FILE}"

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
    def engagement_log(self) -> Path:
        """The log of samples, one JSON document a line."""
        return self.data / "engagement.jsonl"

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
        apart = {"LOUDHAILER_DATA": str(self.data / "sandbox"), "DATABASE_URL": ""}
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
        path = self.environment.get(f"{variable}_FILE", "").strip()
        if value or not path:
            return value
        try:
            return (self.root / path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(
                f"{variable}_FILE names {path}, which cannot be read: {type(error).__name__}"
            ) from error


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
    file = folder / ".env"
    values = {k: v for k, v in dotenv_values(file).items() if v} if file.is_file() else {}
    return Settings(folder, {**values, **process})


def env_file_warning(root: Path) -> str | None:
    """Say what is wrong with the mode of `.env`, which holds the keys to the accounts."""
    file = root / ".env"
    if not file.is_file():
        return None
    mode = stat.S_IMODE(file.stat().st_mode)
    if mode & 0o077:
        return f".env may be read by others (mode {mode:04o}): chmod 600 .env"
    return None
