"""From quotations and passages to proposals: action, room, card, source, and what to look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

import regex

from bot.model import ActionKind, Campaign, NetworkName
from bot.proposals.about import About
from bot.proposals.actions import Choice, Matcher
from bot.proposals.document import Place
from bot.proposals.events import Timing, timing
from bot.proposals.names import looks_personal, names, runs, takes_stands
from bot.proposals.passages import MOST_SENTENCES, Passage, passages
from bot.proposals.proposal import Proposal, ProposalKind
from bot.proposals.reading import Reading, Sentence
from bot.proposals.room import Room
from bot.proposals.sentences import sentences
from bot.proposals.spoken import Spoken
from bot.proposals.statistics import figure_card, main_figure
from bot.share_card import HEADLINE_AT_MOST
from bot.text import count_x, personal, x_entities

_LONGEST_QUOTE = 260
"""Characters of a quotation on a card."""

_DATED = (None, ActionKind.EVENT, ActionKind.REGISTER)
"""Kinds of action that happen on a day; a petition with an end is a petition."""

LinkProblem = Callable[[str], str | None]
"""Says why the campaign may not link to an address, or to one in a text; None if it may."""


@dataclass(slots=True)
class Maker:
    """Makes one document's proposals for one campaign."""

    reading: Reading
    about: About
    campaign: Campaign
    language: str
    room: Room
    matcher: Matcher
    today: date
    source: str
    link_problem: LinkProblem
    named: Mapping[int, tuple[date, Place]]

    # --- quotations ----------------------------------------------------------------------

    def quoted(self, quotes: list[Spoken]) -> Iterator[Proposal]:
        """Propose each quotation of somebody named, as far as there is room for it."""
        for one in quotes:
            if one.speaker is None or one.is_phrase or personal(one.text):
                continue
            for words, shortened in _shorter(one.text, self.reading):
                proposal = self._quotation(one, words, shortened=shortened)
                if proposal is not None:
                    yield proposal
                    break

    def _quotation(self, one: Spoken, words: str, *, shortened: bool) -> Proposal | None:
        speaker = one.speaker
        if speaker is None or len(words) > _LONGEST_QUOTE:
            return None
        notes = list(one.notes)
        if shortened:
            notes.append("only the first sentences of a longer quotation: read all of it")
        if not speaker.role and looks_personal(speaker.name):
            notes.append(
                f"no role found for {speaker.name}: is this somebody who speaks in public?"
            )
        card = {"kind": "quote", "quote": words, "attribution": speaker.name, "role": speaker.role}
        choice = self.matcher.main()
        for who in dict.fromkeys(filter(None, (_with(speaker.name, speaker.role), speaker.name))):
            text = f"{who}: {one.marks[0]}{words}{one.marks[1]}"
            for action in dict.fromkeys((choice.action.id if choice.action else None, None)):
                proposal = self._proposal(
                    ProposalKind.QUOTATION, text, one.place, action, tuple(notes),
                    card={k: v for k, v in card.items() if v},
                )  # fmt: skip
                if not self._lacks(proposal):
                    return proposal
        return None

    # --- passages ------------------------------------------------------------------------

    def said_together(self, quotes: list[Spoken]) -> Iterator[Proposal]:
        """Propose the passages, and the long sentences that only some networks have room for."""
        taken = {
            s.number
            for one in quotes
            if one.speaker is not None and not one.is_phrase
            for s in self.reading.sentences
            if s.paragraph == one.paragraph and s.start < one.end and one.start < s.end
        }
        found = passages(self.reading, self.about.bylines, taken, self._fits)
        for passage in found:
            yield self._passage(passage)
        for sentence in self.reading.sentences[:MOST_SENTENCES]:
            worth = sentence.calls or sentence.demands or main_figure((sentence,))
            if sentence.number in taken or not worth or not sentence.usable:
                continue
            if sentence.leans or sentence.of_one or sentence.heading or sentence.asks:
                continue
            if self._fits(sentence.text, sentence.kind, exactly=False):
                continue
            if (long := self._long(sentence)) is not None:
                yield long

    def _fits(
        self, text: str, kind: ActionKind | None, exactly: bool
    ) -> bool:  # a callback of passages
        choice = self.matcher.for_call(kind, text, ()) if kind else self.matcher.main()
        proposal = self._proposal(
            ProposalKind.POINT, text, Place(1), choice.action.id if choice.action else None, ()
        )
        if not self._lacks(proposal, exactly=exactly):
            return True
        # A sentence that asks nothing of its reader may go without the link.
        return not exactly and kind is None and not self._lacks(replace(proposal, action=None))

    def _passage(self, passage: Passage) -> Proposal:
        addresses = [a for s in passage.sentences for a in s.addresses]
        if passage.calls:
            choice = self.matcher.for_call(passage.kind, passage.text, addresses)
        else:
            choice = self.matcher.main()
        when = timing(passage, self.reading, self.named, self.about.published, self.today)
        if when.until and not passage.calls and any(s.kind for s in passage.sentences):
            of = next(s.kind for s in passage.sentences if s.kind)
            choice = self.matcher.for_call(of, passage.text, addresses)
        kind = self._kind(passage, when)
        notes = [*when.notes, *self._notes(passage), *filter(None, (choice.doubt,))]
        proposal = self._proposal(
            kind, passage.text, _place(passage.sentences),
            choice.action.id if choice.action else None, tuple(notes),
            card=self._card(kind, passage, choice), until=when.until,
        )  # fmt: skip
        if choice.action is None and passage.calls:
            proposal = self._linked(proposal, addresses)
        if proposal.action and self._lacks(proposal):
            note = f"without the link of {proposal.action}, for which there is no room"
            proposal = replace(proposal, action=None, link=None, notes=(*proposal.notes, note))
        return self._in_time(proposal, choice)

    def _long(self, sentence: Sentence) -> Proposal | None:
        """A sentence too long for X that Mastodon has room for."""
        passage = Passage((sentence,))
        proposal = replace(self._passage(passage), networks=(NetworkName.MASTODON,))
        if self._lacks(proposal):
            return None
        note = (
            f"too long for X ({count_x(proposal.text).length} without the hashtags), so for "
            "Mastodon only: shorten it, and take out `networks`, to have it on X"
        )
        return replace(proposal, notes=(note, *proposal.notes))

    def _kind(self, passage: Passage, when: Timing) -> ProposalKind:
        if when.until is not None and passage.kind in _DATED:
            return ProposalKind.EVENT
        if passage.calls:
            return ProposalKind.CALL
        if main_figure(passage.sentences):
            return ProposalKind.FIGURE
        if _takes_stand(passage.sentences[0], self.reading):
            return ProposalKind.STATEMENT
        if any(s.demands for s in passage.sentences):
            return ProposalKind.DEMAND
        return ProposalKind.POINT

    def _card(self, kind: ProposalKind, passage: Passage, choice: Choice) -> dict[str, str]:
        if kind is ProposalKind.FIGURE and (found := main_figure(passage.sentences)):
            return figure_card(*found, self.source)
        if kind is ProposalKind.EVENT and choice.action is None:
            return self._event_card(passage)
        return {}

    def _event_card(self, passage: Passage) -> dict[str, str]:
        """The words of an event that no action of the campaign's has: title, date and place."""
        if not 0 < len(self.about.title) <= HEADLINE_AT_MOST:
            return {}
        card = {"kind": "event", "headline": self.about.title}
        for sentence in passage.sentences:
            text = self.reading.paragraphs[sentence.paragraph].text
            for dated in sentence.dates[:1]:
                card.setdefault("date", text[dated.start : dated.end])
            for name in names(sentence.text, self.reading.words, frozenset((0,))):
                if name.kind == "place":
                    card.setdefault("place", name.text)
        return card if "date" in card else {}

    def _notes(self, passage: Passage) -> Iterator[str]:
        passing = dict.fromkeys(s.passing for s in passage.sentences if s.passing)
        if passing and not passage.calls:
            said = " and ".join(f"“{word}”" for word in passing)
            yield f"{said}: is it still so? If it will not be for long, set `true_until`"
        if _takes_stand(passage.sentences[0], self.reading):
            yield "the document's words about what somebody holds, not a quotation of theirs"
        mentions = [e.value for e in x_entities(passage.text) if e.kind == "mention"]
        for name in mentions:
            yield f"mentions @{name}: did they agree to it?"
        for sentence in passage.sentences:
            if sentence.place.last > sentence.place.line + 1:
                yield f"put together across a break in lines {sentence.place}"

    # --- settling ------------------------------------------------------------------------

    def _proposal(
        self,
        kind: ProposalKind,
        text: str,
        place: Place,
        action: str | None,
        notes: tuple[str, ...],
        *,
        card: Mapping[str, str] | None = None,
        until: date | None = None,
    ) -> Proposal:
        return Proposal(
            kind=kind,
            text=text,
            place=place,
            language=self.language,
            action=action,
            true_until=until,
            card=card or {},
            source=self.source,
            as_of=self.about.published,
            notes=notes,
        )

    def _linked(self, proposal: Proposal, addresses: list[str]) -> Proposal:
        """Give a call the link that stands in it, where the campaign may link to that."""
        for address in addresses:
            if self.link_problem(address) is None:
                linked = replace(proposal, link=address)
                return linked if not self._lacks(linked) else proposal
        return proposal

    def _in_time(self, proposal: Proposal, choice: Choice) -> Proposal:
        """Take an action out that ends before the passage begins to be true, or the reverse."""
        action, until = choice.action, proposal.true_until
        if action is None or until is None or proposal.action is None:
            return proposal
        if action.not_before is not None and until < action.not_before.date():
            note = f"{action.id} begins only after this has ended, so it is not named"
            return replace(proposal, action=None, notes=(*proposal.notes, note))
        return proposal

    def _lacks(self, proposal: Proposal, *, exactly: bool = False) -> bool:
        message = self.room.message(proposal)
        networks = proposal.networks or tuple(NetworkName)
        return any(self.room.lacks(message, network, exactly=exactly) for network in networks)


def _shorter(text: str, reading: Reading) -> Iterator[tuple[str, bool]]:
    """The whole quotation, then ever fewer of its first sentences."""
    spans = sentences(text, reading.words)[:12]
    yield text, False
    for count in range(len(spans) - 1, 0, -1):
        yield text[: spans[count - 1].end], True


def _with(name: str, role: str) -> str:
    return f"{name}, {role}" if role else ""


def _place(found: tuple[Sentence, ...]) -> Place:
    first, last = found[0].place, found[-1].place
    return Place(first.line, first.column, max(last.last, last.line))


def _takes_stand(sentence: Sentence, reading: Reading) -> bool:
    """Whether a sentence says of somebody named at its beginning what they hold."""
    verb = regex.search(rf"(?i)(?<!\p{{L}})(?:{reading.words.taking})(?!\p{{L}})", sentence.text)
    if verb is None or verb.start() > 140:
        return False
    subjects = runs(sentence.text[: verb.start()], reading.words)
    return any(s.start <= 30 and takes_stands(s.text, reading.words) for s in subjects)
