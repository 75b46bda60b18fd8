"""The column types of the ledger, and how its states are compared.

Moments are whole microseconds since 1970 in UTC: they sort, compare and add up alike on
every database, and no driver's idea of time zones comes between. Money is whole
micro-dollars, so that sums are exact.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import ROUND_UP, Decimal
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, literal_column
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from bot.model import State, require_zone

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_MICRO_USD = Decimal("0.000001")


class Moment(TypeDecorator[datetime]):
    """An aware moment, stored as microseconds since 1970; a naive one is refused."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> int | None:
        """Turn a moment into microseconds."""
        if value is None:
            return None
        require_zone("a moment in the ledger", value)
        return (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: int | None, _dialect: Dialect) -> datetime | None:
        """Turn microseconds into a moment in UTC."""
        return None if value is None else _EPOCH + timedelta(microseconds=value)


class Span(TypeDecorator[timedelta]):
    """A length of time, stored as microseconds."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: timedelta | None, _dialect: Dialect) -> int | None:
        """Turn a length of time into microseconds."""
        return None if value is None else value // _MICROSECOND

    def process_result_value(self, value: int | None, _dialect: Dialect) -> timedelta | None:
        """Turn microseconds into a length of time."""
        return None if value is None else timedelta(microseconds=value)


class Usd(TypeDecorator[Decimal]):
    """US dollars, stored as micro-dollars; a finer fraction is rounded up."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, _dialect: Dialect) -> int | None:
        """Turn dollars into micro-dollars."""
        if value is None:
            return None
        return int(value.quantize(_MICRO_USD, rounding=ROUND_UP).scaleb(6))

    def process_result_value(self, value: int | None, _dialect: Dialect) -> Decimal | None:
        """Turn micro-dollars into dollars."""
        return None if value is None else Decimal(value).scaleb(-6)


def state_is(column: ColumnElement[Any], *states: State) -> ColumnElement[bool]:
    """Compare a state column with literals, not with bound parameters.

    Only so does SQLite use a partial index for the claim (facts: measured).
    """
    literals: list[ColumnElement[str]] = [literal_column(f"'{state.value}'") for state in states]
    return column == literals[0] if len(literals) == 1 else column.in_(literals)
