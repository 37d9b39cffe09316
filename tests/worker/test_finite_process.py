"""The processes that take one step after another and end: purge and rollup."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from moderation.choices.safeguards import Safeguards
from moderation.clock import utc_now
from moderation.comments import Status
from moderation.policy import Decision
from moderation.sites import Site
from moderation.storage.comments.comments import Comments
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.statistics.daily_rollups import DailyRollups
from tests.support.flagged_comments import GOOD, add_scored


def run(module: str, url: str) -> str:
    """What the process logs; it ends as one that did its work."""
    done = subprocess.run(
        [sys.executable, "-m", module],
        env={**os.environ, "PARLEY_DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return done.stderr


def test_the_purge_erases_what_is_old_and_ends(
    database: Database, database_url: str, site: Site
) -> None:
    rejected = Decision(Status.REJECTED)
    kept = replace(Safeguards(), purge_days=3)
    Sites(database, utc_now).change("demo", lambda known: replace(known, safeguards=kept))
    old = add_scored(database, lambda: utc_now() - timedelta(days=5), rejected)
    new = add_scored(database, utc_now, rejected)

    logged = run("worker.old_texts", database_url)

    stored = Comments(database, utc_now)
    assert "rejected_texts_purged" in logged
    assert (stored.get(old.id).text, stored.get(new.id).text) == ("", new.text)


def test_the_rollup_counts_the_days_that_are_over_and_ends(
    database: Database, database_url: str, site: Site
) -> None:
    add_scored(database, lambda: utc_now() - timedelta(days=2), GOOD)
    rollups = DailyRollups(database, utc_now)
    before = rollups.has_missing()

    logged = run("worker.rollup", database_url)

    assert "days_rolled_up" in logged
    assert (before, rollups.has_missing()) == (True, False)


@pytest.mark.parametrize("module", ["worker.old_texts", "worker.rollup"])
def test_without_a_database_it_says_so_and_ends(module: str, tmp_path: Path) -> None:
    assert "database_away" in run(module, f"sqlite:///{tmp_path}/none/at.db")
