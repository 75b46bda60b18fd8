"""A network behind another: what a wrapper does not do itself, the network within does."""

from __future__ import annotations

from datetime import timedelta

from bot.networks.base import Network


class Through:
    """The attributes of the network within; for wrappers that come between its calls."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self.name = network.name

    @property
    def resend_window(self) -> timedelta:
        """As the network within has it."""
        return self._network.resend_window

    @property
    def posts_read(self) -> int:
        """As the network within has it."""
        return self._network.posts_read

    @property
    def clock_ahead(self) -> timedelta | None:
        """As the network within has it."""
        return self._network.clock_ahead

    @property
    def tells_limits(self) -> bool:
        """As the network within does."""
        return self._network.tells_limits
