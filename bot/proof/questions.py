"""What on a sheet needs a person's eye: stops, refusals, clashes, warnings, missing pictures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from bot.model import Draft, Post
from bot.proof.dates import hour, short
from bot.proof.nouns import Day, Material, Preview, Question, Reason
from bot.text import normalise

CLOSE = timedelta(minutes=15)
"""Two posts of an account nearer together than this are pointed out, where its `least_gap`
does not say that they may be."""
MOST_REFUSED = 40
"""Problems that a sheet lists; `bot check` lists all."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A planned post with its draft and the preview that shows it."""

    post: Post
    draft: Draft
    preview: Preview


def questions(numbered: Sequence[Numbered], material: Material) -> list[Question]:
    """List what the reader should look at, the gravest first."""
    return [
        *_held(numbered, material),
        *_refused(material.refused),
        *_queued(material.queued),
        *_close_together(numbered, material),
        *_same_words(numbered),
        *_by_text("picture", _picture_problems(numbered)),
        *_by_text("warning", ((w, n.preview.ref) for n in numbered for w in n.draft.warnings)),
    ]


def reasons(days: Sequence[Day]) -> list[Reason]:
    """Why posts are left out, what happens most first."""
    found: defaultdict[str, list[date]] = defaultdict(list)
    for day in days:
        for out in (*day.left_out, *(o for e in day.entries for o in e.left_out)):
            found[out.reason].append(day.day)
    return sorted(
        (Reason(text, len(of), tuple(dict.fromkeys(of))) for text, of in found.items()),
        key=lambda r: (-r.times, r.days[0]),
    )


def _held(numbered: Sequence[Numbered], material: Material) -> Iterator[Question]:
    for hold in material.holds:
        refs = [n.preview.ref for n in numbered if hold.holds(n.post)]
        if refs or hold.scope == "all":
            yield Question("held", hold.reason, () if hold.scope == "all" else refs)


def _refused(problems: Sequence[str]) -> Iterator[Question]:
    for problem in problems[:MOST_REFUSED]:
        yield Question("refused", problem)
    if (more := len(problems) - MOST_REFUSED) > 0:
        yield Question("refused", f"and {more} more: bot check lists them all")


def _queued(posts: int) -> Iterator[Question]:
    if posts:
        are = "1 post of this span is" if posts == 1 else f"{posts} posts of this span are"
        yield Question("queued", f"{are} in the queue already and not on this sheet: see bot queue")


def _close_together(numbered: Sequence[Numbered], material: Material) -> Iterator[Question]:
    by_account: defaultdict[str, list[Numbered]] = defaultdict(list)
    for one in numbered:
        by_account[one.post.account].append(one)
    for name, posts in by_account.items():
        account = material.catalog.accounts.get(name)
        gap = account.least_gap if account is not None and account.least_gap else CLOSE
        for one, other in pairwise(posts):
            apart = other.post.at - one.post.at
            if apart >= gap:
                continue
            at = one.preview.at
            when = f"at {hour(at)}" if not apart else f"at {hour(at)} and {hour(other.preview.at)}"
            text = f"{name} posts twice on {short(at.date())} {when}"
            yield Question("clash", text, (one.preview.ref, other.preview.ref))


def _same_words(numbered: Sequence[Numbered]) -> Iterator[Question]:
    """The same words from two accounts of one network; the plan refuses that on X."""
    said: defaultdict[tuple[str, str], list[Numbered]] = defaultdict(list)
    for one in numbered:
        said[one.post.network.value, normalise(one.draft.text)].append(one)
    for posts in said.values():
        accounts = list(dict.fromkeys(one.post.account for one in posts))
        if len(accounts) > 1:
            network = posts[0].post.network
            yield Question(
                "clash",
                f"the same words go out from several {network.value.capitalize()} accounts: "
                + ", ".join(accounts),
                [one.preview.ref for one in posts],
            )


def _picture_problems(numbered: Iterable[Numbered]) -> Iterator[tuple[str, str]]:
    for one in numbered:
        if one.preview.figure is not None and one.preview.figure.problem:
            yield f"a picture is not shown: {one.preview.figure.problem}", one.preview.ref


def _by_text(kind: str, found: Iterable[tuple[str, str]]) -> Iterator[Question]:
    refs: defaultdict[str, list[str]] = defaultdict(list)
    for text, ref in found:
        refs[text].append(ref)
    for text, of in refs.items():
        yield Question("picture" if kind == "picture" else "warning", text, of)
