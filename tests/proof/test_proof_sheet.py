"""What a sheet says of a plan: who, when, how many, what to look at, and where it ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.model import NetworkName, Poll
from bot.proof import page, sheet
from bot.proof.nouns import Hold, Preview, Question, Sheet
from bot.proof.preview import words
from tests.proof.stage import (
    ACCOUNTS,
    MASTO,
    MONDAY,
    OTHER,
    X,
    at,
    draft,
    everywhere,
    material,
    message,
    post,
    sheet_of,
    stored,
)


def previews(of: Sheet) -> dict[str, Preview]:
    """Every preview by its reference."""
    return {p.ref: p for day in of.days for e in day.entries for p in e.previews}


def asked(of: Sheet, kind: str) -> list[Question]:
    """What of one kind the reader is to look at."""
    return [question for question in of.questions if question.kind == kind]


def test_a_message_has_a_number_and_each_account_a_letter() -> None:
    """People answer "12 yes" or "12b no": each post can be named, in order of time."""
    made = sheet_of(
        [
            *everywhere(at(0, 9), "First."),
            post(OTHER, at(0, 12), draft(OTHER, "Second.")),
            *everywhere(at(1, 9), "Third."),
        ]
    )
    assert list(previews(made)) == ["1a", "1b", "2", "3a", "3b"]
    assert [e.refs for day in made.days for e in day.entries] == ["1a–b", "2", "3a–b"]
    assert [day.numbers for day in made.days] == ["1–2", "3"]


def test_more_accounts_than_letters() -> None:
    """The 27th account of a message is `1aa`."""
    accounts = {f"m{n}": replace(MASTO, name=f"m{n}") for n in range(28)}
    made = sheet_of(
        [post(a, at(0, 9), draft(a, f"Text of {a.name}")) for a in accounts.values()],
        accounts=accounts,
    )
    assert list(previews(made))[-3:] == ["1z", "1aa", "1ab"]


def test_days_and_hours_are_those_of_the_campaign() -> None:
    """00:30 in London's summer is the day before in UTC; the sheet goes by London."""
    made = sheet_of(everywhere(at(1, 0, 30), "Late or early?"))
    (day,) = made.days
    assert day.day == date(2026, 7, 7)
    assert f"{day.entries[0].at:%H:%M %Z}" == "00:30 BST"
    assert made.first == datetime(2026, 7, 6, 23, 30, tzinfo=UTC)


def test_counts_and_costs_add_up() -> None:
    """Per day and account, per month against the cap, and all together."""
    capped = replace(X, monthly_cap_usd=Decimal(40))
    made = sheet_of(
        [
            *everywhere(at(0, 9), "First."),
            *everywhere(at(1, 9), "Second.", cost_usd=Decimal("0.2")),
            post(X, at(1, 12), "quiet hours of x-main (11:00-13:00)"),
        ],
        accounts={**ACCOUNTS, "x-main": capped},
        spent={("x-main", "2026-07"): Decimal("3.5")},
    )
    assert [dict(day.counts) for day in made.days] == [{"x-main": 1, "masto-en": 1}] * 2
    assert (made.posts, made.left_out, made.totals) == (4, 1, {"x-main": 2, "masto-en": 2})
    assert made.cost_usd == Decimal("0.415")
    bills = [(b.account, b.here_usd, b.after_usd, b.cap_usd) for b in made.bills]
    assert bills[0] == ("x-main", Decimal("0.215"), Decimal("3.715"), Decimal(40))


def test_what_is_left_out_stands_where_it_would_have_been() -> None:
    """Beside the accounts that post, or under its day; and summed up by reason."""
    reason = "less than 30 min from the post of 08:45 on x-main"
    made = sheet_of(
        [
            post(X, at(0, 9), reason),
            post(MASTO, at(0, 9), draft(MASTO, "Here only.")),
            post(X, at(0, 12), "nothing left to say"),
            post(MASTO, at(0, 12), "nothing left to say"),
        ]
    )
    (day,) = made.days
    assert [o.reason for o in day.entries[0].left_out] == [reason]
    assert [o.account for o in day.left_out] == ["x-main", "masto-en"]
    assert [(r.text, r.times) for r in made.reasons] == [("nothing left to say", 2), (reason, 1)]


def test_a_thread_is_shown_part_by_part() -> None:
    """Each part with its own count."""
    thread = draft(MASTO, "One.", thread=("Two, longer.", "Three."), thread_lengths=(12, 6))
    parts = previews(sheet_of([post(MASTO, at(0, 9), thread)]))["1"].parts
    assert [("".join(w.text for w in p.words), p.length) for p in parts] == [
        ("One.", 4), ("Two, longer.", 12), ("Three.", 6),
    ]  # fmt: skip


def test_links_are_shown_as_each_network_shows_them() -> None:
    """Cut like in a feed, whole in the address, and with what they count."""
    text = "Read https://www.example.org/a/very/long/path/to/it and example.org #Water @mayor $TAP"
    on_x = list(words(NetworkName.X, text))
    assert "".join(w.text for w in on_x) == (
        "Read example.org/a/very/long/pat… and example.org #Water @mayor $TAP"
    )
    assert [w.href for w in on_x if w.href] == [
        "https://www.example.org/a/very/long/path/to/it",
        "http://example.org",
    ]
    assert {w.kind for w in on_x} == {"text", "url", "hashtag", "mention", "cashtag"}
    on_mastodon = list(words(NetworkName.MASTODON, text))
    assert [w.text for w in on_mastodon if w.href] == ["example.org/a/very/long/path/t…"]
    shown = previews(sheet_of(everywhere(at(0, 9), text)))
    assert shown["1a"].parts[0].counted == "its 2 links count 23 each"
    assert shown["1b"].parts[0].counted == "its link counts 23"


def test_a_link_that_stands_on_the_card_only_is_told() -> None:
    """The reader of the sheet must not look for it in the text."""
    link = "https://example.org"
    shown = previews(sheet_of(everywhere(at(0, 9), "No link here.", link=link)))["1a"]
    assert (shown.link, shown.link_on_card) == (link, True)
    shown = previews(sheet_of(everywhere(at(0, 9), f"Here: {link}", link=link)))["1a"]
    assert not shown.link_on_card


def test_clashes_are_pointed_out() -> None:
    """Too near on one account, and the same words from two accounts of one network."""
    made = sheet_of(
        [
            *everywhere(at(0, 9), "First."),
            *everywhere(at(0, 9, 20), "Second."),  # x-main: 30 min; masto-en has no gap set: 15
            post(MASTO, at(0, 9, 30), draft(MASTO, "Third.")),
            post(MASTO, at(1, 9), draft(MASTO, "The same, twice."), "a"),
            post(OTHER, at(2, 9), draft(OTHER, "The same,  twice!"), "b"),
        ]
    )
    clashes = [(q.text, list(q.refs)) for q in asked(made, "clash")]
    assert ("x-main posts twice on Mon 6 Jul at 09:00 and 09:20", ["1a", "2a"]) in clashes
    assert ("masto-en posts twice on Mon 6 Jul at 09:20 and 09:30", ["2b", "3"]) in clashes
    both = "the same words go out from several Mastodon accounts: masto-en, masto-intl"
    assert (both, ["4", "5"]) in clashes
    assert len(clashes) == 3


def test_warnings_refusals_and_what_is_queued_are_listed() -> None:
    """Once each, with all the posts that they are about; the gravest first."""
    made = sheet_of(
        everywhere(at(0, 9), "First.", warnings=("no room for #Water",)),
        refused=[f"content/c/messages/{n}.md:1:1: unknown setting" for n in range(50)],
        queued=2,
    )
    kinds = [q.kind for q in made.questions]
    assert kinds == ["refused"] * 41 + ["queued", "warning"]
    assert asked(made, "refused")[-1].text == "and 10 more: bot check lists them all"
    assert list(asked(made, "warning")[0].refs) == ["1a", "1b"]


def test_held_posts_say_so() -> None:
    """A stop switch holds what it names, a suspension only until it ends."""
    posts = [*everywhere(at(0, 9), "First."), *everywhere(at(2, 9), "Second.")]
    holds = [
        Hold("account:x-main", "account x-main is paused by ana: verdict"),
        Hold("account:masto-en", "masto-en is stopped", until=at(1, 0)),
        Hold("campaign:other", "campaign other is paused by ana"),
    ]
    made = sheet_of(posts, holds=holds)
    held = [ref for ref, p in previews(made).items() if p.held]
    assert held == ["1a", "1b", "2a"]
    assert [list(q.refs) for q in asked(made, "held")] == [["1a", "2a"], ["1b"]]
    everything = sheet_of(posts, holds=[Hold("all", "everything is paused: the file PAUSE")])
    assert all(p.held for p in previews(everything).values())


def test_the_code_changes_with_what_people_approve(tmp_path: Path) -> None:
    """An answer names a sheet by it: the same posts the same code, any change another one."""
    picture = stored(tmp_path, "a.png", b"a")
    poll = Poll(("Yes", "No"), timedelta(days=1))

    def code(minute: int = 0, text: str = "First.", **more: Any) -> str:
        return sheet_of(everywhere(at(0, 9, minute), text, **more)).code

    sheets = [
        code(),
        code(1),
        code(text="First!"),
        code(picture=picture),
        code(picture=replace(picture, alt="Another")),
        code(picture=replace(picture, digest="0")),
        code(content_warning="Careful"),
        code(poll=poll),
        code(thread=("Two.",), thread_lengths=(4,)),
    ]
    assert len(set(sheets)) == len(sheets)
    later = replace(material(everywhere(at(0, 9), "First.")), made=MONDAY)
    assert sheet(later).code == code()


def test_a_sheet_that_grows_too_big_ends_with_a_day() -> None:
    """The first day is always there; the note says how to get the rest."""
    posts = [p for day in range(6) for p in everywhere(at(day, 9), f"Day {day}. " + "x" * 400)]
    whole = material(posts)
    assert sheet(whole).cut is None
    made = sheet(whole, most=60_000)
    assert made.cut is not None
    assert made.days[-1].day == made.cut.last
    assert (made.cut.next - made.cut.last).days == 1
    assert made.cut.days == 7 - len(made.days)
    assert made.posts + made.cut.posts == len(posts)
    assert f"--from {made.cut.next} --days {made.cut.days}" in page(made)
    assert len(sheet(whole, most=1).days) == 1


def test_an_empty_plan_makes_a_sheet_too() -> None:
    """Nothing going out is an answer, and so is everything being left out."""
    assert "Nothing goes out in this span" in page(sheet_of([]))
    nothing = page(sheet_of([post(X, at(0, 9), "nothing to say")]))
    assert "nothing to say" in nothing
    assert "How to answer" not in nothing


def test_where_a_post_comes_from() -> None:
    """File, schedule with its own zone's hour, source and the end of its truth."""
    source = message(
        "taps",
        source="WHO, 2026",
        as_of=date(2026, 5, 1),
        true_until=datetime(2026, 7, 9, tzinfo=ZoneInfo("Europe/London")),
    )
    made = page(sheet_of(everywhere(at(0, 9), "Four per tap.", "taps"), messages=[source]))
    for words_of_it in (
        "content/c/messages/taps.md",
        "schedule daily (02:00 in America/Mexico_City)",
        "WHO, 2026 (as of 1 May 2026)",
        "true until the end of 8 July 2026",
        'title="Monday 6 July 2026, 08:00 UTC"',
    ):
        assert words_of_it in made
