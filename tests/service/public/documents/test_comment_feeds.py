"""Anybody may follow a page or a site by Atom, and what is withdrawn is gone."""

from collections.abc import Callable
from xml.etree.ElementTree import Element, fromstring

from flask.testing import FlaskClient

from moderation.comments import Comment
from moderation.sites import Site
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.decisions.erasures import Erasures
from tests.support.clock import FakeClock

Say = Callable[..., Comment]

ATOM = "{http://www.w3.org/2005/Atom}"
OF_PAGE = "/v1/comments.atom?site=demo&page=/a"
OF_SITE = "/v1/comments.atom?site=demo"


def read(client: FlaskClient, address: str) -> Element:
    answer = client.get(address)
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    return fromstring(answer.data)  # noqa: S314 our own


def texts(of: Element, tag: str) -> list[str | None]:
    return [element.text for element in of.iter(ATOM + tag)]


def test_it_has_what_the_standard_asks_for(client: FlaskClient, say: Say) -> None:
    comment = say("<b>first</b>\x0b & more", title="On roads", name="Zoë")

    feed = read(client, OF_PAGE)
    entry = feed.find(f"{ATOM}entry")

    assert entry is not None
    assert texts(feed, "title") == ["Comments on On roads", "Zoë · On roads"]
    assert texts(feed, "content") == ["<b>first</b>\ufffd & more"]
    assert texts(feed, "updated") == ["2026-01-31T12:00:01.000Z"] * 2
    assert texts(feed, "name") == ["Demo", "Zoë"]
    assert len(set(texts(feed, "id"))) == 2
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == f"https://paper.example/a#parley-{comment.id}"


def test_a_page_has_its_own_and_a_site_all_the_newest_first(
    client: FlaskClient, say: Say, sites: Sites
) -> None:
    sites.add(Site(0, "other", "Other", ("https://other.example",)))
    say("first")
    say("elsewhere", page="/b")
    say("of another site", site="other")
    say("last")

    assert texts(read(client, OF_PAGE), "content") == ["last", "first"]
    assert texts(read(client, OF_SITE), "content") == ["last", "elsewhere", "first"]
    assert texts(read(client, f"{OF_SITE}&limit=1"), "content") == ["last"]
    assert texts(read(client, OF_SITE), "title")[0] == "Comments on Demo"


def test_without_comments_it_is_valid_all_the_same(client: FlaskClient, site: Site) -> None:
    assert texts(read(client, OF_PAGE), "updated") == ["1970-01-01T00:00:00.000Z"]
    assert texts(read(client, OF_PAGE), "title") == ["Comments on /a"]


def test_unchanged_it_is_not_sent_again_and_what_is_withdrawn_is_gone(
    client: FlaskClient, say: Say, database: Database, clock: FakeClock
) -> None:
    comment = say("first")
    say("answer", comment)
    for address in (OF_PAGE, OF_SITE):
        first = client.get(address)
        again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")

    Erasures(database, clock).by_author(comment.id)

    for address in (OF_PAGE, OF_SITE):
        assert texts(read(client, address), "content") == ["answer"]


def test_it_says_where_it_is_and_the_lists_where_it_is(client: FlaskClient, say: Say) -> None:
    say("first")
    address = "http://127.0.0.1:8000/v1/comments.atom?site=demo&page=/a"

    links = client.get(OF_PAGE).headers.getlist("Link")
    listed = client.get("/v1/comments.html?site=demo&page=/a")

    assert links == [
        f'<{address}>; rel="self"',
        '<https://paper.example/a>; rel="alternate"; type="text/html"',
    ]
    expected = f'<{address}>; rel="alternate"; type="application/atom+xml"'
    assert listed.headers["Link"] == expected


def test_an_entry_without_an_article_leads_to_its_thread(client: FlaskClient, say: Say) -> None:
    comment = say("first", page="an own key")

    (link,) = read(client, OF_SITE).findall(f"{ATOM}entry/{ATOM}link")

    assert link.get("href") == (
        "http://127.0.0.1:8000/thread?site=demo&page=an+own+key"
        f"&at={comment.id}#parley-{comment.id}"
    )


def test_what_cannot_be_asked_is_refused(client: FlaskClient, site: Site) -> None:
    for query, status in (("", 422), ("?site=none", 404), ("?site=demo&limit=101", 422)):
        assert client.get(f"/v1/comments.atom{query}").status_code == status
