"""The sandbox as a program, in real time, until Ctrl-C or SIGTERM.

Run it like this:

    python -m bot.sandbox --database sandbox.db --x-account x-main --mastodon-account masto-en
"""

from __future__ import annotations

import argparse
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.process import stop_on_signals
from bot.sandbox import FLAVOURS, PortTakenError, Sandbox


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise argparse.ArgumentTypeError(f"{name!r} is no time zone; try Europe/London") from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot.sandbox",
        description="Loopback X and Mastodon servers with a timeline page. Nothing leaves the"
        " machine; all counts are simulated.",
    )
    parser.add_argument("--database", type=Path, required=True, help="SQLite file to keep posts in")
    for name in ("x", "mastodon", "page"):
        parser.add_argument(f"--{name}-port", type=int, default=0, help="0 picks a free one")
    for name in ("x", "mastodon"):
        parser.add_argument(
            f"--{name}-account",
            action="append",
            default=[],
            metavar="NAME",
            help="may be given several times",
        )
    parser.add_argument("--flavour", choices=sorted(FLAVOURS), default="mastodon-4.5")
    parser.add_argument("--x-dialect", choices=("2.166", "2.167"), default="2.166")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--timezone", type=_zone, default="UTC", help="of the page; default UTC")
    parser.add_argument("--no-rate-limits", action="store_true")
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run until told to stop; 1 where a port is taken."""
    asked = _parser().parse_args(arguments)
    stop = threading.Event()
    stop_on_signals(stop)
    try:
        sandbox = Sandbox(
            asked.database,
            clock=lambda: datetime.now(UTC),
            x_port=asked.x_port,
            mastodon_port=asked.mastodon_port,
            page_port=asked.page_port,
            seed=asked.seed,
            flavour=asked.flavour,
            x_dialect=asked.x_dialect,
            rate_limits=not asked.no_rate_limits,
            zone=asked.timezone,
        )
    except PortTakenError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    with sandbox:
        _introduce(sandbox, asked.x_account, asked.mastodon_account)
        stop.wait()
    return 0


def _introduce(sandbox: Sandbox, x_accounts: list[str], mastodon_accounts: list[str]) -> None:
    """Print addresses and made-up credentials, as lines for an .env file."""
    lines = [
        f"# page      {sandbox.page_url}",
        f"# X         {sandbox.x_url}",
        f"# Mastodon  {sandbox.mastodon_url}",
    ]
    for name in x_accounts:
        sandbox.add_account("x", name)
        prefix = name.upper().replace("-", "_")
        lines += [f"{prefix}_{key}={value}" for key, value in sandbox.x_credentials(name).items()]
    for name in mastodon_accounts:
        sandbox.add_account("mastodon", name)
        prefix = name.upper().replace("-", "_")
        lines.append(f"{prefix}_ACCESS_TOKEN={sandbox.mastodon_token(name)}")
    sys.stdout.write("\n".join([*lines, ""]))
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
