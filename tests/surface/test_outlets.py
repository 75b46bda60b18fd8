"""All ways to standard error lead through the redactor; each is tried in a real process."""

from __future__ import annotations

import re
import subprocess
import sys
import textwrap

import pytest
import typer.main

from bot.cli import app

KEY = "planted/key+of=nobody"

WAYS = {
    "message": "log.error('refused: ' + key)",
    "argument": "log.error('refused: %s', {'token': key})",
    "exception": """
        try:
            raise RuntimeError(key)
        except RuntimeError:
            log.exception('a tick failed')
    """,
    "chained": """
        try:
            try:
                raise KeyError(key)
            except KeyError as error:
                raise ValueError('no') from error
        except ValueError:
            log.exception('a tick failed')
    """,
    "stack": "exec(compile(f\"log.error('x', stack_info=True)\", key, 'exec'))",
    "bad call": "log.error('%s %s %s', key)",
    "before any log": "logging.getLogger('x').warning(key)",
    "library at debug": """
        logging.getLogger().setLevel(logging.DEBUG)
        logging.getLogger('tweepy').setLevel(logging.DEBUG)
        sent = {'Authorization': 'OAuth ' + quote(key, safe='')}
        logging.getLogger('tweepy').debug('Headers: %s', sent)
    """,
    "print": "print(key, file=sys.stderr)",
    "lines": "sys.stderr.writelines([key, '\\n'])",
    "warning": "warnings.warn(key)",
    "thread": """
        def work():
            raise RuntimeError(key)
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    """,
    "finaliser": """
        class Odd:
            def __del__(self):
                raise RuntimeError(key)
        Odd()
    """,
    "quoted": "log.error(quote(key, safe=''))",
    "base64": "log.error(base64.b64encode(('name:' + key).encode()).decode())",
    "uncaught": "raise RuntimeError({'token': key})",
}


@pytest.fixture(scope="module")
def said() -> str:
    """What a process says that tries all of them; the last one ends it."""
    lines = [
        "import base64, logging, sys, threading, warnings",
        "from urllib.parse import quote",
        "from bot import logs",
        f"key = {KEY!r}",
        "logs.learn([key])",
        "logs.guard()",
        "log = logging.getLogger('bot')",
        "logs.to_stderr()",
    ]
    for name, code in WAYS.items():
        if name == "before any log":
            lines.append("logging.getLogger().handlers, kept = [], logging.getLogger().handlers")
        lines += [f"sys.stderr.write('== {name}\\n')", textwrap.dedent(code).strip()]
        if name == "before any log":
            lines.append("logging.getLogger().handlers = kept")
    done = subprocess.run(  # noqa: S603 # our own interpreter
        [sys.executable, "-c", "\n".join(lines)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    return done.stderr


@pytest.mark.parametrize("way", WAYS)
def test_no_way_out_shows_a_key(said: str, way: str) -> None:
    """Each of them says something, and has a gap where the key would be."""
    part = said.split(f"== {way}\n", 1)[1].split("\n== ", 1)[0]
    assert "[secret]" in part
    for form in (KEY, "planted%2Fkey", "cGxhbnRlZC9rZXkrb2Y9bm9ib2R5"):
        assert form not in part


def test_no_command_takes_a_key_as_an_argument() -> None:
    """Everybody on a machine sees the arguments of its processes, and shells keep them."""
    group = typer.main.get_command(app)
    commands = group.commands.values()  # type: ignore[attr-defined] # a group has some
    names = {name for command in commands for one in command.params for name in one.opts}
    assert len(names) > 50
    assert [n for n in names if re.search("token|secret|passw|api|credential", n)] == []


def test_standard_output_is_left_alone() -> None:
    """What was asked for is given byte for byte; only what is said about the work is cleaned."""
    code = f"from bot import logs; logs.learn([{KEY!r}]); logs.guard(); print({KEY!r})"
    done = subprocess.run(  # noqa: S603 # our own interpreter
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == f"{KEY}\n"
