"""Old comments find the first of their threads, and threads how many of theirs are public."""

from pathlib import Path

from sqlalchemy import select, text

from moderation.storage.database.engine import Database, open_database
from moderation.storage.migrate import migrate
from moderation.storage.schema.comments import comments
from moderation.storage.schema.threads import threads
from tests.support.postgresql import new_postgresql_database

# id: (the one that it answers, status); the time is ten times the id.
OLD = {
    1: (None, "approved"),
    2: (None, "rejected"),
    3: (1, "approved"),
    4: (3, "flagged"),
    5: (4, "approved"),
    6: (2, "approved"),
    7: (None, "pending"),
    8: (None, "erased"),
    9: (8, "approved"),
}


def add_old_comments(database: Database) -> None:
    with database.write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO sites (id, name, title, origins, policy, max_text, created_at)"
            " VALUES (1, 'demo', 'Demo', '[]', '{}', 10, 0)"
        )
        connection.exec_driver_sql(
            "INSERT INTO pages (id, site_id, key, approved, revision) VALUES (1, 1, '/a', 5, 5)"
        )
        for number, (parent, status) in OLD.items():
            connection.execute(
                text(
                    "INSERT INTO comments (id, public_id, site_id, page_id, parent_id, name, text,"
                    " status, version, submitted_at, attempts, lease_until) VALUES"
                    " (:id, :public_id, 1, 1, :parent, 'Ada', 'Hello', :status, 1, :at, 0, 0)"
                ),
                {
                    "id": number,
                    "public_id": f"c{number}",
                    "parent": parent,
                    "status": status,
                    "at": number * 10,
                },
            )


def test_old_comments_find_their_threads(postgresql: str, tmp_path: Path) -> None:
    urls = (f"sqlite:///{tmp_path / 'old.db'}", new_postgresql_database(postgresql, "threads"))
    for url in urls:
        database = open_database(url)
        migrate(database, "0026")
        add_old_comments(database)

        migrate(database)

        with database.read() as connection:
            places = connection.execute(select(comments.c.id, comments.c.thread_id)).all()
            columns = (threads.c.root_id, threads.c.page_id, threads.c.approved, threads.c.answers)
            counts = connection.execute(select(*columns).order_by(threads.c.root_id)).all()
            started = connection.execute(text("SELECT started_at FROM threads ORDER BY root_id"))
            assert list(started.scalars()) == [10, 20, 80]
        assert {row.id: row.thread_id for row in places} == {
            1: None,
            2: None,
            3: 1,
            4: 1,
            5: 1,
            6: 2,
            7: None,
            8: None,
            9: 8,
        }
        assert [tuple(row) for row in counts] == [(1, 1, 3, 2), (2, 1, 1, 1), (8, 1, 1, 1)]
        database.close()
