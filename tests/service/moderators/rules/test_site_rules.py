"""The page of a site's rules: a change is tried before it holds, and can be taken back."""

import pytest

from moderation.rules.site_rules import NO_RULES, Publication
from moderation.sites import Site
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.sites.rule_versions import RuleVersions
from moderation.storage.system.audit_log import AuditLog
from tests.support.clock import FakeClock
from tests.support.flagged_comments import GOOD, add_scored
from tests.support.moderator_browser import Browser

PAGE = "/moderate/sites/demo/policy"
FORM = {
    "publish": "passing",
    "first_comments": "0",
    "banned_words": "",
    "banned_action": "reject",
    "most_links": "",
    "links_action": "wait",
    "allowed_domains": "",
    "banned_domains": "",
    "repeats": "",
    "zone": "",
    "begin": "",
    "end": "",
    "after_days": "",
    "closed": "",
}


def test_a_change_is_tried_first_and_changes_nothing(
    anna: Browser, site: Site, sites: Sites, database: Database, clock: FakeClock
) -> None:
    add_scored(database, clock, GOOD, text="Thank you, the casino was lovely to see.")
    add_scored(database, clock, GOOD, text="Thank you, the harbour was lovely to see.")

    page = anna.send(PAGE, **{**FORM, "banned_words": "casino"}).text

    assert "Of the last 2 comments" in page
    assert "<strong>1</strong> would have become something else" in page
    assert "Approved now, rejected then: 1" in page
    assert "casino was lovely" in page
    assert "harbour was lovely" not in page
    assert sites.get("demo").rules == NO_RULES


def test_a_change_is_in_force_audited_and_taken_back(
    anna: Browser, site: Site, sites: Sites, database: Database
) -> None:
    filled = {
        "publish": "everything",
        "first_comments": "2",
        "banned_words": "idiot*\r\n*viagra*\r\n",
        "most_links": "1",
        "banned_domains": "spam.example",
        "repeats": "3",
        "zone": "Europe/Berlin",
        "begin": "22:00",
        "end": "07:00",
        "after_days": "14",
    }
    answer = anna.send(PAGE, **{**FORM, **filled, "sure": "yes"})

    rules = sites.get("demo").rules
    assert (rules.publish, rules.first_comments, rules.repeats) == (Publication.EVERYTHING, 2, 3)
    assert rules.banned_words.words == ("idiot*", "*viagra*")
    assert (rules.closing.after_days, rules.links.banned) == (14, ("spam.example",))
    page = anna.page(answer.location)
    assert "idiot*\n*viagra*</textarea>" in page
    assert 'value="Europe/Berlin"' in page
    assert AuditLog(database).newest(1)[0].action == "rules_changed"

    anna.send(f"{PAGE}/back")
    assert sites.get("demo").rules == NO_RULES


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("first_comments", "21", "first_comments must be a whole number from 0 to 20"),
        ("repeats", "many", "repeats must be a whole number, or empty"),
        ("banned_words", "a*b", "banned_words.words has what is no word"),
        ("begin", "22:00", "quiet_hours.zone must be a time zone"),
        ("publish", "all", "publish must be one of passing, nothing, everything"),
    ],
)
def test_what_is_wrong_is_said(
    anna: Browser, site: Site, sites: Sites, field: str, value: str, words: str
) -> None:
    answer = anna.send(PAGE, **{**FORM, field: value, "sure": "yes"})

    assert (answer.status_code, f"Nothing was changed: {words}" in answer.text) == (422, True)
    assert sites.get("demo").rules == NO_RULES


OF_PAGE = f"{PAGE}?page=/a%3Fid%3D1"


def test_rules_of_one_page_are_tried_put_in_force_and_taken_back(
    anna: Browser, site: Site, database: Database, clock: FakeClock
) -> None:
    rules = RuleVersions(database, clock)
    rules.change("demo", {"repeats": 5})
    add_scored(database, clock, GOOD, text="Thank you, the casino was lovely to see.", page="/b")
    sent = {**FORM, "repeats": "5", "banned_words": "casino", "page": "/b"}

    assert "Approved now, rejected then: 1" in anna.send(PAGE, **sent).text
    assert rules.in_force(site, "/b") == {}
    anna.send(PAGE, **sent, sure="yes")

    assert list(rules.in_force(site, "/b")) == ["banned_words"]  # the rest follows the site
    shown = anna.page(f"{PAGE}?page=/b")
    assert "Rules of the page <bdi>/b</bdi>" in shown
    assert "casino</textarea>" in shown
    assert 'name="repeats" inputmode="numeric" autocomplete="off" value="5"' in shown
    assert f'href="{PAGE}?page=/b"' in anna.page(PAGE)
    assert "casino" not in anna.page(PAGE)
    anna.send(f"{PAGE}/back", page="/b")
    assert rules.in_force(site, "/b") == {}
    assert f'href="{PAGE}?page=/b"' not in anna.page(PAGE)


@pytest.mark.parametrize(("closed", "taken"), [("yes", True), ("no", False)])
def test_a_page_is_closed_and_opened_by_hand(
    anna: Browser, site: Site, database: Database, clock: FakeClock, closed: str, taken: bool
) -> None:
    rules = RuleVersions(database, clock)
    rules.change("demo", {"closing": {"closed": not taken}})

    anna.send(PAGE, **{**FORM, "closed": closed, "page": "/b"}, sure="yes")

    assert rules.in_force(site, "/b")["closing"]["closed"] is taken


def test_a_page_nobody_commented_on_has_the_rules_of_its_site(anna: Browser, site: Site) -> None:
    shown = anna.page(OF_PAGE)

    assert "Rules of the page" in shown
    assert "Take the last change back" not in shown
