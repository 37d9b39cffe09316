"""What is withdrawn is shown by no web process any more, however often it was read before."""

import json
from pathlib import Path

import pytest

from moderation.clock import utc_now
from moderation.storage.database.engine import open_database
from moderation.storage.decisions.erasures import Erasures
from tests.support.program import DEMO_PAGE, Program, running_with, wait_until

READS = 20  # on connections of their own: they come to each process
PAGE = f"/v1/comments?site=demo&page={DEMO_PAGE}"


def shown(program: Program) -> list[list[str]]:
    bodies = [json.loads(program.get(PAGE).text) for _ in range(READS)]
    return [[comment["id"] for comment in body["comments"]] for body in bodies]


@pytest.mark.parametrize("processes", ["1", "2"])
def test_a_withdrawn_comment_is_gone_in_all_processes(tmp_path: Path, processes: str) -> None:
    comments = [("Ada", "A good question."), ("Ben", "And a good answer.")]
    with running_with(tmp_path, comments, PARLEY_WEB_PROCESSES=processes) as program:
        withdrawn, left = shown(program)[0]
        database = open_database(f"sqlite:///{tmp_path / 'parley.db'}")

        Erasures(database, utc_now).by_operator([withdrawn])

        database.close()
        wait_until(lambda: shown(program) == [[left]] * READS, seconds=10)
