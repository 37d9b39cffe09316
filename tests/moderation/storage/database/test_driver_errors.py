"""Whatever a driver raises is a database that is unavailable, unless the values are wrong."""

import sqlite3
from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy.exc import DBAPIError

from moderation.storage.database.driver_errors import DatabaseUnavailable, translated

BASES = (sqlite3.Error, psycopg.Error)


def hierarchy(base: type[Exception]) -> Iterator[type[Exception]]:
    yield base
    for kind in base.__subclasses__():
        yield from hierarchy(kind)


def as_sqlalchemy_raises(error: Exception, base: type[Exception]) -> Exception:
    wrapped: Exception = DBAPIError.instance("SELECT 1", {}, error, base)
    return wrapped


ERRORS = sorted(
    {(base, kind) for base in BASES for kind in hierarchy(base)}, key=lambda pair: str(pair[1])
)


def test_there_are_many_errors() -> None:
    assert len(ERRORS) > 200


@pytest.mark.parametrize(("base", "kind"), ERRORS, ids=lambda kind: kind.__qualname__)
def test_error_of_a_driver_is_translated(base: type[Exception], kind: type[Exception]) -> None:
    module = sqlite3 if base is sqlite3.Error else psycopg
    of_the_values = issubclass(kind, (module.IntegrityError, module.DataError))
    expected = DBAPIError if of_the_values else DatabaseUnavailable

    with pytest.raises(expected, match="something on the disk"), translated():
        raise as_sqlalchemy_raises(kind("something on the disk"), base)


def test_error_without_a_text_is_named() -> None:
    with pytest.raises(DatabaseUnavailable, match="OperationalError"), translated():
        raise as_sqlalchemy_raises(sqlite3.OperationalError(), sqlite3.Error)
