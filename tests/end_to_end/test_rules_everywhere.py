"""Rules that are changed hold at once in each web process, without a restart."""

import json
from functools import partial
from pathlib import Path

from moderation.clock import utc_now
from moderation.storage.database.engine import open_database
from moderation.storage.sites.rule_versions import RuleVersions
from tests.support.program import DEMO_PAGE, Program, running_with, wait_until

READS = 20  # on connections of their own: they come to each process
PAGE = f"/v1/comments?site=demo&page={DEMO_PAGE}"


def shows(program: Program, closed: bool) -> bool:
    answers = [json.loads(program.get(PAGE).text)["closed"] for _ in range(READS)]
    return answers == [closed] * READS


def test_a_page_is_closed_and_opened_in_all_processes(tmp_path: Path) -> None:
    comments = [("Ada", "A good question.")]
    with running_with(tmp_path, comments, PARLEY_WEB_PROCESSES="2") as program:
        database = open_database(f"sqlite:///{tmp_path / 'parley.db'}")
        rules = RuleVersions(database, utc_now)
        for closed in (True, False):
            rules.change("demo", {"closing": {"closed": closed}})

            wait_until(partial(shows, program, closed), seconds=10)
        database.close()
