"""The worker of a running Parley keeps the numbers of yesterday."""

from datetime import timedelta
from pathlib import Path

from moderation.clock import utc_now
from moderation.sites import Site
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import open_database
from moderation.storage.migrate import migrate
from moderation.storage.statistics.daily_rollups import last_rolled_up
from tests.support.flagged_comments import add_scored
from tests.support.program import running, wait_until


def test_the_worker_keeps_yesterday(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'parley.db'}")
    migrate(database)
    Sites(database, utc_now).add(Site(0, "demo", "Demo", ()))
    then = utc_now() - timedelta(days=2)
    add_scored(database, lambda: then)

    with running(tmp_path), database.read() as connection:
        wait_until(lambda: last_rolled_up(connection) == then.date())
    database.close()
