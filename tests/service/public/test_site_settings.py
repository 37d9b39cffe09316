"""What a site's settings mean for who submits, while the server runs on."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from moderation.sites import Site, SiteRates
from moderation.storage.comments.sites import Sites
from moderation.storage.sites.site_keys import SiteKeys
from moderation.storage.sites.site_removal import SiteRemoval
from tests.support.clock import FakeClock
from tests.support.program import wait_until
from tests.support.web_app import ORIGIN

USUAL = {"site": "demo", "page": "/a", "name": "Ada", "text": "Well argued, thank you."}


def post(client: FlaskClient, **headers: str) -> TestResponse:
    return client.post("/v1/comments", json=USUAL, headers=headers)


def by_key(client: FlaskClient, key: str) -> TestResponse:
    return post(client, Authorization=f"Bearer {key}")


def test_a_running_server_follows_a_changed_site(
    client: FlaskClient, site: Site, sites: Sites
) -> None:
    assert post(client, Origin=ORIGIN).status_code == 202

    sites.set_origins("demo", ("https://www.paper.example",))

    wait_until(lambda: post(client, Origin=ORIGIN).status_code == 403)
    assert post(client, Origin="https://www.paper.example").status_code == 202


def test_a_running_server_takes_nothing_for_a_removed_site(
    client: FlaskClient, site: Site, sites: Sites, removal: SiteRemoval
) -> None:
    assert post(client, Origin=ORIGIN).status_code == 202

    removal.remove("demo")

    assert post(client, Origin=ORIGIN).status_code == 404
    wait_until(lambda: client.get("/v1/comments?site=demo&page=/a").status_code == 404)


def test_any_key_of_the_site_lets_in_until_it_is_revoked(
    client: FlaskClient, site: Site, site_keys: SiteKeys
) -> None:
    first, second = (site_keys.make("demo", name=name) for name in ("shop", "letter"))
    assert [by_key(client, key).status_code for key in (first, second)] == [202, 202]

    site_keys.revoke("demo", "shop")

    wait_until(lambda: by_key(client, first).status_code == 401)
    assert by_key(client, second).status_code == 202


def test_a_keys_last_use_is_kept_to_the_minute(
    client: FlaskClient, site: Site, sites: Sites, site_keys: SiteKeys, clock: FakeClock
) -> None:
    key = site_keys.make("demo", name="shop")
    start = clock()
    uses = []
    for seconds in (0, 59, 60):
        clock.now = start + timedelta(seconds=seconds)
        assert by_key(client, key).status_code == 202
        uses.append(sites.get("demo").keys[0].last_used_at)

    assert uses == [start, start, start + timedelta(seconds=60)]


@pytest.mark.parametrize("kind", ["submit", "key"])
def test_a_sites_own_rate_counts_in_place_of_the_servers(
    client: FlaskClient, site: Site, sites: Sites, site_keys: SiteKeys, kind: str
) -> None:
    authorization = f"Bearer {site_keys.make('demo')}"
    headers = {"Origin": ORIGIN} if kind == "submit" else {"Authorization": authorization}
    rates = SiteRates(**{kind: "2 per hour"})
    sites.change("demo", lambda site: replace(site, rates=rates))

    answers = [post(client, **headers).status_code for _ in range(3)]

    assert answers == [202, 202, 429]


def test_a_site_may_have_no_limit(client: FlaskClient, site: Site, sites: Sites) -> None:
    sites.change("demo", lambda site: replace(site, rates=SiteRates("off", "off")))

    assert {post(client, Origin=ORIGIN).status_code for _ in range(35)} == {202}
