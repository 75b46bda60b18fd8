"""The person's own editor, on a copy of a file."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bot.text import TextError, decode

_USUAL = ("sensible-editor", "nano", "vim", "vi")


class CannotEdit(Exception):
    """No editor, or it failed; the text says what to do."""


def choose(editor: Sequence[str]) -> Sequence[str]:
    """Give the editor's command: the one the person has set, else a usual one.

    Raises:
        CannotEdit: there is none.
    """
    if editor:
        if shutil.which(editor[0]) is None:
            raise CannotEdit(f"there is no editor {editor[0]}: see VISUAL and EDITOR")
        return editor
    for name in _USUAL:
        if found := shutil.which(name):
            return (found,)
    raise CannotEdit("no editor was found: set EDITOR, like EDITOR=nano")


class Copy:
    """A copy of a file to edit; `with` removes it, unless it is to be kept."""

    def __init__(self, name: str, text: str) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="loudhailer-"))
        self.path = self._folder / name
        self.kept = False
        """It holds work that found no other place."""
        self.path.write_text(text, encoding="utf-8", errors="surrogateescape", newline="\n")

    def __enter__(self) -> Copy:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if not self.kept and kind is None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def edit(self, editor: Sequence[str]) -> str:
        """Open it in the editor; gives the text when that has ended.

        Raises:
            CannotEdit: the editor failed, or what it left is no text.
        """
        try:
            done = subprocess.run(  # noqa: S603 # the person's own editor, as they named it
                [*editor, os.fspath(self.path)], check=False
            )
        except OSError as error:
            raise CannotEdit(f"{editor[0]} cannot be started: {error.strerror}") from error
        if done.returncode:
            raise CannotEdit(f"{editor[0]} ended with {done.returncode}: nothing was changed")
        try:
            return decode(self.path.read_bytes()).replace("\r\n", "\n").replace("\r", "\n")
        except (OSError, TextError) as error:
            self.kept = True
            raise CannotEdit(f"it cannot be read ({error}); your copy: {self.path}") from error
