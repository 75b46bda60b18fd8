"""kill -9 without end, and a table of what came of it.

python -m tests.torture --kills 10000
python -m tests.torture --kills 300 --seed 7 --only snac
python -m tests.torture --naive --kills 200          # the control: it must post twice
"""

from __future__ import annotations

import argparse
import gc
import json
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from time import monotonic

from bot.app import open_bot
from bot.settings import Settings
from tests.torture import document
from tests.torture.campaign import write_campaign
from tests.torture.personalities import PERSONALITIES
from tests.torture.points import POINTS, occurs_on
from tests.torture.rounds import MESSAGES, Setting, read_plans, run_round
from tests.torture.shared import START
from tests.torture.verdict import Verdict, table

_MOST_PASSES = 12
"""So many over all personalities, where points are still to be covered."""
_ROUNDS_OF_A_JOB = 100_000

FIGURES = "the torture: make torture"
CONTROL = "the control: python -m tests.torture --naive"
"""Places in docs/reliability.md."""


def main(arguments: list[str] | None = None) -> int:
    """Run; 1 where anything was lost, doubled, undecided or wrong."""
    asked = _parser().parse_args(arguments)
    names = asked.only or list(PERSONALITIES)
    verdicts = {name: Verdict() for name in names}
    began = monotonic()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with tempfile.TemporaryDirectory(prefix="loudhailer-torture-") as scratch:
        folder = Path(scratch)
        try:
            if asked.jobs > 1:
                _share(asked, verdicts, folder)
            else:
                _warm_up(folder)
                gc.collect()
                gc.freeze()  # what is there now is shared with every child
                _torture(asked, verdicts, folder)
        except KeyboardInterrupt:
            sys.stdout.write("stopped before its end; the figures so far:\n")
    figures = _figures(verdicts, names, monotonic() - began)
    sys.stdout.write(figures)
    if asked.write:
        today = datetime.now(UTC).date()
        document.write(CONTROL if asked.naive else FIGURES, f"On {today}:\n\n{figures}")
    if asked.json:
        shown = {name: vars(verdict) for name, verdict in verdicts.items()}
        asked.json.write_text(json.dumps(shown, indent=1), encoding="utf-8")
    total = Verdict()
    for verdict in verdicts.values():
        total.add(verdict)
    for line in total.wrong[:20]:
        sys.stdout.write(f"wrong: {line}\n")
    return 0 if total.is_clean else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("--kills", type=int, default=10_000, help="at least so many")
    parser.add_argument("--cover", action="store_true", help="and until all points have had one")
    parser.add_argument("--messages", type=int, default=MESSAGES, help="of a round's campaign")
    parser.add_argument("--per-round", type=int, default=200, help="kills; then it is left alone")
    parser.add_argument("--jobs", type=int, default=1, help="so many tortures side by side")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--seed", type=int, default=20220221)
    parser.add_argument("--only", action="append", choices=list(PERSONALITIES))
    parser.add_argument("--round", type=int, default=0, help="the first round's number")
    parser.add_argument("--lives", type=Path, help="a lives.json: die the deaths of that round")
    parser.add_argument("--naive", action="store_true", help="torture a naive retry loop instead")
    parser.add_argument("--write", action="store_true", help="put it into docs/reliability.md")
    parser.add_argument("--json", type=Path, help="write the figures here as well")
    return parser


def _share(asked: argparse.Namespace, verdicts: dict[str, Verdict], folder: Path) -> None:
    """Have the kills done by several of ourselves, each with rounds of its own, and add them up."""
    others = []
    for job in range(asked.jobs):
        figures = folder / f"{job}.json"
        options = {
            "--kills": -(-asked.kills // asked.jobs),
            "--round": asked.round + job * _ROUNDS_OF_A_JOB,
            "--seed": asked.seed,
            "--messages": asked.messages,
            "--per-round": asked.per_round,
            "--json": figures,
        }
        command = [sys.executable, "-m", "tests.torture"]
        command += [str(word) for option in options.items() for word in option]
        command += [word for name in verdicts for word in ("--only", name)]
        command += [f"--{flag}" for flag in ("naive", "cover", "verbose") if vars(asked)[flag]]
        with (folder / f"{job}.out").open("w") as said:
            # An interruption from the keyboard reaches them, too, and they tell how far they came.
            others.append((subprocess.Popen(command, stdout=said), figures))  # noqa: S603 - ourselves
    interrupted = False
    for process, _ in others:
        try:
            process.wait()
        except KeyboardInterrupt:
            interrupted = True
            for other, _ in others:
                other.terminate()
            process.wait()
    for job, (_, figures) in enumerate(others):
        for line in (folder / f"{job}.out").read_text().splitlines():
            if line.startswith(("round ", "  ")):  # what was not clean
                sys.stdout.write(f"{line}\n")
        for name, found in json.loads(figures.read_text(encoding="utf-8")).items():
            points = Counter(found.pop("at_points"))
            verdicts[name].add(Verdict(at_points=points, **found))
    if interrupted:
        raise KeyboardInterrupt


def _torture(asked: argparse.Namespace, verdicts: dict[str, Verdict], folder: Path) -> None:
    names = list(verdicts)
    died: dict[str, int] = {}
    for number in count(asked.round):
        for name in names:
            setting = Setting(
                PERSONALITIES[name],
                asked.seed,
                number,
                naive=asked.naive,
                messages=asked.messages,
                most_kills=asked.per_round,
                plans=read_plans(asked.lives) if asked.lives else None,
            )
            here = folder / "round"  # always the same: what was read of it once stays known
            cards = folder / "cards" / setting.personality.network.value
            verdict = run_round(setting, here, died, cards)
            verdicts[name].add(verdict)
            if asked.verbose:
                _report_progress(setting, verdict, verdicts)
            if not (verdict.is_clean or asked.naive):
                _report_failure(setting, verdict, here)
            shutil.rmtree(here, ignore_errors=True)
            if _is_enough(asked, names, number - asked.round, verdicts):
                return


def _is_enough(
    asked: argparse.Namespace, names: list[str], passes: int, verdicts: dict[str, Verdict]
) -> bool:
    if asked.lives:
        return True
    if not all(verdict.rounds for verdict in verdicts.values()):
        return False
    if sum(verdict.kills for verdict in verdicts.values()) < asked.kills:
        return False
    return not asked.cover or passes >= _MOST_PASSES or not _missed(verdicts, names)


def _report_progress(setting: Setting, verdict: Verdict, verdicts: dict[str, Verdict]) -> None:
    kills = sum(v.kills for v in verdicts.values())
    sys.stderr.write(
        f"{setting.personality.name} {setting.number}: {verdict.kills} kills, {kills} in all;"
        f" {len(_missed(verdicts, list(verdicts)))} points to come\n"
    )


def _report_failure(setting: Setting, verdict: Verdict, folder: Path) -> None:
    """Say what was wrong and how to have it again, and keep the files."""
    kept = Path(tempfile.mkdtemp(prefix="loudhailer-torture-kept-")) / setting.personality.name
    shutil.copytree(folder, kept)
    name, number = setting.personality.name, setting.number
    sys.stdout.write(
        f"round {number} of {name} is not clean: {verdict.wrong[:5]}\n"
        f"  lost {verdict.lost}, twice {verdict.twice}, undecided {verdict.undecided}\n"
        f"  its files: {kept}\n"
        f"  again: python -m tests.torture --seed {setting.seed} --only {name} --round {number}"
        f" --messages {setting.messages} --lives {kept}/lives.json\n"
    )
    sys.stdout.flush()


def _missed(verdicts: dict[str, Verdict], names: list[str]) -> list[str]:
    """List the points that could be died at, and were not."""
    networks = {PERSONALITIES[name].network for name in names}
    died = {point for verdict in verdicts.values() for point in verdict.at_points}
    return [p for p in POINTS if p not in died and any(occurs_on(p, n) for n in networks)]


def _warm_up(folder: Path) -> None:
    """Do here once what children would do anew in each life: import, compile, read."""
    import bot.cards
    import bot.networks.mastodon
    import bot.networks.x  # noqa: F401

    for personality in PERSONALITIES.values():
        root = folder / "round" / "root"
        write_campaign(root, personality, MESSAGES)
        with open_bot(Settings(root, {}), lambda: START) as opened:
            opened.prepare()
        shutil.rmtree(folder / "round")


def _figures(verdicts: dict[str, Verdict], names: list[str], seconds: float) -> str:
    total = Verdict()
    for verdict in verdicts.values():
        total.add(verdict)
    covered = f"{len(total.at_points)} of {len(POINTS)} named points, {total.rounds:,} rounds"
    text = f"{table({**verdicts, 'all': total})}\n{covered}, {timedelta(seconds=round(seconds))}.\n"
    missed = _missed(verdicts, names)
    if missed and len(missed) < len(POINTS) / 2:
        text += f"Nobody died at: {', '.join(missed)}.\n"
    return text


if __name__ == "__main__":
    sys.exit(main())
