"""A moderator's decision about a comment of any status."""

from functools import partial

import pytest
from sqlalchemy import select

from moderation.comments import CommentNotFound, LostRace, Status
from moderation.moderators import Moderator
from moderation.policy import Decision
from moderation.sites import Site
from moderation.storage.changes import Basis, Changes
from moderation.storage.comments import Comments
from moderation.storage.engine import Database
from moderation.storage.moderators import Moderators
from moderation.storage.pages import Pages
from moderation.storage.tables import comments as table
from moderation.storage.tables import decisions
from tests.conftest import FakeClock
from tests.flagged import add_scored
from tests.together import together


@pytest.fixture
def changes(database: Database, clock: FakeClock) -> Changes:
    return Changes(database, clock)


@pytest.fixture
def anna(database: Database, clock: FakeClock) -> Moderator:
    return Moderators(database, clock).add("Anna")


@pytest.mark.parametrize(
    ("before", "after", "public"),
    [
        (Status.FLAGGED, Status.APPROVED, 1),
        (Status.FLAGGED, Status.REJECTED, 0),
        (Status.APPROVED, Status.REJECTED, 0),
        (Status.APPROVED, Status.FLAGGED, 0),
        (Status.REJECTED, Status.APPROVED, 1),
        (Status.REJECTED, Status.FLAGGED, 0),
    ],
)
def test_status_history_and_count_change_together(
    database: Database,
    clock: FakeClock,
    site: Site,
    changes: Changes,
    anna: Moderator,
    before: Status,
    after: Status,
    public: int,
) -> None:
    comment = add_scored(database, clock, Decision(before))

    changed = changes.change(comment.id, Basis(before, 2), after, moderator_id=anna.id)

    assert (changed.status, changed.version) == (after, 3)
    assert Pages(database).counts(site, ["/a"]) == {"/a": public}
    columns = ("version", "who", "moderator_id", "from_status", "to_status", "bulk_id")
    query = select(*(decisions.c[name] for name in columns)).order_by(decisions.c.id)
    with database.read() as connection:
        last = connection.execute(query).all()[-1]
    assert tuple(last) == (3, "moderator", anna.id, before, after, None)


@pytest.mark.parametrize("basis", [Basis(Status.FLAGGED, 1), Basis(Status.APPROVED, 2)])
def test_what_is_not_as_it_was_seen_stays(
    database: Database,
    clock: FakeClock,
    site: Site,
    changes: Changes,
    anna: Moderator,
    basis: Basis,
) -> None:
    comment = add_scored(database, clock)

    with pytest.raises(LostRace, match="the comment was flagged already"):
        changes.change(comment.id, basis, Status.REJECTED, moderator_id=anna.id)

    assert Comments(database, clock).get(comment.id) == comment


def test_what_its_author_deleted_stays_deleted(
    database: Database, clock: FakeClock, site: Site, changes: Changes, anna: Moderator
) -> None:
    comment = add_scored(database, clock)
    with database.write() as connection:
        connection.execute(table.update().values(status=Status.DELETED))

    with pytest.raises(LostRace):
        changes.change(comment.id, Basis(Status.DELETED, 2), Status.APPROVED, moderator_id=anna.id)
    with pytest.raises(CommentNotFound):
        changes.change("no-such", Basis(Status.FLAGGED, 2), Status.APPROVED, moderator_id=anna.id)


def test_of_two_at_once_one_decides(
    database: Database, clock: FakeClock, site: Site, changes: Changes, anna: Moderator
) -> None:
    for comment in [add_scored(database, clock) for _ in range(10)]:
        basis = Basis(comment.status, comment.version)
        decide = partial(changes.change, comment.id, basis, moderator_id=anna.id)

        outcomes = together(
            partial(decide, status=Status.APPROVED), partial(decide, status=Status.REJECTED)
        )

        assert [isinstance(each, LostRace) for each in outcomes].count(True) == 1
