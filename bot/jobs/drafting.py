"""Message + account -> draft: composes the text, and draws or measures its card.

Checking, planning, posting and the proof that people approve all go through `Drafter`, so
that they cannot differ.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from bot import cards
from bot.cards.typesetting.clean import settled
from bot.compose import Composed, compose
from bot.counting import why_not
from bot.jobs.figures import Figured, figured
from bot.model import (
    Account,
    CardKind,
    CardSpec,
    Catalog,
    Draft,
    Limits,
    Message,
    Picture,
    Refusal,
)
from bot.networks.base import DEFAULT_LIMITS
from bot.store import Store

log = logging.getLogger("bot")


class Drafter:
    """Makes drafts against the accounts' limits; remembers what it made.

    With `draw` the card's picture is on disk when the draft is returned; without it only its
    name is known, which is enough to check and to count.
    """

    def __init__(
        self, root: Path, catalog: Catalog, limits: Mapping[str, Limits], *, draw: bool
    ) -> None:
        self._root = root
        self._catalog = catalog
        self._limits = limits
        self._draw = draw
        self._made: dict[tuple[str, str, int, str], Draft | Refusal] = {}

    def __call__(
        self, message: Message, account: Account, turn: int, at: datetime
    ) -> Draft | Refusal:
        """Make the draft for the `turn`-th time (from 0) that `account` says `message`.

        `at` is the hour at which it is said: a petition's count may be too old by then.
        """
        key = (message.id, account.name, turn, self._uncounted(message, at))
        if key not in self._made:
            self._made[key] = self._make(message, account, turn, at)
        return self._made[key]

    def card(
        self, message: Message, account: Account, turn: int, at: datetime
    ) -> CardSpec | Refusal | None:
        """Find what the message's card would show; None where it goes without one."""
        made = self._figured(_spoken(message, account), account, turn, at)
        composed = made if isinstance(made, Refusal) else self._composed(made, account, turn)
        return composed if isinstance(composed, Refusal) else composed.card

    def limits(self, account: Account) -> Limits:
        """The limits in force: as read from the server, else the network's defaults."""
        return limits_of(account, self._limits.get(account.name))

    def _uncounted(self, message: Message, at: datetime) -> str:
        """Why the count of the message's action is not shown at `at`: all that `at` decides."""
        campaign = self._catalog.campaigns[message.campaign]
        action = campaign.actions.get(message.action or "")
        return why_not(action, campaign, at) if action is not None else ""

    def _make(self, message: Message, account: Account, turn: int, at: datetime) -> Draft | Refusal:
        made = self._figured(_spoken(message, account), account, turn, at)
        if isinstance(made, Refusal):
            return made
        message, limits = made.message, self.limits(account)
        composed = self._composed(made, account, turn)
        if isinstance(composed, Refusal):
            return composed
        warnings = [*composed.warnings, *made.warnings(composed.card)]
        try:
            picture = self._picture(message, composed, limits, warnings)
        except cards.CardError as error:
            return Refusal(f"its picture: {error}")
        except Exception as error:
            # One picture's fault, ours too, must not stop the posts of all accounts.
            log.exception("the picture of %s for %s", message.id, account.name)
            return Refusal(f"its picture: a fault of ours, {type(error).__name__}: {error}")
        return Draft(
            account=account.name,
            network=account.network,
            text=composed.text,
            language=message.language,
            length=composed.length,
            limit=composed.limit,
            picture=picture,
            content_warning=composed.content_warning,
            visibility=message.visibility or account.visibility,
            poll=message.poll,
            thread=composed.thread,
            thread_lengths=composed.thread_lengths,
            link=composed.link,
            hashtags=composed.hashtags,
            cost_usd=composed.cost_usd,
            warnings=tuple(warnings),
            count_until=made.count_until(composed.card),
        )

    def _figured(
        self, message: Message, account: Account, turn: int, at: datetime
    ) -> Figured | Refusal:
        campaign = self._catalog.campaigns[message.campaign]
        return figured(message, campaign, account.network, turn, at)

    def _composed(self, made: Figured, account: Account, turn: int) -> Composed | Refusal:
        limits, prices = self.limits(account), self._catalog.prices
        return compose(made.message, account, made.campaign, limits, prices, turn)

    def _picture(
        self, message: Message, composed: Composed, limits: Limits, warnings: list[str]
    ) -> Picture | None:
        if message.image is not None:
            path = cards.supplied(
                message.image,
                self._root,
                max_pixels=limits.media_pixels,
                max_bytes=limits.media_bytes,
            )
            return self._described(path, message.alt or "", limits)
        spec = composed.card
        if spec is None:
            return None
        try:
            path = cards.CARDS / cards.card_name(spec, self._root)
            if self._draw:
                cards.render(spec, self._root)
        except cards.CardError as error:
            if message.card is not None:
                raise
            # Nobody asked for this card: the words go out without it rather than not at all.
            warnings.append(f"goes without a card: {error}")
            return None
        return self._described(path, _card_alt(message, spec, limits), limits)

    def _described(self, path: Path, alt: str, limits: Limits) -> Picture:
        if not settled(alt):
            raise cards.CardError("it has no alt text: say in `alt:` what the picture shows")
        if len(alt) > limits.alt_characters:
            raise cards.CardError(
                f"its alt text has {len(alt)} characters of {limits.alt_characters}"
            )
        file = self._root / path
        digest = sha256(file.read_bytes()).hexdigest() if self._draw else ""
        return Picture(path, _MEDIA_TYPES[path.suffix], alt, digest)


def _spoken(message: Message, account: Account) -> Message:
    """The message in a language: its own, else that of the account."""
    return message if message.language else replace(message, language=account.language)


def _card_alt(message: Message, spec: CardSpec, limits: Limits) -> str:
    """The author's words for a card, else its own; a photo's description goes before those."""
    shows = message.alt or ""
    if spec.kind is not CardKind.PHOTO:
        return shows or cards.alt_text(spec, limits.alt_characters)
    if not shows or len(shows) > limits.alt_characters:
        return shows
    return cards.alt_text(spec, limits.alt_characters, shows)


def changed_since(picture: Picture, content: bytes) -> str | None:
    """Say that a picture is not the one that was planned; None when it is."""
    if not picture.digest or sha256(content).hexdigest() == picture.digest:
        return None
    return "it has changed since it was planned"


def known_limits(store: Store, catalog: Catalog) -> dict[str, Limits]:
    """The limits that servers gave, by account."""
    known = {name: store.limits(name) for name in catalog.accounts}
    return {name: cached[0] for name, cached in known.items() if cached is not None}


def limits_of(account: Account, read: Limits | None) -> Limits:
    """Put the account's own settings over the limits of its server."""
    limits = read or DEFAULT_LIMITS[account.network]
    if account.characters is None:
        return limits
    return replace(limits, characters=account.characters)


_MEDIA_TYPES = {".png": "image/png", ".jpg": "image/jpeg"}
