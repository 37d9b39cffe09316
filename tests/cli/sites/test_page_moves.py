"""`parley site move`: comments follow their article."""

import pytest
from click.testing import CliRunner, Result

from cli.main import parley
from moderation.sites import Site
from moderation.storage.comments.comments import Comments
from moderation.storage.comments.new_comments import Submitter
from moderation.storage.comments.pages import Pages
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from tests.support.factories import submission


def move(*arguments: str) -> Result:
    return CliRunner().invoke(parley, ["site", "move", *arguments])


@pytest.fixture(autouse=True)
def _settings(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARLEY_DATABASE_URL", database_url)


def test_comments_follow_their_article(comments: Comments, site: Site, database: Database) -> None:
    first = comments.add(site, submission(page="/old"), Submitter())
    comments.add(site, submission(page="/new"), Submitter())

    result = move("https://paper.example/old/index.html", "/new/")

    later = comments.add(site, submission(page="/old"), Submitter())
    assert (result.exit_code, result.output) == (0, "moved 1 comment from /old to /new\n")
    assert (comments.get(first.id).page, comments.get(later.id).page) == ("/new", "/new")
    assert Pages(database).get(site, "/old") == Pages(database).get(site, "/new")


def test_moving_back_undoes_it(comments: Comments, site: Site, database: Database) -> None:
    comment = comments.add(site, submission(page="/old"), Submitter())

    results = [
        move("/old", "/new"),
        move("/new", "/newer"),
        move("/old", "/old"),
        move("/new", "/new"),
    ]

    assert [result.exit_code for result in results] == [0, 0, 0, 0]
    assert comments.get(comment.id).page == "/new"
    assert Pages(database).counts(site, ["/old", "/new", "/newer"]).keys() == {
        "/old",
        "/new",
        "/newer",
    }


def test_unknown_pages_and_sites_are_told(site: Site, sites: Sites) -> None:
    unknown = move("/nowhere", "/new")
    sites.add(Site(0, "other", "Other", ("https://other.example",)))

    assert (unknown.exit_code, unknown.stderr) == (
        1,
        "Error: there is no page /nowhere with comments\n",
    )
    assert move("/a", "/b").exit_code == 2
    assert "there are 2 sites" in move("/a", "/b").stderr
    assert move("/a", "/b", "--site", "third").exit_code == 1


def test_all_pages_that_begin_alike_move_together(
    comments: Comments, site: Site, database: Database
) -> None:
    first = comments.add(site, submission(page="/2024/a"), Submitter())
    second = comments.add(site, submission(page="/2024/b?p=1"), Submitter())
    other = comments.add(site, submission(page="/2024x"), Submitter())

    result = move("https://paper.example/2024/*", "/archive/2024/*")

    assert result.exit_code == 0
    assert [comments.get(comment.id).page for comment in (first, second, other)] == [
        "/archive/2024/a",
        "/archive/2024/b?p=1",
        "/2024x",
    ]


def test_a_star_stands_in_both_addresses(site: Site) -> None:
    assert move("/2024/*", "/new").exit_code == 2
    assert "both OLD and NEW" in move("/2024/*", "/new").stderr
