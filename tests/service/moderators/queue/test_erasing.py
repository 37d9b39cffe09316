"""Moderators erase comments, with a reason, one by one and in bulk, and for good."""

import pytest
from sqlalchemy import select

from moderation.comments import Comment, Status
from moderation.policy import Reason
from moderation.sites import Site
from moderation.storage.comments.comments import Comments
from moderation.storage.database.engine import Database
from moderation.storage.decisions.reasons import to_reasons
from moderation.storage.schema.decisions import bulks, decisions
from tests.support.clock import FakeClock
from tests.support.flagged_comments import GOOD, add_scored
from tests.support.moderator_browser import Browser


def reasons_of_latest(database: Database) -> tuple[Reason, ...]:
    query = select(decisions.c.reasons).order_by(decisions.c.id.desc()).limit(1)
    with database.read() as connection:
        return to_reasons(connection.execute(query).scalar_one())


def test_a_card_is_erased_with_a_reason(
    anna: Browser, flagged: Comment, comments: Comments, database: Database
) -> None:
    path = f"/moderate/comments/{flagged.id}/erase"
    assert flagged.text in anna.page(path)
    assert path in anna.page()

    answer = anna.send(path, version=flagged.version, reason="personal_details")

    erased = comments.get(flagged.id)
    assert answer.status_code == 303
    assert (erased.status, erased.name, erased.text) == (Status.ERASED, "", "")
    assert [reason.rule for reason in reasons_of_latest(database)] == ["personal_details"]
    assert "Erased: name and text are gone" in anna.page(str(answer.location))


def test_what_is_erased_is_found_by_its_status_and_offers_nothing(
    anna: Browser, flagged: Comment
) -> None:
    anna.send(f"/moderate/comments/{flagged.id}/erase", version=flagged.version)

    by_status = anna.page("/moderate/comments?status=erased&by=moderator")
    by_word = anna.page("/moderate/comments?text=fools")

    assert "Erased comment" in by_status
    assert f"{flagged.id}/approve" not in by_status
    assert f"{flagged.id}/erase" not in by_status
    assert "No comments match" in by_word
    assert anna.get(f"/moderate/comments/{flagged.id}/author").status_code == 404


@pytest.mark.parametrize("action", ["approve", "reject", "reopen", "erase"])
def test_nobody_takes_it_back(
    anna: Browser, flagged: Comment, comments: Comments, action: str
) -> None:
    anna.send(f"/moderate/comments/{flagged.id}/erase", version=flagged.version)

    path = f"/moderate/comments/{flagged.id}/{action}"
    again = anna.send(path, version=flagged.version + 1, status="erased")

    assert again.status_code == 409
    assert comments.get(flagged.id).status is Status.ERASED


@pytest.mark.parametrize("reason", ["spam", "nonsense"])
def test_a_reason_is_one_of_those_offered(
    anna: Browser, flagged: Comment, comments: Comments, reason: str
) -> None:
    path = f"/moderate/comments/{flagged.id}/erase"

    refused = anna.send(path, version=flagged.version, reason=reason)

    assert refused.status_code == 422
    assert comments.get(flagged.id) == flagged


def test_all_that_a_search_finds_is_erased_and_so_are_its_words(
    anna: Browser, database: Database, clock: FakeClock, comments: Comments, site: Site
) -> None:
    one, two = (add_scored(database, clock, GOOD, name="Zerlina") for _ in range(2))
    other = add_scored(database, clock, GOOD)
    assert "Erase 2 comments?" in anna.page("/moderate/bulk?name=Zerlina&to=erased")

    sent = {"name": "Zerlina", "to": "erased", "upto": other.id, "reason": "author_asked"}
    answer = anna.send("/moderate/bulk", **sent)

    with database.read() as connection:
        kept = connection.execute(select(bulks.c.filter)).scalar_one()
    assert [comments.get(comment.id).text for comment in (one, two)] == ["", ""]
    assert comments.get(other.id) == other
    assert kept == {"name": "…"}
    assert "Undo" not in anna.page(str(answer.location))
    assert anna.send(f"{answer.location}/undo").status_code == 404
