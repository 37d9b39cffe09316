"""Statements that are compiled once for all databases of a test run."""

from typing import Any

from sqlalchemy import Compiled, Engine
from sqlalchemy import create_engine as create_engine_of_sqlalchemy

_Key = tuple[Any, ...]


class _SharedStatements(dict[_Key, Compiled]):
    """Keeps a statement by the kind of its database; SQLAlchemy does by the engine."""

    def get(self, key: _Key, default: Any = None) -> Any:
        return super().get(_of_kind(key), default)

    def __setitem__(self, key: _Key, compiled: Compiled) -> None:
        super().__setitem__(_of_kind(key), compiled)


_STATEMENTS = _SharedStatements()


def create_engine(url: str, **options: Any) -> Engine:
    """SQLAlchemy's engine; compiling for each anew took a third of a test of storage."""
    engine = create_engine_of_sqlalchemy(url, **options)
    engine.update_execution_options(compiled_cache=_STATEMENTS)
    return engine


def _of_kind(key: _Key) -> _Key:
    dialect, *statement = key
    return (dialect.name, *statement)
