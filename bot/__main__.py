"""The `bot` command."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; a user's mistake ends in one line, never in a traceback."""
    from bot.cli import run

    sys.exit(run())


if __name__ == "__main__":
    main()
