"""Accounts and schedules: what they become, and which settings contradict each other."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from bot.model import (
    Account,
    LinkPlace,
    Missed,
    NetworkName,
    Pick,
    Prices,
    Schedule,
    Visibility,
    WhenInDoubt,
)
from tests.content.repo import SCHEDULES, Repo

FULL = """\
timezone: America/New_York
near_repeat: 1w
fixed_late: 90m
samples: [1d, 15m, 15m]
prices: {post: 0.02, post_with_link: 0.25}
accounts:
  x-main:
    network: x
    server: http://127.0.0.1:8080/
    language: pt-br
    languages: [en, pt]
    limits: {posts_per_day: 6, monthly_cap_usd: 20.50, least_gap: 30m, characters: 25000}
    quiet_hours: 23:00 - 7:00
    links: card
    card_size: 1080x1350
    when_in_doubt: resend
  masto-en: {network: mastodon, server: https://mastodon.example/, visibility: unlisted}
schedules:
  one:
    campaign: water
    accounts: [x-main, masto-en, masto-en]
    days: weekdays
    times: [9:00, "17:30"]
    timezone: Asia/Tokyo
    pick: weighted
    late: 30m
    missed: space_out
    jitter: 10m
    languages: [es]
    actions: [petition]
    from: 2022-02-15
    until: 2022-02-25
  two:
    campaign: water
    accounts: masto-en
    cron: 0 9 * * mon-fri
    until: 2022-02-25 12:00
"""


def test_every_setting_arrives(repo: Repo) -> None:
    """Nothing that the comms team wrote is lost on the way into the model."""
    repo.schedules(FULL)
    loaded = repo.load()
    assert not loaded.errors, [str(p) for p in loaded.errors]
    catalog = loaded.catalog
    assert catalog.zone == ZoneInfo("America/New_York")
    assert catalog.near_repeat == timedelta(weeks=1)
    assert catalog.fixed_late == timedelta(minutes=90)
    assert catalog.sample_after == (timedelta(minutes=15), timedelta(days=1))
    assert catalog.prices == Prices(post=Decimal("0.02"), post_with_link=Decimal("0.25"))
    assert catalog.accounts == {
        "x-main": Account(
            name="x-main",
            network=NetworkName.X,
            server="http://127.0.0.1:8080",
            language="pt-BR",
            languages=("en", "pt"),
            posts_per_day=6,
            monthly_cap_usd=Decimal("20.50"),
            least_gap=timedelta(minutes=30),
            characters=25000,
            quiet_from=time(23),
            quiet_to=time(7),
            links=LinkPlace.CARD,
            card_size=(1080, 1350),
            when_in_doubt=WhenInDoubt.RESEND,
        ),
        "masto-en": Account(
            name="masto-en",
            network=NetworkName.MASTODON,
            server="https://mastodon.example",
            visibility=Visibility.UNLISTED,
        ),
    }
    tokyo = ZoneInfo("Asia/Tokyo")
    assert catalog.schedules == (
        Schedule(
            name="one",
            campaign="water",
            zone=tokyo,
            accounts=("x-main", "masto-en"),
            days=("mon", "tue", "wed", "thu", "fri"),
            times=(time(9), time(17, 30)),
            pick=Pick.WEIGHTED,
            late=timedelta(minutes=30),
            missed=Missed.SPACE_OUT,
            jitter=timedelta(minutes=10),
            languages=("es",),
            actions=("petition",),
            starts=datetime(2022, 2, 15, tzinfo=tokyo),
            ends=datetime(2022, 2, 26, tzinfo=tokyo),
        ),
        Schedule(
            name="two",
            campaign="water",
            zone=catalog.zone,
            accounts=("masto-en",),
            cron="0 9 * * mon-fri",
            ends=datetime(2022, 2, 25, 17, tzinfo=UTC),
        ),
    )


def test_the_defaults_are_the_models(repo: Repo) -> None:
    """What is not given is decided in one place only."""
    catalog = repo.load().catalog
    london = ZoneInfo("Europe/London")
    assert catalog.schedules[0] == Schedule(
        "morning", "water", london, ("x-main", "masto-en"), times=(time(9),)
    )
    assert catalog.near_repeat == timedelta(days=14)
    assert catalog.prices == Prices()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("https://mastodon.example", "", '9:14: account "masto-en": network: a Mastodon account'),
        ("https://mastodon", "http://mastodon", "10:13: account \"masto-en\": server: "),
        ("mastodon.example", "mastodon.example/@us", "10:13: account \"masto-en\": server: "),
        ("https://mastodon", "https://me:pw@mastodon",
         '10:13: account "masto-en": server: "https://…@mastodon.example" has a "@"'),
        ("https://mastodon.example", "mastodon.example", "10:13: account \"masto-en\": server: "),
        ("language: en", "visibility: public", '5:5: account "x-main": visibility: X knows no'),
        ("posts_per_day: 6", "posts_per_day: 0", '7:22: account "x-main": limits.posts_per_day: 0'),
        ("posts_per_day: 6", "characters: 30000", '7:19: account "x-main": limits.characters: X'),
        ("posts_per_day: 6", "monthly_cap_usd: $20", "7:24: account \"x-main\": limits.monthly"),
        ("posts_per_day: 6", "least_gap: 30", "7:18: account \"x-main\": limits.least_gap: "),
        ("language: en", "quiet_hours: 23-7", '5:18: account "x-main": quiet_hours: "23" is not'),
        ("language: en", "quiet_hours: 07:00-07:00", "5:18: account \"x-main\": quiet_hours: "),
        ("language: en", "language: english", '5:15: account "x-main": language: "english" is not'),
        ("  x-main:", "  X_main:", '3:3: account "X_main": the name "X_main" cannot be used'),
        ("  morning:", "  the morning:", '12:3: schedule "the morning": the name'),
    ],
)  # fmt: skip
def test_bad_accounts(repo: Repo, old: str, new: str, expected: str) -> None:
    """Each is told at its place, and the account is left out."""
    repo.change_schedules(old, new)
    loaded = repo.load()
    says = [str(p).removeprefix("schedules.yaml:") for p in loaded.errors]
    assert [line for line in says if line.startswith(expected)], says
    assert len(loaded.catalog.accounts) + len(loaded.catalog.schedules) == 2


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ("", '12:3: schedule "morning": it needs "times" (or "cron") to say when'),
        ('times: ["09:00"]\n    cron: 0 9 * * *', '15:5: schedule "morning": times: cannot stand'),
        ("cron: 0 9 * * *\n    days: daily", '16:5: schedule "morning": days: cannot stand'),
        ("cron: 0 9 * *", '15:11: schedule "morning": cron: "0 9 * *" is not a cron expression'),
        ("cron: 61 9 * * *", '15:11: schedule "morning": cron: "61 9 * * *" is not a cron'),
        ("cron: 0 9 31 2 *", '15:11: schedule "morning": cron: "0 9 31 2 *" never comes'),
        ("times: []", '12:3: schedule "morning": it needs "times"'),
        ("times: [9.30]", '15:13: schedule "morning": times: "9.30" is not a time; write HH:MM'),
        ("times: 9:00\n    days: []", '16:11: schedule "morning": days: is not a list of days'),
        ("times: 9:00\n    from: 2022-02-25\n    until: 2022-02-24",
         '17:12: schedule "morning": until: lies before "from"'),
        ("times: 9:00\n    timezone: Berlin", ('16:15: schedule "morning": timezone: "Berlin" is '
         'not a time zone - did you mean "Europe/Berlin"?')),
        ("times: 9:00\n    timezone: localtime", '16:15: schedule "morning": timezone: '),
        ("times: 9:00\n    timezone: ../../etc/passwd", '16:15: schedule "morning": timezone: '),
        ("times: 9:00\n    actions: [march, nope]", '16:22: schedule "morning": actions: there is'),
    ],
)  # fmt: skip
def test_bad_schedules(repo: Repo, new: str, expected: str) -> None:
    """Each is told at its place."""
    repo.change_schedules('times: ["09:00"]', new)
    says = [str(p).removeprefix("schedules.yaml:") for p in repo.load().errors]
    assert [line for line in says if line.startswith(expected)], says


def test_a_filter_never_widens_by_an_error(repo: Repo) -> None:
    """An empty list of actions means all: a filter whose only name is wrong leaves it out."""
    repo.change_schedules('times: ["09:00"]', "times: 9:00\n    actions: [nope]")
    assert not repo.load().catalog.schedules


def test_two_accounts_on_x_are_warned_about(repo: Repo) -> None:
    """What one says the other never will."""
    repo.schedules(
        SCHEDULES.replace("  masto-en:\n", "  x-two:\n    network: x\n  masto-en:\n").replace(
            "[x-main, masto-en]", "[x-main, x-two]"
        )
    )
    [problem] = repo.load().problems
    assert problem.severity == "warning"
    assert str(problem) == (
        'schedules.yaml:16:15: schedule "morning": accounts: the same message never goes to two '
        "X accounts: x-two gets only what x-main does not take"
    )


def test_names_that_yaml_would_bend_stay_names(repo: Repo) -> None:
    """An account called `no`, a schedule called `2022`: keys are words."""
    repo.schedules(
        "timezone: UTC\naccounts:\n  no: {network: x, language: no}\n"
        "schedules:\n  2022: {campaign: water, accounts: [no], times: [0:00]}\n"
    )
    catalog = repo.load().catalog
    assert catalog.accounts["no"].language == "no"
    assert catalog.schedules[0].name == "2022"
    assert catalog.schedules[0].times == (time(0),)


def test_quiet_days_are_read_and_kept(repo: Repo) -> None:
    """On a quiet day nothing is planned, and a fixed time on it is told by the check."""
    repo.schedules('quiet_days: [2022-02-25, "2026-12-24 - 2027-01-02"]\n' + SCHEDULES)
    days = repo.load().catalog.quiet_days
    assert [f"{first}..{last}" for first, last in days] == [
        "2022-02-25..2022-02-25", "2026-12-24..2027-01-02",
    ]  # fmt: skip
    repo.schedules('quiet_days: ["2027-01-02 - 2026-12-24"]\n' + SCHEDULES)
    assert "ends before it begins" in repo.errors()[0]
