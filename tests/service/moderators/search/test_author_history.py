"""An author's history, and sanctions on an address."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from moderation.comments import Comment
from moderation.sites import Site
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.comments.new_comments import Submitter
from moderation.storage.database.engine import Database
from tests.support.clock import START, FakeClock
from tests.support.flagged_comments import GOOD, add_scored
from tests.support.moderator_browser import Browser, signed_in

HERE = Submitter("a" * 32)


@pytest.fixture
def comment(database: Database, clock: FakeClock, site: Site) -> Comment:
    """Of an address that commented under another name before."""
    add_scored(database, clock, GOOD, sender=HERE, name="Dee", text="Said as Dee.")
    add_scored(database, clock, GOOD, name="Cy", text="Said by another Cy.")
    return add_scored(database, clock, sender=HERE, name="Cy", text="Said now.")


def history(comment: Comment) -> str:
    return f"/moderate/comments/{comment.id}/author"


def test_a_history_is_of_the_address_or_of_the_name(anna: Browser, comment: Comment) -> None:
    by_address, by_name = anna.page(history(comment)), anna.page(f"{history(comment)}?by=name")

    assert "Said as Dee." in by_address
    assert "as <bdi>Dee</bdi>" in by_address
    assert "Said by another Cy." not in by_address
    assert "a" * 32 not in by_address
    assert "Said by another Cy." in by_name
    assert "Said as Dee." not in by_name
    for page in (by_address, by_name):
        assert "Said now." in page


def test_without_an_address_nobody_is_banned(anna: Browser, flagged: Comment) -> None:
    page = anna.page(history(flagged))

    assert "This comment has no stored address" in page
    form = {"kind": "ban", "length": "day", "reason": "Spam."}
    assert anna.send(f"{history(flagged)}/sanctions", **form).status_code == 422


def test_a_ban_is_shown_with_who_and_why_and_can_be_lifted(
    anna: Browser, bea: Browser, comment: Comment
) -> None:
    form = {"kind": "ban", "length": "day", "reason": "Spam, <again>."}

    answer = anna.send(f"{history(comment)}/sanctions", **form)

    assert answer.location == f"{history(comment)}?done=sanctioned"
    page = bea.page(history(comment))
    assert "Reject everything, by <bdi>Anna</bdi> just now: <bdi>Spam, &lt;again&gt;.</bdi>" in page
    assert "1 day left." in page
    assert bea.send(f"{history(comment)}/sanctions/1/lift").status_code == 303
    assert "Lifted by <bdi>Bea</bdi>." in anna.page(history(comment))
    assert bea.send(f"{history(comment)}/sanctions/1/lift").status_code == 404


def test_a_ban_ends_with_the_key_that_addresses_are_hashed_with(
    app: Flask, moderators: Moderators, anna: Browser, comment: Comment, clock: FakeClock
) -> None:
    form = {"kind": "always_flag", "length": "month", "reason": "Spam."}
    period = timedelta(days=30)
    start = datetime(1970, 1, 1, tzinfo=UTC)
    ends = START + period - (START - start) % period

    anna.send(f"{history(comment)}/sanctions", **form)
    clock.now = ends - timedelta(minutes=1)
    bea = signed_in(app, moderators, "Bea")
    assert "1 minute left." in bea.page(history(comment))
    clock.now = ends

    page = bea.page(history(comment))
    assert "Ended." in page
    assert "This address is no longer recognised" in page
    assert bea.send(f"{history(comment)}/sanctions", **form).status_code == 422


@pytest.mark.parametrize(
    "form",
    [
        {"kind": "shout", "length": "day", "reason": "Spam."},
        {"kind": "ban", "length": "century", "reason": "Spam."},
        {"kind": "ban", "length": "day", "reason": " "},
        {},
    ],
)
def test_what_is_no_sanction_is_refused(
    anna: Browser, comment: Comment, form: dict[str, str]
) -> None:
    assert anna.send(f"{history(comment)}/sanctions", **form).status_code == 422


def test_what_is_asked_wrongly_is_told(anna: Browser, comment: Comment) -> None:
    assert anna.get("/moderate/comments/no-such/author").status_code == 404
    assert anna.get(f"{history(comment)}?by=shoe").status_code == 422
    assert anna.get(f"{history(comment)}?after=no-such").status_code == 404


def test_long_histories_have_pages(
    anna: Browser, database: Database, clock: FakeClock, comment: Comment
) -> None:
    for _ in range(50):
        clock.advance(1)
        add_scored(database, clock, GOOD, sender=HERE)

    page = anna.page(history(comment))

    assert page.count('class="past-comment"') == 50
    assert "Said as Dee." not in page
    assert "Earlier</a>" in page
