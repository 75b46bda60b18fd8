"""Faults asked for over HTTP, and the set of faults itself."""

from __future__ import annotations

import threading

import pytest
import requests

from bot.sandbox.faults import AFTER, ANSWERS, BEFORE, CHANGES, KINDS, Faults
from tests.sandbox.stage import NETWORKS, Stage, post


@pytest.mark.parametrize("network", NETWORKS)
def test_control_over_http(stage: Stage, network: str) -> None:
    """Faults can be asked for, listed and forgotten from outside Python."""
    url = {"x": stage.sandbox.x_url, "mastodon": stage.sandbox.mastodon_url}[network]
    wanted = {"network": network, "operation": "post", "kind": "server_error"}
    made = requests.post(
        f"{url}/sandbox/faults",
        json={**wanted, "account": stage.name, "options": {"status": 502}},
        timeout=5,
    )
    assert made.status_code == 201
    assert post(stage, network).status_code == 502
    shown = requests.get(f"{url}/sandbox/faults", timeout=5).json()
    assert shown["faults"][-1]["spent"] is True
    assert shown["kinds"].keys() == KINDS.keys()
    requests.delete(f"{url}/sandbox/faults", timeout=5)
    assert stage.sandbox.faults.all() == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"network": "x", "operation": "post", "kind": "explode"},
        {"network": "y", "operation": "post", "kind": "unauthorized"},
        {"network": "x", "operation": "toot", "kind": "unauthorized"},
        {"network": "x", "operation": "post", "kind": "unauthorized", "time": 1},
        ["x", "post"],
    ],
)
def test_control_refuses_what_it_does_not_know(stage: Stage, wrong: object) -> None:
    """A typo is an answer that says what there is, not a fault that never strikes."""
    answer = requests.post(f"{stage.sandbox.x_url}/sandbox/faults", json=wrong, timeout=5)
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_control_is_for_this_machine_only(stage: Stage) -> None:
    """A hostile web page that resolves its name to loopback is turned away."""
    answer = requests.get(
        f"{stage.sandbox.x_url}/sandbox/faults", headers={"Host": "evil.example"}, timeout=5
    )
    assert answer.status_code == 421


def test_kinds_do_not_overlap() -> None:
    """Each kind belongs to one group, which decides when it strikes."""
    assert len(KINDS) == sum(len(group) for group in (ANSWERS, BEFORE, AFTER, CHANGES))


def test_times_hold_under_threads() -> None:
    """`times` is exact however many requests come at once."""
    faults = Faults()
    fault = faults.add("x", "post", "unauthorized", times=50)
    struck: list[int] = []
    threads = [
        threading.Thread(
            target=lambda: struck.extend(len(faults.take("x", "post", None)) for _ in range(25))
        )
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(struck) == fault.struck == 50
