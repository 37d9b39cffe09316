"""A page key is a name and an address is a wish: neither leads a reader away from the website."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from moderation.sites import Site
from tests.support.web_app import ORIGIN, MakeApp

USUAL = {"site": "demo", "page": "/a", "name": "Ada", "text": "Well argued, thank you."}
LINK = re.compile(r'(?:href|action|src)="([^"]*)"')
TRICKS = [
    "https://paper.example:secret@evil.example/a",
    "https://evil.example#@paper.example/",
    "https://evil.example?@paper.example/",
    r"https://evil.example\@paper.example/",
    r"https:\\evil.example\a",
    "https:/evil.example/a",
    "https:evil.example",
    "https:///evil.example/a",
    "//evil.example/a",
    r"/\evil.example/a",
    "/\t/evil.example/a",
    "\t//evil.example",
    "/%2F/evil.example",
    "/..//evil.example",
    "/.//evil.example",
    "https://paper.example.evil.example/",
    "https://paper.example%2eevil.example/",
    "https://paper.example%00.evil.example/",
    "https://paper.example../a",
    "https://paper.example:99999/a",
    "https://paper.example:8443/a",
    "http://paper.example/a",
    "https://рaper.example/a",
    "https://xn--aper-7tc.example/a",
    "https://[::1]/a",
    "https://[::1/a",
    "https://2130706433/a",
    "javascript:alert(1)",
    "JaVa\tScRiPt:alert(1)//https://paper.example/",
    "\x01javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "blob:https://paper.example/a",
    "/a\r\nLocation: https://evil.example/",
    "/a%0d%0aLocation:%20https://evil.example/",
    '/a"><script>alert(1)</script>',
    "/a\0b",
    "/\u202ea/elpmaxe.live//:sptth",
    "\u200f//evil.example",
    "/" + "a/../" * 5_000 + "%2e%2e/b",
    "/?url=https://evil.example&p=https://evil.example",
    "/#/https://evil.example",
]


@pytest.mark.parametrize("trick", TRICKS, ids=range(len(TRICKS)))
def test_a_form_leads_back_to_the_website_alone(
    client: FlaskClient, site: Site, trick: str
) -> None:
    for fields in ({"url": trick}, {"page": trick}):
        answer = client.post("/v1/comments", data={**USUAL, **fields}, headers={"Origin": ORIGIN})

        page = client.get(answer.headers["Location"])
        links = {unescape(link) for link in LINK.findall(page.text)}

        assert answer.status_code == 303
        assert answer.headers["Location"].startswith("/own/")
        assert "page" in fields or f"{ORIGIN}/a" in {link.split("?")[0] for link in links}
        assert [one for one in links if not leads_home(one, "http://127.0.0.1:8000")] == []


def test_neither_do_the_pages_that_parley_writes(make_app: MakeApp, site: Site) -> None:
    own = "https://comments.example"
    client = make_app(public_url=own).test_client()
    for trick in TRICKS:
        client.post("/v1/comments", data={**USUAL, "page": trick}, headers={"Origin": ORIGIN})
        query = {"site": "demo", "page": trick}
        for path in ("/v1/comments.html", "/thread", "/v1/comments.atom", "/v1/comments.jsonld"):
            answer = client.get(path, query_string=query)
            links = {unescape(link) for link in LINK.findall(answer.text)}

            assert answer.status_code == (404 if "\0" in trick else 200)
            assert [one for one in links if not leads_home(one, own)] == []
            assert "<script>alert" not in answer.text


def leads_home(link: str, own: str) -> bool:
    outside = re.match(r"[\s\x00-\x20]*(?:[a-z][a-z0-9+.-]*:|[/\\]{2})", link, re.IGNORECASE)
    return outside is None or link.startswith((f"{own}/", f"{ORIGIN}/", "http://www.w3.org/"))
