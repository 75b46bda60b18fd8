"""From a stranger's page to submissions: reads the file, proposes, and puts what is proposed down.

bytes ─ documents.read ─▶ document ─ proposals.propose ─▶ proposals
    ─ waiting.put ─▶ waiting/*.md, and a line each in the audit log
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from bot.content import links, load
from bot.content.returned import returned_texts
from bot.content.waiting import put, slug
from bot.content.writing import message_file
from bot.documents import read
from bot.model import Campaign, Catalog, Deed, Message
from bot.networks.base import DEFAULT_LIMITS
from bot.proposals.proposal import Proposal, ProposalKind
from bot.proposals.propose import Proposed, propose
from bot.store import NewEntry, Store
from bot.yamlfile.problems import ContentError, printable, quoted, suggestion

_STEM_WORDS = 5


@dataclass(frozen=True, slots=True)
class DrawnUp:
    """What came of a file, before or after it was written down."""

    name: str
    """The file's name, safe to be shown and written."""
    campaign: Campaign
    language: str
    proposed: Proposed


def draw_up(
    root: Path, raw: bytes, name: str, *, campaign: str | None, language: str | None, today: date
) -> DrawnUp:
    """Propose messages from a file's bytes; writes nothing.

    Args:
        root: the folder with content/.
        raw: the file.
        name: its name, for the reviewer.
        campaign: for which campaign; None where there is only one.
        language: the document's; None for the campaign's first.
        today: for dates without a year.

    Raises:
        ContentError: no such campaign, several of them, or a language that it does not have.
        DocumentError: the file cannot be read.
    """
    document = read(raw, name)
    loaded = load(root, waiting=True)
    for_campaign = _campaign(loaded.catalog, campaign)
    in_language = _language(for_campaign, language)

    def link_problem(address: str) -> str | None:
        try:
            return links.not_allowed(address, for_campaign.allowed_links)
        except ValueError as error:
            return str(error)

    def text_problem(text: str) -> str | None:
        found = (links.refusal(a, for_campaign.allowed_links) for a in links.in_text(text))
        return next(filter(None, found), None)

    proposed = propose(
        document,
        for_campaign,
        in_language,
        limits=DEFAULT_LIMITS,
        said={
            **_said(for_campaign.id, loaded.catalog.messages, loaded.waiting),
            **dict(returned_texts(root, for_campaign.id)),
        },
        today=today,
        link_problem=link_problem,
        text_problem=text_problem,
        day_in_words=lambda day: in_words(day, in_language),
    )
    return DrawnUp(printable(Path(name).name)[:120], for_campaign, in_language, proposed)


def put_down(root: Path, drawn: DrawnUp, store: Store, by: str, now: datetime) -> list[Path]:
    """Write each proposal as a submission, and into the audit log who drew it from what.

    Returns:
        The files, relative to `root`, in order. What was written stays where a later one fails.

    Raises:
        ContentError: the folder cannot be written.
    """
    campaign = drawn.campaign.id
    written = []
    for proposal in drawn.proposed.proposals:
        text = message_file(proposal.head(), proposal.text, proposal.comments(drawn.name))
        path = put(root, campaign, stem(proposal), text)
        detail = {"file": drawn.name, "line": str(proposal.place)}
        entry = NewEntry(by, Deed.DRAFTED, f"{campaign}/{path.stem}", detail=detail)
        store.write_audit([entry], now)
        written.append(path)
    return written


def stem(proposal: Proposal) -> str:
    """Name a proposal's file: language, what it is for, its first words."""
    what = "quote" if proposal.kind is ProposalKind.QUOTATION else proposal.action
    first = " ".join(proposal.text.split()[:_STEM_WORDS])
    return slug(f"{what or proposal.kind} {first}", proposal.language)


def in_words(day: date, language: str) -> str:
    """Write a day in a language: `15 February 2022`, `15. Februar 2022`."""
    try:
        tag = Locale.parse(language, sep="-") if language != "en" else Locale("en", "GB")
        return format_date(day, "long", locale=tag)
    except (UnknownLocaleError, ValueError):
        return day.isoformat()


def _said(
    campaign: str, messages: Mapping[str, Message], waiting: Mapping[str, Message]
) -> dict[str, str]:
    """The texts that the campaign has already, by where they are."""
    said: dict[str, str] = {}
    for where, there in (("messages", messages), ("waiting", waiting)):
        for message in there.values():
            if message.campaign == campaign:
                own = (message.text, *message.variants, *message.per_network.values())
                said |= {f"{where} {message.id} {n}": text for n, text in enumerate(own) if text}
    return said


def _campaign(catalog: Catalog, name: str | None) -> Campaign:
    if name is not None and name in catalog.campaigns:
        return catalog.campaigns[name]
    known = ", ".join(catalog.campaigns)
    if name is not None:
        hint = suggestion(name, catalog.campaigns) or (f"; there is {known}" if known else "")
        raise ContentError(f"there is no campaign {quoted(name)} that can be used{hint}")
    if len(catalog.campaigns) == 1:
        return next(iter(catalog.campaigns.values()))
    if not catalog.campaigns:
        raise ContentError("there is no campaign yet: make one with bot new-campaign NAME")
    raise ContentError(f"which campaign is it for? Name it with --campaign: {known}")


def _language(campaign: Campaign, language: str | None) -> str:
    if language is None:
        return campaign.languages[0] if campaign.languages else "en"
    bases = {tag.split("-")[0].lower() for tag in campaign.languages}
    if language.split("-")[0].lower() not in bases:
        raise ContentError(
            f"{quoted(language)} is not a language of {campaign.id}: "
            f"it has {', '.join(campaign.languages)}"
        )
    return language
