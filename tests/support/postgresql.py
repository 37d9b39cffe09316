"""Make databases on the PostgreSQL server of the tests."""

from sqlalchemy import create_engine
from sqlalchemy.engine import make_url


def new_postgresql_database(server: str, name: str) -> str:
    """The URL of a new, empty database on the server."""
    url = make_url(server).set(drivername="postgresql+psycopg")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f'CREATE DATABASE "{name}" TEMPLATE template0')
    engine.dispose()
    return url.set(database=name).render_as_string(hide_password=False)
