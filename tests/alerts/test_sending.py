"""Sending through real Apprise: bounded, retried, and never a word of what an address holds."""

from __future__ import annotations

import json
import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from time import monotonic

import pytest
from typer.testing import CliRunner

from bot.alerts import open_addresses
from bot.alerts.heartbeat import Heartbeat
from bot.cli import app
from bot.telling import Words
from tests.alerts.receiver import Receiver, receiver
from tests.alerts.stage import HOUR, NINE, Stage, stage

WORDS = Words("Loudhailer: a title", "What happened.\n  > bot status")
SECRETS = ("sekret-user", "sekret-word", "sekret-path", "sekret-query")


def planted(inbox: Receiver) -> str:
    """An address with a secret wherever it may hold one."""
    at = f"sekret-user:sekret-word@127.0.0.1:{inbox.port}"
    return f"json://{at}/sekret-path?+X-Key=sekret-query"


class Log(logging.Handler):
    """All that any handler of ours could write: what comes to the root."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        self.records.append(record)

    @property
    def text(self) -> str:
        """All lines, with the names of their loggers."""
        return "\n".join(f"{r.name} {r.levelname} {r.getMessage()}" for r in self.records)


@pytest.fixture
def heard() -> Iterator[Log]:
    """Listen at the root, to everything."""
    root, log = logging.getLogger(), Log()
    was = root.level
    root.addHandler(log)
    root.setLevel(logging.DEBUG)
    # As the face that writes the log has it: urllib3 tells paths at DEBUG.
    logging.getLogger("urllib3").setLevel(logging.WARNING)
    try:
        yield log
    finally:
        root.removeHandler(log)
        root.setLevel(was)
        logging.getLogger("urllib3").setLevel(logging.NOTSET)


def command(root: Path, *args: str, **env: str) -> tuple[int, str, str]:
    """Run a command in this process: its exit code, stdout, stderr."""
    done = CliRunner().invoke(app, ["--root", str(root), *args], env=env)
    error = str(done.exception) if done.exception is not None else ""
    return done.exit_code, done.stdout, done.stderr + error


@pytest.fixture
def inbox() -> Iterator[Receiver]:
    """Where alerts go."""
    with receiver() as made:
        yield made


def test_several_addresses_parted_by_blanks_or_commas(inbox: Receiver) -> None:
    """As Apprise takes them; one that is wrong is named by its number and stops no other."""
    one = inbox.url("a")
    addresses, problems = open_addresses(f"{one}, {one} nonsense://sekret-word\n{one}")
    assert len(addresses) == 3
    (problem,) = problems
    assert "address 3 of ALERT_URLS (nonsense://…) is none that Apprise understands" in problem
    assert addresses.send(WORDS)
    assert inbox.letters == [(WORDS.title, WORDS.body)] * 3
    assert open_addresses("just words")[1] != []


@pytest.mark.parametrize("status", [401, 500, 302])
def test_what_goes_wrong_is_told_without_secrets(inbox: Receiver, status: int, heard: Log) -> None:
    """The status, the service and the place in the list; nothing of the address or the answer."""
    inbox.status = status
    addresses, _ = open_addresses(planted(inbox))
    found = addresses.try_each(WORDS)
    assert inbox.tried >= 1
    assert not addresses.send(Words("sekret-free", "words"))
    said = f"{found} {addresses!r} {addresses._all!r}"
    assert f"it answers {status}" in said or status == 302
    assert "address 1 of ALERT_URLS (JSON)" in said
    assert "WARNING address 1 of ALERT_URLS (JSON) did not take a message" in heard.text
    for secret in (*SECRETS, "what came in"):
        assert secret not in said
        assert secret not in heard.text


def test_an_address_that_cannot_be_is_told_without_secrets(
    heard: Log,
) -> None:
    """Also one that Apprise itself would put into its log."""
    text = "mailtos://sekret-user:sekret-word@ tgram://sekret-word/ foo://sekret-path,sekret-query"
    addresses, problems = open_addresses(text)
    assert len(addresses) == 0
    assert problems
    for secret in SECRETS:
        assert secret not in str(problems)
        assert secret not in heard.text


def test_one_that_hangs_holds_up_neither_the_others_nor_the_next(inbox: Receiver) -> None:
    """It is given up after its time, and left alone while its sending is still under way."""
    with receiver() as other:
        inbox.status = 0
        addresses, _ = open_addresses(f"{inbox.url()} {other.url()}", seconds=1)
        began = monotonic()
        assert addresses.send(WORDS)
        assert monotonic() - began < 4
        assert other.letters == [(WORDS.title, WORDS.body)]
        found = addresses.try_each(WORDS)
        assert found["address 1 of ALERT_URLS (JSON)"] == "it took too long"
        assert inbox.tried == 1


def test_what_one_has_taken_the_other_gets_later(inbox: Receiver) -> None:
    """A mail server that is down for a while misses nothing that others have heard."""
    with receiver() as other:
        inbox.status = 503
        addresses, _ = open_addresses(f"{inbox.url()} {other.url()}")
        assert addresses.send(WORDS)
        addresses.send_pending()
        assert inbox.tried == 1  # it is left alone for a while
        inbox.status = 200
        addresses._all[0].next_try = 0
        addresses.send_pending()
        addresses.send_pending()
        assert inbox.letters == other.letters == [(WORDS.title, WORDS.body)]


def test_what_nobody_took_is_told_once_somebody_does(tmp_path: Path) -> None:
    """And then as things stand, in one message, not as a queue of old ones."""
    with stage(tmp_path) as on:
        on.inbox.status = 503
        on.tick()
        on.later(9 * HOUR)
        on.write("messages/bad.md", "---\nacton: sign\n---\nA slip.\n")
        on.tell()
        on.time[0] += HOUR
        on.tell()
        assert on.inbox.tried == 1  # the back-off holds
        on.inbox.status = 200
        on.teller.addresses._all[0].next_try = 0
        ((_, body),) = on.tell()
        assert "The files have an error" in body
        assert all(row.times == 1 for row in on.bot.store.alerts())


def test_secrets_are_not_in_the_ledger(tmp_path: Path) -> None:
    """Nor in `bot status`, whatever was sent and whatever failed."""
    with stage(tmp_path) as on:
        on.teller.addresses = open_addresses(planted(on.inbox))[0]
        on.inbox.status = 401
        _one_alert(on)
        on.tell()
        on.inbox.status = 200
        on.teller.addresses._all[0].next_try = 0
        assert on.tell()
        data = b"".join(p.read_bytes() for p in on.bot.settings.data.rglob("*") if p.is_file())
        env = {"ALERT_URLS": planted(on.inbox), "HEARTBEAT_URL": "https://h.example/sekret-path"}
        said = [command(on.root, name, **env) for name in ("status", "alert")]
        status = str(said)
        assert "has not come to the end of its work" in status
        for secret in SECRETS:
            assert secret.encode() not in data
            assert secret not in status


def _one_alert(on: Stage) -> None:
    on.tick()
    on.time[0] += HOUR


@contextmanager
def mail_server(mails: list[str]) -> Iterator[int]:
    """A mail server that takes one letter, without passwords or encryption."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            connection, _ = listening.accept()
            with connection, connection.makefile("rwb") as lines:

                def say(line: bytes) -> None:
                    lines.write(line + b"\r\n")
                    lines.flush()

                say(b"220 here")
                for line in lines:
                    if line[:4].upper() == b"DATA":
                        say(b"354 go on")
                        letter = []
                        for more in lines:
                            if more == b".\r\n":
                                break
                            letter.append(more)
                        mails.append(b"".join(letter).decode())
                    say(b"221 bye" if line[:4].upper() == b"QUIT" else b"250 yes")

        thread = Thread(target=serve, daemon=True)
        thread.start()
        yield listening.getsockname()[1]
        thread.join(10)


def test_mail() -> None:
    """The oldest way of being told."""
    mails: list[str] = []
    with mail_server(mails) as port:
        url = (
            f"mailto://127.0.0.1:{port}?from=bot@press.example&to=desk@press.example"
            "&mode=insecure&format=text"
        )
        addresses, problems = open_addresses(url)
        assert problems == []
        assert addresses.try_each(WORDS) == {"address 1 of ALERT_URLS (E-Mail)": ""}
    (mail,) = mails
    assert "Subject: Loudhailer: a title" in mail
    assert "> bot status" in mail
    assert "desk@press.example" in mail


def test_the_command_that_tries_each(tmp_path: Path, inbox: Receiver) -> None:
    """It says of each address whether it took the message, and fails if one did not."""
    with stage(tmp_path) as on, receiver() as other:
        other.status = 401
        both = f"{planted(inbox)} {planted(other)}"
        code, out, error = command(on.root, "alert", "--test", ALERT_URLS=both)
        assert code == 1
        assert "address 1 of ALERT_URLS (JSON): taken" in out
        assert "address 2 of ALERT_URLS (JSON): NOT taken: it answers 401" in out
        assert "a test" in inbox.titles[0]
        (on.root / "urls").write_text(planted(inbox))
        code, shown, _ = command(on.root, "alert", "--test", "--json", ALERT_URLS_FILE="urls")
        assert code == 0
        assert json.loads(shown)["addresses"] == {"address 1 of ALERT_URLS (JSON)": ""}
        for secret in SECRETS:
            assert secret not in out + error + shown
        code, _, error = command(on.root, "alert", "--test", ALERT_URLS="")
        assert code == 1
        assert "ALERT_URLS names no address" in error


def test_a_heartbeat_after_each_tick_at_most_once_a_minute(inbox: Receiver, heard: Log) -> None:
    """No tick, no ping: that is what the other side waits for."""
    heartbeat = Heartbeat(f"http://127.0.0.1:{inbox.port}/sekret-path")
    assert not heartbeat.beat(None)
    assert heartbeat.beat(NINE)
    assert not heartbeat.beat(NINE + HOUR)  # the minute is not over
    heartbeat._last -= 60
    assert not heartbeat.beat(NINE)  # nothing has ticked since
    inbox.status = 302
    assert heartbeat.beat(NINE + HOUR)
    assert inbox.pings == ["/sekret-path"] * 2
    heartbeat._last -= 60
    inbox.status = 200
    assert heartbeat.beat(NINE + 2 * HOUR)
    assert "could not be pinged: it answers 302" in heard.text
    assert "sekret" not in heard.text + repr(heartbeat)
