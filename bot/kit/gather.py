"""A wish -> the whole kit: texts, share addresses, pictures, letters and calendars by language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import regex

from bot.jobs.drafting import Drafter
from bot.kit.asks import ask
from bot.kit.choose import choose
from bot.kit.nouns import Ask, Card, Entry, Group, Kit, LeftOut, Page, Wish
from bot.kit.phrases import Speech, language_name, words
from bot.kit.ready import ready
from bot.kit.shares import offer
from bot.model import Action, ActionKind, Message, Refusal, in_language
from bot.plan.guards import speaks

_NOT_IN_NAMES = regex.compile(r"[^a-z0-9._-]+")


def gather(wish: Wish) -> Kit:
    """Put a kit together; draws the cards that are not there yet."""
    return _Maker(wish).kit()


@dataclass(slots=True)
class _Maker:
    wish: Wish
    pictures: dict[str, bytes] = field(default_factory=dict)
    calendars: dict[str, bytes] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    drafter: Drafter = field(init=False)

    def __post_init__(self) -> None:
        self.drafter = Drafter(self.wish.root, self.wish.catalog, {}, draw=True)

    def kit(self) -> Kit:
        """Make all of it."""
        choice = choose(self.wish)
        self.left_out += choice.left_out
        shown = [self._entry(message) for message in choice.messages]
        entries = [(message, entry) for message, entry in shown if entry is not None]
        languages = self._languages([message for message, _ in entries])
        pages: list[Page] = []
        for language in languages:
            mine = [(m, e) for m, e in entries if _page_of(self._spoken(m), languages) == language]
            page = self._page(language, mine, choice.actions, first=not pages)
            if page.asks or page.groups:
                pages.append(page)
        return Kit(
            self.wish.campaign,
            self.wish.now.astimezone(self.wish.campaign.zone),
            pages,
            self.pictures,
            self.calendars,
            self.left_out,
        )

    def _languages(self, messages: Sequence[Message]) -> list[str]:
        """Those that the campaign lists; where it lists none, those of its messages."""
        listed = self.wish.campaign.languages
        return list(listed or dict.fromkeys(map(self._spoken, messages)) or ("en",))

    def _spoken(self, message: Message) -> str:
        return message.language or self._first_language()

    def _first_language(self) -> str:
        return next(iter(self.wish.campaign.languages), "en")

    def _page(
        self,
        language: str,
        mine: Sequence[tuple[Message, Entry]],
        actions: Sequence[Action],
        *,
        first: bool,
    ) -> Page:
        speech = Speech(language, self.wish.campaign.zone)
        campaign = self.wish.campaign
        name = in_language(campaign.name, language) or campaign.brand.name
        asks = [self._ask(action, speech) for action in actions]
        return Page(
            language=language,
            file="index.html" if first else f"{language.lower()}.html",
            name=language_name(language),
            campaign=words(name, language),
            asks=[one for one in asks if one is not None],
            groups=_numbered(self._groups(mine, actions, speech)),
        )

    def _ask(self, action: Action, speech: Speech) -> Ask | None:
        if action.kind is ActionKind.SHARE:
            return None  # that is what the whole page is for
        made, calendar = ask(action, self.wish, speech)
        if calendar:
            self.calendars[made.calendar] = calendar
        return made

    def _groups(
        self, mine: Sequence[tuple[Message, Entry]], actions: Sequence[Action], speech: Speech
    ) -> Iterator[Group]:
        """Group texts by what they ask for, in the campaign's order."""
        for action in actions:
            title = in_language(action.title, speech.language)
            entries = [entry for message, entry in mine if message.action == action.id]
            if entries:
                yield Group(action.id, words(title or action.id, speech.language), entries)
        known = {action.id for action in actions}
        rest = [entry for message, entry in mine if message.action not in known]
        if rest:
            yield Group("other", words(speech.say("other"), speech.tag), rest)

    def _entry(self, message: Message) -> tuple[Message, Entry | None]:
        language = self._spoken(message)
        message = replace(message, language=language)
        speech, campaign = Speech(language, self.wish.campaign.zone), self.wish.campaign
        made = ready(message, self.drafter, self.wish)
        if isinstance(made, Refusal):
            self.left_out.append(LeftOut(message.id, made.reason))
            return message, None
        card, found = None, made.picture
        if found is not None:
            file = self._named(message, found.suffix)
            self.pictures[file] = found.content
            card = Card(file, found.width, found.height, words(found.alt, language))
        subject = in_language(campaign.name, language) or campaign.brand.name
        offered = offer(made.message, campaign, subject, speech)
        return message, Entry(
            number=0,
            words=words(offered.text, language),
            parts=offered.parts,
            shares=offered.shares,
            mastodon=offered.mastodon,
            missing=offered.missing,
            card=card,
            source=_source(message, speech),
            until=speech.until(made.until),
        )

    def _named(self, message: Message, suffix: str) -> str:
        """Name a picture after its message, as every file system takes it."""
        stem = _NOT_IN_NAMES.sub("-", message.id.split("/", 1)[-1].lower()).strip("-.")[:80]
        names = (f"cards/{stem or 'card'}{n}{suffix}" for n in ("", *range(2, 100_000)))
        return next(name for name in names if name not in self.pictures)


def _page_of(language: str, languages: Sequence[str]) -> str:
    """Find the page for a message's language: `pt-BR` is on the one for `pt`."""
    if language in languages:
        return language
    return next((page for page in languages if speaks(language, (page,))), languages[0])


def _numbered(groups: Iterator[Group]) -> list[Group]:
    """Number the texts of a page in the order in which they stand there."""
    numbered, last = [], 0
    for group in groups:
        entries = [replace(e, number=n) for n, e in enumerate(group.entries, start=last + 1)]
        last += len(entries)
        numbered.append(replace(group, entries=entries))
    return numbered


def _source(message: Message, speech: Speech) -> str:
    if not message.source:
        return ""
    if message.as_of is None:
        return speech.say("source", source=message.source)
    return speech.say("source_as_of", source=message.source, date=speech.date(message.as_of))
