"""Order rows by a keyset, and go on after a row without counting those before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Row, Tuple, tuple_


@dataclass(frozen=True, slots=True)
class Keyset:
    """Columns that rows are ordered by; together they are unique, so that no place is shared."""

    columns: Sequence[Column[Any]]
    descending: bool = False

    @property
    def order_by(self) -> list[ColumnElement[Any]]:
        """What to order a query by."""
        return [key.desc() if self.descending else key.asc() for key in self.columns]

    def after(self, row: Row[*tuple[Any, ...]]) -> ColumnElement[bool]:
        """Return the condition for all that comes after the row, which has every column."""
        return self.beyond(tuple(row._mapping[key] for key in self.columns))

    def beyond(self, values: Sequence[Any]) -> ColumnElement[bool]:
        """Return the condition for all that comes after a place, which no row needs to have."""
        place: Tuple = tuple_(*self.columns)
        values = tuple(values)
        return place < values if self.descending else place > values
