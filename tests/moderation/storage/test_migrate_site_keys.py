"""The one key of a site is the first of several, and goes on working."""

from pathlib import Path

from sqlalchemy import text

from moderation.clock import utc_now
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import open_database
from moderation.storage.migrate import migrate
from tests.support.postgresql import new_postgresql_database

_INSERT = (
    "INSERT INTO sites (id, name, title, origins, policy, max_text, key_hash, created_at)"
    " VALUES (:id, :name, '', '[]', '{}', 10, :hash, 0)"
)


def test_the_one_key_is_kept_by_the_name_default(postgresql: str, tmp_path: Path) -> None:
    urls = (f"sqlite:///{tmp_path / 'old.db'}", new_postgresql_database(postgresql, "keys"))
    for url in urls:
        database = open_database(url)
        migrate(database, "0020")
        with database.write() as connection:
            for number, key_hash in enumerate(("a" * 64, None), start=1):
                row = {"id": number, "name": f"site-{number}", "hash": key_hash}
                connection.execute(text(_INSERT), row)

        migrate(database)

        keys = [site.keys for site in Sites(database, utc_now).all()]
        assert [(key.name, key.key_hash, key.last_used_at) for key in keys[0]] == [
            ("default", "a" * 64, None)
        ]
        assert keys[1] == ()
        database.close()


def test_a_key_of_before_submits(tmp_path: Path, postgresql: str) -> None:
    urls = (f"sqlite:///{tmp_path / 'old.db'}", new_postgresql_database(postgresql, "scopes"))
    for url in urls:
        database = open_database(url)
        migrate(database, "0020")
        with database.write() as connection:
            row = {"id": 1, "name": "site", "hash": "a" * 64}
            connection.execute(text(_INSERT), row)

        migrate(database)

        assert [key.scope for key in Sites(database, utc_now).get("site").keys] == ["submit"]
        database.close()
