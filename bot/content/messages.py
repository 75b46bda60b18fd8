"""messages/*.md: one file, one thing to say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.content import attachments, figures, frontmatter, links, values
from bot.content.campaigns import Ground
from bot.content.moments import bound, moment
from bot.content.references import missing, refer
from bot.content.schedules import Timetable
from bot.content.shapes import MessageHead
from bot.model import Action, Message, NetworkName
from bot.text import TextError, clean, decode, mentions
from bot.yamlfile import yamlmap
from bot.yamlfile.near import settings
from bot.yamlfile.problems import Problem, quoted
from bot.yamlfile.sheet import Sheet
from bot.yamlfile.yamlmap import Loc

SETTINGS = frozenset(settings(MessageHead))
"""The names of all settings that a message can have."""
_NO_HEAD = MessageHead()


@dataclass(frozen=True, slots=True)
class Letter:
    """A message as it was read, with what later checks need to point into its file."""

    message: Message
    sheet: Sheet
    sound: bool
    """False where an error was found: the message does not go out."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What messages are read against."""

    root: Path
    """Resolved."""
    table: Timetable
    ground: Ground
    problems: list[Problem]

    def read(self, raw: bytes, path: str, message_id: str) -> Letter | None:
        """Read a message's file; None where there is nothing to check any further."""
        try:
            text = decode(raw).replace("\r\n", "\n").replace("\r", "\n")
            parts = frontmatter.split(text, SETTINGS)
        except TextError as error:
            problem = Problem(path, error.line or 1, error.column or 1, values.reason(error))
            self.problems.append(problem)
            return None
        except frontmatter.BadHead as error:
            self.problems.append(Problem(path, error.line, 1, str(error)))
            return None
        if parts.head is None:
            document = yamlmap.Document(value={}, places={(): yamlmap.Place(1, 1, 1, 1)})
            sheet, head = Sheet(path, document, self.problems), _NO_HEAD
            if name := frontmatter.looks_like_setting(parts.body, SETTINGS):
                text = f'"{name}:" is text here; settings stand between two lines "---"'
                sheet.warning_at(1, 1, text)
        else:
            document = yamlmap.read(parts.head, first_line=2)
            if document.value is None:
                document.value = {}
            sheet = Sheet(path, document, self.problems)
            if (shape := sheet.shape(MessageHead)) is None:
                return None
            head = shape
        return _Reader(self, sheet, head, parts).letter(message_id)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Checks one message's settings together, and with the campaign's and the accounts'."""

    desk: Desk
    sheet: Sheet
    head: MessageHead
    parts: frontmatter.Parts

    def letter(self, message_id: str) -> Letter:
        head, sheet, ground = self.head, self.sheet, self.desk.ground
        body = self._body()
        action = self._action()
        accounts = self._accounts()
        self._check_text(body, accounts)
        self._check_links(body)
        self._check_mentions(body)
        self._check_figures(body, action)
        image, alt = attachments.picture(sheet, head, self.desk.root)
        card = attachments.card(sheet, head, self.desk.root)
        not_before, true_until = self._span(action)
        given: dict[str, Any] = {
            key: value
            for key in (
                "hashtags", "without_hashtags", "content_warning", "visibility", "networks",
                "variants", "source", "as_of", "thread", "weight",
            )
            if (value := getattr(head, key)) is not None
        }  # fmt: skip
        message = Message(
            id=message_id,
            campaign=ground.id,
            path=sheet.path,
            text=body,
            language=self._language(),
            action=head.action,
            link=head.link or (action.link if action else None),
            card=card,
            wants_card=attachments.wants_card(head),
            image=image,
            alt=alt,
            accounts=accounts,
            per_network=head.text or {},
            at=self._at(not_before, true_until),
            not_before=not_before,
            true_until=true_until,
            poll=attachments.poll(sheet, head),
            line=self._text_line(),
            picture_place=self._picture_place(),
            needs_approval=head.approval is not None,
            **given,
        )
        return Letter(message, sheet, sound=not sheet.failed())

    def _picture_place(self) -> tuple[int, int]:
        if not (self.head.image or self.head.card):
            return self._text_line(), 1
        return self._place(("image" if self.head.image else "card",))

    # --- words ---------------------------------------------------------------------------

    def _body(self) -> str:
        try:
            return clean(self.parts.body).strip(" \t\n")
        except TextError as error:
            line = self.parts.body_line - 1 + (error.line or 1)
            self.sheet.error_at(line, error.column or 1, values.reason(error))
            return ""

    def _check_text(self, body: str, accounts: tuple[str, ...]) -> None:
        if body or self.sheet.broken_at() or self.sheet.failed("text"):
            return
        own = self.head.text or {}
        networks = set(self.head.networks or NetworkName)
        known = self.desk.table.accounts
        if accounts:
            networks &= {known[name].network for name in accounts if name in known}
        if lacking := [str(network) for network in NetworkName if network in networks - own.keys()]:
            where = f" for {' and '.join(lacking)}" if own else ""
            line = max(self.parts.body_line - 1, 1)
            self.sheet.error_at(line, 1, f"there is no text{where}; write it below the settings")

    def _check_links(self, body: str) -> None:
        head, sheet, ground = self.head, self.sheet, self.desk.ground
        if ground.campaign is None:
            return
        allowed = (*ground.campaign.allowed_links, *(head.allow_links or ()))
        if head.link and (reason := links.not_allowed(head.link, allowed)):
            sheet.error(("link",), reason)
        for address in links.in_text(body):
            if reason := links.refusal(address, allowed):
                sheet.error_at(*self._find(address), reason)
        for loc, words in self._other_texts():
            for address in links.in_text(words):
                if reason := links.refusal(address, allowed):
                    sheet.error(loc, reason)

    def _check_mentions(self, body: str) -> None:
        """A name that is mentioned is somebody who is called: only where a person says so."""
        if self.head.mentions is not None:
            return
        for place, words in [((), body), *self._other_texts()]:
            for name in mentions(words):
                text = f'calls {quoted("@" + name)}; if it may, write "mentions: allowed"'
                if self.head.approval is None:
                    # The team's own words: they were meant, but seldom is it thought of.
                    line, column = self._find(f"@{name}") if not place else self._place(place)
                    self.sheet.warning_at(line, column, text)
                elif place:
                    self.sheet.error(place, text)
                else:
                    self.sheet.error_at(*self._find(f"@{name}"), text)

    def _check_figures(self, body: str, action: Action | None) -> None:
        """Placeholders in all words of the message; those of the body have a place of their own."""
        known = self.head.action is None or action is not None
        for found in figures.problems(body, action) if known else ():
            line, column = self._find(found.written)
            if found.severity == "error":
                self.sheet.error_at(line, column, found.text)
            else:
                self.sheet.warning_at(line, column, found.text)
        figures.check_head(self.sheet, self.head, action, known=known)

    def _place(self, loc: Loc) -> tuple[int, int]:
        line, column, _, _ = self.sheet.document.place(loc)
        return line, column

    def _other_texts(self) -> Iterator[tuple[Loc, str]]:
        head = self.head
        for network, words in (head.text or {}).items():
            yield ("text", str(network)), words
        for key in ("variants", "thread"):
            for index, words in enumerate(getattr(head, key) or ()):
                yield (key, index), words

    def _text_line(self) -> int:
        """Find the line that the text begins in."""
        body = self.parts.body
        blank = len(body) - len(body.lstrip())
        return self.parts.body_line + body.count("\n", 0, blank)

    def _find(self, words: str) -> tuple[int, int]:
        """Find the line and column of some words of the body."""
        at = max(self.parts.body.find(words), 0)
        before = self.parts.body[:at]
        return self.parts.body_line + before.count("\n"), at - before.rfind("\n")

    # --- what it refers to ---------------------------------------------------------------

    def _language(self) -> str:
        ground, language = self.desk.ground, self.head.language
        if language is None:
            return ground.languages[0] if ground.languages else ""
        if not ground.has_language(language):
            self.sheet.error(("language",), ground.no_language(language))
        return language

    def _action(self) -> Action | None:
        name, ground = self.head.action, self.desk.ground
        if name is None or ground.campaign is None:
            return None
        if name in ground.campaign.actions:
            return ground.campaign.actions[name]
        text = missing(name, "action", tuple(ground.declared_actions))
        if place := ground.declared_actions.get(name):
            text = f"{text} ({place})"
        self.sheet.error(("action",), text)
        return None

    def _accounts(self) -> tuple[str, ...]:
        names, table = self.head.accounts or (), self.desk.table
        if table.shape is None:
            return names
        # One that is left out stays named: the message goes out there once that is mended.
        return refer(self.sheet, ("accounts",), names, "account", table.declared, table.declared)

    # --- times ---------------------------------------------------------------------------

    def _span(self, action: Action | None) -> tuple[datetime | None, datetime | None]:
        """When the message is true: its own bounds and its action's, the tighter of each."""
        zone = self.desk.ground.zone
        sheet, head = self.sheet, self.head
        own_start = bound(sheet, ("not_before",), head.not_before, zone)
        own_end = bound(sheet, ("true_until",), head.true_until, zone, to_end=True)
        starts = [m for m in (own_start, action and action.not_before) if m]
        ends = [m for m in (own_end, action and action.true_until) if m]
        start, end = max(starts, default=None), min(ends, default=None)
        if own_start and own_end and own_end <= own_start:
            sheet.error(("true_until",), 'lies before "not_before"')
        elif start and end and end <= start:
            key = "not_before" if own_start else "true_until"
            text = f"with the bounds of its action {quoted(str(head.action))} it is never true"
            sheet.error((key,), text)
        return start, end

    def _at(self, start: datetime | None, end: datetime | None) -> datetime | None:
        when = self.head.at
        if when is None:
            return None
        if when.clock is None:
            example = f"{when.day} 10:00"
            self.sheet.error(("at",), f"needs a time as well, like {example}")
            return None
        at = moment(self.sheet, ("at",), when, self.desk.ground.zone)
        if (start and at < start) or (end and at >= end):
            text = "lies outside the time in which the message is true, so it never goes out"
            self.sheet.warning(("at",), text)
        return at
