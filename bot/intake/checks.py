"""Checks what a volunteer wrote against the campaign, the networks and all that was said.

A finding keeps a text from being taken and is told to the volunteer. A warning does not: it is
for the person who reviews the submission.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.compose import count
from bot.content import links
from bot.content.messages import Desk
from bot.content.writing import message_file
from bot.intake.earlier import Earlier
from bot.intake.findings import Finding, Length
from bot.intake.written import Written
from bot.jobs.drafting import Drafter
from bot.model import Account, Campaign, Catalog, Draft, Message, NetworkName
from bot.plan import accounts_for
from bot.plan.guards import not_for
from bot.reasons import Reason
from bot.text import mentions, personal, x_entities
from bot.yamlfile import yamlmap
from bot.yamlfile.problems import Problem

_LONG_TAG = 12
NETWORKS: Mapping[NetworkName, str] = {NetworkName.X: "X", NetworkName.MASTODON: "Mastodon"}


@dataclass(frozen=True, slots=True)
class Checked:
    """A text and what was found."""

    file: str
    """A submission's file; whole only where there are no findings."""
    message: Message | None
    findings: tuple[Finding, ...]
    warnings: tuple[str, ...] = ()
    lengths: tuple[Length, ...] = ()


@dataclass(frozen=True, slots=True)
class Checker:
    """Checks texts of one campaign."""

    desk: Desk
    catalog: Catalog
    drafter: Drafter
    earlier: Earlier
    now: datetime

    @property
    def campaign(self) -> Campaign:
        """The campaign that texts are checked against."""
        return self.catalog.campaigns[self.desk.ground.id]

    def check(self, written: Written, stem: str, picture: Path | None, kept: str) -> Checked:
        """Check a text.

        Args:
            written: the text.
            stem: what its submission would be named.
            picture: where its picture lies now, from the root; None if it has none.
            kept: where the picture will lie, from the root; "" if it has none.
        """
        body = with_spelling(written.body, self.campaign)
        head = self._head(written, kept)
        findings, foreign, spared = self._links(body, head, written)
        message, more = self._message(written, head, body, stem, picture, spared)
        told = tuple(
            str(f.reason.params["detail"]) for f in findings if "detail" in f.reason.params
        )
        more = [f for f in more if not str(f.reason.params.get("detail", "")).endswith(told)]
        findings += more
        if twin := self.earlier.same(body):
            findings.append(Finding(Reason.of("repeat", message=twin)))
        lengths: list[Length] = []
        warnings: list[str] = []
        if message is not None and body:
            more, lengths, warnings = self._drafts(message)
            findings += more
        warnings = [*self._looks(body, written, foreign), *warnings]
        return Checked(
            message_file(head, body),
            message,
            tuple(dict.fromkeys(findings)),
            tuple(dict.fromkeys(warnings)),
            tuple(lengths),
        )

    # --- the message it would be ---------------------------------------------------------

    def _head(self, written: Written, kept: str) -> dict[str, Any]:
        head: dict[str, Any] = {"approval": "required", **written.settings}
        if kept and written.on_card:
            head["card"] = {**head["card"], "image": kept}
        elif kept:
            head["image"] = kept
        if written.alt:
            head["alt"] = written.alt
        return head

    def _message(
        self,
        written: Written,
        head: Mapping[str, Any],
        body: str,
        stem: str,
        picture: Path | None,
        spared: list[str],
    ) -> tuple[Message | None, list[Finding]]:
        """Read it as the message that it would be; names and links are not told of here."""
        shown = dict(head)
        if picture is not None and written.on_card:  # it is not where it will be
            shown["card"] = {**head["card"], "image": picture.as_posix()}
        elif picture is not None:
            del shown["image"]
        if spared:
            shown["allow_links"] = spared
        text = message_file({**shown, "mentions": "allowed"}, body)
        if not body:
            return None, [Finding(Reason.of("text-missing"), written.body_line)]
        problems = self.desk.problems
        problems.clear()
        campaign = self.campaign.id
        path = f"content/{campaign}/waiting/{stem}.md"
        letter = self.desk.read(text.encode("utf-8"), path, f"{campaign}/{stem}")
        findings = [
            Finding(Reason.of("head-setting", detail=p.text), _place(p, text, written))
            for p in problems
            if p.severity == "error"
        ]
        if letter is None or findings:
            return None, findings
        message = letter.message
        if picture is not None and not written.on_card:
            message = replace(message, image=picture, wants_card=False)
        unknown = [name for name in message.accounts if name not in self.catalog.accounts]
        if unknown:
            line = written.places.get("accounts")
            return message, [Finding(Reason.of("account-unknown", name=unknown[0]), line)]
        return message, []

    # --- links ---------------------------------------------------------------------------

    def _links(
        self, body: str, head: Mapping[str, Any], written: Written
    ) -> tuple[list[Finding], list[str], list[str]]:
        """Refuse what hides where it leads.

        Returns what is refused, the hosts that a person has to allow, and all hosts that need
        no further word.
        """
        findings: list[Finding] = []
        foreign: dict[str, None] = {}
        spared: dict[str, None] = {}
        allowed = self.campaign.allowed_links
        for words, line in _texts(body, head, written):
            for address in links.in_text(words):
                at = line
                if words is body:
                    at = written.body_line + body.count("\n", 0, max(body.find(address), 0))
                try:
                    host = links.host_of(address)
                except ValueError as error:
                    findings.append(Finding(Reason.of("link-broken", detail=str(error)), at))
                    continue
                if home := links.imitated(host, allowed):
                    reason = Reason.of("link-imitates", link=address, home=home)
                    findings.append(Finding(reason, at))
                    spared[host] = None
                elif not links.is_among(host, allowed):
                    foreign[host] = spared[host] = None
        return findings, list(foreign), list(spared)

    # --- how it goes out -----------------------------------------------------------------

    def _drafts(self, message: Message) -> tuple[list[Finding], list[Length], list[str]]:
        """Make the posts it would be; a card that nobody asked for is the reviewer's to see."""
        if message.card is None:
            message = replace(message, wants_card=False)
        findings: list[Finding] = []
        lengths: list[Length] = []
        warnings: list[str] = []
        for account in self._accounts(message):
            limits = self.drafter.limits(account)
            for turn in range(1 + len(message.variants)):
                made = self.drafter(message, account, turn, self.now)
                if isinstance(made, Draft):
                    warnings += [f"on {account.name}: {warning}" for warning in made.warnings]
                    if not turn:
                        name = NETWORKS[account.network]
                        lengths.append(Length(name, account.name, made.length, made.limit))
                    continue
                text = (message.per_network.get(account.network, message.text), *message.variants)
                counted = count(text[turn], account, limits, message.content_warning or "")
                if counted.surplus > 0:
                    name = NETWORKS[account.network]
                    lengths.append(Length(name, account.name, counted.length, counted.limit))
                    findings.append(
                        Finding(
                            Reason.of(
                                "text-too-long",
                                n=counted.surplus,
                                network=name,
                                length=counted.length,
                                limit=counted.limit,
                            )
                        )
                    )
                elif made.reason.startswith("its picture: "):
                    detail = made.reason.removeprefix("its picture: ")
                    findings.append(Finding(Reason.of("picture-unusable", detail=detail)))
                else:
                    reason = Reason.of("text-cannot-go", account=account.name, detail=made.reason)
                    findings.append(Finding(reason))
        if not self._accounts(message):
            warnings.append("no account would take it: see its language and accounts")
        return findings, lengths, warnings

    def _accounts(self, message: Message) -> list[Account]:
        """The accounts that may say it; all that could, where no schedule uses its campaign."""
        if accounts := accounts_for(self.catalog, message):
            return accounts
        return [a for a in self.catalog.accounts.values() if not_for(message, a) is None]

    # --- what a person should look at ----------------------------------------------------

    def _looks(self, body: str, written: Written, foreign: list[str]) -> list[str]:
        warnings = [f"it links to {host}, which the campaign does not" for host in foreign]
        warnings += [f"it calls @{name}" for name in mentions(body)]
        if near := self.earlier.near(body):
            warnings.append(f"it says nearly the same as {near}")
        everything = f"{body}\n{written.alt}"
        warnings += dict.fromkeys(f"it holds {one.what}" for one in personal(everything))
        known = {tag.casefold() for tag in _tags(self.campaign)}
        for entity in x_entities(body):
            tag = entity.value
            plain = tag.islower() and len(tag) >= _LONG_TAG and tag.isascii()
            if entity.kind == "hashtag" and plain and tag not in known:
                warnings.append(f"#{tag}: capitals let screen readers read it (#LikeThis)")
        return warnings


def with_spelling(body: str, campaign: Campaign) -> str:
    """Spell the campaign's hashtags in a text as the campaign does."""
    known = {tag.casefold(): tag for tag in _tags(campaign)}
    for entity in sorted(x_entities(body), key=lambda e: e.start, reverse=True):
        own = known.get(entity.value.casefold())
        if entity.kind == "hashtag" and own and own != entity.value:
            body = f"{body[: entity.start]}#{own}{body[entity.end :]}"
    return body


def _tags(campaign: Campaign) -> tuple[str, ...]:
    return (*campaign.hashtags, *campaign.rotating_hashtags)


def _texts(body: str, head: Mapping[str, Any], written: Written) -> list[tuple[str, int | None]]:
    """All texts that may hold links, with the line of each."""
    found: list[tuple[str, int | None]] = [(body, None)]
    for key in ("link", "text", "variants", "thread"):
        value = head.get(key)
        several: list[Any] = list(value.values()) if isinstance(value, dict) else [value]
        if isinstance(value, list | tuple):
            several = list(value)
        found += [(str(words), written.places.get(key)) for words in several if words]
    return found


def _place(problem: Problem, text: str, written: Written) -> int | None:
    """Find in the volunteer's file what a problem of the submission's file is about."""
    head, _, _ = text.removeprefix("---\n").partition("\n---\n")
    lines = head.count("\n") + 3
    if problem.line > lines:
        return written.body_line + problem.line - lines - 1
    document = yamlmap.read(head, first_line=2)
    keys = [
        (place.key_line, str(loc[0])) for loc, place in document.places.items() if len(loc) == 1
    ]
    above = [name for line, name in sorted(keys) if line <= problem.line]
    return written.places.get(above[-1]) if above else None
