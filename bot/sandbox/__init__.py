"""Loopback X and Mastodon servers with a timeline page: rehearsals and tests post here.

Nothing leaves the machine. Only faces (the command line, the daemon) and tests use it; they
point the real clients, tweepy and Mastodon.py, at its addresses.
"""

from bot.sandbox.faults import Fault, Faults
from bot.sandbox.flavours import FLAVOURS, Flavour
from bot.sandbox.records import (
    Charge,
    NetworkKey,
    SandboxAccount,
    SandboxMedia,
    SandboxPoll,
    SandboxPost,
)
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.serving import PortTakenError

__all__ = [
    "FLAVOURS",
    "Charge",
    "Fault",
    "Faults",
    "Flavour",
    "NetworkKey",
    "PortTakenError",
    "Sandbox",
    "SandboxAccount",
    "SandboxMedia",
    "SandboxPoll",
    "SandboxPost",
]
