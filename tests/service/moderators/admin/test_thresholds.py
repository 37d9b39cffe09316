"""How careful sites are: in words first, tried on their own comments, chosen, taken back."""

from dataclasses import replace

import pytest
from flask import Flask

from models.serving.named_settings import Setting, Thresholds
from moderation.accounts.moderators import Role
from moderation.choices.strictness import Strictness
from moderation.policy import ATTRIBUTES, SitePolicy
from moderation.sites import Site
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.accounts.roles import Roles
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.system.audit_log import AuditLog
from tests.support.clock import FakeClock
from tests.support.flagged_comments import GOOD, add_scored
from tests.support.moderator_browser import Browser, signed_in

PAGE = "/moderate/thresholds"
_OWN = SitePolicy(flag=0.123456789, strictness=Strictness.CAREFUL)
KIND = "Thank you for this thoughtful article about gardens."


def policy_of(sites: Sites, name: str = "demo") -> SitePolicy:
    return sites.get(name).policy


def set_own(sites: Sites, score: float | None) -> None:
    sites.change("demo", lambda site: replace(site, policy=site.policy.with_flag(score)))


def measured(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the model in use settings with figures, as a trained one has them."""
    classifier = app.extensions["parley"].web_model.get().classifier
    limits = {name: Thresholds(0.9, 0.1) for name in ATTRIBUTES}
    other = {name: Thresholds(0.9, 0.2) for name in ATTRIBUTES}
    settings = {
        "careful": Setting(limits, 0.081, 0.84, 0.93),
        "balanced": Setting(other, 0.04, 0.76, 0.951),
        "relaxed": Setting(other, 0.015, 0.6, 0.97),
    }
    monkeypatch.setattr(classifier, "settings", settings)


def test_each_setting_is_said_with_what_was_measured(
    app: Flask, anna: Browser, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured(app, monkeypatch)

    page = " ".join(anna.page(PAGE).split())

    assert (
        "8.1 % of ordinary comments wait, and 84 % of harmful ones; 93 % of what is likely to be"
        " rejected is harmful." in page
    )
    assert "<td>10 % / 90 %</td>" in page
    assert "are alike" not in page


def test_nothing_is_invented_where_nothing_was_measured(
    app: Flask, anna: Browser, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    classifier = app.extensions["parley"].web_model.get().classifier
    alike = dict.fromkeys(classifier.settings, Setting(classifier.thresholds))
    monkeypatch.setattr(classifier, "settings", alike)

    page = anna.page(PAGE)

    assert "What it holds was not measured with this model." in page
    assert "careful, balanced and relaxed are alike with it" in page
    assert "of ordinary comments wait" not in page


def test_trying_decides_the_sites_last_comments_again_and_changes_nothing(
    anna: Browser, site: Site, sites: Sites, database: Database, clock: FakeClock
) -> None:
    anna.decide(add_scored(database, clock, text=KIND), "approve")
    add_scored(database, clock, GOOD, text="You stupid idiot, go to hell.")

    page = " ".join(anna.page(f"{PAGE}?site=demo&setting=own&from=0").split())

    assert (
        "Of its last 2 comments <strong>1</strong> would wait as it is set now,"
        " and <strong>2</strong> by this setting."
        " 1 more would wait; moderators approved 1 of these. </dd>" in page
    )
    assert "the newest that are published now, and would wait" in page
    assert KIND in page
    assert policy_of(sites) == SitePolicy()


def test_what_would_be_published_is_shown_with_what_moderators_rejected(
    anna: Browser, site: Site, sites: Sites, database: Database, clock: FakeClock
) -> None:
    set_own(sites, 0.0)
    anna.decide(add_scored(database, clock, text=KIND), "reject")

    page = " ".join(anna.page(f"{PAGE}?site=demo&setting=balanced").split())

    assert "<strong>1</strong> would wait as it is set now, and <strong>0</strong> by this" in page
    assert "1 that wait now would be published; moderators rejected 1 of these." in page
    assert "the newest that wait now, and would be published" in page


def test_a_choice_is_audited_and_can_be_taken_back_on_every_site(
    anna: Browser, site: Site, sites: Sites, database: Database
) -> None:
    sites.add(Site(0, "post", "Post", ("https://post.example",), _OWN))

    done = anna.send(PAGE, setting="relaxed", sites=["demo", "post"])
    page = anna.page(done.location)
    assert "Saved: new comments are decided so." in page
    assert {policy_of(sites, name).strictness for name in ("demo", "post")} == {Strictness.RELAXED}
    assert policy_of(sites, "post") == SitePolicy(strictness=Strictness.RELAXED)

    before = [value.split('"')[0] for value in page.split('name="before" value="')[1:]]
    back = anna.send(f"{PAGE}/back", before=before)
    assert "Taken back" in anna.page(back.location)
    assert policy_of(sites) == SitePolicy()
    assert policy_of(sites, "post") == _OWN
    entries = AuditLog(database).newest(4)
    assert [(entry.actor, entry.action) for entry in entries] == [
        ("moderator Anna", "site_changed")
    ] * 4


def test_an_own_threshold_is_percent(anna: Browser, site: Site, sites: Sites) -> None:
    answer = anna.send(PAGE, setting="own", sites="demo", **{"from": "12.5 %"})

    assert policy_of(sites).flag == 0.125
    assert "comments wait from a toxicity of 12.5 % up" in anna.page(answer.location)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"setting": "lax"}, "setting must be one of careful, balanced, relaxed, own"),
        ({"setting": ""}, "setting must be one of careful"),
        ({"setting": "own", "from": ""}, "must be percent from 0 to 100"),
        ({"setting": "own", "from": "101"}, "must be percent from 0 to 100"),
        ({"setting": "own", "from": "nan"}, "must be percent from 0 to 100"),
        ({"sites": "elsewhere"}, "site must be one of demo"),
    ],
)
def test_what_is_no_setting_is_a_sentence(
    anna: Browser, site: Site, sites: Sites, fields: dict[str, str], sentence: str
) -> None:
    answer = anna.send(PAGE, **{"setting": "relaxed", "sites": "demo", **fields})

    assert answer.status_code == 422
    assert sentence in answer.text.lower()
    assert policy_of(sites) == SitePolicy()


def test_without_a_site_nothing_is_chosen(anna: Browser, site: Site) -> None:
    answer = anna.send(PAGE, setting="relaxed")

    assert (answer.status_code, "Check at least one site" in answer.text) == (422, True)


@pytest.mark.parametrize(
    "before", ["elsewhere.careful", "demo.lax", "demo.careful.much", "demo.careful.7", "demo.own"]
)
def test_only_settings_are_taken_back(anna: Browser, site: Site, before: str) -> None:
    assert anna.send(f"{PAGE}/back", before=before).status_code == 422


def test_only_admins_get_there(
    app: Flask, moderators: Moderators, anna: Browser, database: Database, clock: FakeClock
) -> None:
    bea = signed_in(app, moderators, "Bea")
    Roles(database, clock).set_role("Bea", Role.MODERATOR)

    assert bea.get(PAGE).status_code == 403
    for path in (PAGE, f"{PAGE}/back"):
        sent = bea.send(path, setting="relaxed", sites="demo", before="demo.relaxed")
        assert sent.status_code == 403
    assert PAGE not in bea.page()
