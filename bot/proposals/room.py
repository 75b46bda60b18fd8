"""Whether words have room on the networks, with the link and hashtags that will be added."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.compose import Composed, compose
from bot.model import Account, Campaign, Limits, Message, NetworkName, Prices, Refusal
from bot.proposals.proposal import PROPOSAL, Proposal

_HOPELESS = 4
"""A text so many times as long as the limit is not counted: even links make up for no more."""


@dataclass(slots=True)
class Room:
    """A campaign's room: its hashtags, and each network's limits."""

    campaign: Campaign
    limits: Mapping[NetworkName, Limits]
    _longest: int = field(init=False)
    """The turn at which the rotating hashtags take most room."""

    def __post_init__(self) -> None:
        """Find that turn, so that each text is composed but once."""
        bare = Message(id=PROPOSAL, campaign=self.campaign.id, path="", text="x", language="")
        turns = range(max(1, len(self.campaign.rotating_hashtags)))
        self._longest = max(
            turns, key=lambda turn: self._length_at(bare, NetworkName.MASTODON, turn)
        )

    def message(self, proposal: Proposal) -> Message:
        """Give the message that a proposal would be, to be counted."""
        action = self.campaign.actions.get(proposal.action) if proposal.action else None
        return Message(
            id=PROPOSAL,
            campaign=self.campaign.id,
            path="",
            text=proposal.text,
            language=proposal.language,
            action=proposal.action,
            link=proposal.link or (action.link if action else None),
            networks=proposal.networks,
            wants_card=False,
        )

    def _length_at(self, message: Message, network: NetworkName, turn: int) -> int:
        made = self._compose(message, network, turn)
        return made.length if isinstance(made, Composed) else 0

    def _compose(self, message: Message, network: NetworkName, turn: int) -> Composed | Refusal:
        account = Account(str(network), network)
        limits = self.limits[network]
        return compose(message, account, self.campaign, limits, Prices(), turn)

    def lacks(self, message: Message, network: NetworkName, *, exactly: bool = False) -> bool:
        """Tell whether text, link and the campaign's hashtags have no room together.

        `exactly` wants room for the rotating hashtags, too.
        """
        if len(message.text) > _HOPELESS * self.limits[network].characters:
            return True
        made = self._compose(message, network, self._longest)
        if isinstance(made, Refusal) or (exactly and made.warnings):
            return True
        always = {tag.casefold() for tag in self.campaign.hashtags}
        if not always <= {tag.casefold() for tag in made.hashtags}:
            return True
        return bool(message.link) and str(message.link) not in made.text

    def length(self, message: Message, network: NetworkName) -> int:
        """Count the longest that a message becomes on a network; 0 if it is refused."""
        return self._length_at(message, network, self._longest)
