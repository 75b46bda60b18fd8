"""`bot draft`, as a person types it."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.world import bot, bot_json, make_root

PAGE = """\
# Freeze the rents now, Mayor Stone!

15 February 2022

“Nobody in this town can pay that any more,” said Ana Berg, director of Homes First.

Sign the petition to freeze the rents in our town!

For more than ten years, the tenants of this town have paid too much.
"""


def test_drafts_land_in_waiting_and_nowhere_else(tmp_path: Path) -> None:
    """With settings and place; a second run writes nothing again, not even what was returned."""
    root = make_root(tmp_path, {})
    (tmp_path / "page\n: x.md").write_text(PAGE, encoding="utf-8")
    first = bot_json(root, "draft", "page\n: x.md", "--campaign", "rent-strike", "--by", "Ana")
    kinds = [one["kind"] for one in first["proposals"]]
    assert kinds == ["quotation", "call", "figure"]
    quotation = (root / first["proposals"][0]["file"]).read_text(encoding="utf-8")
    assert quotation == (
        "---\n"
        "# from page\\n: x.md:5:2\n"
        "# check: the quotation may go on behind its speaker\n"
        "approval: required\n"
        "language: en\n"
        "action: sign\n"
        "card:\n"
        "  kind: quote\n"
        "  quote: Nobody in this town can pay that any more\n"
        "  attribution: Ana Berg\n"
        "  role: director of Homes First\n"
        'source: "“Freeze the rents now, Mayor Stone!”, 15 February 2022"\n'
        "as_of: 2022-02-15\n"
        "---\n"
        "Ana Berg, director of Homes First: “Nobody in this town can pay that any more”\n"
    )
    written = sorted(p.name for p in root.rglob("*.md") if p.parent != root)
    assert written == sorted(Path(one["file"]).name for one in first["proposals"])
    assert not list((root / "content/rent-strike/messages").iterdir())
    audit = [entry for entry in bot_json(root, "audit") if entry["deed"] == "drafted"]
    assert [entry["by"] for entry in audit] == ["Ana"] * 3
    assert audit[0]["detail"]["line"]
    quote = first["proposals"][0]["file"]
    bot(root, "return", Path(quote).stem, "--why", "Ask her first")
    again = bot(root, "draft", "page\n: x.md").stdout
    assert "3 left out, as rent-strike says nearly the same already." in again
    assert len(list((root / "content/rent-strike/waiting").glob("*.md"))) == 2
    assert len(bot_json(root, "waiting")) == 2
    assert "no errors" in bot(root, "check").stdout


def test_a_dry_run_shows_and_writes_nothing(tmp_path: Path) -> None:
    """Findings with their places, drafts with counts, from standard input."""
    root = make_root(tmp_path, {})
    shown = bot(root, "draft", "-", "--dry-run", stdin=PAGE).stdout
    assert "5:2  Nobody in this town can pay that any more  (Ana Berg, director" in shown
    assert "of 280 on x" in shown
    assert "3 drafts; nothing was written." in shown
    assert not (root / "content/rent-strike/waiting").exists()


def test_mistakes_are_answered_in_one_line(tmp_path: Path) -> None:
    """What is wrong and what to do, a non-zero exit, and no traceback."""
    root = make_root(tmp_path, {})
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "a.txt").write_text(PAGE)
    for arguments, why in (
        (("none.txt",), "cannot be read: No such file"),
        (("content",), "is not a file"),
        (("a.pdf",), "copy its text into a file"),
        (("a.txt", "--campaign", "rent-strik"), 'did you mean "rent-strike"?'),
        (("a.txt", "--language", "fr"), '"fr" is not a language of rent-strike: it has en'),
    ):
        done = bot(root, "draft", *arguments, check=False)
        assert done.returncode == 1
        assert why in done.stderr
        assert done.stderr.count("\n") == 1
