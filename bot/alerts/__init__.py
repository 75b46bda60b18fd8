"""Tells the operator what needs a person, beside the posting and never in its way.

looking      how things stand: the ledger, the files, the daemon's pulse
bot.telling  decides what of that is to be told
addresses    sends it, through Apprise, within a time
teller       does all this again and again, and remembers what was told
heartbeat    pings an address while all is well, so that silence is noticed
service      the threads of a daemon
"""

from __future__ import annotations

from bot.alerts.addresses import Addresses, open_addresses
from bot.alerts.looking import Looker
from bot.alerts.service import speaker, telling
from bot.alerts.teller import Teller

__all__ = ["Addresses", "Looker", "Teller", "open_addresses", "speaker", "telling"]
