"""What came of a round: what stands on the server, held against what was planned."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.model import State
from bot.sandbox import SandboxPost
from bot.settings import Settings
from bot.store import Store
from tests.torture.campaign import MARK, SAMPLES, Expected, Place


@dataclass
class Verdict:
    """One round, or many of them added up."""

    kills: int = 0
    at_points: Counter[str] = field(default_factory=Counter)
    """Kills by named point; the others were at random moments."""
    posts: int = 0
    """Posts that were to be made."""
    lost: int = 0
    twice: int = 0
    undecided: int = 0
    """Doubts that came to a person although the post stood there, or that stayed open."""
    wrong: list[str] = field(default_factory=list)
    """Anything else that is not as it was planned, or that the bot called a fault of its own."""
    asked: int = 0
    """Doubts that came to a person because nothing stood there: rightly, where keys are ignored."""
    faults: int = 0
    """Faults of the network, besides the kills."""
    rounds: int = 0

    @property
    def is_clean(self) -> bool:
        """Whether nothing was lost, doubled, left open or wrong."""
        return not (self.lost or self.twice or self.undecided or self.wrong)

    def add(self, other: Verdict) -> None:
        """Add another one."""
        for name in ("kills", "posts", "lost", "twice", "undecided", "asked", "faults", "rounds"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.at_points += other.at_points
        self.wrong += other.wrong


def judge_posts(
    verdict: Verdict, posts: list[SandboxPost], expected: Mapping[Place, Expected]
) -> None:
    """Count what is lost and doubled on the server, and look at what each post carries."""
    by_place: defaultdict[Place, list[SandboxPost]] = defaultdict(list)
    for post in posts:
        found = MARK.search(post.text)
        by_place[post.account, found[1] if found else post.text].append(post)
    marks = {post.id: mark for (_, mark), made in by_place.items() for post in made}
    for (account, mark), wanted in expected.items():
        made = by_place.pop((account, mark), [])
        verdict.posts += 1
        verdict.lost += not made
        verdict.twice += max(0, len(made) - 1)
        for post in made:
            above = None if post.reply_to is None else marks.get(post.reply_to, post.reply_to)
            seen = Expected(len(post.media), post.poll is not None, above)
            if seen != wanted:
                verdict.wrong.append(f"{account} {mark}: {seen} instead of {wanted}")
            if any(not media.alt for media in post.media):
                verdict.wrong.append(f"{account} {mark}: a picture without alt text")
    verdict.wrong += [f"{account}: {mark} was never planned" for account, mark in by_place]


def judge_ledger(verdict: Verdict, root: Path, posts: list[SandboxPost]) -> None:
    """Hold the ledger against the server: each delivery has its own post, and its counts."""
    with Store.open(Settings(root, {}).database_url, create=False) as store:
        deliveries = store.deliveries()
        sampled = {sample.delivery for sample in store.samples() if sample.after == SAMPLES[-1]}
    text = {(post.account, post.id): post.text for post in posts}
    for delivery in deliveries:
        if delivery.state in (State.SENDING, State.IN_DOUBT):
            verdict.undecided += 1
        elif delivery.receipt is None:
            verdict.wrong.append(f"{delivery.id} is {delivery.state}: {delivery.reason}")
        elif text.get((delivery.account, delivery.receipt.remote_id)) != delivery.draft.text:
            verdict.wrong.append(f"{delivery.id} has the receipt of something else")
        elif delivery.id not in sampled:
            verdict.wrong.append(f"{delivery.id} was never sampled")


def judge_findings(verdict: Verdict, root: Path) -> None:
    """Read what the processes left before they died."""
    file = root / "findings"
    if not file.exists():
        return
    for line in file.read_text(encoding="utf-8").splitlines():
        kind, _, text = line.partition("\t")
        if kind == "asked":
            verdict.asked += 1
        elif kind == "undecided":
            verdict.undecided += 1
            verdict.asked -= 1
            verdict.wrong.append(f"a person was asked: {text}")
        else:
            verdict.wrong.append(text)


_HEADS = ("", "kills", "at a named point", "other faults", "posts", "lost", "twice")
_HEADS_OF_DOUBT = ("undecided", "asked a person")


def table(verdicts: Mapping[str, Verdict]) -> str:
    """Write verdicts as a table in Markdown, a line for each."""
    rows: list[tuple[str, ...]] = [(*_HEADS, *_HEADS_OF_DOUBT)]
    for name, v in verdicts.items():
        named = sum(v.at_points.values())
        numbers = (v.kills, named, v.faults, v.posts, v.lost, v.twice, v.undecided, v.asked)
        rows.append((name, *(f"{number:,}" for number in numbers)))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        " | ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) for row in rows
    ]
    rule = " | ".join(["-" * widths[0], *(f"{'-' * (width - 1)}:" for width in widths[1:])])
    return "".join(f"| {line} |\n" for line in [lines[0], rule, *lines[1:]])
