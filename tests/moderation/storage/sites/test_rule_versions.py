"""Rules in versions: the newest is in force everywhere at once, and the former can come back."""

from datetime import timedelta

import pytest

from moderation.rules.document import document_of
from moderation.rules.rule_fields import InvalidRules
from moderation.rules.site_rules import NO_RULES
from moderation.sites import Site, SiteNotFound
from moderation.storage.comments.comments import Comments
from moderation.storage.comments.moved_pages import MovedPages
from moderation.storage.comments.new_comments import Submitter
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.rules.comment_circumstances import CommentCircumstances
from moderation.storage.sites.rule_versions import NoFormerRules, RuleVersions
from moderation.storage.system.audit_log import AuditLog
from tests.support.clock import FakeClock
from tests.support.factories import submission
from tests.support.flagged_comments import GOOD, add_scored

DEFAULT = document_of(NO_RULES)


@pytest.fixture
def versions(database: Database, clock: FakeClock, site: Site) -> RuleVersions:
    return RuleVersions(database, clock)


def test_a_change_is_in_force_at_once_and_in_the_audit_log(
    versions: RuleVersions, sites: Sites, database: Database
) -> None:
    versions.change("demo", {"repeats": 3}, by="moderator Anna")

    assert sites.get("demo").rules == NO_RULES.changed({"repeats": 3})
    assert [known.rules.repeats for known in sites.all()] == [3]
    (entry,) = AuditLog(database).newest(1)
    assert (entry.actor, entry.action, entry.subject) == (
        "moderator Anna",
        "rules_changed",
        "site demo",
    )
    assert ('"repeats":null' in (entry.before or ""), '"repeats":3' in (entry.after or "")) == (
        True,
        True,
    )


def test_the_former_rules_come_back_and_every_version_is_kept(
    versions: RuleVersions, site: Site, sites: Sites, clock: FakeClock
) -> None:
    for document in ({"repeats": 3}, {"repeats": 5}):
        versions.change("demo", document)
        clock.now += timedelta(minutes=1)

    versions.change("demo", versions.former(site))

    assert sites.get("demo").rules.repeats == 3
    assert [version.document["repeats"] for version in versions.newest(site)] == [3, 5, 3]
    assert versions.former(site)["repeats"] == 5


def test_before_the_first_change_there_were_none(versions: RuleVersions, site: Site) -> None:
    with pytest.raises(NoFormerRules, match="never changed"):
        versions.former(site)
    versions.change("demo", {"repeats": 3})

    assert versions.former(site) == DEFAULT


def test_the_same_rules_again_are_no_new_version(versions: RuleVersions, site: Site) -> None:
    for _ in range(2):
        versions.change("demo", {"first_comments": 1})

    assert len(versions.newest(site)) == 1


def test_what_is_no_rule_and_no_site_is_refused(versions: RuleVersions, site: Site) -> None:
    with pytest.raises(InvalidRules, match="did you mean repeats"):
        versions.change("demo", {"repeat": 3})
    with pytest.raises(SiteNotFound):
        versions.change("nobody", {})
    assert versions.newest(site) == []


def test_a_page_changes_what_its_comments_are_decided_by(
    versions: RuleVersions, site: Site, database: Database, comments: Comments
) -> None:
    versions.change("demo", {"repeats": 3, "first_comments": 2})
    versions.change("demo", {"first_comments": 0}, "/a")
    for page in ("/a", "/b"):
        comments.add(site, submission(page=page), Submitter())

    known = CommentCircumstances(database).of([1, 2], {site.id: NO_RULES.changed({"repeats": 3})})

    assert {number: one.rules.first_comments for number, one in known.items()} == {1: 0, 2: 0}
    assert versions.in_force(site, "/a") == {"first_comments": 0}
    assert versions.in_force(site, "/b") == {}


def test_a_pages_rules_move_with_it(
    versions: RuleVersions, site: Site, database: Database, clock: FakeClock
) -> None:
    versions.change("demo", {"publish": "nothing"}, "/old")

    MovedPages(database, clock).move(site, "/old", "/new")

    for key in ("/old", "/new"):
        assert versions.in_force(site, key) == {"publish": "nothing"}


def test_first_comments_count_what_was_approved_of_the_same_author_before(
    site: Site, database: Database, clock: FakeClock, comments: Comments
) -> None:
    ada = Submitter("a" * 32)
    add_scored(database, clock, GOOD, sender=ada, name="Ada")
    add_scored(database, clock, GOOD, sender=Submitter("b" * 32), name="Ada")
    add_scored(database, clock, GOOD, sender=ada, name="Bea")
    add_scored(database, clock, sender=ada, name="Ada")  # it waits
    comments.add(site, submission(name="Ada"), ada)
    comments.add(site, submission(name="Ada"), Submitter())

    rules = {site.id: NO_RULES.changed({"first_comments": 2})}
    known = CommentCircumstances(database).of([1, 5, 6], rules)

    assert {number: one.approved for number, one in known.items()} == {1: 0, 5: 1, 6: 0}


def test_alike_comments_are_counted_for_a_day_whoever_wrote_them_where(
    site: Site, database: Database, clock: FakeClock, comments: Comments
) -> None:
    text = "Buy the very best watches here"
    for page, words in (("/a", text), ("/b", text.upper()), ("/c", "Something quite different")):
        comments.add(site, submission(page=page, text=words, name=page), Submitter())
    clock.now += timedelta(days=1)
    comments.add(site, submission(text=text), Submitter())
    clock.now -= timedelta(seconds=1)
    comments.add(site, submission(text=text, page="/d"), Submitter())

    rules = {site.id: NO_RULES.changed({"repeats": 5})}
    known = CommentCircumstances(database).of([2, 3, 4, 5], rules)

    assert {number: one.alike for number, one in known.items()} == {2: 1, 3: 0, 4: 0, 5: 3}


def test_a_flood_is_counted_only_as_far_as_the_rule_asks(
    site: Site, database: Database, comments: Comments
) -> None:
    for number in range(6):
        comments.add(
            site, submission(text="The same few words again", page=f"/{number}"), Submitter()
        )

    known = CommentCircumstances(database).of([6], {site.id: NO_RULES.changed({"repeats": 2})})

    assert known[6].alike == 2
