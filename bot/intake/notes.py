"""Notes for volunteers: what was wrong, where, and what to do, in the campaign's language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from bot.intake.findings import Finding, Length
from bot.reasons import Reason, say

_MOST_FINDINGS: Final = 40
_MOST_TEXT: Final = 3000
_RULE = "-" * 40


def note(
    language: str,
    name: str,
    findings: Sequence[Finding],
    lengths: Iterable[Length] = (),
    text: str = "",
    taken: int = 0,
) -> str:
    """Write a note about the file `name`, of which `taken` rows were taken all the same.

    It has the byte-order mark and the line ends that any computer's simplest editor shows
    rightly.
    """

    def said(reason: Reason) -> str:
        return say(reason, language)

    lines = [said(Reason.of("note-returned", name=name))]
    if taken:
        lines += ["", said(Reason.of("note-partly", n=taken))]
    lines.append("")
    for finding in findings[:_MOST_FINDINGS]:
        lines += [f"* {_placed(finding, language)}", ""]
    if len(findings) > _MOST_FINDINGS:
        lines += [said(Reason.of("note-more", n=len(findings) - _MOST_FINDINGS)), ""]
    if counted := list(dict.fromkeys(lengths)):
        lines.append(said(Reason.of("note-lengths")))
        lines += [f"    {_length(one, language)}" for one in counted]
        lines.append("")
    lines.append(said(Reason.of("note-next-rows") if taken else Reason.of("note-next")))
    if text:
        shown = text if len(text) <= _MOST_TEXT else f"{text[:_MOST_TEXT]}…"
        lines += ["", said(Reason.of("note-text")), _RULE, shown, _RULE]
    return _for_any_editor(lines)


def reviewed(language: str, name: str, words: str) -> str:
    """Write a note with a reviewer's own words about the file `name`."""
    lines = [
        say(Reason.of("note-reviewed", name=name), language),
        "",
        *words.strip().splitlines(),
        "",
        say(Reason.of("note-next"), language),
    ]
    return _for_any_editor(lines)


def _for_any_editor(lines: Sequence[str]) -> str:
    return "\ufeff" + "\r\n".join("\n".join(lines).split("\n")) + "\r\n"


def _placed(finding: Finding, language: str) -> str:
    words = say(finding.reason, language)
    if finding.place is not None:
        reason = Reason.of("note-place", place=finding.place, what=finding.reason)
        return say(reason, language)
    if finding.line is None:
        return words
    return say(Reason.of("note-line", line=finding.line, what=finding.reason), language)


def _length(one: Length, language: str) -> str:
    reason = Reason.of(
        "note-length",
        network=one.network,
        account=one.account,
        length=one.length,
        limit=one.limit,
    )
    over = one.length - one.limit
    more = f"  {say(Reason.of('note-over', n=over), language)}" if over > 0 else ""
    return say(reason, language) + more
