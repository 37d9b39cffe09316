"""A file so large that another process reads it: nothing else is different."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from cli.main import parley
from moderation.sites import Site
from moderation.storage.database.engine import Database
from moderation.storage.schema.comments import comments

POSTS = """<?xml version="1.0"?>
<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
<thread dsq:id="p"><link>/a</link></thread>
<post dsq:id="1"><message>Hello</message><createdAt>2020-05-01T10:00:00Z</createdAt>
<author><name>Ada</name></author><thread dsq:id="p"/></post>
<post dsq:id="2"><message>Never</message><createdAt>soon</createdAt><thread dsq:id="p"/></post>
"""
MUCH = " " * 8_000_000


@pytest.fixture(autouse=True)
def _settings(
    site: Site, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARLEY_DATABASE_URL", database_url)
    monkeypatch.setenv("PARLEY_VAR", str(tmp_path))


def bring(path: Path, content: str) -> Result:
    path.write_text(content)
    return CliRunner().invoke(parley, ["import", "disqus", str(path), "--site", "demo"])


def texts(database: Database) -> list[str]:
    with database.read() as connection:
        return list(connection.execute(select(comments.c.text)).scalars())


def test_it_comes_as_a_small_one_does(database: Database, tmp_path: Path) -> None:
    result = bring(tmp_path / "export.xml", f"{POSTS}{MUCH}</disqus>")

    assert result.exit_code == 0
    assert result.stdout == "line 6 (2): did not come: its time cannot be read: 'soon'\n"
    assert texts(database) == ["Hello"]


def test_where_it_breaks_is_told_and_nothing_comes(database: Database, tmp_path: Path) -> None:
    result = bring(tmp_path / "export.xml", f"{POSTS}{MUCH}\n<post></disqus>")

    assert result.exit_code == 1
    assert "line 8, column 9: it is no XML there" in result.stderr
    assert texts(database) == []
