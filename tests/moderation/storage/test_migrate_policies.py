"""Old policies and old comments, once what scores highest waits."""

from pathlib import Path

from sqlalchemy import select, text

from moderation.storage.database.engine import open_database
from moderation.storage.migrate import migrate
from moderation.storage.schema.comments import comments
from moderation.storage.schema.sites import sites
from tests.support.postgresql import new_postgresql_database

POLICIES = {
    '{"never_reject": false, "reject": null, "flag": null}': {"reject": {}, "flag": None},
    '{"never_reject": true, "reject": null, "flag": 0.3}': {"reject": {}, "flag": 0.3},
    '{"never_reject": true, "reject": 0.9, "flag": null}': {"reject": {}, "flag": None},
    '{"never_reject": false, "reject": 0.9, "flag": 0.2}': {
        "reject": {"toxicity": 0.9},
        "flag": 0.2,
    },
    "{}": {"reject": {}, "flag": None},
}


def test_only_sites_with_a_threshold_of_their_own_go_on_rejecting(
    postgresql: str, tmp_path: Path
) -> None:
    urls = (f"sqlite:///{tmp_path / 'old.db'}", new_postgresql_database(postgresql, "policies"))
    for url in urls:
        database = open_database(url)
        migrate(database, "0007")
        with database.write() as connection:
            for number, policy in enumerate(POLICIES, start=1):
                connection.execute(
                    text(
                        "INSERT INTO sites (id, name, title, origins, policy, max_text, created_at)"
                        " VALUES (:number, :name, '', '[]', :policy, 10, 0)"
                    ),
                    {"number": number, "name": f"site-{number}", "policy": policy},
                )

        migrate(database)

        with database.read() as connection:
            query = select(sites.c.policy).order_by(sites.c.id)
            assert list(connection.execute(query).scalars()) == list(POLICIES.values())
        database.close()


def test_what_the_policy_settled_is_known_of_old_comments(postgresql: str, tmp_path: Path) -> None:
    urls = (f"sqlite:///{tmp_path / 'old.db'}", new_postgresql_database(postgresql, "automatic"))
    for url in urls:
        database = open_database(url)
        migrate(database, "0007")
        with database.write() as connection:
            for statement in OLD_COMMENTS:
                connection.exec_driver_sql(statement)

        migrate(database)

        with database.read() as connection:
            query = select(comments.c.automatic_status).order_by(comments.c.id)
            assert list(connection.execute(query).scalars()) == ["approved", "rejected", None, None]
        database.close()


# Approved, and rejected by a moderator since; rejected; flagged, and approved since; pending.
OLD_COMMENTS = (
    "INSERT INTO sites (id, name, title, origins, policy, max_text, created_at)"
    " VALUES (1, 'demo', 'Demo', '[]', '{}', 10, 0)",
    "INSERT INTO pages (id, site_id, key, approved, revision) VALUES (1, 1, '/a', 0, 0)",
    "INSERT INTO comments (id, public_id, site_id, page_id, name, text, status, version,"
    " submitted_at, attempts, lease_until) VALUES"
    " (1, 'a', 1, 1, 'Ada', 'a', 'rejected', 3, 0, 0, 0),"
    " (2, 'b', 1, 1, 'Ada', 'b', 'rejected', 2, 0, 0, 0),"
    " (3, 'c', 1, 1, 'Ada', 'c', 'approved', 3, 0, 0, 0),"
    " (4, 'd', 1, 1, 'Ada', 'd', 'pending', 1, 0, 0, 0)",
    "INSERT INTO decisions"
    " (comment_id, version, actor, from_status, to_status, reasons, decided_at)"
    " VALUES (1, 2, 'policy', 'pending', 'approved', '[]', 0),"
    " (1, 3, 'moderator', 'approved', 'rejected', '[]', 0),"
    " (2, 2, 'policy', 'pending', 'rejected', '[]', 0),"
    " (3, 2, 'policy', 'pending', 'flagged', '[]', 0),"
    " (3, 3, 'moderator', 'flagged', 'approved', '[]', 0)",
)
