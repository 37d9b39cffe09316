"""What people may do and where; somebody stays admin; who was there before an upgrade stays."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from moderation.accounts.moderators import (
    ALL_SITES,
    AccessScope,
    LastAdmin,
    Moderator,
    NotAllowed,
    Role,
    SignedOut,
)
from moderation.comments import CommentNotFound, Status
from moderation.sites import Site, SiteNotFound
from moderation.storage import migrate as migrate_module
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.accounts.roles import Roles
from moderation.storage.accounts.sessions import Sessions
from moderation.storage.accounts.sign_in import SignIn
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database, open_database
from moderation.storage.decisions.moderator_decisions import ObservedComment, ObservedState
from moderation.storage.migrate import migrate
from moderation.storage.review.queue import ReviewQueue
from moderation.storage.review.queue_counts import WaitingCounts
from tests.support.clock import FakeClock
from tests.support.concurrency import together
from tests.support.flagged_comments import add_scored
from tests.support.postgresql import new_postgresql_database

DEMO = frozenset({"demo"})


@pytest.fixture
def moderators(database: Database, clock: FakeClock) -> Moderators:
    return Moderators(database, clock)


@pytest.fixture
def people(database: Database, clock: FakeClock) -> Roles:
    return Roles(database, clock)


@pytest.fixture
def bea(moderators: Moderators, anna: Moderator) -> Moderator:
    return moderators.add("Bea")


def test_an_admin_reaches_every_site_whatever_is_chosen(
    moderators: Moderators, people: Roles, anna: Moderator, site: Site
) -> None:
    people.set_role("Anna", Role.ADMIN, sites=["demo"])

    assert moderators.get("Anna").sites == DEMO
    assert moderators.get("Anna").scope == AccessScope(None, may_decide=True)


@pytest.mark.parametrize(
    ("role", "names", "scope"),
    [
        (Role.MODERATOR, None, AccessScope(None, may_decide=True)),
        (Role.MODERATOR, ["demo"], AccessScope(DEMO, may_decide=True)),
        (Role.VIEWER, ["demo"], AccessScope(DEMO, may_decide=False)),
        (Role.VIEWER, [], AccessScope(frozenset(), may_decide=False)),
    ],
)
def test_a_role_says_what_is_within_reach(
    moderators: Moderators,
    people: Roles,
    bea: Moderator,
    site: Site,
    role: Role,
    names: list[str] | None,
    scope: AccessScope,
) -> None:
    people.set_role("Bea", role, sites=names)

    assert moderators.get("Bea").scope == scope


def test_a_site_that_is_not_there_changes_nothing(
    moderators: Moderators, people: Roles, bea: Moderator
) -> None:
    with pytest.raises(SiteNotFound):
        people.set_role("Bea", Role.VIEWER, sites=["no-such"])

    assert moderators.get("Bea") == bea


def test_the_last_admin_stays(moderators: Moderators, people: Roles, bea: Moderator) -> None:
    with pytest.raises(LastAdmin):
        people.set_role("Anna", Role.VIEWER)
    with pytest.raises(LastAdmin):
        people.deactivate("Anna")

    people.set_role("Bea", Role.ADMIN)
    people.set_role("Anna", Role.VIEWER)
    assert moderators.get("Anna").role is Role.VIEWER


def test_two_admins_who_demote_each_other_leave_one(
    moderators: Moderators, people: Roles, bea: Moderator
) -> None:
    people.set_role("Bea", Role.ADMIN)

    outcomes = together(
        lambda: people.set_role("Anna", Role.VIEWER),
        lambda: people.set_role("Bea", Role.VIEWER),
    )

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["LastAdmin", "NoneType"]
    assert sorted(account.role for account in moderators.all()) == [Role.ADMIN, Role.VIEWER]


def test_who_is_deactivated_is_out_and_what_they_knew_is_forgotten(
    database: Database, clock: FakeClock, moderators: Moderators, people: Roles, bea: Moderator
) -> None:
    sessions = Sessions(database, clock)
    session = SignIn(database, clock).by_link(moderators.new_link("Bea"))
    sessions.set_password(session, "a hash")

    people.deactivate("Bea")
    people.activate("Bea")

    with pytest.raises(SignedOut):
        sessions.moderator(session)
    assert moderators.password("Bea") == ("Bea", None)


@pytest.fixture
def elsewhere(database: Database, clock: FakeClock, site: Site, sites: Sites) -> str:
    """The id of a comment that waits on another site than demo."""
    sites.add(Site(0, "other", "Other", ()))
    return add_scored(database, clock, site="other", text="Of the other site.").id


def test_nothing_of_another_site_is_seen_or_decided(
    database: Database, clock: FakeClock, bea: Moderator, elsewhere: str
) -> None:
    demo_comment = add_scored(database, clock)
    queue, counts = ReviewQueue(database, clock, AccessScope(DEMO)), WaitingCounts(database)

    assert [card.comment.id for card in queue.first(10)] == [demo_comment.id]
    assert queue.first(10, site="other") == []
    assert [counts.of(AccessScope(DEMO), name).total for name in (None, "other")] == [1, 0]
    for version in (1, 2, 3):
        with pytest.raises(CommentNotFound):
            queue.decide(
                ObservedComment(elsewhere, ObservedState(Status.FLAGGED, version)),
                Status.APPROVED,
                moderator_id=bea.id,
            )
    with pytest.raises(CommentNotFound):
        queue.first(10, after=elsewhere)


def test_who_may_see_nothing_sees_nothing(
    database: Database, clock: FakeClock, elsewhere: str
) -> None:
    nothing = AccessScope(frozenset())

    assert ReviewQueue(database, clock, nothing).first(10) == []
    assert WaitingCounts(database).of(nothing).total == 0


def test_a_viewer_decides_nothing(
    database: Database, clock: FakeClock, bea: Moderator, elsewhere: str
) -> None:
    queue = ReviewQueue(database, clock, AccessScope(None, may_decide=False))

    with pytest.raises(NotAllowed, match="viewers look"):
        queue.decide(
            ObservedComment(elsewhere, ObservedState(Status.FLAGGED, 2)),
            Status.APPROVED,
            moderator_id=bea.id,
        )
    assert WaitingCounts(database).of(ALL_SITES).total == 1


@pytest.fixture(params=["sqlite", "postgresql"])
def old_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database as the version before left it, with two moderators, one signed in."""
    url = f"sqlite:///{tmp_path / 'old.db'}"
    if request.param == "postgresql":
        url = new_postgresql_database(request.getfixturevalue("postgresql"), "people_upgrade")
    database = open_database(url)
    with database.write() as connection:
        config = migrate_module._config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(text(_MODERATORS))
        connection.execute(text(_SESSION))
    yield database
    database.close()


_MODERATORS = (
    "INSERT INTO moderators (id, name, active, created_at)"
    " VALUES (1, 'Anna', true, 0), (2, 'Bea', true, 0)"
)
_SESSION = "INSERT INTO sessions VALUES ('hash', 2, 0, 9000000000000000)"


def test_an_upgrade_makes_the_first_admin_and_keeps_sessions(
    old_database: Database, clock: FakeClock
) -> None:
    migrate(old_database)

    accounts = Moderators(old_database, clock).all()
    assert [(account.name, account.role, account.scope.sites) for account in accounts] == [
        ("Anna", Role.ADMIN, None),
        ("Bea", Role.MODERATOR, None),
    ]
    with old_database.read() as connection:
        kept = connection.execute(text("SELECT method, complete FROM sessions")).one()
    assert (kept.method, bool(kept.complete)) == ("password", True)
