"""Keys of addresses live as long as their period, whatever clock a web server has."""

from datetime import UTC, datetime

from sqlalchemy import select

from moderation.storage.database.engine import Database
from moderation.storage.schema.system import address_keys
from moderation.storage.system.address_keys import AddressKeys, period_of

TODAY = period_of(datetime.now(UTC))


def periods(database: Database) -> list[int]:
    with database.read() as connection:
        query = select(address_keys.c.period).order_by(address_keys.c.period)
        return list(connection.execute(query).scalars())


def test_a_period_has_one_key_and_earlier_ones_are_deleted(database: Database) -> None:
    keys = AddressKeys(database)
    old = keys.of_period(TODAY - 2)

    new = keys.of_period(TODAY)

    assert keys.of_period(TODAY) == new != old
    assert periods(database) == [TODAY]


def test_a_clock_that_is_ahead_deletes_no_key_in_use(database: Database) -> None:
    keys = AddressKeys(database)
    right = keys.of_period(TODAY)

    ahead = keys.of_period(TODAY + 3)

    assert keys.of_period(TODAY) == right != ahead


def test_a_key_that_a_clock_ahead_has_made_keeps_no_old_one_alive(database: Database) -> None:
    keys = AddressKeys(database)
    keys.of_period(TODAY - 1)
    with database.write() as connection:
        connection.execute(address_keys.insert().values(period=TODAY, key="made early"))

    assert keys.of_period(TODAY) == "made early"
    assert periods(database) == [TODAY]
