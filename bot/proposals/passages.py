"""Which sentences are said together: a call with what it is for, a sentence with what leans on it.

    Can't take to the streets on Friday?      a question, and the call that answers it
    Register to participate online …
    No more hiding the truth …                short lines one under the other
    No to extradition!
    Assange was the target of … This undermined his right …   a sentence and what leans on it

Each sentence is said in one passage at most, whole and unchanged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.model import ActionKind
from bot.proposals.reading import Reading, Sentence

_LINE = 110
"""A paragraph of one sentence no longer than this can stand among others as a line."""
_SHORT = 60
"""A passage shorter than this takes the next sentence in, if there is room."""
_LEAST = 30
"""Nothing shorter is said alone."""
_MOST_TOGETHER = 5
MOST_SENTENCES = 600
"""Of a document; a call or a letter has fifty, and what comes later is no longer its message."""

Fits = Callable[[str, ActionKind | None, bool], bool]
"""Whether a text fits for a kind of action; the last says whether without leaving anything out."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences that stand together in the source."""

    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        """The words: sentences of a paragraph in a row, paragraphs a blank line apart."""
        pieces: list[str] = []
        for one, before in zip(self.sentences, (None, *self.sentences), strict=False):
            if before is not None:
                pieces.append(" " if before.paragraph == one.paragraph else "\n\n")
            pieces.append(one.text)
        return "".join(pieces)

    @property
    def calls(self) -> bool:
        """Whether it asks its reader to do something."""
        return any(s.calls for s in self.sentences)

    @property
    def kind(self) -> ActionKind | None:
        """What it asks for, where its words tell."""
        return next((s.kind for s in self.sentences if s.calls and s.kind), None)


def passages(
    reading: Reading, skipped: frozenset[int], taken: set[int], fits: Fits
) -> list[Passage]:
    """Put the document's sentences together, in order.

    Args:
        reading: the document.
        skipped: paragraphs that say nothing (bylines).
        taken: numbers of sentences that are said elsewhere; those used here are added.
        fits: whether a text has room.
    """
    made = _Made(reading, skipped, taken, fits)
    found = [*made.calls(), *made.rest()]
    return sorted(found, key=lambda p: p.sentences[0].number)


class _Made:
    def __init__(
        self, reading: Reading, skipped: frozenset[int], taken: set[int], fits: Fits
    ) -> None:
        self._all = reading.sentences
        self._skipped = skipped
        self._taken = taken
        self._fits = fits
        counts: dict[int, int] = {}
        for sentence in self._all:
            counts[sentence.paragraph] = counts.get(sentence.paragraph, 0) + 1
        self._in_paragraph = counts

    # --- calls ---------------------------------------------------------------------------

    def calls(self) -> Iterator[Passage]:
        """Each call, with the question or short lines before it and what belongs to it behind."""
        for sentence in self._all[:MOST_SENTENCES]:
            if not self._free(sentence) or not (sentence.calls or self._is_line(sentence)):
                continue
            if sentence.leans and not sentence.calls:
                continue
            group = self._before(sentence)
            if not self._fit(group, exactly=False):
                group = [sentence]
            if not self._fit(group, exactly=False):
                continue
            while (following := self._next(group)) is not None and self._has_room(group, following):
                group.append(following)
            if (
                any(s.calls or s.demands for s in group)
                and len(Passage(tuple(group)).text) >= _LEAST
            ):
                yield self._take(group)

    def _is_line(self, sentence: Sentence) -> bool:
        """Whether it stands alone and demands or exclaims, as a slogan does."""
        alone = self._in_paragraph[sentence.paragraph] == 1
        return (
            alone
            and len(sentence.text) <= _LINE
            and (sentence.demands or sentence.exclaims or sentence.calls)
        )

    def _before(self, call: Sentence) -> list[Sentence]:
        before = self._at(call.number - 1)
        if before is None or not self._free(before) or before.paragraph != call.paragraph:
            return [call]
        if before.asks or call.leans or (before.exclaims and len(before.text) <= _SHORT):
            return [before, call]
        return [call]

    def _next(self, group: Sequence[Sentence]) -> Sentence | None:
        last = group[-1]
        kind = Passage(tuple(group)).kind
        following = self._at(last.number + 1)
        while following is not None and self._is_passed_over(following):
            following = self._at(following.number + 1)
        if following is None or len(group) >= _MOST_TOGETHER or not self._free(following):
            return None
        if following.paragraph != last.paragraph:
            # A line goes on in the next line, up to one that says what to do.
            if kind is not None or not self._is_line(group[0]):
                return None
            near = following.paragraph - last.paragraph <= 2
            goes_on = self._is_line(following) or (
                len(group) == 1 and (following.calls or following.demands)
            )
            is_title = following.heading and not last.heading
            return following if near and goes_on and not is_title else None
        if following.leans or following.exclaims or following.demands:
            return following if following.kind in (None, kind) else None
        same = following.kind is not None and following.kind is kind
        return following if same or (following.calls and following.kind is None) else None

    def _is_passed_over(self, sentence: Sentence) -> bool:
        """`0 have signed.` stands in the way of what belongs together."""
        return any(f.zero for f in sentence.figures)

    # --- the rest ------------------------------------------------------------------------

    def rest(self) -> Iterator[Passage]:
        """Every other sentence that stands on its own, with those that lean on it."""
        for sentence in self._all[:MOST_SENTENCES]:
            if not self._free(sentence) or sentence.leans or sentence.heading or sentence.of_one:
                continue
            if sentence.asks or not self._fit([sentence], exactly=False):
                continue
            group = [sentence]
            while (following := self._at(group[-1].number + 1)) is not None:
                if not self._free(following) or len(group) >= _MOST_TOGETHER:
                    break
                if not self._goes_on(group, following) or not self._has_room(group, following):
                    break
                group.append(following)
            while group[-1].text.endswith(":"):
                group.pop()
            if group and len(Passage(tuple(group)).text) >= _LEAST:
                yield self._take(group)

    def _goes_on(self, group: Sequence[Sentence], following: Sentence) -> bool:
        last = group[-1]
        if last.text.endswith(":"):
            return following.paragraph - last.paragraph <= 1
        if following.paragraph != last.paragraph or following.of_one or following.asks:
            return False
        if following.text.endswith(":"):
            after = self._at(following.number + 1)
            return after is not None and self._fit([*group, following, after])
        short = len(Passage(tuple(group)).text) < _SHORT
        return following.leans or (short and not following.calls)

    # --- sentences -----------------------------------------------------------------------

    def _at(self, number: int) -> Sentence | None:
        return self._all[number] if 0 <= number < len(self._all) else None

    def _free(self, sentence: Sentence) -> bool:
        return (
            sentence.usable
            and sentence.number not in self._taken
            and sentence.paragraph not in self._skipped
            and not any(f.zero for f in sentence.figures)
            and not (sentence.calls and sentence.text.endswith(":"))
        )

    def _fit(self, group: Sequence[Sentence], *, exactly: bool = True) -> bool:
        passage = Passage(tuple(group))
        return self._fits(passage.text, passage.kind, exactly)

    def _has_room(self, group: Sequence[Sentence], following: Sentence) -> bool:
        """Whether one more fits; what completes a paragraph may cost a rotating hashtag."""
        after = self._at(following.number + 1)
        completes = group[0].paragraph == following.paragraph and (
            after is None or after.paragraph != following.paragraph
        )
        return self._fit([*group, following], exactly=not completes)

    def _take(self, group: Sequence[Sentence]) -> Passage:
        self._taken.update(s.number for s in group)
        return Passage(tuple(group))
