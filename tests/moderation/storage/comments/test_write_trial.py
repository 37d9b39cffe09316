"""What /readyz tries: a comment, taken back, and room for more."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from moderation.sites import Site
from moderation.storage.comments.sites import Sites
from moderation.storage.comments.write_trial import WriteTrial
from moderation.storage.database.engine import Database, open_database
from moderation.storage.migrate import migrate
from tests.support.clock import FakeClock


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 8 MiB, in memory."""
    command = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(tmp_path)]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("only root may mount a file system")
    yield tmp_path
    subprocess.run(["umount", "--lazy", str(tmp_path)], check=True)


def test_a_disk_that_is_full_is_noticed(small_disk: Path, clock: FakeClock) -> None:
    database = open_database(f"sqlite:///{small_disk / 'parley.db'}")
    migrate(database)
    Sites(database, clock).add(Site(0, "demo", "Demo", ("https://paper.example",)))
    before = WriteTrial(database, clock).problem()
    room = database.free_bytes() or 0

    (small_disk / "other").write_bytes(b"x" * (room - 100_000))

    assert before is None
    assert "takes no comments: the disk is full" in (WriteTrial(database, clock).problem() or "")
    database.close()


def test_a_database_with_one_connection_is_enough(database_url: str, clock: FakeClock) -> None:
    database: Database = open_database(database_url, pool_size=1)
    Sites(database, clock).add(Site(0, "demo", "Demo", ("https://paper.example",)))

    assert WriteTrial(database, clock).problem() is None

    database.close()
