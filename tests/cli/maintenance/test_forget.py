"""`parley forget` shows what there is of a reader, and erases it with --yes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from cli.main import parley
from moderation.accounts.moderators import ALL_SITES
from moderation.comments import Comment, Status
from moderation.config.server_secret import server_secret
from moderation.config.settings import Settings
from moderation.notifications.reader_mails import MailWish
from moderation.notifications.reader_mails import address_hash as email_hash
from moderation.review.reports import Report
from moderation.sanctions import SanctionKind
from moderation.sites import Site
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.comments.comments import Comments
from moderation.storage.comments.new_comments import Submitter
from moderation.storage.database.engine import Database
from moderation.storage.reader_mail.subscriptions import Subscriptions
from moderation.storage.review.reports import Reports
from moderation.storage.review.sanctions import Sanctions
from moderation.storage.schema.review import reports, sanctions
from moderation.storage.schema.subscriptions import mail_addresses
from moderation.storage.system.address_keys import AddressKeys
from moderation.storage.system.audit_log import AuditLog
from service.wiring.address_hashing import AddressHashes
from tests.support.clock import FakeClock
from tests.support.factories import submission
from tests.support.flagged_comments import GOOD, add_scored

SECRET = "0123456789abcdef" * 4
ADDRESS = "203.0.113.7"


def forget(*arguments: str) -> Result:
    return CliRunner().invoke(parley, ["forget", *arguments])


@pytest.fixture(autouse=True)
def _settings(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARLEY_DATABASE_URL", database_url)
    monkeypatch.setenv("PARLEY_SECRET_KEY", SECRET)


@pytest.fixture
def address_hash(database: Database, clock: FakeClock) -> str:
    secret = server_secret(Settings.read({"PARLEY_SECRET_KEY": SECRET}))
    return AddressHashes(secret, AddressKeys(database)).hash(ADDRESS, clock())


def test_nothing_is_erased_without_yes(comments: Comments, pending: Comment) -> None:
    result = forget(pending.id)

    assert result.exit_code == 0
    assert pending.id in result.output
    assert "add --yes" in result.output
    assert pending.text not in result.output
    assert comments.get(pending.id).text == pending.text


def test_a_comment_is_erased_by_its_id(
    comments: Comments, pending: Comment, database: Database
) -> None:
    result = forget(pending.id, "no-such-id", "--yes")

    assert (result.exit_code, result.output.splitlines()[-1]) == (0, "erased: 1")
    assert comments.get(pending.id).status is Status.ERASED
    assert AuditLog(database).newest(1)[0].actor == "operator"


def test_all_from_an_address_is_erased_with_its_reports(
    comments: Comments, site: Site, database: Database, clock: FakeClock, address_hash: str
) -> None:
    other = add_scored(database, clock, GOOD, sender=Submitter("f" * 32))
    theirs = comments.add(site, submission(), Submitter(address_hash))
    report = Report.parse({"reason": "other", "text": "Mine"})
    Reports(database, clock).add(other.id, site, report, address_hash)

    shown, done = forget("--address", ADDRESS), forget("--address", ADDRESS, "--yes")

    with database.read() as connection:
        left = connection.execute(select(reports)).all()
    assert "1 comment and 1 report" in shown.output
    assert done.exit_code == 0
    assert (comments.get(theirs.id).status, left) == (Status.ERASED, [])
    assert comments.get(other.id).text == other.text


def test_all_under_a_name_is_erased_on_one_site(comments: Comments, site: Site) -> None:
    ada, bob = (comments.add(site, submission(name=name), Submitter()) for name in ("Ada", "Bob"))

    forget("--name", "Ada", "--site", "demo", "--yes")

    assert (comments.get(ada.id).name, comments.get(bob.id).name) == ("", "Bob")


def test_why_an_author_is_banned_is_forgotten_with_their_comment(
    comments: Comments, site: Site, database: Database, clock: FakeClock, address_hash: str
) -> None:
    theirs = comments.add(site, submission(name="Ada"), Submitter(address_hash))
    anna, until = Moderators(database, clock).add("Anna").id, clock() + timedelta(days=9)
    bans = Sanctions(database, clock, ALL_SITES)
    bans.impose(theirs.id, SanctionKind.BAN, until, moderator_id=anna, reason="Ada lies.")

    forget("--name", "Ada", "--site", "demo", "--yes")

    with database.read() as connection:
        rows = connection.execute(select(sanctions.c.kind, sanctions.c.reason)).all()
    assert [tuple(row) for row in rows] == [("ban", "")]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "give the ids of comments"),
        (["x", "--address", ADDRESS], "give the ids of comments"),
        (["--name", "Ada"], "--name and --site go together"),
        (["x", "--site", "demo"], "--name and --site go together"),
        (["--address", "paper.example"], "must be an IP address"),
        (["--name", "Ada", "--site", "nowhere"], "there is no site nowhere"),
    ],
)
def test_what_cannot_be_meant_is_refused(site: Site, arguments: list[str], sentence: str) -> None:
    result = forget(*arguments, "--yes")

    assert result.exit_code != 0
    assert sentence in result.stderr


def test_an_e_mail_address_is_forgotten_with_the_comments_it_was_confirmed_for(
    comments: Comments, site: Site, database: Database, clock: FakeClock
) -> None:
    secret = server_secret(Settings.read({"PARLEY_SECRET_KEY": SECRET}))
    subscriptions = Subscriptions(database, clock)
    theirs, others = (add_scored(database, clock, GOOD, name=name) for name in ("Ada", "Mallory"))
    known_by = email_hash(secret, site.id, "ada@example.org")
    wish = MailWish(site.id, "ada@example.org", known_by, "en", is_proven=True)
    subscriptions.add(theirs.id, wish)
    subscriptions.add(others.id, replace(wish, is_proven=False))

    shown = forget("--email", "ADA@example.org")
    done = forget("--email", "ADA@example.org", "--yes")

    assert "1 comment" in shown.output
    assert (done.exit_code, done.output.splitlines()[-1]) == (0, "erased: 1")
    assert comments.get(theirs.id).status is Status.ERASED
    assert comments.get(others.id).status is Status.APPROVED
    with database.read() as connection:
        assert connection.execute(select(mail_addresses)).all() == []
