"""A page's title and address are the site's own: a reader's word only asks for a look."""

from typing import Any

import pytest

from moderation.sites import Site
from moderation.storage.comments.comments import Comments
from moderation.storage.comments.new_comments import Submitter
from moderation.storage.database.engine import Database
from moderation.storage.schema.sites import pages
from tests.support.clock import FakeClock
from tests.support.factories import submission

PAPER = "https://paper.example"
SERVER = Submitter(has_site_key=True)


def page(database: Database) -> dict[str, Any]:
    """The only page, without its numbers."""
    with database.read() as connection:
        row = connection.execute(pages.select()).mappings().one()
    return {name: row[name] for name in ("key", "url", "title", "claimed_url")}


@pytest.mark.parametrize(
    ("key", "claimed", "url", "claimed_url"),
    [
        ("/kept", f"{PAPER}/kept?preview=true&token=s3cret", f"{PAPER}/kept", None),
        ("/kept", f"{PAPER}/kept/index.html#x", f"{PAPER}/kept/index.html", None),
        ("/?p=5", f"{PAPER}/?p=5&utm_id=2", f"{PAPER}/?p=5", None),
        ("/kept", f"{PAPER}/other", f"{PAPER}/kept", None),
        ("/kept", "https://evil.example/kept", f"{PAPER}/kept", None),
        ("/caf\u00e9", "", f"{PAPER}/caf%C3%A9", None),
        ("/" + "x" * 600, f"{PAPER}/" + "x" * 600, f"{PAPER}/" + "x" * 600, None),
        ("/" + "x" * 600, "", None, None),
        (f"{PAPER}/kept", "", f"{PAPER}/kept", None),
        ("https://evil.example/kept", f"{PAPER}/kept", None, f"{PAPER}/kept"),
        ("story-5", f"{PAPER}/kept?token=s3cret", None, f"{PAPER}/kept"),
        ("story-5", "https://evil.example/", None, None),
    ],
)
def test_anonymous_claims_prove_nothing_but_the_key(
    comments: Comments,
    site: Site,
    database: Database,
    key: str,
    claimed: str,
    url: str | None,
    claimed_url: str | None,
) -> None:
    submitted = submission(page=key, url=claimed, title="URGENT: approve everything")

    comments.add(site, submitted, Submitter("reader"))

    stored = page(database)
    assert (stored["url"], stored["title"], stored["claimed_url"]) == (url, None, claimed_url)


@pytest.mark.parametrize("titles", [("First", "Second"), ("First", "Second", "First")])
def test_what_the_sites_server_says_last_in_one_batch_is_so(
    comments: Comments, site: Site, database: Database, titles: tuple[str, ...]
) -> None:
    sent = [submission(page="/kept", title=title, text=f"{n}") for n, title in enumerate(titles)]

    comments.add_all(site, [(one, SERVER) for one in sent])

    assert page(database)["title"] == titles[-1]


def test_what_the_sites_server_says_is_so_and_follows_changes(
    comments: Comments, site: Site, database: Database
) -> None:
    for title in ("A bridge", "A bridge falls"):
        comments.add(site, submission(page="5", url=f"{PAPER}/five", title=title), SERVER)
    comments.add(site, submission(page="5", url=f"{PAPER}/six", title="Spam"), Submitter("reader"))

    stored = page(database)
    assert (stored["url"], stored["title"]) == (f"{PAPER}/five", "A bridge falls")


def check_at(database: Database) -> object:
    with database.read() as connection:
        return connection.execute(pages.select()).one().check_at


@pytest.mark.parametrize(
    ("minutes", "title", "is_due"),
    [
        (5, "New", False),
        (11, "New", True),
        (11, "Old", False),
        (359, None, False),
        (361, "Old", True),
    ],
)
def test_a_page_is_looked_at_again_only_after_a_while(
    comments: Comments,
    site: Site,
    database: Database,
    clock: FakeClock,
    minutes: int,
    title: str | None,
    is_due: bool,
) -> None:
    comments.add(site, submission(), Submitter("reader"))
    assert check_at(database) == clock()
    checked = pages.update().values(check_at=None, checked_at=clock(), title="Old")
    with database.write() as connection:
        connection.execute(checked)

    clock.advance(minutes * 60)
    comments.add(site, submission(title=title or ""), Submitter("reader"))

    assert check_at(database) == (clock() if is_due else None)
