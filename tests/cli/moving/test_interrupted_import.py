"""An import that is killed or stopped, and begun again."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from moderation.comments import Status
from moderation.sites import Site
from moderation.storage.database.engine import Database
from moderation.storage.schema.comments import comments
from moderation.storage.schema.imports import imported_comments
from moderation.storage.schema.labels import labels
from moderation.storage.schema.sites import pages
from tests.support.thread_counts import counted_threads, stored_threads

NUMBER = 2_500
# Signals itself in the middle of a transaction: after the comments of the second one.
KILLED = """
import os, signal, sys
from sqlalchemy import Engine, event
from cli.main import parley

seen = []

@event.listens_for(Engine, "before_cursor_execute")
def stop(_connection, _cursor, statement, *_rest):
    if statement.startswith("INSERT INTO labels"):
        seen.append(statement)
        if len(seen) == 2:
            os.kill(os.getpid(), signal.SIGKILL)

parley(sys.argv[1:])
"""
STOPPED = KILLED.replace("SIGKILL", "SIGINT")  # as Ctrl-C does
STOPPED_EARLY = """
import os, signal, sys
from cli.main import parley

def stop(event, arguments):
    if event == "open" and str(arguments[0]).endswith("export.xml"):
        os.kill(os.getpid(), signal.SIGINT)

sys.addaudithook(stop)
parley(sys.argv[1:])
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file of Disqus: each comment answers the one before it by ten, each fifth is spam."""
    posts = "".join(
        f'<post dsq:id="{number}"><message>Comment {number} of them</message>'
        f"<createdAt>2020-05-01T10:{number // 60:02}:{number % 60:02}Z</createdAt>"
        f"<isSpam>{'false' if number % 5 else 'true'}</isSpam><author><name>Ada</name></author>"
        f'<thread dsq:id="p{number % 7}"/><parent dsq:id="{number - 70}"/></post>'
        for number in range(NUMBER, 0, -1)
    )
    threads = "".join(
        f'<thread dsq:id="p{page}"><link>https://paper.example/{page}</link></thread>'
        for page in range(7)
    )
    spaces = 'xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals"'
    file = tmp_path / "export.xml"
    file.write_text(f"<disqus {spaces}>{threads}{posts}</disqus>")
    return file


def bring(path: Path, database_url: str, *python: str) -> tuple[int, str]:
    settings = {"PARLEY_DATABASE_URL": database_url, "PARLEY_VAR": str(path.parent)}
    arguments = ["import", "disqus", str(path), "--site", "demo"]
    program = subprocess.run(
        [sys.executable, *python, *arguments],
        env=os.environ | settings,
        capture_output=True,  # read to its end: the process that prepares texts ended as well
        timeout=120,
        check=False,
        text=True,
    )
    return program.returncode, program.stderr


def test_nothing_is_lost_or_doubled(
    database: Database, database_url: str, site: Site, path: Path
) -> None:
    assert bring(path, database_url, "-c", KILLED)[0] == -signal.SIGKILL
    between = number_of_comments(database)
    assert bring(path, database_url, "-m", "cli")[0] == 0

    assert 0 < between < NUMBER
    parents = comments.alias()
    spam = comments.c.status == Status.REJECTED
    joined = comments.outerjoin(parents, comments.c.parent_id == parents.c.id)
    with database.read() as connection:
        texts = connection.execute(
            select(comments.c.text, parents.c.text).select_from(joined)
        ).all()
        marks = connection.execute(select(func.count()).select_from(imported_comments)).scalar()
        marked = connection.execute(select(func.count()).select_from(labels)).scalar()
        rejected = connection.execute(select(func.count()).where(spam)).scalar()
        public = connection.execute(select(func.sum(pages.c.approved))).scalar()
    assert sorted(texts, key=str) == sorted(expected(), key=str)
    assert (marked, rejected, public) == (NUMBER // 5, NUMBER // 5, NUMBER - NUMBER // 5)
    assert marks == len(texts)
    assert stored_threads(database) == counted_threads(database)


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    ("program", "came", "sentence"),
    [
        (STOPPED_EARLY, False, "Error: stopped: nothing has come\n"),
        (
            STOPPED,
            True,
            "Error: stopped: what has come stays, and the same command goes on from there\n",
        ),
    ],
)
def test_who_stops_it_is_told_what_has_come(
    database: Database, database_url: str, path: Path, program: str, came: bool, sentence: str
) -> None:
    assert bring(path, database_url, "-c", program) == (1, sentence)
    assert (number_of_comments(database) > 0) is came


def number_of_comments(database: Database) -> int:
    with database.read() as connection:
        return connection.execute(select(func.count()).select_from(comments)).scalar_one()


def expected() -> list[tuple[str, str | None]]:
    """Each comment once with the one that it answers; those that are not in the file are gone."""
    own = [
        (f"Comment {number} of them", f"Comment {number - 70} of them" if number > 70 else "")
        for number in range(1, NUMBER + 1)
    ]
    return own + [("", None)] * 70
