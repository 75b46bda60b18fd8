"""One message of all that is to be told now: a burst of trouble is one message, too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.telling.alert import Kind, Told
from bot.telling.decide import Decision
from bot.telling.times import shown

AT_MOST = 8
"""Of one kind; what is more is counted."""

SHORT = 160
"""Characters of a line that only reminds of what was told."""

LONGEST = 600
"""Characters of one line: a server's answer may be of any length."""


@dataclass(frozen=True, slots=True)
class Words:
    """A message to the operator."""

    title: str
    body: str


def worded(decision: Decision, name: str, zone: ZoneInfo) -> Words:
    """Word what was decided; `name` says which Loudhailer speaks, in the times of `zone`."""
    fresh = [*decision.news, *decision.reminders]
    parts = []
    if decision.news:
        parts.append("\n\n".join(_items(decision.news)))
    if decision.reminders:
        parts.append("Still so:\n\n" + "\n\n".join(_items(decision.reminders, zone)))
    if decision.over:
        lines = [f"- {cut(row.what, SHORT)}" for row in decision.over[:AT_MOST]]
        if len(decision.over) > AT_MOST:
            lines.append(f"- and {len(decision.over) - AT_MOST} more")
        parts.append("Over:\n\n" + "\n".join(lines))
    return Words(f"{name}: {_headline(fresh, decision.over)}", "\n\n".join(parts))


def _items(rows: Sequence[Told], zone: ZoneInfo | None = None) -> list[str]:
    """Word each; with `zone`, also since when it is so."""
    texts: list[str] = []
    order = list(Kind)
    for kind in sorted({row.kind for row in rows}, key=order.index):
        of_kind = [row for row in rows if row.kind is kind]
        for row in of_kind[:AT_MOST]:
            since = f" (since {shown(row.since, zone)})" if zone is not None else ""
            texts.append(f"- {cut(row.what)}{since}\n  > {cut(row.do)}")
        if len(of_kind) > AT_MOST:
            texts.append(f"- and {len(of_kind) - AT_MOST} more of these; all of them: bot alert")
    return texts


def _headline(fresh: Sequence[Told], over: Sequence[Told]) -> str:
    if len(fresh) == 1:
        return _SHORT[fresh[0].kind]
    if not fresh:
        return "it is over" if len(over) == 1 else f"{len(over)} things are over"
    kinds = {row.kind for row in fresh}
    if len(kinds) == 1:
        return f"{_SHORT[fresh[0].kind]} ({len(fresh)})"
    return f"{len(fresh)} things to know"


_SHORT = {
    Kind.LEDGER: "nothing can be posted",
    Kind.STUCK: "the daemon hangs",
    Kind.ACCOUNT: "an account needs you",
    Kind.DOUBT: "did it go out? Please look",
    Kind.FAILED: "refused by the network",
    Kind.MISSED: "did not go out",
    Kind.UNAPPROVED: "its hour comes, not approved",
    Kind.EMPTY: "nothing to say tomorrow",
    Kind.SPENDING: "near the spending cap",
    Kind.CAP: "the spending cap is reached",
    Kind.SUBMISSIONS: "submissions wait",
    Kind.CONTENT: "errors in the files",
    Kind.CLOCK: "the clock is in doubt",
    Kind.COPY: "a restored ledger",
}


def cut(text: str, most: int = LONGEST) -> str:
    """Put a text on one line of bearable length."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"
