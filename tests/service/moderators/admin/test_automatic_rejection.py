"""What a site rejects unseen: tried on its own decisions, then switched on by an admin."""

import pytest
from flask import Flask

from moderation.accounts.moderators import Role
from moderation.comments import Comment
from moderation.sites import Site
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.accounts.roles import Roles
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.system.audit_log import AuditLog
from tests.support.clock import FakeClock
from tests.support.flagged_comments import SCORES, add_scored
from tests.support.moderator_browser import Browser, signed_in

PAGE = "/moderate/rejection"


@pytest.fixture
def decided(database: Database, clock: FakeClock, site: Site, anna: Browser) -> list[Comment]:
    """One approved though toxic, two rejected, one approved with a low score."""
    scores = [{**SCORES, "toxicity": toxicity} for toxicity in (0.95, 0.9, 0.92, 0.3)]
    actions = ("approve", "reject", "reject", "approve")
    all_of_them = []
    for score, action in zip(scores, actions, strict=True):
        comment = add_scored(database, clock, scores=score, text=f"Scored {score['toxicity']}")
        anna.decide(comment, action)
        all_of_them.append(comment)
    return all_of_them


def test_trying_shows_own_decisions_and_changes_nothing(
    anna: Browser, decided: list[Comment], sites: Sites
) -> None:
    page = " ".join(anna.page(f"{PAGE}?site=demo&attribute=toxicity&from=90").split())

    assert "Of the last 4 decisions" in page
    assert "<strong>3</strong> would have been rejected unseen for toxicity from 90 % up" in page
    assert "moderators approved <strong>1</strong>: 33.3 %, with a 95 % confidence interval" in page
    assert "Scored 0.95" in page
    assert sites.get("demo").policy.reject == {}


def test_without_a_score_the_models_own_is_tried(
    app: Flask, anna: Browser, decided: list[Comment]
) -> None:
    own = app.extensions["parley"].highlights.reject_threshold("toxicity")

    assert f'value="{round(100 * own, 1):g}"' in anna.page(f"{PAGE}?site=demo&attribute=toxicity")


def test_switching_on_and_off_is_audited(
    anna: Browser, site: Site, sites: Sites, database: Database
) -> None:
    answer = anna.send(f"{PAGE}/on", site="demo", attribute="spam", **{"from": "90"})
    assert "Switched on" in anna.page(answer.location)
    assert "Rejected unseen: spam from 90 % up." in anna.page(PAGE)
    assert sites.get("demo").policy.reject == {"spam": 0.9}

    answer = anna.send(f"{PAGE}/off", site="demo", attribute="spam")

    assert "Nothing is rejected unseen." in anna.page(answer.location)
    assert sites.get("demo").policy.reject == {}
    entries = [entry for entry in AuditLog(database).newest(9) if entry.action == "site_changed"]
    assert [entry.actor for entry in entries] == ["moderator Anna"] * 2


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"from": "101"}, "must be percent from 0.1 to 100"),
        ({"from": "0"}, "must be percent from 0.1 to 100"),
        ({"from": "nan"}, "must be percent from 0.1 to 100"),
        ({"from": "much"}, "must be percent from 0.1 to 100"),
        ({"attribute": "rudeness"}, "must be one of toxicity"),
        ({"site": "elsewhere"}, "must be one of demo"),
        ({"attribute": "threat", "from": ""}, "has no threshold to reject for threat"),
    ],
)
def test_what_is_no_threshold_is_a_sentence(
    anna: Browser, site: Site, fields: dict[str, str], sentence: str
) -> None:
    form = {"site": "demo", "attribute": "spam", "from": "90", **fields}

    answer = anna.send(f"{PAGE}/on", **form)

    assert answer.status_code == 422
    assert sentence in answer.text


def test_only_admins_get_there(
    app: Flask, moderators: Moderators, anna: Browser, database: Database, clock: FakeClock
) -> None:
    bea = signed_in(app, moderators, "Bea")
    Roles(database, clock).set_role("Bea", Role.MODERATOR)

    assert bea.get(PAGE).status_code == 403
    assert bea.send(f"{PAGE}/off", site="demo", attribute="spam").status_code == 403
