"""What anyone may read: approved comments of a page, their number, and nothing more."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from moderation.comments import Comment, Status
from moderation.policy import Decision
from moderation.sites import Site
from moderation.storage.comments.comments import Comments
from moderation.storage.comments.new_comments import Submitter
from moderation.storage.database.engine import Database
from moderation.storage.decisions.claims import DecidedComment, PendingComments
from moderation.storage.system.incarnation import renew_incarnation
from tests.support.clock import FakeClock
from tests.support.factories import submission
from tests.support.web_app import NO_NUMBERS

Approve = Callable[..., Comment]
PAGE = "/v1/comments?site=demo&page=/a"


@pytest.fixture
def approve(comments: Comments, scoring: PendingComments, site: Site, clock: FakeClock) -> Approve:
    """Adds a comment and approves it, a second after the one before."""

    def add(**fields: str) -> Comment:
        clock.advance(1)
        comment = comments.add(site, submission(**fields), Submitter())
        claim = scoring.claim(10)
        approved = [
            DecidedComment(comment.id, Decision(Status.APPROVED), None, None)
            for comment in claim.comments
        ]
        scoring.settle(claim, approved)
        return comment

    return add


def test_page_without_comments_is_empty(client: FlaskClient) -> None:
    terms = {"max_text": 10_000, "closed": False, "closed_reason": None}
    terms |= {"reader_mail": False}
    assert client.get(PAGE).json == {"count": 0, "comments": [], "next": None, **terms}


def test_approved_comment_shows_the_public_fields_only(
    client: FlaskClient, approve: Approve
) -> None:
    first = approve()
    reply = approve(parent=first.id, text="I agree")

    shown = client.get(PAGE).json

    assert shown == {
        "count": 2,
        "comments": [
            {
                "id": first.id,
                "name": "Ada",
                "text": "Well argued, thank you.",
                "submitted_at": "2026-01-31T12:00:01.000Z",
                "edited_at": None,
                "parent": None,
                "staff": False,
                "erased": False,
                "pinned": False,
            },
            {
                "id": reply.id,
                "name": "Ada",
                "text": "I agree",
                "submitted_at": "2026-01-31T12:00:02.000Z",
                "edited_at": None,
                "parent": first.id,
                "staff": False,
                "erased": False,
                "pinned": False,
            },
        ],
        "next": None,
        "max_text": 10_000,
        "closed": False,
        "closed_reason": None,
        "reader_mail": False,
    }


def test_pending_comment_is_nowhere(client: FlaskClient, pending: Comment) -> None:
    assert (client.get(PAGE).json or {})["comments"] == []
    assert client.get("/v1/counts?site=demo&page=/a").json == {"counts": {"/a": 0}}


@pytest.mark.parametrize("order", ["oldest", "newest"])
def test_following_next_shows_each_comment_once_in_order(
    client: FlaskClient, approve: Approve, order: str
) -> None:
    ids = [approve(text=f"number {number}").id for number in range(5)]

    seen: list[str] = []
    after = ""
    while after is not None:
        body = client.get(f"{PAGE}&order={order}&limit=2&after={after}").json or {}
        seen += [comment["id"] for comment in body["comments"]]
        after = body["next"]

    assert seen == (ids if order == "oldest" else ids[::-1])


def test_etag_holds_until_what_is_public_changes(client: FlaskClient, approve: Approve) -> None:
    approve()
    first = client.get(PAGE)
    same = client.get(PAGE, headers={"If-None-Match": first.headers["ETag"]})
    approve()
    changed = client.get(PAGE, headers={"If-None-Match": first.headers["ETag"]})

    assert first.headers["Cache-Control"] == "public, no-cache"
    assert (same.status_code, same.data) == (304, b"")
    assert (changed.status_code, (changed.json or {})["count"]) == (200, 2)


def test_counts_of_many_pages_come_at_once(client: FlaskClient, approve: Approve) -> None:
    approve()
    approve(page="/b")
    approve(page="/b")

    answer = client.get("/v1/counts?site=demo&page=/a&page=/b&page=/c")

    assert answer.json == {"counts": {"/a": 1, "/b": 2, "/c": 0}}


@pytest.mark.parametrize(
    ("path", "status", "field"),
    [
        ("/v1/comments?site=unknown&page=/a", 404, None),
        ("/v1/comments?page=/a", 422, "site"),
        ("/v1/comments?site=demo", 422, "page"),
        (f"{PAGE}&limit=0", 422, "limit"),
        (f"{PAGE}&limit=101", 422, "limit"),
        (f"{PAGE}&limit=0000000019999", 422, "limit"),
        (f"{PAGE}&order=best", 422, "order"),
        (f"{PAGE}&after=unknown", 422, "after"),
        ("/v1/counts?site=demo", 422, "page"),
        ("/v1/comments/%00", 404, None),
        (f"{PAGE}&after=%00", 404, None),
    ],
)
def test_wrong_query_names_what_is_wrong(
    client: FlaskClient, path: str, status: int, field: str | None
) -> None:
    answer = client.get(path)

    assert (answer.status_code, answer.get_json(force=True).get("field")) == (status, field)


def test_a_limit_is_a_whole_number(client: FlaskClient, site: Site) -> None:
    for limit in NO_NUMBERS:
        answer = client.get("/v1/comments", query_string=dict(site="demo", page="/a", limit=limit))
        assert (answer.status_code, (answer.json or {})["field"]) == (422, "limit"), limit[:40]


def test_etag_of_a_restored_page_is_another_one(
    client: FlaskClient, approve: Approve, database: Database
) -> None:
    approve()
    before = client.get(PAGE).headers["ETag"]

    with database.write() as connection:
        renew_incarnation(connection)

    after = client.get(PAGE, headers={"If-None-Match": before})
    assert after.status_code == 200
    assert after.headers["ETag"] != before
