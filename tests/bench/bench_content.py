"""How long a large repository takes to load: `python tests/bench/bench_content.py [COUNT]`.

Machines differ, so what counts are the ratios: to reading the same bytes, and to PyYAML's
`safe_load` of the front matter alone.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from bot.content import load, starter

MESSAGES = 10_000

_SCHEDULES = """\
timezone: Europe/London
accounts:
  x-main: {network: x, language: en}
  masto-en: {network: mastodon, server: https://mastodon.example}
schedules:
  daily: {campaign: big, accounts: [x-main, masto-en], times: ["09:00", "17:30"]}
"""

_MESSAGE = """\
---
action: petition
language: en
hashtags: [PressFreedom, "#Number{n}"]
card: {{kind: quote, quote: "A sentence that somebody said: number {n}.", attribution: Somebody}}
not_before: 2022-02-15
true_until: 2034-06-24
source: https://www.example.org/facts/{n}
as_of: 2022-02-15
weight: 3
---
This is message number {n}, in which something is said that nobody has said before.

Read why at https://www.example.org/why/{n} and tell @everybody. #Number{n}
"""


def build(root: Path, count: int) -> list[Path]:
    """Write a repository with `count` messages; returns their files."""
    (root / "schedules.yaml").write_text(_SCHEDULES, "utf-8")
    starter(root, "big")
    folder = root / "content" / "big" / "messages"
    paths = [folder / f"{n:05}.md" for n in range(count)]
    for n, path in enumerate(paths):
        path.write_text(_MESSAGE.format(n=n), "utf-8")
    return paths


def seconds(job: Callable[[], object]) -> float:
    """Time one run."""
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def main(count: int = MESSAGES) -> None:
    """Build, load, compare, print."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        paths = build(root, count)
        heads = [path.read_text("utf-8").split("---")[1] for path in paths]
        reading = seconds(lambda: [path.read_bytes() for path in paths])
        plain = seconds(lambda: [yaml.safe_load(head) for head in heads])
        loading = seconds(lambda: load(root))
        loaded = load(root)
    found, errors = len(loaded.catalog.messages), len(loaded.errors)
    print(f"content: {found} messages loaded in {loading:.2f} s ({errors} errors)")
    print(f"  {loading / reading:.1f} x reading the bytes ({reading:.2f} s)")
    print(f"  {loading / plain:.2f} x yaml.safe_load of the front matter ({plain:.2f} s)")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:2]))
