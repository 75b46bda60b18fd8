"""What becomes of a post when the network fails at one of its steps: every fault, every step.

One bot serves an account for each cell, on a clock that jumps. The fault strikes that account's
request once; then the network is well again.
matrix_table.py shows them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from PIL import Image

from bot.app import Bot, open_bot
from bot.model import Account, Delivery, NetworkName, State
from bot.networks.base import DEFAULT_LIMITS, Network
from bot.networks.registry import connect
from bot.rehearsal import SteppingClock
from bot.sandbox import Sandbox
from bot.sandbox.faults import AFTER, BEFORE, KINDS
from bot.settings import Settings
from bot.settle import waits_for_person
from tests.torture.personalities import Personality
from tests.torture.shared import START

DUE = START + timedelta(minutes=1)
SAMPLE = timedelta(minutes=20)
_STEP = timedelta(minutes=1)
_LONGEST = timedelta(hours=30)
_AN_HOUR = timedelta(minutes=50)
_TICKS = 80

OPERATION = {
    "upload": "upload",
    "alt text": "alt",
    "post": "post",
    "second part": "post",
    "look": "timeline",
    "counts": "measure",
    "limits": "instance",
}
"""The sandbox's operation that fails at each step."""

STEPS: Mapping[NetworkName, tuple[str, ...]] = {
    NetworkName.MASTODON: ("limits", "upload", "post", "second part", "look", "counts"),
    NetworkName.X: ("upload", "alt text", "post", "second part", "look", "counts"),
}

OPTIONS: Mapping[str, Mapping[str, object]] = {
    "rate_limited": {"reset": 90},
    "daily_limited": {"reset": 90},
    "usage_capped": {"reset": 90},
    "server_error": {"status": 503, "html": True},
    "hang_before": {"seconds": None},
    "hang_after": {"seconds": None},
    "error_after": {"status": 502, "html": True},
    "latency": {"seconds": 0.01},
    "timeline_lag": {"seconds": 30},
    "slow_media": {"seconds": 10},
}

ONLY_AT: Mapping[str, tuple[str, ...]] = {
    "forbidden_duplicate": ("post", "second part"),
    "ignore_keys": ("post", "second part"),
    "replay_500": ("post",),
    "timeline_lag": ("look",),
    "slow_media": ("upload",),
    "no_metrics": ("counts",),
}
ONLY_ON: Mapping[str, NetworkName] = {
    "payment": NetworkName.X,
    "daily_limited": NetworkName.X,
    "usage_capped": NetworkName.X,
    "no_metrics": NetworkName.X,
    "ignore_keys": NetworkName.MASTODON,
    "replay_500": NetworkName.MASTODON,
    "slow_media": NetworkName.MASTODON,
}
DOUBTS = ("server_error", *BEFORE, *(kind for kind in AFTER if kind != "bad_rate_limit_header"))
"""Faults after which nobody can know whether the post was made."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One fault at one step."""

    step: str
    kind: str

    @property
    def account(self) -> str:
        """The account that it happens to."""
        return f"{self.step}-{self.kind}".replace(" ", "-").replace("_", "-")


def cells_of(personality: Personality) -> list[Cell]:
    """List the cells that there can be; of servers like Mastodon 4.5, those that may differ."""
    if personality.name not in ("mastodon-4.5", "x-2.166"):
        return [Cell("post", kind) for kind in DOUBTS]
    return [
        Cell(step, kind)
        for kind in KINDS
        if ONLY_ON.get(kind, personality.network) is personality.network
        for step in STEPS[personality.network]
        if step in ONLY_AT.get(kind, (step,))
    ]


def run(personality: Personality, folder: Path) -> dict[Cell, str]:
    """Let each cell happen, and say what came of each.

        posted          at once; the fault did not matter
        later           tried again, since it was certainly not made
        paused          likewise, and the account waited, for a person's help or a long limit
        found           on the account's own timeline
        sent again      with the same key, after two looks that did not find it
        asks            it is not there, and a person must say so
        refused         given up, with the network's reason
        read, read later, without counts    what became of the engagement

    Raises:
        AssertionError: a post was lost, or made twice, or its end has no reason.
    """
    cells = cells_of(personality)
    _write_content(folder, personality, cells)
    clock = SteppingClock(START)
    with Sandbox(
        folder / "sandbox.db",
        clock=clock,
        flavour=personality.flavour,
        x_dialect=personality.dialect,
        rate_limits=False,
    ) as sandbox:
        for number, cell in enumerate(cells):
            username = f"house{number}"
            sandbox.add_account(personality.network.value, cell.account, username=username)
            _order(sandbox, personality.network, cell)
        with _bot(folder, personality, sandbox, clock, cells) as bot:
            for _ in range(_TICKS):
                bot.tick()
                if (following := _next(bot, clock)) is None:
                    break
                clock.advance(following)
            return {cell: _outcome(bot, sandbox, personality.network, cell) for cell in cells}


def _next(bot: Bot, clock: SteppingClock) -> datetime | None:
    now = clock()
    end = DUE + _LONGEST
    if now < DUE:
        return DUE
    moments = [bot.store.next_due(now), bot.store.next_sample_due([SAMPLE], now)]
    if bot.store.receipts_to_sample(now + timedelta(days=1), [SAMPLE]):
        moments.append(now + max(5 * _STEP, (now - DUE) / 4))  # perhaps one that is not read now
    later = [max(moment, now + _STEP) for moment in moments if moment is not None]
    return min((moment for moment in later if moment < end), default=None)


def _order(sandbox: Sandbox, network: NetworkName, cell: Cell) -> None:
    """Ask the sandbox for the cell's fault; a look, and a replay, need a reason to be made."""
    if cell.step == "look" or cell.kind == "replay_500":
        sandbox.faults.add(network.value, "post", "reset_after", account=cell.account)
    if cell.kind == "replay_500":  # the post is not to be seen until it has been sent again
        sandbox.faults.add(
            network.value, "timeline", "timeline_lag", account=cell.account, times=2, seconds=3600
        )
    operation = OPERATION[cell.step]
    if network is NetworkName.X and cell.step == "counts":
        operation = "timeline"
    sandbox.faults.add(
        network.value,
        operation,
        cell.kind,
        account=cell.account,
        after=int(cell.step == "second part") + int(cell.kind == "replay_500"),
        # X is asked again at once, with other names for the fields, after a 400.
        times=2 if cell.kind == "bad_request" and operation == "timeline" else 1,
        **OPTIONS.get(cell.kind, {}),
    )


@contextmanager
def _bot(
    folder: Path,
    personality: Personality,
    sandbox: Sandbox,
    clock: SteppingClock,
    cells: list[Cell],
) -> Iterator[Bot]:
    def connect_account(account: Account) -> Network:
        x = account.network is NetworkName.X
        secrets = (
            sandbox.x_credentials(account.name)
            if x
            else {"ACCESS_TOKEN": sandbox.mastodon_token(account.name)}
        )
        at = replace(account, server=sandbox.x_url if x else sandbox.mastodon_url)
        patience = 0.5 if "hang" in account.name else 20.0
        return connect(at, secrets, timeout=patience, clock=clock)

    with open_bot(Settings(folder, {}), clock, connect_with=connect_account) as bot:
        bot.watch_clock = bot.draws_ahead = False
        for cell in cells:
            if cell.step != "limits":
                bot.store.save_limits(cell.account, DEFAULT_LIMITS[personality.network], START)
        yield bot


def _outcome(bot: Bot, sandbox: Sandbox, network: NetworkName, cell: Cell) -> str:
    """Say in a word what came of a cell's post."""
    deliveries = bot.store.deliveries(account=cell.account)
    expected = 2 if cell.step == "second part" else 1
    posts = sandbox.posts(network.value, cell.account)
    assert len(deliveries) == expected, (cell, deliveries)
    assert len({post.text for post in posts}) == len(posts), f"{cell}: posted twice"
    last = deliveries[-1]
    there = last.draft.text in {post.text for post in posts}
    if last.state is State.FAILED:
        assert last.reason
        assert not there, cell
        return "refused"
    if waits_for_person(last):
        assert not there, f"{cell}: a person is asked for what stands there"
        return "asks"
    assert last.state is State.SENT, (cell, last.state, last.reason)
    assert there, f"{cell}: lost"
    assert len(posts) == expected
    if last.draft.picture is not None:
        (media,) = posts[0].media
        assert media.alt == last.draft.picture.alt
    return _way_to_counts(bot, last) if cell.step == "counts" else _way(bot, last)


def _way(bot: Bot, delivery: Delivery) -> str:
    events = bot.store.events(delivery=delivery.id)
    names = [event.event for event in events]
    claims = [event.at for event in events if event.event == "claimed"]
    if "found" in names:
        return "found"
    if "absent" in names:
        return "sent again"
    if len(claims) == 1:
        return "posted"
    return "paused" if claims[-1] - claims[0] >= _AN_HOUR else "later"


def _way_to_counts(bot: Bot, delivery: Delivery) -> str:
    (sample,) = bot.store.samples(delivery=delivery.id)
    assert delivery.claimed_at is not None
    if sample.counts.likes is None:
        return "without counts"
    return "read" if sample.at - delivery.claimed_at < SAMPLE + _STEP else "read later"


def _write_content(root: Path, personality: Personality, cells: list[Cell]) -> None:
    folder = root / "content" / "rent-strike" / "messages"
    folder.mkdir(parents=True)
    (folder.parent / "campaign.yaml").write_text(
        "name: Rent strike\nlanguages: [en]\nhashtags: {always: []}\nlinks: [example.org]\n"
        "brand: {name: Rent strike}\nactions: {}\n",
        encoding="utf-8",
    )
    picture = root / "images" / "photos" / "house.png"
    picture.parent.mkdir(parents=True)
    Image.new("RGB", (640, 360), "#14213d").save(picture)
    server = ', server: "https://mastodon.example"'
    more = server if personality.network is NetworkName.MASTODON else ""
    accounts = "".join(
        f"  {cell.account}: {{network: {personality.network.value}, language: en{more}}}\n"
        for cell in cells
    )
    (root / "schedules.yaml").write_text(
        f"timezone: Europe/London\nfixed_late: 7d\nsamples: [20m]\naccounts:\n{accounts}",
        encoding="utf-8",
    )
    for number, cell in enumerate(cells):
        front = f"at: {DUE:%Y-%m-%dT%H:%M}+00:00\naccounts: [{cell.account}]\n"
        if cell.step in ("upload", "alt text"):
            front += "image: images/photos/house.png\nalt: A house whose windows are dark\n"
        else:
            front += "card: none\n"
        if cell.step == "second part":
            front += f'thread: ["And house {number} adds: nobody leaves"]\n'
        text = f"House {number} of the street says: freeze the rents & mend the roofs"
        (folder / f"m{number:03}.md").write_text(f"---\n{front}---\n{text}\n", encoding="utf-8")
