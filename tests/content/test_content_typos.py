"""A slip in any file is told with its exact place and a suggestion; the rest goes on."""

from __future__ import annotations

import pytest

from bot.content import Problem
from tests.content.repo import SCHEDULES, Repo


def test_the_sound_repository_is_sound(repo: Repo) -> None:
    """What the other tests change is right before: else they would prove nothing."""
    loaded = repo.load()
    assert loaded.problems == ()
    assert list(loaded.catalog.messages) == ["water/first", "water/second"]


def test_a_problem_reads_as_editors_and_compilers_write_it() -> None:
    """`path:line:column: text` is what editors jump to."""
    assert str(Problem("a/b.yaml", 3, 7, "oh no")) == "a/b.yaml:3:7: oh no"


def test_misspelt_setting_of_an_account(repo: Repo) -> None:
    """The account is left out; the schedule goes on with the other one."""
    repo.change_schedules("network: x\n", "netwrok: x\n")
    loaded = repo.load()
    assert [str(p) for p in loaded.problems] == [
        'schedules.yaml:3:3: account "x-main": "network" is missing',
        'schedules.yaml:4:5: account "x-main": unknown setting "netwrok" - did you mean "network"?',
        (
            'schedules.yaml:14:16: schedule "morning": accounts: '
            'account "x-main" has errors of its own and is left out'
        ),
    ]
    assert list(loaded.catalog.accounts) == ["masto-en"]
    assert loaded.catalog.schedules[0].accounts == ("masto-en",)
    assert len(loaded.catalog.messages) == 2


def test_misspelt_setting_inside_an_account(repo: Repo) -> None:
    """Groups within groups have their places, too."""
    repo.change_schedules("posts_per_day: 6", "posts_per_dy: 6")
    assert repo.errors()[0] == (
        'schedules.yaml:7:7: account "x-main": limits: unknown setting "posts_per_dy"'
        ' - did you mean "posts_per_day"?'
    )


def test_a_setting_one_level_too_high(repo: Repo) -> None:
    """A setting that exists, but elsewhere, is told where it belongs."""
    repo.change_schedules("    language: en\n", "    least_gap: 30m\n")
    assert repo.errors()[0] == (
        'schedules.yaml:5:5: account "x-main": unknown setting "least_gap"; '
        'it belongs under "limits:"'
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "times:",
            "tmies:",
            '15:5: schedule "morning": unknown setting "tmies" - did you mean "times"?',
        ),
        (
            '["09:00"]',
            '["25:00"]',
            (
                '15:13: schedule "morning": times: "25:00" is not a time; '
                "write HH:MM, from 00:00 to 23:59"
            ),
        ),
        (
            "campaign: water",
            "campaign: watr",
            (
                '13:15: schedule "morning": campaign: '
                'there is no campaign "watr" in content/ - did you mean "water"?'
            ),
        ),
        (
            "masto-en]",
            "masto-em]",
            (
                '14:24: schedule "morning": accounts: '
                'there is no account "masto-em" - did you mean "masto-en"?'
            ),
        ),
        (
            '["09:00"]',
            '["09:00"]\n    pick: rotat',
            ('16:11: schedule "morning": pick: "rotat" is not known here - did you mean "rotate"?'),
        ),
        (
            '["09:00"]',
            '["09:00"]\n    days: [monday]',
            ('16:11: schedule "morning": days: "monday" is not a day - did you mean "mon"?'),
        ),
        (
            '["09:00"]',
            '["09:00"]\n    actions: [petiton]',
            (
                '16:15: schedule "morning": actions: '
                'there is no action "petiton" - did you mean "petition"?'
            ),
        ),
        (
            '["09:00"]',
            '["09:00"]\n    languages: [ess]',
            (
                '16:17: schedule "morning": languages: '
                '"ess" is not a language of water - did you mean "es"?'
            ),
        ),
        (
            '["09:00"]',
            '["09:00"]\n    timezone: Europe/Lodnon',
            (
                '16:15: schedule "morning": '
                'timezone: "Europe/Lodnon" is not a time zone - did you mean "Europe/London"?'
            ),
        ),
        (
            '["09:00"]',
            '["09:00"]\n    late: 2hours',
            (
                '16:11: schedule "morning": late: "2hours" is '
                "not a length of time; write 90s, 15m, 2h, 1d or 1w "
                "(seconds, minutes, hours, days, weeks)"
            ),
        ),
    ],
)
def test_slips_in_a_schedule(repo: Repo, old: str, new: str, expected: str) -> None:
    """Each kind of slip in a schedule has its place and what was meant; messages stay."""
    repo.change_schedules(old, new)
    loaded = repo.load()
    assert f"schedules.yaml:{expected}" in [str(p) for p in loaded.errors]
    assert len(loaded.catalog.accounts) == 2
    assert len(loaded.catalog.messages) == 2


def test_a_schedule_with_an_error_is_left_out_and_others_stay(repo: Repo) -> None:
    """One bad schedule does not stop the good one."""
    repo.schedules(
        SCHEDULES
        + "  evening:\n    campaign: water\n    accounts: [masto-en]\n    times: [18.00]\n"
    )
    loaded = repo.load()
    assert [s.name for s in loaded.catalog.schedules] == ["morning"]
    assert [p.line for p in loaded.errors] == [19]


def test_misspelt_setting_for_all(repo: Repo) -> None:
    """A slip outside accounts and schedules leaves those alone."""
    repo.schedules("near_repeats: 14d\n" + (repo.root / "schedules.yaml").read_text())
    loaded = repo.load()
    assert [str(p) for p in loaded.problems] == [
        'schedules.yaml:1:1: unknown setting "near_repeats" - did you mean "near_repeat"?'
    ]
    assert loaded.catalog.schedules


@pytest.mark.parametrize("zone", ["Europe/Lundon", "", "[a]"])
def test_without_its_zone_nothing_goes_out(repo: Repo, zone: str) -> None:
    """At which hour posts were meant is not guessed; all else is still checked."""
    repo.change_schedules("Europe/London", zone)
    loaded = repo.load()
    assert [p.line for p in loaded.errors] == [1]
    assert not loaded.catalog.accounts
    assert not loaded.catalog.schedules
    assert len(loaded.catalog.messages) == 2


def test_unreadable_schedules_leave_messages_checked(repo: Repo) -> None:
    """A file that is no YAML is one problem, and does not hide those of messages."""
    repo.schedules("timezone: Europe/London\naccounts:\n\tx-main: {network: x}\n")
    repo.message("third", "---\nlangauge: es\n---\nHola.\n")
    loaded = repo.load()
    assert [str(p) for p in loaded.problems] == [
        (
            'content/water/messages/third.md:2:1: unknown setting "langauge"'
            ' - did you mean "language"?'
        ),
        "schedules.yaml:3:1: a tab indents this line; use spaces instead",
    ]
    assert list(loaded.catalog.messages) == ["water/first", "water/second"]
    assert not loaded.catalog.accounts
    assert not loaded.catalog.schedules


def test_misspelt_setting_of_an_action(repo: Repo) -> None:
    """The action is left out, and with it the message that needs it; others go on."""
    repo.change_campaign("    link: https", "    lnik: https")
    loaded = repo.load()
    assert [str(p) for p in loaded.problems] == [
        (
            'content/water/campaign.yaml:11:5: action "petition": unknown setting "lnik"'
            ' - did you mean "link"?'
        ),
        (
            'content/water/messages/second.md:2:9: action: action "petition" has errors of its own '
            "and is left out (content/water/campaign.yaml:8:3)"
        ),
    ]
    assert list(loaded.catalog.campaigns["water"].actions) == ["march"]
    assert list(loaded.catalog.messages) == ["water/first"]


def test_misspelt_hashtags_do_not_stop_a_campaign(repo: Repo) -> None:
    """Without its hashtags or colours a campaign still speaks the truth."""
    repo.change_campaign("hashtags:", "hashtgas:")
    loaded = repo.load()
    assert [str(p) for p in loaded.problems] == [
        'content/water/campaign.yaml:4:1: unknown setting "hashtgas" - did you mean "hashtags"?'
    ]
    assert len(loaded.catalog.messages) == 2
    assert loaded.catalog.campaigns["water"].hashtags == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("timezone:", "timezon:"),
        ("Europe/Paris", "Paris"),
        ("languages:", "lang:"),
        ("[en, es, pt]", "[english]"),
        ("links:", "lniks:"),
        ("actions:", "acitons:"),
    ],
)
def test_what_would_make_messages_untrue_stops_a_campaign(repo: Repo, old: str, new: str) -> None:
    """A wrong zone or language is not worked around: the campaign waits, with one problem each."""
    repo.change_campaign(old, new)
    loaded = repo.load()
    assert not loaded.catalog.campaigns
    assert not loaded.catalog.messages
    places = [(p.path.split("/")[-1], p.line) for p in loaded.errors]
    assert [path for path, _ in places] == ["campaign.yaml", "schedules.yaml"]
    assert "did you mean" in loaded.errors[0].text or "language code" in loaded.errors[0].text


def test_all_problems_at_once(repo: Repo) -> None:
    """One run tells everything, in all files: nobody mends one slip at a time."""
    repo.change_schedules("posts_per_day: 6", "posts_per_day: many")
    repo.change_campaign("kind: event", "kind: evnt")
    repo.message("third", "---\nlangauge: es\nlink: http//x\nweight: 0\n---\nAgua: evil.com\n")
    assert [(p.path.split("/")[-1], p.line, p.column) for p in repo.load().errors] == [
        ("campaign.yaml", 13, 11),
        ("third.md", 2, 1),
        ("third.md", 3, 7),
        ("third.md", 4, 9),
        ("third.md", 6, 7),
        ("schedules.yaml", 7, 22),
        ("schedules.yaml", 14, 16),
    ]
