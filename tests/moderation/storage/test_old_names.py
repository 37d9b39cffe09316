"""Moderators whose names were different before names were compared by their key."""

from pathlib import Path

import pytest

from moderation.storage.accounts.moderators import Moderators
from moderation.storage.database.engine import open_database
from moderation.storage.migrate import migrate
from tests.support.clock import FakeClock
from tests.support.postgresql import new_postgresql_database

_INSERT = (
    "INSERT INTO moderators (name, active, created_at, role, every_site, totp_step)"
    " VALUES ('{}', true, 0, 'admin', true, 0)"
)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_each_is_found_by_the_name_as_it_is_written(
    kind: str, tmp_path: Path, postgresql: str
) -> None:
    database = open_database(
        f"sqlite:///{tmp_path / 'old.db'}"
        if kind == "sqlite"
        else new_postgresql_database(postgresql, "old_names")
    )
    migrate(database, "0007")
    names = ("Anna", "anna", "ＡＮＮＡ")
    with database.write() as connection:
        for name in names:
            connection.exec_driver_sql(_INSERT.format(name))

    migrate(database)

    moderators = Moderators(database, FakeClock())
    assert [moderators.get(name).name for name in names] == list(names)
    assert moderators.get("ANNA").name == "Anna"
    database.close()
