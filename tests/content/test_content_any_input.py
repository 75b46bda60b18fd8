"""Whatever is in the files: nothing is raised, and what is kept is what was written."""

from __future__ import annotations

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.text import TextError, clean
from tests.content.repo import CAMPAIGN, SCHEDULES, Repo

relaxed = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])

yaml_like = st.text(alphabet=" \n\t:-#'\"[]{}&*!|>%@`,?abckind0123", max_size=200)
anything = st.one_of(st.binary(max_size=200), st.text(max_size=200), yaml_like)


def broken(original: str) -> st.SearchStrategy[str]:
    """The original with one piece of it cut out or replaced."""

    def cut(start: int, length: int, piece: str) -> str:
        return original[:start] + piece + original[start + length :]

    return st.builds(cut, st.integers(0, len(original)), st.integers(0, 30), yaml_like)


def raw(content: str | bytes) -> bytes:
    """As bytes; half a surrogate pair becomes a question mark."""
    return content if isinstance(content, bytes) else content.encode("utf-8", "replace")


def check(repo: Repo) -> None:
    """Load; every problem must have a place, and what is kept must hang together."""
    loaded = repo.load()
    for problem in loaded.problems:
        assert problem.line >= 1
        assert problem.column >= 1
        assert str(problem).isprintable()
    catalog = loaded.catalog
    for message in catalog.messages.values():
        assert message.campaign in catalog.campaigns
        assert (
            message.action is None or message.action in catalog.campaigns[message.campaign].actions
        )
        assert message.text or message.per_network
    for schedule in catalog.schedules:
        assert schedule.campaign in catalog.campaigns
        assert schedule.accounts
        assert set(schedule.accounts) <= catalog.accounts.keys()
        assert bool(schedule.times) != bool(schedule.cron)


@relaxed
@given(anything)
@example("timezone: Europe/London\naccounts: []\nschedules: x")
@example("accounts:\n  ? {}\n")
@example("timezone: UTC\naccounts: {a: {network: x, limits: {posts_per_day: null}}}")
@example("- a\n- b")
@example("null")
def test_anything_as_schedules(repo: Repo, content: str | bytes) -> None:
    """No content of schedules.yaml makes the loader raise."""
    repo.schedules(raw(content))
    check(repo)


@relaxed
@given(broken(SCHEDULES))
def test_schedules_with_a_slip(repo: Repo, content: str) -> None:
    """Nor does any slip in a sound one."""
    repo.schedules(content)
    check(repo)


@relaxed
@given(anything)
@example("name: x\nactions: {a: {kind: event, starts: 2022-03-27 02:30, ends: 2022-03-26}}")
@example("name: {}\nlanguages: []")
def test_anything_as_campaign(repo: Repo, content: str | bytes) -> None:
    """No content of campaign.yaml makes the loader raise."""
    repo.campaign(raw(content))
    check(repo)


@relaxed
@given(broken(CAMPAIGN))
def test_campaign_with_a_slip(repo: Repo, content: str) -> None:
    """Nor does any slip in a sound one."""
    repo.campaign(content)
    check(repo)


@relaxed
@given(anything)
@example(b"\xef\xbb\xbf")
@example(b"\xff\xfe-\x00-\x00-\x00")
@example('---\nimage: "\\0"\nalt: x\n---\nText')
@example("---\ncard: {kind: [quote]}\n---\nText")
@example("---\ntrue_until: 2199-12-31\n---\nText")
@example("---\nlink: http://[\n---\nhttp://[::1 http://\u2100.com https://x:y")
def test_anything_as_message(repo: Repo, content: str | bytes) -> None:
    """No content of a message makes the loader raise."""
    repo.message(
        "new", content if isinstance(content, bytes) else content.encode("utf-8", "replace")
    )
    check(repo)


@relaxed
@given(st.lists(yaml_like, max_size=4).map("\n".join), st.text(max_size=100))
def test_anything_as_front_matter(repo: Repo, head: str, text: str) -> None:
    """Nor does anything between the fences, or below them."""
    repo.message("new", f"---\n{head}\n---\n{text}".encode("utf-8", "replace"))
    check(repo)


@relaxed
@given(st.text(max_size=200))
@example("#tag @name: [x] {y} & *z* | > % `a` \"b\" 'c' -- ---")
@example("\ufeff")
@example("a\u2028b\x0bc\td\x00e")
def test_a_text_comes_out_as_it_was_written(repo: Repo, text: str) -> None:
    """Cleaned and without blanks around it, or not at all: never changed otherwise."""
    repo.message("new", f"---\nlanguage: en\n---\n{text}".encode("utf-8", "surrogatepass"))
    loaded = repo.load()
    message = loaded.catalog.messages.get("water/new")
    if message is None:
        assert any(p.path.endswith("new.md") for p in loaded.errors)
        return
    assert message.text == clean(text.replace("\r\n", "\n")).strip(" \n")


@relaxed
@given(st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=100))
def test_a_plain_file_comes_out_as_it_was_written(repo: Repo, text: str) -> None:
    """The same without front matter; what looks like a header is refused, not changed."""
    repo.message("new", text)
    loaded = repo.load()
    message = loaded.catalog.messages.get("water/new")
    if message is None:
        assert any(p.path.endswith("new.md") for p in loaded.errors)
    else:
        assert message.text == clean(text.removeprefix("\ufeff")).strip(" \n")


def test_clean_refuses_what_the_loader_refuses() -> None:
    """The tests above compare with the same cleaning that posts go through."""
    try:
        clean("\u202e")
    except TextError:
        return
    raise AssertionError("a bidi override is no longer refused")
