"""What shows only across messages: texts said twice, and messages nobody says."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.content.repo import SCHEDULES, Repo

TWO_MASTODONS = SCHEDULES.replace(
    "schedules:\n",
    "  masto-es: {network: mastodon, server: https://b.example, languages: [es]}\nschedules:\n",
).replace("[x-main, masto-en]", "[x-main, masto-en, masto-es]")


def test_the_same_words_twice_are_refused(repo: Repo) -> None:
    """Also in other capitals and punctuation; the later file is the one to mend."""
    repo.message("third", "---\nlanguage: en\n---\n\nWATER is a right!\n")
    loaded = repo.load()
    assert [str(p) for p in loaded.problems] == [
        (
            "content/water/messages/third.md:5:1: these are the words of water/first, "
            "and both may go to the same account"
        )
    ]
    assert list(loaded.catalog.messages) == ["water/first", "water/second"]


def test_the_same_words_in_another_campaign_are_refused(repo: Repo) -> None:
    """Readers see one account, not two campaigns."""
    repo.write("content/air/campaign.yaml", "name: Air\n")
    repo.write("content/air/messages/a.md", "Water is a right.\n")
    assert [p.path for p in repo.load().errors] == ["content/water/messages/first.md"]


def test_the_same_words_where_they_cannot_meet(repo: Repo) -> None:
    """Two accounts on Mastodon may each say it."""
    repo.schedules(TWO_MASTODONS)
    repo.message("a", "---\naccounts: [masto-en]\n---\nSame.\n")
    repo.message("b", "---\naccounts: [masto-es]\nlanguage: es\n---\nSame.\n")
    assert repo.problems() == []


def test_x_sees_its_accounts_as_one(repo: Repo) -> None:
    """The same words from two X accounts are a repeat there."""
    repo.schedules(SCHEDULES.replace("  masto-en:\n", "  x-two: {network: x}\n  masto-en:\n"))
    repo.message("a", "---\naccounts: [x-main]\n---\nSame.\n")
    repo.message("b", "---\naccounts: [x-two]\n---\nSame.\n")
    assert [e.split(":")[0] for e in repo.errors()] == ["content/water/messages/b.md"]


def test_texts_per_network_are_compared_there(repo: Repo) -> None:
    """A text of its own on X is no repeat of another's on Mastodon."""
    repo.message("a", "---\ntext: {x: One., mastodon: Two.}\n---\n")
    repo.message("b", "---\ntext: {x: Two., mastodon: One.}\n---\n")
    assert repo.problems() == []
    repo.message("c", "---\ntext: {mastodon: Two.}\nnetworks: [mastodon]\n---\n")
    assert repo.errors() == [
        (
            "content/water/messages/c.md:2:18: text.mastodon: these are the words of water/a, "
            "and both may go to the same account"
        )
    ]


def test_variants_are_compared_too(repo: Repo) -> None:
    """With another message's words, and with the message's own."""
    assert repo.says("variants: [Other., Water is a right!]") == [
        ("2:20: variants: these are the words of water/first, and both may go to the same account")
    ]
    assert repo.says("variants: [A text]") == [
        "2:12: variants: these are the message's own words once more"
    ]


def test_different_links_alone_are_no_repeat(repo: Repo) -> None:
    """A text that is nothing but a link is compared by its link."""
    repo.message("a", "https://example.org/a\n")
    repo.message("b", "https://example.org/b\n")
    assert repo.problems() == []


def test_a_refused_message_does_not_refuse_others(repo: Repo) -> None:
    """Only what may go out counts as said."""
    repo.message("a", "---\nnonsense: 1\n---\nSame.\n")
    repo.message("b", "Same.\n")
    assert [e.split(":")[0] for e in repo.errors()] == ["content/water/messages/a.md"]


def test_a_message_that_no_schedule_draws_is_warned_about(repo: Repo) -> None:
    """Its author waits for it in vain."""
    repo.change_schedules('times: ["09:00"]', "times: 9:00\n    languages: [en]")
    assert repo.problems() == [
        (
            "content/water/messages/second.md:1:1: no schedule draws it "
            '(see their languages, actions, accounts), and it has no "at"'
        )
    ]
    assert len(repo.load().catalog.messages) == 2


def test_a_campaign_without_a_schedule_is_warned_about_once(repo: Repo) -> None:
    """One warning for all its messages; those with a time of their own need accounts."""
    repo.write("content/air/campaign.yaml", "name: Air\n")
    repo.write("content/air/messages/a.md", "Air one.\n")
    repo.write("content/air/messages/b.md", "Air two.\n")
    repo.write("content/air/messages/c.md", "---\nat: 2022-02-25 10:00\n---\nAir three.\n")
    repo.write(
        "content/air/messages/d.md",
        "---\nat: 2022-02-25 10:00\naccounts: [x-main]\n---\nAir four.\n",
    )
    loaded = repo.load()
    assert [str(p) for p in loaded.problems] == [
        (
            "content/air/campaign.yaml:1:1: no schedule draws from this campaign; "
            "2 of its messages wait for one"
        ),
        (
            'content/air/messages/c.md:2:5: at: nobody sends it: name its "accounts", '
            "or let a schedule use its campaign"
        ),
    ]
    assert {p.severity for p in loaded.problems} == {"warning"}


def test_no_such_warning_while_schedules_have_errors(repo: Repo) -> None:
    """A slip in a schedule would warn about every message."""
    repo.change_schedules("times:", "tiems:")
    assert all("schedules.yaml" in problem for problem in repo.problems())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(st.lists(st.sampled_from(["One.", "one", "Two.", "TWO!", "Three"]), max_size=6))
def test_no_two_messages_left_say_the_same(repo: Repo, texts: list[str]) -> None:
    """However often and in whatever spelling a text is repeated, it is kept once."""
    for n in range(6):
        (repo.root / f"content/water/messages/m{n}.md").unlink(missing_ok=True)
    for n, text in enumerate(texts):
        repo.message(f"m{n}", text)
    kept = [m.text for m in repo.load().catalog.messages.values()]
    plain = [text.lower().strip(".!") for text in kept]
    assert len(set(plain)) == len(plain)
    assert {text.lower().strip(".!") for text in texts} <= set(plain)
