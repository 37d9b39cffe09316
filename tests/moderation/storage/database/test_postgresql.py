"""What a PostgreSQL must be like to be used."""

import psycopg
import pytest
from click.testing import CliRunner
from sqlalchemy.engine import make_url

from cli.main import parley
from moderation.storage.database.engine import open_database


def made_with(postgresql: str, encoding: str) -> str:
    """The URL of a new database that keeps its text in this encoding."""
    server = make_url(postgresql)
    name = f"in_{encoding.lower()}"
    statement = f"CREATE DATABASE \"{name}\" ENCODING '{encoding}' LOCALE 'C' TEMPLATE template0"
    with psycopg.connect(server.render_as_string(hide_password=False), autocommit=True) as driver:
        driver.execute(statement.encode())
    url = server.set(drivername="postgresql+psycopg", database=name)
    return url.render_as_string(hide_password=False)


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1", "EUC_JP"])
def test_text_that_is_not_kept_as_utf8_is_refused_before_anything_is_written(
    postgresql: str, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARLEY_DATABASE_URL", made_with(postgresql, encoding))

    done = CliRunner().invoke(parley, ["migrate"])

    assert done.exit_code == 2
    assert f"keeps text as {encoding}, not as UTF8: make another by CREATE" in done.output


def test_text_that_is_kept_as_utf8_is_taken(
    postgresql: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARLEY_DATABASE_URL", made_with(postgresql, "UTF8"))

    assert CliRunner().invoke(parley, ["migrate"]).exit_code == 0


def test_each_commit_waits_for_the_disk_unless_it_need_not_be_durable(postgresql: str) -> None:
    database = open_database(postgresql, pool_size=1)
    waits = []

    for durable in (True, False, True):
        with database.write(durable=durable) as connection:
            waits.append(connection.exec_driver_sql("SHOW synchronous_commit").scalar_one())
    database.close()

    assert waits == ["on", "off", "on"]
