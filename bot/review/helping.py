"""What each key does."""

from __future__ import annotations

from bot.review.rows import Look, Row, Span, row

_KEYS = (
    ("a", "accept", "say yes to it as it is shown; once all who must have said yes it can go out"),
    ("e", "edit", "open its file in your editor; mistakes in it are shown before it is kept"),
    ("r", "return", "give it back with a reason, which whoever wrote it will read"),
    ("h", "aside", "set it aside for later, with a reason if you like"),
    ("s", "time", "give it its own time"),
    ("l", "links", "let its links to other sites than the campaign's stand"),
    ("m", "names", "let the @names in it stand"),
    ("o", "card", "tell where its card's file is; with bot review --open it opens, too"),
    ("n", "next", "leave it as it is; p goes back"),
    ("q", "quit", "all that you decided is kept; Ctrl-C does the same"),
)  # fmt: skip

HELP: tuple[Row, ...] = (
    row("What the keys do", Look.STRONG),
    *(row(what, indent=4, lead=f" {key}") for key, _, what in _KEYS),
    Row(),
    row("space  b  arrows  home  end", Look.STRONG),
    row("Read on, and back. What does not fit on the screen must be read to its end first:"
        " until then a reads on instead of accepting."),
    Row(),
    row("What is marked x must be mended (e) or allowed (l, m) before a yes; what is marked !"
        " is yours to judge. Words with a bar before them are the post's own."),
    row("Each decision is kept at once. If somebody else decides or changes something while you"
        " look at it, you are told and shown it again."),
)  # fmt: skip


def keys_rows(columns: int, *, links: bool, names: bool) -> list[Row]:
    """Name the keys at the foot; those that allow something only where there is something."""
    rows: list[Row] = []
    spans: list[Span] = []
    used = 0
    for key, word, _ in (*_KEYS, ("?", "help", "")):
        if (key == "l" and not links) or (key == "m" and not names):
            continue
        wide = len(key) + 1 + len(word)
        if used and used + 2 + wide > columns:
            rows.append(Row(tuple(spans)))
            spans, used = [], 0
        spans += [("  " if used else "", Look.PLAIN), (f"{key} ", Look.STRONG), (word, Look.PLAIN)]
        used += wide + (2 if used else 0)
    return [*rows, Row(tuple(spans))]
