"""Commands that say what may go out: waiting, approve, return, hold, release, audit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import (
    Json,
    UserError,
    console,
    ledger_if_any,
    note,
    print_json,
    settings_of,
    wall_clock,
    who,
)

if TYPE_CHECKING:
    from bot.approving import Item, Review
    from bot.store import Store

By = Annotated[
    str | None,
    typer.Option("--by", help="Your name, for the audit log. Default: the system user's."),
]
Names = Annotated[list[str], typer.Argument(help="Ids, names or files; see bot waiting.")]


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.command("waiting")(waiting)
    app.command("approve")(approve)
    app.command("return")(send_back)
    app.command("hold")(hold)
    app.command("release")(release)
    app.command("audit")(audit)


@contextmanager
def reviewing(context: typer.Context) -> Iterator[Review]:
    """Open the files and the ledger for a person's word."""
    from bot.approving import Review

    with _ledger(context) as store:
        yield Review(settings_of(context), store)


@contextmanager
def _ledger(context: typer.Context) -> Iterator[Store]:
    from bot.store import Store

    with Store.open(settings_of(context).audit_url) as store:
        yield store


def waiting(context: typer.Context, *, as_json: Json = False) -> None:
    """List what waits for a person's word: submissions, and messages that may not go out."""
    from bot.yamlfile.problems import printable

    now = wall_clock()
    with reviewing(context) as review:
        items = [review.item(name, now) for name in review.waiting(now)]
        unreadable = review.unreadable()
    for problem in unreadable:
        note(f"cannot be shown: {problem}")
    if as_json:
        print_json([_shape(item) for item in items])
        return
    out = console()
    if not items and not unreadable:
        out.print("Nothing waits.")
    for item in items:
        reason = item.reason or "it is approved, and its file not moved yet: approve it again"
        words = " ".join(item.message.text.split())[:100]
        out.print(printable(f"{item.message.id}  {reason}"), markup=False)
        out.print(f"    {printable(words)}", markup=False, style="dim")
        for problem in item.problems:
            out.print(f"    {problem}", markup=False, style="yellow")


def _shape(item: Item) -> dict[str, object]:
    from bot.model import Draft

    return {
        "message": item.message.id,
        "file": item.message.path,
        "submission": item.is_submission,
        "waits_for": item.reason,
        "approved_by": list(item.approved_by),
        "problems": [str(problem) for problem in item.problems],
        "posts": {
            account: (
                {"text": draft.text, "length": draft.length, "limit": draft.limit}
                if isinstance(draft, Draft)
                else {"refused": draft.reason}
            )
            for account, draft in item.drafts.items()
        },
    }


def approve(
    context: typer.Context,
    names: Names,
    *,
    by: By = None,
    allow_links: Annotated[
        bool, typer.Option("--allow-links", help="Its links beyond the campaign's sites may stand.")
    ] = False,
    allow_mentions: Annotated[
        bool, typer.Option("--allow-mentions", help="The @names in it may stand.")
    ] = False,
) -> None:
    """Approve submissions or messages as they are now; any later change voids that."""
    person = by or who()

    def one(review: Review, name: str) -> str:
        now = wall_clock()
        if allow_links or allow_mentions:
            review.allow(name, person, now, links=allow_links, mentions=allow_mentions)
        message, missing = review.approve(name, person, now)
        more = f"; {missing} more must approve it" if missing else ""
        return f"approved by {person}: {message}{more}"

    _each(context, names, one)


def _each(context: typer.Context, names: Sequence[str], deed: Callable[[Review, str], str]) -> None:
    """Do one thing to each; what cannot be done to one does not stop the others."""
    from bot.content import ContentError

    faults = []
    with reviewing(context) as review:
        for name in dict.fromkeys(names):
            try:
                typer.echo(deed(review, name))
            except ContentError as error:
                faults.append(str(error))
    if faults:
        raise UserError("\n".join(faults))


def send_back(
    context: typer.Context,
    names: Names,
    *,
    why: Annotated[str, typer.Option("--why", help="What to change; whoever wrote it reads it.")],
    by: By = None,
) -> None:
    """Return submissions, or stop messages, with a reason."""
    person = by or who()
    if not why.strip():
        raise UserError("say why: whoever wrote it reads it")
    _each(
        context,
        names,
        lambda review, name: f"returned: {review.send_back(name, person, why, wall_clock())}",
    )


def hold(
    context: typer.Context,
    pattern: Annotated[str, typer.Argument(help='A word, or a "/pattern/" (regular expression).')],
    *,
    why: Annotated[str, typer.Option("--why", help="For the log and your colleagues.")] = "",
    by: By = None,
) -> None:
    """Freeze every message and queued post that matches, until bot release."""
    from bot.approval import BadPattern, held_by, read_pattern
    from bot.approval.holds import words_of, words_of_draft
    from bot.content import load
    from bot.model import State

    try:
        pattern = read_pattern(pattern)
    except BadPattern as error:
        raise UserError(str(error)) from error
    with _ledger(context) as store:
        store.hold(pattern, by or who(), why, wall_clock())
        holds = [held for held in store.holds() if held.pattern == pattern]
        catalog = load(settings_of(context).root).catalog
        messages = [
            m.id
            for m in catalog.messages.values()
            if held_by(words_of(m, catalog.campaigns[m.campaign]), holds)
        ]
        queued = [
            d
            for d in store.deliveries(states=(State.QUEUED,))
            if held_by(words_of_draft(d.draft, d.message), holds)
        ]
    typer.echo(f"held: {pattern}: {len(messages)} messages and {len(queued)} queued posts match")
    for name in messages[:20]:
        typer.echo(f"  {name}")
    if len(messages) > 20:
        typer.echo(f"  and {len(messages) - 20} more")


def release(
    context: typer.Context,
    pattern: Annotated[str, typer.Argument(help="What was held.")],
    *,
    by: By = None,
) -> None:
    """End a hold."""
    with _ledger(context) as store:
        if not store.release(pattern.strip(), by or who(), wall_clock()):
            held = ", ".join(h.pattern for h in store.holds())
            raise UserError(f"{pattern} is not held; held: {held or 'nothing'}")
    typer.echo(f"released: {pattern}")


def audit(
    context: typer.Context,
    message: Annotated[
        str | None, typer.Argument(help="Only of this message or submission.", show_default=False)
    ] = None,
    *,
    last: Annotated[int, typer.Option("-n", "--last", min=1, help="How many lines.")] = 50,
    as_json: Json = False,
) -> None:
    """Tell who received, edited, approved, returned or held what, and when."""
    from bot.content import load
    from bot.yamlfile.problems import printable

    settings = settings_of(context)
    zone = load(settings.root).catalog.zone
    with ledger_if_any(settings.audit_url) as store:
        entries = store.audit(last=None if message else last) if store else []
    if message:
        subjects = _subjects(message, {entry.subject for entry in entries})
        entries = [entry for entry in entries if entry.subject in subjects][-last:]
    if as_json:
        print_json(
            [
                {
                    "at": e.at.astimezone(zone),
                    "by": e.by,
                    "deed": e.deed,
                    "subject": e.subject,
                    "fingerprint": e.fingerprint,
                    "detail": dict(e.detail),
                }
                for e in entries
            ]
        )
        return
    out = console()
    for e in entries:
        why = e.detail.get("why") or e.detail.get("what") or e.detail.get("file") or ""
        at = f"{e.at.astimezone(zone):%Y-%m-%d %H:%M:%S}"
        short = e.fingerprint[:12]
        line = f"{at}  {e.by:12}  {e.deed:9}  {e.subject}  {short}  {why}"
        out.print(printable(line), markup=False)


def _subjects(name: str, known: set[str]) -> set[str]:
    """Find what a person means: an id or a hold as it stands, else whatever has that name."""
    if name in known:
        return {name}
    stem = name.removesuffix(".md").removesuffix(".txt").rsplit("/", 1)[-1]
    return {subject for subject in known if subject.endswith(f"/{stem}")}
