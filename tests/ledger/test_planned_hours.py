"""Messages with a time of their own, by clocks that were wrong and zones that change."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, cast
from zoneinfo import ZoneInfo

from bot.jobs.refresh import refresh
from bot.model import Catalog, Delivery
from bot.store.schema import deliveries
from tests.ledger.machine import HOUR, MINUTE, NINE
from tests.ledger.world import World
from tests.plan.desk import MASTO, catalog, draft, message
from tests.simulator.years import elsewhere

if TYPE_CHECKING:
    from bot.jobs.drafting import Drafter

BERLIN = ZoneInfo("Europe/Berlin")


def planned(world: World, of: Catalog, now: datetime) -> list[Delivery]:
    """Turn into rows what has come due; gives all rows."""
    refresh(of, world.store, cast("Drafter", draft), now)
    return world.store.deliveries()


def at_ten(zone: ZoneInfo) -> Catalog:
    """A message for ten o'clock by the clocks of the zone, with other words for a second time."""
    at = datetime(2022, 2, 21, 10, tzinfo=zone)
    said = message("m", at=at, variants=("Other words for it",), accounts=(MASTO.name,))
    return catalog([said], [], MASTO)


def test_a_message_is_not_said_again_when_its_zone_moves_back(world: World) -> None:
    """It went out at ten; by a decree ten comes again, and it does not go out in other words."""
    planned(world, at_ten(BERLIN), NINE - HOUR)
    assert len(planned(world, at_ten(BERLIN), NINE)) == 1
    later = elsewhere(BERLIN, NINE, -1)
    assert len(planned(world, at_ten(later), NINE + HOUR)) == 1


def test_a_ledger_from_before_knows_what_was_said(world: World) -> None:
    """Such rows were named by their moment, and still count."""
    planned(world, at_ten(BERLIN), NINE - HOUR)
    (made,) = planned(world, at_ten(BERLIN), NINE)
    with world.store._write() as connection:
        former = "fixed|c/m|2022-02-21T09:00Z"
        connection.execute(deliveries.update().values(slot=former))
    assert [d.id for d in planned(world, at_ten(BERLIN), NINE + MINUTE)] == [made.id]


def test_a_bot_that_began_ahead_of_time_says_what_it_was_given(world: World) -> None:
    """Its first look was by a clock a year ahead; a message does not wait for that year."""
    of = at_ten(BERLIN)
    world.machine.off = timedelta(days=365)
    world.tick()
    planned(world, of, world.machine.clock())
    world.machine.off = timedelta(0)
    world.run(6 * MINUTE)
    news = replace(of.messages["c/m"], id="c/news", text="News", at=NINE + HOUR)
    of = replace(of, messages={**of.messages, news.id: news})
    rows = planned(world, of, NINE + HOUR)
    assert "c/news" in {row.message for row in rows}
