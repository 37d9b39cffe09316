"""A page's key comes in by many doors; behind each, every spelling is the same page."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from moderation.review.search_filter import Filter
from moderation.sites import Site
from moderation.storage.database.engine import Database
from moderation.storage.schema.sites import pages
from moderation.storage.sites.site_keys import SiteKeys
from tests.support.web_app import ORIGIN

SPELLINGS = ("/caf%C3%A9", "/caf%c3%a9/", "//café", "/cafe\u0301/index.html", "/café?utm_id=1#top")
WRITTEN = {"site": "demo", "name": "Ada", "text": "Well argued, thank you."}
FROM_PAGE = {"Origin": ORIGIN}
Submit = Callable[[FlaskClient, str, str], TestResponse]


def by_script(client: FlaskClient, page: str, _key: str) -> TestResponse:
    return client.post("/v1/comments", json={**WRITTEN, "page": page}, headers=FROM_PAGE)


def by_server(client: FlaskClient, page: str, key: str) -> TestResponse:
    headers = {"Authorization": f"Bearer {key}"}
    return client.post("/v1/comments", json={**WRITTEN, "page": page}, headers=headers)


def by_form(client: FlaskClient, page: str, _key: str) -> TestResponse:
    return client.post("/v1/comments", data={**WRITTEN, "page": page}, headers=FROM_PAGE)


def keys(database: Database) -> list[str]:
    with database.read() as connection:
        return list(connection.execute(select(pages.c.key).order_by(pages.c.key)).scalars())


@pytest.mark.parametrize("submit", [by_script, by_server, by_form])
def test_every_spelling_is_stored_as_one_page(
    client: FlaskClient, database: Database, site: Site, site_keys: SiteKeys, submit: Submit
) -> None:
    key = site_keys.make(site.name)

    answers = [submit(client, page, key) for page in SPELLINGS]

    assert {answer.status_code for answer in answers} <= {202, 303}
    assert keys(database) == ["/café"]


@pytest.mark.parametrize("page", SPELLINGS)
def test_every_spelling_reads_counts_and_finds_one_page(
    client: FlaskClient, site: Site, page: str
) -> None:
    query = {"site": "demo", "page": page}
    etag = client.get("/v1/comments", query_string={**query, "page": "/café"}).headers["ETag"]

    assert client.get("/v1/comments", query_string=query).headers["ETag"] == etag
    assert client.get("/v1/counts", query_string=query).json == {"counts": {page: 0}}
    assert "/café" in Filter.parse({"page": page}).page_keys


def test_parameters_that_the_site_names_tell_pages_apart(
    client: FlaskClient, database: Database
) -> None:
    for view in ("1", "2"):
        sent = {**WRITTEN, "page": f"/x?view={view}&utm_id=3", "query": "view"}
        client.post("/v1/comments", json=sent, headers=FROM_PAGE)

    assert keys(database) == ["/x?view=1", "/x?view=2"]


@pytest.mark.parametrize("page", ["/" + "%E6%97%A5" * 61, "/q?gclid=" + "x" * 2_100])
def test_long_addresses_take_comments_and_show_them(
    client: FlaskClient, site: Site, page: str
) -> None:
    about_page = {"page": page, "url": ORIGIN + page, "title": "T" * 350}

    answer = client.post("/v1/comments", json={**WRITTEN, **about_page}, headers=FROM_PAGE)

    assert answer.status_code == 202
    query = {"site": "demo", "page": page}
    assert client.get("/v1/comments", query_string=query).status_code == 200
