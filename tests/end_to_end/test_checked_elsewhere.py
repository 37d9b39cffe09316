"""Comments of another system: what does not pass waits here, and a webhook tells how it ends."""

import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from moderation.accounts.moderators import ALL_SITES
from moderation.clock import utc_now
from moderation.comments import MAX_TEXT, Status
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.comments.comments import Comments
from moderation.storage.database.engine import open_database
from moderation.storage.review.queue import ReviewQueue
from tests.support.flagged_comments import as_seen
from tests.support.program import Program, running, wait_until
from tests.support.webhook_receiver import Receiver, receiving

RUDE = "You are a stupid idiot and nobody wants you here."


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def own(tmp_path: Path, receiver: Receiver) -> Iterator[Program]:
    with running(tmp_path, PARLEY_WEBHOOK_PRIVATE="127.0.0.1") as program:
        program.command("webhook", "add", receiver.url, "--event", "comment.decided")
        yield program


def check(program: Program, texts: list[str]) -> list[dict[str, Any]]:
    """Asks about texts, to be stored where they do not pass."""
    key = program.command("site", "key", "demo", "--name", "forum").split()[-1]
    comments = [{"name": "Ada", "page": "/a", "text": text} for text in texts]
    body = json.dumps({"comments": comments, "store": True}).encode()
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    request = urllib.request.Request(f"{program.url}/v1/checks", body, headers)
    with urllib.request.urlopen(request, timeout=100) as answer:
        return list(json.load(answer)["checks"])


def approve(var: Path, comment_id: str) -> None:
    """As a moderator does, once a worker has put the comment into the queue."""
    database = open_database(f"sqlite:///{var / 'parley.db'}")
    comments = Comments(database, utc_now)
    wait_until(lambda: comments.get(comment_id).status is Status.FLAGGED)
    anna = Moderators(database, utc_now).add("Anna")
    seen = as_seen(comments.get(comment_id))
    ReviewQueue(database, utc_now, ALL_SITES).decide(seen, Status.APPROVED, moderator_id=anna.id)
    database.close()


def test_a_webhook_tells_what_moderators_decide(
    own: Program, tmp_path: Path, receiver: Receiver
) -> None:
    rude, civil = check(own, [RUDE, "Thank you for this article."])

    approve(tmp_path, rude["id"])

    wait_until(lambda: receiver.received)
    event = json.loads(receiver.received[0].body)
    assert (event["type"], event["data"]["id"]) == ("comment.decided", rude["id"])
    assert (event["data"]["status"], civil["id"]) == ("approved", None)


def test_a_hundred_of_the_longest_texts_fit_into_one_question(own: Program) -> None:
    texts = [f"{number} Thank you. ".ljust(MAX_TEXT, "é") for number in range(100)]

    assert len(check(own, texts)) == len(texts)
