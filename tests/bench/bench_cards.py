"""How fast cards are checked, named, drawn and encoded: `python tests/bench/bench_cards.py`.

Encoding has a floor of about 5 ms a card; drawing should stay in its order of magnitude.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # run as a file, it finds `tests`

from bot import cards
from bot.cards import ground, paint
from bot.cards.brandbar import LOGO_SIDE
from bot.model import CardSpec
from tests.cards.examples import EXAMPLES, ROOT

CHECKED = 2_000
DRAWN = 60


def many(count: int) -> list[CardSpec]:
    """Make `count` specs that all differ."""
    kinds = list(EXAMPLES.values())
    return [
        replace(spec, words={**spec.words, "kicker": f"No. {number}"})
        for number in range(count)
        for spec in (kinds[number % len(kinds)],)
    ]


def timed(work: Callable[[CardSpec], object], specs: Sequence[CardSpec]) -> float:
    """Milliseconds a card."""
    start = time.perf_counter()
    for spec in specs:
        work(spec)
    return (time.perf_counter() - start) / len(specs) * 1000


def main() -> None:
    """Print one line per step."""
    specs = many(CHECKED)
    steps = {
        "check, not seen before": timed(lambda s: cards.check(s, ROOT), specs),
        "check, seen before": timed(lambda s: cards.check(s, ROOT), specs),
        "name": timed(lambda s: cards.card_name(s, ROOT), specs),
        "alt text": timed(lambda s: cards.alt_text(s, 1000), specs),
    }
    some = specs[:DRAWN]
    cards.draw(some[0], ROOT)
    laid = steps["lay out"] = timed(lambda s: cards.layout(s, ROOT), some)
    painted = steps["lay out and paint"] = timed(_painted, some)
    whole = steps["lay out, paint and encode"] = timed(lambda s: cards.draw(s, ROOT), some)
    for name, took in steps.items():
        print(f"{name:28} {took:8.3f} ms")
    ratio = f"{laid:.1f} : {painted - laid:.1f} : {whole - painted:.1f}"
    print(f"lay out : paint : encode       {ratio}, {1000 / whole:.0f} cards/s")


def _painted(spec: CardSpec) -> None:
    sheet = cards.layout(spec, ROOT)
    under, palette = ground.ground(ROOT, spec.look.brand, (spec.width, spec.height))
    logo = ground.logo(ROOT, spec.look.brand, round(sheet.px(LOGO_SIDE)))
    paint.paint(sheet, palette, under, logo)


if __name__ == "__main__":
    main()
