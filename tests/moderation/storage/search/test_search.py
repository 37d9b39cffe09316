"""Searching all comments: words, filters, pages, and hostile queries."""

import pytest

from moderation.accounts.moderators import ALL_SITES, Moderator
from moderation.comments import Comment, CommentNotFound, Status
from moderation.policy import Decision
from moderation.review.search_filter import Filter
from moderation.sites import Site
from moderation.storage.comments.comments import Comments
from moderation.storage.comments.new_comments import Submitter
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database, open_database
from moderation.storage.decisions.moderator_decisions import ObservedComment, ObservedState
from moderation.storage.migrate import migrate
from moderation.storage.review.cards import Card
from moderation.storage.review.queue import ReviewQueue
from moderation.storage.schema.column_types import EPOCH
from moderation.storage.schema.comments import comments
from moderation.storage.schema.sites import pages
from moderation.storage.search.search import Search, SearchResults
from moderation.text.near_duplicates import fingerprint
from tests.support.clock import FakeClock
from tests.support.factories import submission
from tests.support.flagged_comments import GOOD, SCORES, add_scored
from tests.support.postgresql import new_postgresql_database

HOSTILE = {
    "quotes": "\"'`; DROP TABLE comments; --",
    "prefix": "fool* ^fool -fool",
    "operators": "a OR b AND NOT NEAR(c d)",
    "columns": "{words}: fool words:fool",
    "unclosed": '((("a',
    "tsquery": "fool:* & !fool | a <-> b",
    "wildcards": "\\ % _ ?",
    "field": "\ue000s1",
    "many": "fool " * 2000,
    "long": "w" * 9_999,
    "hidden": "\u200b" * 100,
    "emoji": "\U0001f595" * 500,
}


@pytest.fixture
def search(database: Database, clock: FakeClock) -> Search:
    return Search(database, clock, ALL_SITES)


def texts(results: SearchResults) -> list[str]:
    return [card.comment.text for card in results.cards]


def looked_for(search: Search, **fields: str) -> list[str]:
    return texts(search.newest(Filter.parse(fields), limit=50))


def test_all_that_a_moderator_needs_is_found(
    database: Database, clock: FakeClock, site: Site, search: Search
) -> None:
    comment = add_scored(database, clock, text="You fool")

    (card,) = search.newest(Filter(text="fool"), limit=10).cards

    assert isinstance(card, Card)
    assert card.comment == comment
    assert (card.scores, card.model) == (SCORES, "test-1")
    assert card.decided is not None
    assert (card.decided.actor, card.decided.by, card.decided.at) == ("policy", None, clock.now)


def test_words_are_found_in_text_and_name_all_of_them_in_any_order(
    comments: Comments, site: Site, search: Search
) -> None:
    for name, text in (("Ada", "a fine bridge"), ("Ben", "a bridge too far"), ("Far", "no")):
        comments.add(site, submission(name=name, text=text), Submitter())

    assert looked_for(search, text="BRIDGE") == ["a bridge too far", "a fine bridge"]
    assert looked_for(search, text="far bridge") == ["a bridge too far"]
    assert looked_for(search, text="far") == ["no", "a bridge too far"]
    assert looked_for(search, name="far") == ["no"]
    assert looked_for(search, text="bridg") == []


def test_what_hides_in_a_word_hides_nothing(comments: Comments, site: Site, search: Search) -> None:
    for text in ("f\u200bo\u00ado\u2060l", "FÔÖL", "foo l"):
        comments.add(site, submission(text=text), Submitter())

    assert looked_for(search, text="fool") == ["FÔÖL", "f\u200bo\u00ado\u2060l"]


@pytest.mark.parametrize("query", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_query_is_plain_words(
    comments: Comments, site: Site, search: Search, query: str
) -> None:
    comments.add(site, submission(text="nothing of the kind"), Submitter())
    text = f"{query[:9_990]} indeed"
    same = comments.add(site, submission(text=text), Submitter())

    results = search.newest(Filter.parse({"text": text}), limit=5)

    assert [card.comment for card in results.cards] == [same]
    assert looked_for(search, text=query, name=query) == []


def test_what_has_no_word_finds_nothing(
    comments: Comments, pending: Comment, search: Search
) -> None:
    assert looked_for(search, text='"*(') == []
    assert looked_for(search, text="\0") == [pending.text]
    assert looked_for(search, name="...") == []


def test_each_filter_narrows(
    database: Database, clock: FakeClock, sites: Sites, site: Site, search: Search, anna: Moderator
) -> None:
    sites.add(Site(0, "post", "Post", ("https://post.example",)))
    add_scored(database, clock, GOOD, {**SCORES, "spam": 0.5}, text="old", name="Ada")
    clock.advance(3 * 86_400)
    add_scored(database, clock, text="flagged", page="/b")
    add_scored(database, clock, Decision(Status.REJECTED), None, text="rejected", site="post")
    decided = add_scored(database, clock, text="decided", page="/b", site="post")
    basis = ObservedState(decided.status, decided.version)
    ReviewQueue(database, clock, ALL_SITES).decide(
        ObservedComment(decided.id, basis), Status.APPROVED, moderator_id=anna.id
    )
    Comments(database, clock).add(site, submission(text="pending"), Submitter())

    for fields, expected in (
        ({}, ["pending", "decided", "rejected", "flagged", "old"]),
        ({"status": "flagged"}, ["flagged"]),
        ({"status": "approved"}, ["decided", "old"]),
        ({"status": "rejected"}, ["rejected"]),
        ({"status": "pending"}, ["pending"]),
        ({"site": "post"}, ["decided", "rejected"]),
        ({"site": "post", "status": "rejected"}, ["rejected"]),
        ({"site": "demo", "status": "rejected"}, []),
        ({"site": "no-such"}, []),
        ({"page": "/b"}, ["decided", "flagged"]),
        ({"page": "/b", "site": "post"}, ["decided"]),
        ({"page": "/no-such"}, []),
        ({"name": "ada", "newer": "1"}, ["pending", "decided", "rejected", "flagged"]),
        ({"newer": "1"}, ["pending", "decided", "rejected", "flagged"]),
        ({"older": "1"}, ["old"]),
        ({"older": "1", "newer": "2"}, []),
        ({"attribute": "spam", "low": "0.5"}, ["old"]),
        ({"attribute": "toxicity", "low": "0.5", "high": "0.83"}, ["decided", "flagged", "old"]),
        ({"attribute": "toxicity", "high": "0.8"}, []),
        ({"by": "policy"}, ["rejected", "flagged", "old"]),
        ({"by": "moderator"}, ["decided"]),
        ({"by": "moderator:Anna"}, ["decided"]),
        ({"by": "moderator:Bea"}, []),
        ({"by": "moderator:Anna", "text": "old"}, []),
        ({"text": "flagged", "status": "flagged", "site": "demo", "page": "/b"}, ["flagged"]),
    ):
        assert looked_for(search, **fields) == expected, fields


def test_pages_follow_each_other_whatever_arrives_meanwhile(
    comments: Comments, site: Site, search: Search
) -> None:
    for number in range(5):
        comments.add(site, submission(text=f"number {number}"), Submitter())

    first = search.newest(Filter(text="number"), limit=2)
    comments.add(site, submission(text="number 5"), Submitter())
    second = search.newest(Filter(text="number"), limit=2, after=first.further)
    third = search.newest(Filter(text="number"), limit=2, after=second.further)

    assert texts(first) + texts(second) == [f"number {number}" for number in (4, 3, 2, 1)]
    assert third == SearchResults(third.cards, None)
    assert texts(third) == ["number 0"]
    with pytest.raises(CommentNotFound):
        search.newest(Filter(), limit=2, after="no-such")


def test_a_search_that_stopped_early_says_so_and_goes_on(
    database: Database, clock: FakeClock, site: Site
) -> None:
    matches = [
        add_scored(database, clock, text="seldom"),
        add_scored(database, clock, text="seldom"),
    ]
    others = [add_scored(database, clock, GOOD, text="often") for _ in range(4)]
    search, filter = (
        Search(database, clock, ALL_SITES, window=3),
        Filter(by="policy", attribute="toxicity"),
    )
    seldom = Filter(text=None, status=None, site="demo", name="Ada", by="moderator")

    nothing = search.newest(seldom, limit=1)
    rest = search.newest(seldom, limit=1, after=nothing.further)

    assert nothing == SearchResults([], others[1].id, whole=False)
    assert rest.whole is False
    assert rest.further == matches[0].id
    assert [hit.id for part in search.hits(filter) for hit in part] == [6, 5, 4, 3, 2, 1]
    assert [hit.id for part in search.hits(filter, upto=matches[1].id) for hit in part] == [2, 1]


def test_who_decided_twice_is_found_once(
    database: Database, clock: FakeClock, site: Site, search: Search, anna: Moderator
) -> None:
    comment, changes = (
        add_scored(database, clock, text="twice"),
        ReviewQueue(database, clock, ALL_SITES),
    )
    for status in (Status.APPROVED, Status.REJECTED):
        basis = ObservedState(comment.status, comment.version)
        comment = changes.decide(ObservedComment(comment.id, basis), status, moderator_id=anna.id)

    assert looked_for(search, by="moderator:Anna") == ["twice"]


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_what_was_there_before_the_index_is_found(
    kind: str, request: pytest.FixtureRequest, clock: FakeClock, tmp_path: object
) -> None:
    if kind == "sqlite":
        url = f"sqlite:///{tmp_path}/before.db"
    else:
        url = new_postgresql_database(request.getfixturevalue("postgresql"), "before")
    database = open_database(url)
    migrate(database, "0003")
    with database.write() as connection:
        connection.exec_driver_sql(_SITE)
    add_as_it_was(database, clock, Site(1, "demo", "Demo", ()), words="long ago")

    migrate(database)

    results = Search(database, clock, ALL_SITES).newest(Filter(text="ago", page="/a"), limit=5)
    assert [card.comment.text for card in results.cards] == ["long ago"]
    database.close()


_SITE = (
    "INSERT INTO sites (id, name, title, origins, policy, max_text, created_at)"
    " VALUES (1, 'demo', 'Demo', '[]', '{}', 10000, 0)"
)


def add_as_it_was(database: Database, clock: FakeClock, site: Site, *, words: str) -> None:
    """Before there was an index, which `Comments.add` fills."""
    with database.write() as connection:
        page = {"id": 1, "site_id": site.id, "key": "/a", "approved": 0, "revision": 0}
        connection.execute(pages.insert().values(page))
        row = {"public_id": "earlier", "site_id": site.id, "page_id": 1, "name": "Ada"}
        row |= {"text": words, "status": Status.PENDING, "version": 1, "submitted_at": clock()}
        row |= {"attempts": 0, "lease_until": EPOCH, "fingerprint": fingerprint(words)}
        connection.execute(comments.insert().values(row))
