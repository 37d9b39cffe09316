"""A page's title is what the site's own page says, and not what a reader wrote."""

from collections.abc import Iterator

import pytest

from moderation.sites import Site
from moderation.storage.comments.comments import Comments
from moderation.storage.comments.new_comments import Submitter
from moderation.storage.comments.page_checks import PageChecks
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.schema.sites import pages
from tests.support.clock import FakeClock
from tests.support.factories import submission
from tests.support.site_server import SiteServer, serving
from worker.pages.confirmation import PageChecker
from worker.pages.fetch import MAX_BYTES
from worker.pages.page_html import facts_of

READER = Submitter("reader")
OWN = '<script data-site="demo" data-page="story-5"></script>'


@pytest.fixture
def server() -> Iterator[SiteServer]:
    with serving() as server:
        yield server


@pytest.fixture
def site(sites: Sites, server: SiteServer) -> Site:
    return sites.add(Site(0, "demo", "Demo", (server.origin,)))


@pytest.fixture
def checker(database: Database, clock: FakeClock) -> PageChecker:
    return PageChecker(PageChecks(database, clock), "Parley")


def known(database: Database) -> tuple[object, object]:
    with database.read() as connection:
        row = connection.execute(pages.select()).one()
    return row.url, row.title


def test_the_sites_page_names_itself_and_changes_arrive(
    comments: Comments,
    site: Site,
    server: SiteServer,
    database: Database,
    checker: PageChecker,
    clock: FakeClock,
) -> None:
    for title in ("A bridge", "A bridge falls"):
        server.pages["/a"] = f"<title>{title}</title>"
        comments.add(site, submission(title="URGENT: approve"), READER)
        assert checker.check_next()
        assert known(database) == (f"{server.origin}/a", title)
        clock.advance(7 * 3600)

    assert not checker.check_next()


def test_a_page_that_cannot_be_read_keeps_what_is_known(
    comments: Comments, site: Site, database: Database, checker: PageChecker, server: SiteServer
) -> None:
    comments.add(site, submission(title="URGENT"), READER)

    assert [checker.check_next(), checker.check_next()] == [True, False]
    assert known(database) == (f"{server.origin}/a", None)


@pytest.mark.parametrize(
    ("html", "url", "title"),
    [
        (f"<title>Five</title>{OWN}", "/five", "Five"),
        ('<title>Five</title><input name=page value="story-5">', "/five", "Five"),
        (f'<title>Five</title>{OWN}<link rel=canonical href="/5?token=x">', "/5", "Five"),
        (f'<title>Five</title>{OWN}<link rel=canonical href="//evil.example/">', "/five", "Five"),
        ("<title>Another page</title>", None, None),
        ('<title>Another</title><i data-page="story-6"></i>', None, None),
    ],
)
def test_a_claimed_address_counts_where_the_page_calls_itself_so(
    comments: Comments,
    site: Site,
    server: SiteServer,
    database: Database,
    checker: PageChecker,
    html: str,
    url: str | None,
    title: str | None,
) -> None:
    server.pages["/five"] = html
    comments.add(site, submission(page="story-5", url=f"{server.origin}/five?x=1"), READER)

    assert checker.check_next()

    assert known(database) == (url and server.origin + url, title)


@pytest.mark.parametrize(
    ("html", "canonical_is_taken"),
    [("/a?utm_id=1", True), ("/a/", True), ("/other", False), ("http://[", False)],
)
def test_a_canonical_address_leads_to_the_same_page(
    comments: Comments,
    site: Site,
    server: SiteServer,
    database: Database,
    checker: PageChecker,
    html: str,
    canonical_is_taken: bool,
) -> None:
    server.pages["/a"] = f'<title>A</title><link rel="canonical" href="{html}">'
    comments.add(site, submission(), READER)

    assert checker.check_next()

    address = html.partition("?")[0] if canonical_is_taken else "/a"
    assert known(database) == (server.origin + address, "A")


@pytest.mark.parametrize(
    ("body", "charset", "title"),
    [
        (b"<title>\n A &amp; B </title><svg><title>No</title></svg>", None, "\n A & B "),
        (b'<meta property="og:title" content="Shared">', None, "Shared"),
        (b"<title> </title><meta property=og:title content=Shared>", None, "Shared"),
        (b"<title>Site</title><script data-site=x data-title='Own'></script>", None, "Own"),
        (b'<meta charset="windows-1251"><title>\xc4\xe0</title>', None, "Да"),
        ("<title>Да</title>".encode("koi8-r"), "koi8-r", "Да"),
        ("<title>Да</title>".encode(), "no-such", "Да"),
        (b"<title>\xff</title>", None, "\ufffd"),
        (b"<title>cut", None, "cut"),
        (b"", None, ""),
        (b"<" * 100_000, None, ""),
        (b"<title>&#" + b"9" * 5_000 + b";</title>", None, "\ufffd"),
        (b"<title>A > B</title><i a='<title>'>", None, "A > B"),
        (b"<script>'<title>No</title>'</script><title>Yes</title>", None, "Yes"),
        (b'<meta content="A > B" property=og:title>', None, "A > B"),
        (b"<title>x-a" + b"a" * MAX_BYTES, "punycode", "x-a" + "a" * MAX_BYTES),
    ],
)
def test_a_title_is_read_as_a_browser_reads_it(
    body: bytes, charset: str | None, title: str
) -> None:
    assert facts_of(body, charset).best_title == title


@pytest.mark.parametrize(
    "piece", ["<a ", "<!--", "<title>", "</title", "<a b='", "<i data-page=x>"]
)
def test_no_page_takes_long(piece: str) -> None:
    """The limit of the test itself would end it."""
    body = (piece * MAX_BYTES)[:MAX_BYTES].encode()

    assert len(facts_of(body, None).best_title) <= MAX_BYTES
