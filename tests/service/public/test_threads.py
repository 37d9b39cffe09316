"""Anyone may read the comments of a page as threads."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from moderation.comments import Comment
from moderation.sites import Site
from moderation.storage.database.engine import Database
from tests.support.clock import FakeClock
from tests.support.factories import CommentFields
from tests.support.flagged_comments import GOOD, add_scored
from tests.support.web_app import NO_NUMBERS

Say = Callable[..., Comment]
PAGE = "/v1/threads?site=demo&page=/a"


@pytest.fixture
def say(database: Database, clock: FakeClock, site: Site) -> Say:
    def say(text: str, parent: Comment | None = None) -> Comment:
        clock.advance(1)
        fields: CommentFields = {"text": text}
        if parent is not None:
            fields["parent"] = parent.id
        return add_scored(database, clock, GOOD, **fields)

    return say


def shape(body: dict[str, object]) -> list[list[str]]:
    threads = body["threads"]
    assert isinstance(threads, list)
    return [[comment["text"] for comment in thread["comments"]] for thread in threads]


def test_a_page_without_comments_has_no_threads(client: FlaskClient, site: Site) -> None:
    nothing = dict.fromkeys(("next", "previous", "at", "latest"))

    terms = {"max_text": 10_000, "closed": False, "closed_reason": None}
    terms |= {"reader_mail": False}
    assert client.get(PAGE).json == {"threads": [], **nothing, "count": 0, **terms}


def test_a_thread_has_its_answers_with_the_public_fields_only(
    client: FlaskClient, say: Say
) -> None:
    first = say("first")
    answer = say("answer", first)

    body = client.get(PAGE).get_json()

    assert body["count"] == 2
    (thread,) = body["threads"]
    assert thread["comments"][1] == {
        "id": answer.id,
        "name": "Ada",
        "text": "answer",
        "submitted_at": body["latest"],
        "edited_at": None,
        "parent": first.id,
        "staff": False,
        "erased": False,
        "pinned": False,
    }
    assert {name: thread[name] for name in ("id", "answers", "next", "cut")} == {
        "id": first.id,
        "answers": 1,
        "next": None,
        "cut": False,
    }


@pytest.mark.parametrize(
    ("order", "texts"),
    [("oldest", ["a", "b", "c"]), ("newest", ["c", "b", "a"]), ("replies", ["b", "c", "a"])],
)
def test_parts_follow_one_another_in_each_order(
    client: FlaskClient, say: Say, order: str, texts: list[str]
) -> None:
    for text in "abc":
        root = say(text)
        if text == "b":
            say("answer", root)
    body = client.get(f"{PAGE}&order={order}&limit=2").get_json()
    first = shape(body)

    second = shape(client.get(f"{PAGE}&order={order}&after={body['next']}").get_json())

    assert [thread[0] for thread in first + second] == texts


def test_a_link_is_found_and_what_is_around_it(client: FlaskClient, say: Say) -> None:
    spoken = [say(text) for text in "abcde"]

    body = client.get(f"{PAGE}&at={spoken[2].id}&limit=1").get_json()

    assert (body["at"], shape(body)) == (spoken[2].id, [["c"]])
    above = client.get(f"{PAGE}&before={body['previous']}").get_json()
    below = client.get(f"{PAGE}&after={body['next']}").get_json()
    assert (shape(above), shape(below)) == ([["a"], ["b"]], [["d"], ["e"]])


def test_more_answers_of_a_thread(client: FlaskClient, say: Say) -> None:
    root = say("root")
    for text in "abc":
        say(text, root)
    (thread,) = client.get(f"{PAGE}&answers=2").get_json()["threads"]

    more = client.get(f"{PAGE}&thread={root.id}&after={thread['next']}").get_json()

    assert shape(more) == [["c"]]


def test_what_is_unchanged_is_not_sent_again(client: FlaskClient, say: Say) -> None:
    root = say("root")
    etag = client.get(PAGE).headers["ETag"]
    again = client.get(PAGE, headers={"If-None-Match": etag})

    say("answer", root)

    assert (again.status_code, again.headers["Cache-Control"]) == (304, "public, no-cache")
    changed = client.get(PAGE, headers={"If-None-Match": etag})
    assert shape(changed.get_json()) == [["root", "answer"]]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("order=best", "order"),
        ("after=nothing", "after"),
        ("before=nothing", "before"),
        ("order=replies&after=nothing", "after"),
        ("order=replies&before=1.nothing", "before"),
        ("after=x&at=y", "at"),
        ("thread=x", "after"),
        ("thread=x&after=y", "after"),
        *((f"limit={value}", "limit") for value in (*NO_NUMBERS, "0", "51")),
        *((f"answers={value}", "answers") for value in (*NO_NUMBERS, "0", "101")),
    ],
)
def test_a_wrong_query_is_named(client: FlaskClient, say: Say, query: str, field: str) -> None:
    say("root")

    answer = client.get(f"{PAGE}&{query}")

    assert (answer.status_code, answer.get_json()["field"]) == (422, field)


def test_another_sites_page_is_another(client: FlaskClient, say: Say) -> None:
    root = say("root")

    assert client.get("/v1/threads?site=nobody&page=/a").status_code == 404
    assert shape(client.get(f"/v1/threads?site=demo&page=/b&at={root.id}").get_json()) == []
