"""How fast a flat card is made, beside others and beside the encoder, in one run.

    .venv/bin/python -m tests.bench.bench_cards

Same words, same size (1200x675), one thread, warm, the median of several rounds:

- ours: layout, drawing and encoding, nothing remembered of a card before;
- encoders alone: the finished picture of ours, encoded again by our writer of PNG files, and by
  Pillow's as it comes (zlib at level 6) and at its fastest (level 1);
- naive Pillow: wrap, shrink until it fits, JPEG;
- satori + @resvg/resvg-js, where node and npm are there (`npm ci` in a folder of its own).

Then the peak memory of a process that draws every kind, style, size and script, so that all
fonts are open.
"""

from __future__ import annotations

import io
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from PIL import Image

from bot import cards
from bot.cards import layout, words
from bot.cards.canvas import draw_image, encode
from bot.cards.typesetting import fonts
from bot.model import Brand, CardKind, CardSpec, Look
from tests.bench import naive_pillow

ROOT = Path(__file__).resolve().parents[2]
SATORI = Path(__file__).parent / "satori"
ROUNDS = 7
LOGO = Path("images/logos/free-assange.png")
BRAND = Brand("Free Assange Now", "#14161b", "#f7f2e8", "#ff5a3c", logo=LOGO)
COLOURS = (BRAND.background, BRAND.ink, BRAND.accent)
HASHTAG = "FreeAssangeNOW"
HEADLINES = (
    "Journalism is not a crime",
    "Drop the charges against Julian Assange",
    "Write to your embassy: ask that the rights of Julian Assange be respected",
    "The right to publish is the right to know what is done in our name",
    "175 years for telling the truth",
    "Press freedom organisations in six countries call for his release this week",
    "Who will dare to report the next war crime, if this is what happens to those who do?",
    "London, 25 February: stand with us at the court",
)
BODY = "A letter takes five minutes. Say what worries you, ask for an answer, and sign it."


def specs(number: int) -> list[CardSpec]:
    """Announcements with a text below, and petitions, that differ from those of every `number`."""
    return [_spec(headline, number, at) for at, headline in enumerate(HEADLINES)]


def _spec(headline: str, number: int, at: int) -> CardSpec:
    words = {"kicker": f"Press freedom, no. {number}", "headline": f"{headline} ({number})"}
    look = Look(BRAND, HASHTAG)
    if at % 2:
        return CardSpec(CardKind.ANNOUNCEMENT, "en", {**words, "body": BODY}, look)
    return CardSpec(
        CardKind.PETITION,
        "en",
        words,
        look,
        goal=50_000,
        count=31_000 + number,
        as_of=date(2022, 2, 15),
    )


def rounds(work: Callable[[int], Sequence[object]]) -> float:
    """Milliseconds a card: the median of the rounds, after one that does not count."""
    work(0)
    took = []
    for number in range(1, ROUNDS + 1):
        start = time.perf_counter()
        done = work(number)
        took.append((time.perf_counter() - start) / len(done) * 1000)
    return statistics.median(took)


def ours() -> dict[str, float]:
    """Measure layout, drawing and encoding, and all three together."""
    library = fonts.library(fonts.folder_of(ROOT))
    scenes = [layout.lay_out(spec, ROOT) for spec in specs(0)]
    images = [draw_image(scene, ROOT, library) for scene in scenes]
    return {
        "lay out": rounds(lambda n: [layout.lay_out(spec, ROOT) for spec in specs(n)]),
        "paint": rounds(lambda _: [draw_image(scene, ROOT, library) for scene in scenes]),
        "encode": rounds(lambda _: [encode(image) for image in images]),
        "Pillow's PNG": rounds(lambda _: [by_pillow(image, 6) for image in images]),
        "at its fastest": rounds(lambda _: [by_pillow(image, 1) for image in images]),
        "ours": rounds(lambda n: [cards.draw(spec, ROOT) for spec in specs(n)]),
    }


def by_pillow(image: Image.Image, level: int) -> bytes:
    """Encode a finished picture the usual way."""
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=level)
    return out.getvalue()


def naive() -> float:
    """Measure the naive way."""

    def work(number: int) -> list[bytes]:
        return [
            naive_pillow.draw(
                {**spec.words, "name": BRAND.name, "hashtag": f"#{HASHTAG}"},
                fonts.folder_of(ROOT),
                COLOURS,
            )
            for spec in specs(number)
        ]

    return rounds(work)


def satori() -> dict[str, Any] | None:
    """Measure satori and resvg-js; None where they cannot be had."""
    if not (shutil.which("npm") and shutil.which("node")):
        return None
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "satori"
        shutil.copytree(SATORI, folder)
        command = ["npm", "ci", "--silent", "--no-audit", "--no-fund"]
        if subprocess.run(command, cwd=folder, check=False, capture_output=True).returncode:  # noqa: S603 # fixed
            return None
        given = {
            "rounds": ROUNDS,
            "cards": [
                {
                    **spec.words,
                    **words.fields(spec),
                    "share": words.share_reached(spec),
                    "hashtag": f"#{HASHTAG}",
                    "background": BRAND.background,
                    "ink": BRAND.ink,
                    "accent": BRAND.accent,
                    "track": "#38393c",
                }
                for spec in specs(1)
            ],
        }
        done = subprocess.run(  # noqa: S603 # fixed
            ["node", "satori.mjs", str(fonts.folder_of(ROOT)), str(ROOT / LOGO)],  # noqa: S607 # found above
            cwd=folder,
            check=True,
            capture_output=True,
            text=True,
            input=json.dumps(given),
        )
        found: dict[str, Any] = json.loads(done.stdout)
        return found


_EVERYTHING = """
import resource, sys
from dataclasses import replace
from pathlib import Path
from bot import cards
from bot.cards import samples
from bot.model import CARD_SIZES
from bot.model import Brand, Look
root = Path(sys.argv[1])
look = Look(Brand("Free Assange Now", "#14161b", "#f7f2e8", "#ff5a3c"), "FreeAssangeNOW")
specs = [*samples.of_each_kind(look).values(), *samples.in_scripts(look).values()]
drawn = 0
for style in cards.styles(root):
    for width, height in CARD_SIZES:
        for spec in specs:
            if spec.image is None:
                cards.draw(replace(spec, style=style, width=width, height=height), root)
                drawn += 1
print(drawn, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def peak_memory() -> tuple[int, float]:
    """Draw every kind without a photo, in every style, size and script; cards, and MB at most."""
    done = subprocess.run(  # noqa: S603 # our own interpreter
        [sys.executable, "-c", _EVERYTHING, str(ROOT)],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    drawn, peak = done.stdout.split()
    return int(drawn), float(peak)


def main() -> None:
    """Print what was measured, and the ratios that matter."""
    measured = ours()
    measured["naive Pillow"] = naive()
    others = satori()
    if others is not None:
        measured["satori + resvg"] = others["draw_ms"] + others["encode_ms"]
    for name, took in measured.items():
        print(f"{name:16} {took:8.2f} ms a card")
    mine = measured["ours"]
    usual, fastest = measured["Pillow's PNG"], measured["at its fastest"]
    print(f"ours / Pillow's encoder alone  {mine / usual:6.2f}   (target: at most 2)")
    print(f"ours / the same at its fastest {mine / fastest:6.2f}")
    print(f"naive Pillow / ours    {measured['naive Pillow'] / mine:6.1f}")
    if others is None:
        print("satori: skipped, node or npm or its packages are not there")
    else:
        print(f"satori + resvg / ours  {measured['satori + resvg'] / mine:6.1f}   (target: 5)")
        print(f"peak memory of satori + resvg  {others['peak_rss_mb']:.0f} MB")
    drawn, peak = peak_memory()
    print(f"peak memory of ours    {peak:.0f} MB after {drawn} cards, all fonts (target: 80)")


if __name__ == "__main__":
    main()
