"""Many hosts, one of which is cut off, and two of which die: nothing accepted is lost."""

import itertools
import signal
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Select, func, select

from moderation.comments import Status
from moderation.storage.schema.comments import comments
from moderation.storage.schema.decisions import decisions
from tests.support.hosts import lacking
from tests.support.program import wait_until
from tests.support.separate_hosts import WEB, WORKERS, SeparateHosts, separate_hosts

pytestmark = [
    pytest.mark.timeout(600),
    pytest.mark.skipif(lacking() is not None, reason=f"{lacking()}"),
]


class Website:
    """Sends to one web server after the other; keeps the ids of what was accepted."""

    def __init__(self, cluster: SeparateHosts) -> None:
        self.accepted: set[str] = set()
        self._cluster = cluster
        self._numbers = itertools.count()
        self._webs = itertools.cycle(WEB)

    def send(self, count: int) -> None:
        """Comments one by one, each again by the other web server where one does not answer."""
        for _ in range(count):
            body = {"site": "paper", **self._comment()}
            for web in itertools.islice(self._webs, 20):
                try:
                    answer = self._cluster.ask(web, "/v1/comments", body)
                except OSError:
                    continue
                self.accepted.add(answer["id"])
                break
            else:
                pytest.fail("no web server took a comment")

    def send_batch(self, count: int) -> None:
        """Many comments at once."""
        body = {"site": "paper", "comments": [self._comment() for _ in range(count)]}
        answer = self._cluster.ask(next(self._webs), "/v1/comments:batch", body)
        self.accepted |= {one["comment"]["id"] for one in answer["comments"]}

    def _comment(self) -> dict[str, str]:
        number = next(self._numbers)
        text = f"I agree with point {number} of the article."
        return {"page": "/a", "name": "Ada", "text": text, "source_id": str(number)}


@pytest.fixture
def cluster(short_folder: Path) -> Iterator[SeparateHosts]:
    folder = short_folder / "hosts"
    folder.mkdir()
    with separate_hosts(folder) as cluster:
        yield cluster


def test_nothing_is_lost_though_one_host_is_cut_off_and_two_die(cluster: SeparateHosts) -> None:
    website = Website(cluster)

    def takes_part(worker: str) -> bool:
        """Whether it decides some of what comes now."""
        before = cluster.decided_by(worker)
        website.send_batch(200)
        wait_until(lambda: pending(cluster) == 0)
        return cluster.decided_by(worker) > before

    for worker in WORKERS:  # the work is shared
        wait_until(lambda worker=worker: takes_part(worker))  # type: ignore[misc]

    cluster.hosts["worker1"].cut_off()
    website.send(40)
    wait_until(lambda: pending(cluster) == 0)  # the others do its part
    cluster.hosts["worker1"].heal()
    wait_until(lambda: takes_part("worker1"), seconds=120)

    for name in ("web1", "worker2"):
        cluster.processes[name].send_signal(signal.SIGKILL)
        website.send(40)
    wait_until(lambda: pending(cluster) == 0)

    assert stored(cluster) == website.accepted
    assert numbers_of_decisions(cluster) == {1}
    doctor = cluster.parley("doctor")
    assert not [line for line in doctor.splitlines() if line.startswith("problem")]


def pending(cluster: SeparateHosts) -> int:
    (number,) = asked(cluster, select(func.count()).where(comments.c.status == Status.PENDING))
    return int(number)


def stored(cluster: SeparateHosts) -> set[str]:
    return set(asked(cluster, select(comments.c.public_id)))


def numbers_of_decisions(cluster: SeparateHosts) -> set[int]:
    """How often comments were decided: those that never were have none."""
    count = func.count(decisions.c.id)
    by_comment = (
        select(count)
        .select_from(comments.outerjoin(decisions, decisions.c.comment_id == comments.c.id))
        .group_by(comments.c.id)
    )
    return set(asked(cluster, by_comment))


def asked(cluster: SeparateHosts, query: Select[Any]) -> Sequence[Any]:
    with cluster.database.read() as connection:
        return connection.execute(query).scalars().all()
