"""Reads every setting as the daemon will, and tells all that cannot be used: for `bot check`."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable, Iterator

from bot.checking import setting_problem
from bot.content import Problem
from bot.settings import Settings, SettingsError


def check_settings(settings: Settings) -> Iterator[Problem]:
    """Tell of each setting that cannot be used; of the ledger's address its opening tells."""
    readers: tuple[Callable[[], object], ...] = (
        lambda: settings.lease,
        lambda: settings.digest_at,
        lambda: settings.heartbeat_url,
    )
    for read in readers:
        try:
            read()
        except SettingsError as error:
            yield setting_problem(settings, str(error))
    if settings.data.exists() and not settings.data.is_dir():
        yield setting_problem(
            settings, f"LOUDHAILER_DATA: {settings.data} is to be a folder, and is a file"
        )
    yield from (setting_problem(settings, text) for text in _alerts(settings))
    yield from (setting_problem(settings, text) for text in _metrics(settings))


def _alerts(settings: Settings) -> Iterable[str]:
    try:
        urls = settings.alert_urls
    except SettingsError as error:
        return [str(error)]
    if not urls:
        return []
    from bot.alerts.addresses import open_addresses  # Apprise takes its time to load

    return open_addresses(urls)[1]


def _metrics(settings: Settings) -> Iterator[str]:
    try:
        address = settings.metrics_address
    except SettingsError as error:
        yield str(error)
        return
    if address is None:
        return
    try:  # any free port: the daemon may be at work, and have its own
        family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        with socket.socket(family) as probe:
            probe.bind((address[0], 0))
    except (OSError, UnicodeError):
        yield f'METRICS_HOST is "{address[0]}", which is no address of this machine'
