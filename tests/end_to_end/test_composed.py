"""docker-compose.yml itself: the whole way, crashes, more workers, an upgrade, a backup."""

import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from html import unescape
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest

from tests.support.containers import Composed, compose_command, composed, image_with
from tests.support.operator import ABUSIVE, CIVIL
from tests.support.program import wait_until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(1800),
    pytest.mark.skipif(not compose_command(), reason="no container engine runs on this machine"),
]
A_SECOND = 20
MIGRATION = '''"""One more table"""

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{before}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("of_the_tests", sa.Column("id", sa.BigInteger(), primary_key=True))
'''


@pytest.fixture(scope="module")
def system() -> Iterator[Composed]:
    yield from composed("parley-tested")


def decided(system: Composed, comments: list[dict[str, Any]]) -> set[str]:
    """What became of them, once none is pending."""

    def statuses() -> set[str]:
        with suppress(OSError):  # asked again until the system is well
            return {system.status(comment) for comment in comments}
        return {"pending"}

    wait_until(lambda: "pending" not in statuses(), seconds=240)
    return statuses()


def submitted_while(system: Composed, name: str, crash_after: dict[int, str]) -> list[Any]:
    """Submit 20 comments a second; after so many of them a container of a service crashes.

    Returns:
        The accepted ones. What was refused is sent again, as a site's server would.
    """

    def accepted(number: int) -> dict[str, Any]:
        for _ in range(120):
            with suppress(OSError):
                return system.submit(f"{CIVIL} This is note {number}.", f"{name}-{number}")
            time.sleep(0.5)
        pytest.fail(f"{name}-{number} was never accepted")

    waiting = []
    with ThreadPoolExecutor(64) as threads:
        for number in range(max(crash_after) + 5 * A_SECOND):
            if number in crash_after:
                system.crash(system.containers(crash_after[number])[0])
            waiting.append(threads.submit(accepted, number))
            time.sleep(1 / A_SECOND)
    return [future.result() for future in waiting]


def test_a_comment_goes_the_whole_way(system: Composed) -> None:
    civil, abusive = system.submit(CIVIL, "civil"), system.submit(ABUSIVE, "abusive")

    assert decided(system, [civil]) == {"approved"}
    assert decided(system, [abusive]) == {"flagged"}

    system.sign_in()
    queue = system.open("/moderate?section=likely_rejected")
    approve = re.search(r'formaction="([^"]*)">Approve', queue)
    assert approve
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', queue))
    system.open(unescape(approve[1]), fields)
    assert decided(system, [abusive]) == {"approved"}


def test_the_operators_check_has_no_problem(system: Composed) -> None:
    lines = system.doctor()

    assert any(line.startswith("ok ") and "database: takes writes" in line for line in lines)
    assert [line for line in lines if line.startswith("problem")] == []


def test_nothing_accepted_is_lost_when_containers_crash(system: Composed) -> None:
    crashes = {3 * A_SECOND: "worker", 10 * A_SECOND: "postgres", 18 * A_SECOND: "redis"}

    comments = submitted_while(system, "crashes", crashes)

    assert len({comment["id"] for comment in comments}) == len(comments)
    assert decided(system, comments) == {"approved"}
    wait_until(system.is_ready)


def test_three_workers_share_the_work(system: Composed) -> None:
    system.up("--scale", "worker=3", "--no-recreate")
    wait_until(lambda: len(system.containers("worker")) == 3)

    comments = submitted_while(system, "shared", {5 * A_SECOND: "worker"})

    assert decided(system, comments) == {"approved"}


def test_a_new_image_migrates_and_keeps_what_is_there(system: Composed, tmp_path: Path) -> None:
    comment = system.submit(CIVIL, "before the upgrade")
    assert decided(system, [comment]) == {"approved"}
    folder = system.compose(
        "exec", "-T", "service", "python", "-c", "import moderation as m; print(m.__path__[0])"
    ).strip()
    now = re.search(r"revision (\d+)", "\n".join(system.doctor()))
    assert now
    (tmp_path / "9999_more.py").write_text(MIGRATION.format(revision="9999", before=now[1]))
    migrations = f"{folder}/storage/migrations/versions/"

    tag = system.environment["PARLEY_IMAGE_TAG"]
    system.environment["PARLEY_IMAGE_TAG"] = image_with(
        tag, tmp_path, f"COPY 9999_more.py {migrations}"
    )
    system.up()

    assert "revision 9999" in "\n".join(system.doctor())
    assert system.status(comment) == "approved"
    after = system.submit(f"{CIVIL} Once more.", "after the upgrade")
    assert decided(system, [after]) == {"approved"}


def test_a_backup_brings_everything_back(system: Composed) -> None:
    comment = system.submit(f"{CIVIL} To be kept.", "kept")
    assert decided(system, [comment]) == {"approved"}
    system.parley("backup", "/srv/parley/var/kept.backup")
    lost = system.submit(f"{CIVIL} Not in the backup.", "lost")
    assert decided(system, [lost]) == {"approved"}

    system.compose("stop", "service", "worker")
    system.compose("run", "--rm", "migrate", "parley", "restore", "/srv/parley/var/kept.backup")
    system.up()

    assert system.status(comment) == "approved"
    with pytest.raises(HTTPError, match="404"):
        system.status(lost)
