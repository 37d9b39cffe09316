"""The comments in the words of schema.org."""

from collections.abc import Callable

from flask.testing import FlaskClient

from moderation.comments import Comment
from moderation.storage.database.engine import Database
from moderation.storage.decisions.erasures import Erasures
from tests.support.clock import FakeClock

Say = Callable[..., Comment]

PAGE = "/v1/comments.jsonld?site=demo&page=/a"
URL = "https://paper.example/a"


def test_a_page_has_its_comments_with_their_answers(client: FlaskClient, say: Say) -> None:
    first = say("first </script>", title="On roads", name="Zoë")
    answer = say("answer", first)

    document = client.get(PAGE)

    assert document.content_type == "application/ld+json"
    assert document.get_json(force=True) == {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "@id": URL,
        "url": URL,
        "name": "On roads",
        "commentCount": 2,
        "comment": [
            {
                "@type": "Comment",
                "datePublished": "2026-01-31T12:00:01.000Z",
                "url": f"{URL}#parley-{first.id}",
                "author": {"@type": "Person", "name": "Zoë"},
                "text": "first </script>",
                "comment": [
                    {
                        "@type": "Comment",
                        "datePublished": "2026-01-31T12:00:02.000Z",
                        "url": f"{URL}#parley-{answer.id}",
                        "author": {"@type": "Person", "name": "Ada"},
                        "text": "answer",
                    }
                ],
            }
        ],
    }


def test_an_erased_comment_says_so_and_nothing_else(
    client: FlaskClient, say: Say, database: Database, clock: FakeClock
) -> None:
    first = say("first", page="own key", name="Zoë")
    say("answer", first, page="own key")
    Erasures(database, clock).by_author(first.id)

    (comment,) = client.get("/v1/comments.jsonld?site=demo&page=own key").get_json(force=True)[
        "comment"
    ]

    assert {name: comment[name] for name in comment if name != "comment"} == {
        "@type": "Comment",
        "datePublished": "2026-01-31T12:00:01.000Z",
        "creativeWorkStatus": "Deleted",
    }
