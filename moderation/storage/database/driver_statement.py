"""Statements of each request, run on the driver itself: compiled once, without SQLAlchemy's way.

That takes 45 us of the 51 that the state of a page takes on SQLite, and more for rows to insert
(measured). What a statement means, how values are kept and what errors become stays SQLAlchemy's.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Delete, Dialect, Insert, Select, TextClause, Update

Values = Mapping[str, Any]
_Statement = Select[*tuple[Any, ...]] | Insert | Update | Delete | TextClause
_Change = Callable[[Any], Any] | None  # of a value for the other side; None: it is the same


def run_on_driver(
    connection: Connection, text: str, values: Any = (), *, many: bool = False
) -> tuple[list[Any], Any]:
    """Run a statement as the driver spells it, once or for `many` values.

    Returns:
        Its rows, and what the driver says of their columns; nothing of a statement without rows.

    Raises:
        DBAPIError: As SQLAlchemy raises it, with all that it does about a lost connection.
    """
    cursor = None
    try:
        cursor = connection.connection.cursor()
        (cursor.executemany if many else cursor.execute)(text, values)
        description = cursor.description
        rows: list[Any] = [] if description is None else list(cursor.fetchall())
    except BaseException as error:
        # Nothing public does it: its events, its pool, its classes of errors.
        connection._handle_dbapi_exception(error, text, None, cursor, None)  # noqa: SLF001
    cursor.close()
    return rows, description


class DriverStatement:
    """A statement of Core whose parameters are named, and none of them is a list for an IN."""

    def __init__(
        self,
        statement: _Statement | Callable[[Dialect], _Statement],
        columns: Sequence[str] = (),
    ) -> None:
        """Compile nothing yet.

        Args:
            statement: Or what builds it, where each database needs its own.
            columns: Those that the rows of an INSERT have values for.
        """
        self._statement = statement
        self._columns = columns
        self._compiled: dict[str, _Compiled] = {}  # by dialect
        _STATEMENTS.append(self)

    def all(self, connection: Connection, values: Values) -> list[Any]:
        """The rows, as named tuples."""
        compiled = self._on(connection.dialect)
        rows, description = run_on_driver(connection, compiled.text, compiled.parameters(values))
        if compiled.read is None:
            compiled.read = _reader(compiled.statement, connection.dialect, description)
        return [compiled.read(row) for row in rows]

    def first(self, connection: Connection, values: Values) -> Any | None:
        """The first row, as a named tuple; None where there is none."""
        rows = self.all(connection, values)
        return rows[0] if rows else None

    def run(self, connection: Connection, rows: Sequence[Values]) -> None:
        """Run it for each of these rows, of which there is one at least."""
        compiled = self._on(connection.dialect)
        many = [compiled.parameters(row) for row in rows]
        is_one = len(many) == 1
        run_on_driver(connection, compiled.text, many[0] if is_one else many, many=not is_one)

    def _on(self, dialect: Dialect) -> "_Compiled":
        if dialect.name not in self._compiled:
            given = self._statement
            statement = given(dialect) if callable(given) else given
            self._compiled[dialect.name] = _compile(statement, self._columns, dialect)
        return self._compiled[dialect.name]


_STATEMENTS: list[DriverStatement] = []  # all of the process


def compile_statements(dialect: Dialect) -> None:
    """Compile all statements that were built so far: before a fork, so that it is done once."""
    for statement in _STATEMENTS:
        statement._on(dialect)  # noqa: SLF001 of this module


@dataclass(slots=True)
class _Compiled:
    """A statement for one dialect: its text, and how values and rows are changed for it."""

    statement: _Statement
    text: str
    constants: Values
    asked: Sequence[tuple[str, _Change]]
    order: Sequence[str] | None  # None: the driver takes them by name
    read: Callable[[Sequence[Any]], Any] | None = None  # from the first answer on

    def parameters(self, values: Values) -> Any:
        kept = dict(self.constants)
        for name, change in self.asked:
            kept[name] = values[name] if change is None else change(values[name])
        return kept if self.order is None else [kept[name] for name in self.order]


def _compile(statement: _Statement, columns: Sequence[str], dialect: Dialect) -> _Compiled:
    compiled: Any = statement.compile(dialect=dialect, column_keys=list(columns) or None)
    constants, asked = {}, []
    for name, bind in compiled.binds.items():
        change = bind.type.dialect_impl(dialect).bind_processor(dialect)
        if bind.required:
            asked.append((name, change))
        else:
            constants[name] = bind.value if change is None else change(bind.value)
    order = list(compiled.positiontup) if compiled.positional else None
    return _Compiled(statement, str(compiled), constants, asked, order)


def _reader(
    statement: _Statement, dialect: Dialect, description: Any
) -> Callable[[Sequence[Any]], Any]:
    """What makes a named tuple of a row, each value as its type has it."""
    columns = [] if isinstance(statement, TextClause) else list(statement.exported_columns)
    types = [column.type.dialect_impl(dialect) for column in columns]
    changes = [
        kind.result_processor(dialect, of_driver[1])
        for kind, of_driver in zip(types, description, strict=True)
    ]
    changed = [(place, change) for place, change in enumerate(changes) if change is not None]
    row = namedtuple("row", [column.key for column in columns], rename=True)  # type: ignore[misc]

    def read(values: Sequence[Any]) -> Any:
        own = list(values)
        for place, change in changed:
            own[place] = change(own[place])
        return row._make(own)

    return read if changed else row._make
