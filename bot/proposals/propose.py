"""Document + campaign -> what was found in it, and the messages that can be made of it.

    read        sentences and their traits; what belongs to the page set apart
    about       title, organisation, day
    spoken      quotations with their speakers          -> QUOTATION
    passages    sentences that are said together        -> EVENT, CALL, FIGURE, STATEMENT, …
    settle      action, room, card, source, notes
    sift        no near repeats, the best of them

Every word of a proposal is the document's, but for the frame of a quotation (`Name, role: “…”`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from bot.model import Campaign, Limits, NetworkName
from bot.proposals.about import About, about
from bot.proposals.actions import Matcher
from bot.proposals.document import Document, Place
from bot.proposals.events import named_days
from bot.proposals.listing import listing
from bot.proposals.making import LinkProblem, Maker
from bot.proposals.passages import MOST_SENTENCES
from bot.proposals.proposal import Finding, Proposal, ProposalKind
from bot.proposals.reading import read
from bot.proposals.room import Room
from bot.proposals.spoken import spoken
from bot.proposals.words import LANGUAGES, UNKNOWN, vocabulary
from bot.text import NearIndex

MOST = 24
"""Proposals from one document: what a person can look through at a sitting."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """What came of a document."""

    about: About
    findings: tuple[Finding, ...]
    proposals: tuple[Proposal, ...]
    warnings: tuple[str, ...]
    """What the reviewer should know of all of it."""
    repeats: int
    """How many are not proposed because the campaign says nearly the same already."""
    room: Room

    def lengths(self, proposal: Proposal) -> list[tuple[NetworkName, int, int]]:
        """Count a proposal with link and hashtags: network, longest it becomes, limit."""
        networks = proposal.networks or tuple(NetworkName)
        message = self.room.message(proposal)
        limits = self.room.limits
        return [(n, self.room.length(message, n), limits[n].characters) for n in networks]


def propose(
    document: Document,
    campaign: Campaign,
    language: str,
    *,
    limits: Mapping[NetworkName, Limits],
    said: Mapping[str, str],
    today: date,
    link_problem: LinkProblem,
    text_problem: LinkProblem,
    day_in_words: Callable[[date], str] = date.isoformat,
) -> Proposed:
    """Find what a document has to offer a campaign, and propose messages from it.

    Args:
        document: what was read.
        campaign: whose actions, hashtags and link are used.
        language: of the document; its words are told by it.
        limits: each network's.
        said: the texts of messages and submissions that are there, by id.
        today: for dates without a year, where the document has no day of its own.
        link_problem: whether the campaign may link to an address.
        text_problem: whether a text has a link in it that it may not have.
        day_in_words: writes the document's day for `source`.
    """
    reading = read(document, vocabulary(language))
    own = about(reading)
    work = Maker(
        reading=reading,
        about=own,
        campaign=campaign,
        language=language,
        room=Room(campaign, limits),
        matcher=Matcher(campaign, own, reading.notes, today),
        today=today,
        source=own.source(day_in_words(own.published) if own.published else ""),
        link_problem=link_problem,
        named=named_days(reading),
    )
    quotes, unclosed = spoken(reading)
    made = [*work.quoted(quotes), *work.said_together(quotes)]
    linking = {n: reason for n, p in enumerate(made) if (reason := text_problem(p.text))}
    kept, repeats = _sifted([p for n, p in enumerate(made) if n not in linking], said)
    warnings = [
        *document.warnings,
        *_warnings(work, unclosed, len(kept) - MOST),
        *(f"line {made[n].place}: not proposed, {reason}" for n, reason in linking.items()),
    ]
    kept.sort(key=lambda p: (p.place.line, p.place.column))
    rank = list(ProposalKind)
    best = sorted(range(len(kept)), key=lambda n: rank.index(kept[n].kind))[:MOST]
    return Proposed(
        about=own,
        findings=tuple(listing(reading, own, quotes, link_problem)),
        proposals=tuple(kept[n] for n in sorted(best)),
        warnings=tuple(warnings),
        repeats=repeats,
        room=work.room,
    )


def _sifted(made: list[Proposal], said: Mapping[str, str]) -> tuple[list[Proposal], int]:
    """Leave out what says nearly the same as what is there, or as a better proposal."""
    there: NearIndex[str] = NearIndex()
    for name, text in said.items():
        there.add(name, text)
    ours: NearIndex[int] = NearIndex()
    kept: list[Proposal] = []
    repeats = 0
    for proposal in made:
        if there.query(proposal.text, limit=1):
            repeats += 1
        elif not ours.query(proposal.text, limit=1):
            ours.add(len(kept), proposal.text)
            kept.append(proposal)
    return kept, repeats


def _warnings(work: Maker, unclosed: list[Place], too_many: int) -> Iterator[str]:
    """Say what holds for all proposals of the document."""
    if work.reading.words is UNKNOWN:
        known = ", ".join(LANGUAGES)
        yield (
            f"calls, speakers and dates are told by words in {known}, not in {work.language}: "
            "only what needs no words was found"
        )
    stated = work.reading.document.language.split("-")[0].lower()
    if stated and stated != work.language.split("-")[0].lower():
        yield f"the page says that it is in {stated}, and it is read as {work.language}"
    if work.about.published is None:
        yield "the document has no date of its own: `as_of` is for you to set"
    if not work.about.organisation:
        yield "whose document it is was not found: add it to `source`"
    for place in unclosed[:5]:
        yield f"line {place}: a quotation mark is opened and not closed"
    for what, place in work.reading.personal:
        yield f"line {place}: {what} is left out"
    main = work.matcher.main()
    if main.doubt:
        yield f"which action the document is for is not clear: {main.doubt}"
    if main.action and main.action.true_until and main.action.true_until.date() < work.today:
        ended = main.action.true_until.date().isoformat()
        yield f"{main.action.id} ended on {ended}: what names it will not go out"
    if len(work.reading.sentences) > MOST_SENTENCES:
        yield f"it is long: only its first {MOST_SENTENCES} sentences were looked through"
    if too_many > 0:
        yield f"{too_many} more could be proposed; these are the {MOST} that came first"
