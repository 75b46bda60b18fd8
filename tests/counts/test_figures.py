"""Figures in words, on cards and in alt text: the same ones everywhere, or none."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.jobs import triage
from bot.jobs.drafting import Drafter
from bot.model import (
    Account,
    CardKind,
    CardSpec,
    CardWords,
    Catalog,
    Delivery,
    Draft,
    Message,
    Missed,
    NetworkName,
    PostState,
    Refusal,
    State,
)
from bot.plan import plan, plan_one
from bot.settle import Policy, Skip
from bot.store.codec import draft_from_json, draft_to_json
from tests.compose.examples import CAMPAIGN, MASTO, PETITION, X, message

DAY = date(2022, 2, 20)
NOON = datetime(2022, 2, 20, 12, tzinfo=UTC)
UNTIL = datetime(2022, 2, 28, tzinfo=UTC)
LATE = UNTIL + timedelta(seconds=1)


def catalog(*messages: Message, **action: Any) -> Catalog:
    """A catalog of the test campaign, its petition changed."""
    petition = replace(PETITION, **action)
    campaign = replace(CAMPAIGN, actions={"sign": petition})
    return Catalog(
        zone=ZoneInfo("UTC"),
        accounts={a.name: a for a in (X, MASTO)},
        schedules=(),
        campaigns={campaign.id: campaign},
        messages={m.id: m for m in messages},
    )


def said(text: str, **more: Any) -> Message:
    """A message for the petition, without a card unless one is given."""
    given = {"action": "sign", "wants_card": "card" in more, **more}
    return message(text, **given)


def draft(
    tmp_path: Path,
    one: Message,
    at: datetime = NOON,
    account: Account = MASTO,
    turn: int = 0,
    **action: Any,
) -> Draft | Refusal:
    """Make a message's draft for an hour."""
    drafter = Drafter(tmp_path, catalog(one, **action), {}, draw=False)
    return drafter(one, account, turn, at)


def text_of(made: Draft | Refusal) -> str:
    """The first paragraph of a draft's text; hashtags come after it."""
    assert isinstance(made, Draft), made
    return made.text.split("\n\n")[0]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "1,200 of 50,000, 48,800 missing (February 20, 2022)"),
        ("en-GB", "1,200 of 50,000, 48,800 missing (20 February 2022)"),
        ("es", "1.200 of 50.000, 48.800 missing (20 de febrero de 2022)"),
        ("fr", "1 200 of 50 000, 48 800 missing (20 février 2022)"),
        ("de", "1.200 of 50.000, 48.800 missing (20. Februar 2022)"),
        ("hi", "1,200 of 50,000, 48,800 missing (20 फ़रवरी 2022)"),
        ("fa", "۱٬۲۰۰ of ۵۰٬۰۰۰, ۴۸٬۸۰۰ missing (۲۰ فوریهٔ ۲۰۲۲)"),
        ("ru", "1 200 of 50 000, 48 800 missing (20 февраля 2022 г.)"),
    ],
)
def test_figures_stand_as_the_messages_language_writes_them(
    tmp_path: Path, language: str, words: str
) -> None:
    """Its digits, its commas and blanks, its order of a date."""
    one = said("{count} of {goal}, {missing} missing ({count_as_of})", language=language)
    made = text_of(draft(tmp_path, one))
    assert made.replace("\u202f", " ").replace("\xa0", " ") == words


def test_figures_stand_everywhere_in_a_message(tmp_path: Path) -> None:
    """In a network's own text, a variant, a thread's parts, alt text and the card's words."""
    card = CardWords(CardKind.POSTER, {"headline": "{missing} to go"})
    one = said(
        "{count} on Mastodon",
        per_network={NetworkName.X: "{count} on X"},
        variants=("of {goal}",),
        thread=("by {count_as_of}",),
        alt="A poster: {missing} to go",
        card=card,
        accounts=(),
    )
    drafter = Drafter(tmp_path, catalog(one), {}, draw=False)
    first = drafter(one, MASTO, 0, NOON)
    assert text_of(first) == "1,200 on Mastodon"
    assert isinstance(first, Draft)
    assert first.thread == ("by February 20, 2022",)
    assert first.picture is not None
    assert first.picture.alt == "A poster: 48,800 to go"
    assert text_of(drafter(one, X, 0, NOON)) == "1,200 on X"
    assert text_of(drafter(one, MASTO, 1, NOON)) == "of 50,000"
    spec = drafter.card(one, MASTO, 0, NOON)
    assert isinstance(spec, CardSpec)
    assert spec.words["headline"] == "48,800 to go"


def test_a_message_that_names_no_language_has_its_accounts_figures(tmp_path: Path) -> None:
    """As all its words are taken to be in that language."""
    german = replace(MASTO, language="de")
    one = said("{count} of {goal}", language="")
    assert text_of(draft(tmp_path, one, account=german)) == "1.200 of 50.000"


def test_the_length_is_that_of_the_figures(tmp_path: Path) -> None:
    """What is counted is what goes out, not the placeholder."""
    made = draft(tmp_path, said("{count_as_of}", without_hashtags=("FreeAssangeNOW",)))
    plain = draft(tmp_path, said("February 20, 2022", without_hashtags=("FreeAssangeNOW",)))
    assert isinstance(made, Draft)
    assert isinstance(plain, Draft)
    assert (made.text, made.length) == (plain.text, plain.length)
    assert draft(tmp_path, said("x" * 500 + "{count}")) == Refusal(
        "its text counts 505 of 500 characters: 5 too many"
    )


COMMAND = "bot count sign NUMBER --campaign c"


@pytest.mark.parametrize(
    ("text", "at", "action", "why"),
    [
        ("{count}", LATE, {}, ('it says "{count}", and the count of petition "sign" is of '
         f"2022-02-20, older than the 7 days it lasts: {COMMAND}")),
        ("{missing}", NOON, {"count": None, "count_as_of": None},
         f'it says "{{missing}}", and petition "sign" has no count yet: {COMMAND}'),
        ("{missing}", NOON, {"count": 50_000},
         'it says "{missing}", and petition "sign" has reached its goal: 50,000 of 50,000'),
        ("{count_as_of}", NOON - timedelta(days=1), {},
         'it says "{count_as_of}", and the count of petition "sign" is of 2022-02-20, a later day'),
    ],
)  # fmt: skip
def test_without_a_figure_that_may_be_shown_the_message_does_not_go(
    tmp_path: Path, text: str, at: datetime, action: dict[str, Any], why: str
) -> None:
    """With a reason that says what to do; nothing is wrong with the message itself."""
    assert draft(tmp_path, said(text), at, **action) == Refusal(why, passing=True)


def test_one_drafter_answers_for_each_hour(tmp_path: Path) -> None:
    """What it remembers of an hour when the count was good says nothing of a later one."""
    one = said("We are {count}!")
    drafter = Drafter(tmp_path, catalog(one), {}, draw=False)
    kinds = [type(drafter(one, MASTO, 0, at)) for at in (UNTIL, LATE, UNTIL)]
    assert kinds == [Draft, Refusal, Draft]


def test_only_the_wording_in_turn_needs_its_figures(tmp_path: Path) -> None:
    """A message may have a wording without figures for the time when there are none."""
    one = said("We are {count}!", variants=("Sign for his release.",))
    assert isinstance(draft(tmp_path, one, LATE, turn=0), Refusal)
    assert text_of(draft(tmp_path, one, LATE, turn=1)) == "Sign for his release."
    assert text_of(draft(tmp_path, said("Of {goal}."), LATE)) == "Of 50,000."


def test_a_stale_count_is_not_on_the_card(tmp_path: Path) -> None:
    """The card goes without figure and bar, and the plan says why."""
    one = said("Sign for his release.", wants_card=True)
    drafter = Drafter(tmp_path, catalog(one), {}, draw=False)
    fresh, stale = drafter.card(one, X, 0, UNTIL), drafter.card(one, X, 0, LATE)
    assert isinstance(fresh, CardSpec)
    assert isinstance(stale, CardSpec)
    assert (fresh.count, fresh.as_of, fresh.goal) == (1200, DAY, 50_000)
    assert (stale.count, stale.as_of, stale.goal) == (None, None, 50_000)
    made = drafter(one, X, 0, LATE)
    assert isinstance(made, Draft)
    assert made.picture is not None
    assert "1,200" not in made.picture.alt
    assert made.warnings == (
        (
            'its card goes without the count: the count of petition "sign" is of 2022-02-20, '
            f"older than the 7 days it lasts: {COMMAND}"
        ),
    )
    assert made.count_until is None


def test_a_draft_knows_until_when_its_count_may_be_shown(tmp_path: Path) -> None:
    """Be it in the text or only on the card; it is kept with the draft in the ledger."""
    in_text = draft(tmp_path, said("We are {count}!"))
    on_card = draft(tmp_path, said("Sign.", wants_card=True))
    without = draft(tmp_path, said("Sign for {goal}."))
    for made, until in ((in_text, UNTIL), (on_card, UNTIL), (without, None)):
        assert isinstance(made, Draft)
        assert made.count_until == until
        assert draft_from_json(draft_to_json(made)) == made


def test_a_post_is_planned_for_the_count_of_its_hour(tmp_path: Path) -> None:
    """Good at eight, stale at nine: the plan says so beforehand, for either."""
    early = said("We are {count}!", at=UNTIL)
    late = replace(early, id="c/late", text="So many, {count}, have signed.", at=LATE)
    found = catalog(early, late)
    drafter = Drafter(tmp_path, found, {}, draw=False)
    span = (NOON, LATE + timedelta(hours=1))
    posts = plan(
        replace(found, messages={m.id: replace(m, accounts=(MASTO.name,)) for m in (early, late)}),
        [], *span, [], drafter,
    )  # fmt: skip
    assert [(p.message, p.state) for p in posts] == [
        ("c/m", PostState.PLANNED),
        ("c/late", PostState.SKIPPED),
    ]
    assert "older than the 7 days" in posts[1].reason


def test_the_same_words_with_a_new_count_are_new_words(tmp_path: Path) -> None:
    """A message that comes round again goes out once its count has moved, and not before."""
    one = said("We are {count} by now!", without_hashtags=("FreeAssangeNOW",))
    one = replace(one, without_hashtags=("FreeAssangeNOW", *CAMPAIGN.rotating_hashtags))
    before = catalog(one)
    drafter = Drafter(tmp_path, before, {}, draw=False)
    first = plan_one(before, one, MASTO, NOON, [], drafter)
    assert first.draft is not None
    from tests.plan.desk import past

    later = NOON + timedelta(days=1)
    same = plan_one(before, one, MASTO, later, [past(first)], drafter)
    assert "said before" in same.reason
    moved = catalog(one, count=1300)
    again = plan_one(
        moved, one, MASTO, later, [past(first)], Drafter(tmp_path, moved, {}, draw=False)
    )
    assert again.draft is not None
    assert again.draft.text == "We are 1,300 by now!"


def test_a_queued_draft_whose_count_has_become_stale_is_not_sent(tmp_path: Path) -> None:
    """It is looked at again before sending: a pause may have lasted longer than the count."""
    made = draft(tmp_path, said("We are {count}!"))
    assert isinstance(made, Draft)
    delivery = Delivery(
        id=1, slot="s", account=MASTO.name, network=MASTO.network, campaign="c", message="c/m",
        schedule=None, part=0, due=UNTIL, expires=None, missed=Missed.SPACE_OUT,
        state=State.QUEUED, draft=made, key="k", not_before=UNTIL,
    )  # fmt: skip
    around = triage.Circumstances(
        account=MASTO, catalog=catalog(), policy=Policy(resend_window=timedelta(0)),
        last_post=None, spent=made.cost_usd,
    )  # fmt: skip
    assert triage.hold(delivery, UNTIL, around) is None
    held = triage.hold(delivery, LATE, around)
    assert isinstance(held, Skip)
    assert held.reason == (
        "the count in it was good until 2022-02-28T00:00:00+00:00: see bot count"
    )


def test_moving_figures_change_no_message(tmp_path: Path) -> None:
    """What people approve is the words with their placeholders; drafting leaves them alone."""
    one = said("We are {count}!", thread=("of {goal}",))
    copy = replace(one)
    draft(tmp_path, one)
    draft(tmp_path, one, count=1300)
    assert one == copy
