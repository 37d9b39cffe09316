"""What a site's key may do is said by its scope, and nothing else can be done by it."""

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from moderation.sites import KeyScope, Site
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.sites.site_keys import SiteKeys
from moderation.storage.system.audit_log import AuditLog
from tests.support.clock import FakeClock
from tests.support.flagged_comments import add_scored

QUEUE = "/v1/moderation/queue"
WANTED = {
    "submit": {KeyScope.SUBMIT, KeyScope.TRUSTED},
    "batch": {KeyScope.SUBMIT, KeyScope.TRUSTED},
    "score": {KeyScope.SUBMIT, KeyScope.TRUSTED, KeyScope.SCORE},
    "queue": {KeyScope.READ, KeyScope.MODERATE},
    "see": {KeyScope.READ, KeyScope.MODERATE},
    "decide": {KeyScope.MODERATE},
    "note": set[KeyScope](),
}
ONE = {"site": "demo", "page": "/a", "name": "Ada", "text": "Well argued, thank you."}


@pytest.fixture
def flagged(database: Database, clock: FakeClock, site: Site) -> str:
    return add_scored(database, clock).id


def ask(client: FlaskClient, what: str, key: str, comment_id: str) -> TestResponse:
    at = f"/v1/moderation/comments/{comment_id}"
    bodies: dict[str, tuple[str, object]] = {
        "submit": ("/v1/comments", ONE),
        "batch": ("/v1/comments:batch", {"comments": [ONE]}),
        "score": ("/v1/checks", {"comments": [{"text": "Hello"}]}),
        "decide": (f"{at}/decision", {"status": "approved", "version": 2}),
        "note": (f"{at}/notes", {"note": "Look"}),
    }
    headers = {"Authorization": f"Bearer {key}"}
    if what in bodies:
        path, body = bodies[what]
        return client.post(path, json=body, headers=headers)
    return client.get(QUEUE if what == "queue" else f"/v1/comments/{comment_id}", headers=headers)


@pytest.mark.parametrize("scope", list(KeyScope))
@pytest.mark.parametrize("what", list(WANTED))
def test_key_does_what_its_scope_allows(
    client: FlaskClient, site_keys: SiteKeys, flagged: str, what: str, scope: KeyScope
) -> None:
    answer = ask(client, what, site_keys.make("demo", scope=scope), flagged)

    done = answer.status_code in (200, 202)
    assert done == (scope in WANTED[what]), answer.text
    if not done:
        assert answer.status_code in (401, 403, 404), answer.text


@pytest.mark.parametrize("what", ["queue", "see", "decide"])
def test_other_sites_key_sees_nothing(
    client: FlaskClient, site_keys: SiteKeys, sites: Sites, flagged: str, what: str
) -> None:
    sites.add(Site(0, "other", "Other", ("https://other.example",)))
    key = site_keys.make("other", scope=KeyScope.MODERATE)

    answer = ask(client, what, key, flagged)

    assert answer.status_code == (200 if what == "queue" else 404)
    if what == "queue":
        assert (answer.json or {})["comments"] == []


def test_decision_by_key_is_a_persons_and_the_audit_log_names_the_key(
    client: FlaskClient, site_keys: SiteKeys, flagged: str, database: Database
) -> None:
    key = site_keys.make("demo", name="cms", scope=KeyScope.MODERATE)

    decided = ask(client, "decide", key, flagged)
    again = ask(client, "decide", key, flagged)

    assert (decided.json or {})["status"] == "approved"
    assert again.status_code == 409
    rows = AuditLog(database).newest(3)
    assert [row.actor for row in rows if row.action == "comment_decided"] == ["site demo, key cms"]


def test_revoked_key_reads_no_more(client: FlaskClient, site_keys: SiteKeys, flagged: str) -> None:
    key = site_keys.make("demo", name="cms", scope=KeyScope.READ)
    before = ask(client, "queue", key, flagged)
    site_keys.revoke("demo", "cms")
    client.application.extensions["parley"].site_cache._expires_at = 0.0

    assert (before.status_code, ask(client, "queue", key, flagged).status_code) == (200, 401)


def test_each_scope_has_a_default_key_of_its_own(site_keys: SiteKeys, site: Site) -> None:
    for scope in KeyScope:
        site_keys.make("demo", scope=scope)
    site_keys.make("demo", scope=KeyScope.READ)

    with site_keys._database.read():
        names = [key.name for key in Sites(site_keys._database, site_keys._clock).get("demo").keys]
    assert sorted(names) == ["default", "moderate", "read", "score", "trusted"]
