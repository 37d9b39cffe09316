"""Moderators and their sessions: one-time links, passwords, and what a reset ends."""

import pytest
from sqlalchemy import func, select

from moderation.accounts.moderators import (
    Moderator,
    ModeratorExists,
    ModeratorNotFound,
    Role,
    SignedOut,
    SignInLinkExpired,
    WrongPassword,
)
from moderation.storage.accounts.acting_moderator import LIFE
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.accounts.sessions import Sessions
from moderation.storage.accounts.sign_in import SignIn
from moderation.storage.accounts.sign_in_links import LINK_LIFE
from moderation.storage.database.engine import Database
from moderation.storage.schema.accounts import moderators as table
from moderation.storage.schema.accounts import sessions as sessions_table
from tests.support.clock import START, FakeClock
from tests.support.concurrency import together


@pytest.fixture
def moderators(database: Database, clock: FakeClock) -> Moderators:
    return Moderators(database, clock)


@pytest.fixture
def sign_in(database: Database, clock: FakeClock) -> SignIn:
    return SignIn(database, clock)


@pytest.fixture
def sessions(database: Database, clock: FakeClock) -> Sessions:
    return Sessions(database, clock)


def test_the_first_moderator_is_admin_and_has_no_password_yet(moderators: Moderators) -> None:
    anna = moderators.add("Anna")

    assert anna == Moderator(anna.id, "Anna", False, START, Role.ADMIN)
    assert moderators.get("Anna") == anna


def test_moderators_are_listed_by_name(moderators: Moderators) -> None:
    bea, anna = moderators.add("Bea"), moderators.add("Anna")

    assert moderators.all() == [anna, bea]


def test_a_name_is_given_once(moderators: Moderators, anna: Moderator) -> None:
    with pytest.raises(ModeratorExists, match="there is a moderator Anna already"):
        moderators.add("Anna")


def test_nobody_is_found_by_another_name(moderators: Moderators, anna: Moderator) -> None:
    for ask in (moderators.get, moderators.new_link, moderators.reset):
        with pytest.raises(ModeratorNotFound):
            ask("Ann")


def test_a_link_signs_in_once(
    moderators: Moderators, sessions: Sessions, sign_in: SignIn, anna: Moderator
) -> None:
    link = moderators.new_link("Anna")
    assert sign_in.moderator_of_link(link) == anna

    session = sign_in.by_link(link)

    assert sessions.moderator(session) == anna
    for use in (sign_in.moderator_of_link, sign_in.by_link):
        with pytest.raises(SignInLinkExpired):
            use(link)


def test_of_two_who_use_a_link_at_once_one_signs_in(
    database: Database, moderators: Moderators, sign_in: SignIn, anna: Moderator
) -> None:
    link = moderators.new_link("Anna")

    outcomes = together(*[lambda: sign_in.by_link(link)] * 2)

    assert {type(outcome) for outcome in outcomes} == {SignInLinkExpired, str}
    assert number_of_sessions(database) == 1


def test_a_new_link_takes_the_place_of_the_old(
    moderators: Moderators, sign_in: SignIn, anna: Moderator
) -> None:
    old, new = moderators.new_link("Anna"), moderators.new_link("Anna")

    with pytest.raises(SignInLinkExpired):
        sign_in.by_link(old)
    assert sign_in.moderator_of_link(new) == anna


def test_a_link_ends_after_a_day(
    moderators: Moderators, sign_in: SignIn, anna: Moderator, clock: FakeClock
) -> None:
    link = moderators.new_link("Anna")

    clock.advance(LINK_LIFE.total_seconds())

    with pytest.raises(SignInLinkExpired):
        sign_in.by_link(link)


def test_a_session_ends_after_twelve_hours(
    moderators: Moderators, sessions: Sessions, sign_in: SignIn, anna: Moderator, clock: FakeClock
) -> None:
    session = sign_in.by_link(moderators.new_link("Anna"))

    clock.advance(LIFE.total_seconds() - 1)
    assert sessions.moderator(session) == anna
    clock.advance(1)

    with pytest.raises(SignedOut):
        sessions.moderator(session)


def test_sessions_that_ended_are_forgotten_at_the_next_sign_in(
    database: Database,
    moderators: Moderators,
    sign_in: SignIn,
    anna: Moderator,
    clock: FakeClock,
) -> None:
    sign_in.by_link(moderators.new_link("Anna"))

    clock.advance(LIFE.total_seconds())
    sign_in.by_link(moderators.new_link("Anna"))

    assert number_of_sessions(database) == 1


def test_a_session_can_be_closed(
    moderators: Moderators, sessions: Sessions, sign_in: SignIn, anna: Moderator
) -> None:
    session = sign_in.by_link(moderators.new_link("Anna"))

    sessions.close(session)

    with pytest.raises(SignedOut):
        sessions.moderator(session)


def test_a_password_signs_in_while_it_is_the_one_kept(
    moderators: Moderators, sessions: Sessions, sign_in: SignIn, anna: Moderator
) -> None:
    sessions.set_password(sign_in.by_link(moderators.new_link("Anna")), "a hash")
    assert moderators.password("Anna") == ("Anna", "a hash")

    session = sign_in.by_password("Anna", "a hash")

    assert sessions.moderator(session).has_password
    with pytest.raises(WrongPassword):
        sign_in.by_password("Anna", "an earlier hash")


def test_a_new_password_ends_the_other_sessions(
    moderators: Moderators, sessions: Sessions, sign_in: SignIn, anna: Moderator
) -> None:
    other = sign_in.by_link(moderators.new_link("Anna"))
    current = sign_in.by_link(moderators.new_link("Anna"))

    sessions.set_password(current, "a hash")

    assert sessions.moderator(current).name == "Anna"
    with pytest.raises(SignedOut):
        sessions.moderator(other)


def test_nobody_sets_a_password_from_a_session_that_ended(
    moderators: Moderators, sessions: Sessions, sign_in: SignIn, anna: Moderator
) -> None:
    session = sign_in.by_link(moderators.new_link("Anna"))
    sessions.close(session)

    with pytest.raises(SignedOut):
        sessions.set_password(session, "a hash")
    assert moderators.password("Anna") == ("Anna", None)


def test_a_reset_ends_sessions_password_and_link(
    moderators: Moderators, sessions: Sessions, sign_in: SignIn, anna: Moderator
) -> None:
    session = sign_in.by_link(moderators.new_link("Anna"))
    sessions.set_password(session, "a hash")
    old_link = moderators.new_link("Anna")

    new_link = moderators.reset("Anna")

    assert moderators.password("Anna") == ("Anna", None)
    assert sign_in.moderator_of_link(new_link) == anna
    with pytest.raises(SignedOut):
        sessions.moderator(session)
    with pytest.raises(SignInLinkExpired):
        sign_in.moderator_of_link(old_link)


def test_a_reset_leaves_the_others_alone(
    moderators: Moderators, sessions: Sessions, sign_in: SignIn, anna: Moderator
) -> None:
    bea = moderators.add("Bea")
    session = sign_in.by_link(moderators.new_link("Bea"))

    moderators.reset("Anna")

    assert sessions.moderator(session) == bea


def test_who_is_no_longer_active_is_out_at_once(
    database: Database, moderators: Moderators, sessions: Sessions, sign_in: SignIn, anna: Moderator
) -> None:
    session = sign_in.by_link(moderators.new_link("Anna"))
    sessions.set_password(session, "a hash")
    link = moderators.new_link("Anna")

    with database.write() as connection:
        connection.execute(table.update().values(active=False))

    with pytest.raises(SignedOut):
        sessions.moderator(session)
    with pytest.raises(SignInLinkExpired):
        sign_in.by_link(link)
    with pytest.raises(WrongPassword):
        sign_in.by_password("Anna", "a hash")


def test_no_token_is_kept_as_it_is(
    database: Database, moderators: Moderators, sign_in: SignIn, anna: Moderator
) -> None:
    session = sign_in.by_link(moderators.new_link("Anna"))
    link = moderators.new_link("Anna")

    with database.read() as connection:
        kept = [*connection.execute(select(table)), *connection.execute(select(sessions_table))]

    assert link not in repr(kept)
    assert session not in repr(kept)


def number_of_sessions(database: Database) -> int:
    with database.read() as connection:
        return connection.execute(select(func.count()).select_from(sessions_table)).scalar_one()


@pytest.mark.parametrize(
    ("stored", "verified"),
    [
        ("anna@paper.example", "Anna@Paper.example"),
        # Addresses as they were stored before there was one rule for all.
        ("jörg@example.org", "jörg@example.org"),
        ("a..b@example.org", "a..b@example.org"),
        ("a@-x.org", "a@-x.org"),
        ("anna@bücher.example", "anna@bücher.example"),
        ("anna@xn--bcher-kva.example", "anna@bücher.example"),
    ],
)
def test_a_moderator_is_found_by_their_address(
    moderators: Moderators, stored: str, verified: str
) -> None:
    moderators.add("Other", email="other@paper.example")
    moderators.add("Known", email=stored)

    assert moderators.by_email(verified).name == "Known"


@pytest.mark.parametrize("verified", ["", "eve@paper.example", "anna@paper.example\0"])
def test_nobody_is_found_by_another_address(moderators: Moderators, verified: str) -> None:
    moderators.add("Anna", email="anna@paper.example")

    with pytest.raises(ModeratorNotFound):
        moderators.by_email(verified)
