"""A page is read from the site's own origins only, and nothing it does hurts its reader."""

import ssl
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler

import pytest

from tests.support.site_server import SiteServer, send, serving
from worker.pages.fetch import MAX_BYTES, PageUnreadable, SiteReader

TRUST = ssl.create_default_context()


@pytest.fixture
def site() -> Iterator[SiteServer]:
    with serving() as site:
        yield site


def reader(*origins: str) -> SiteReader:
    return SiteReader(origins, "Parley (+https://comments.example)", TRUST)


def redirect(place: str, handler: BaseHTTPRequestHandler) -> None:
    send(handler, 302, Location=place)


def drip(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        handler.wfile.write(b"X: y\r\n")


def test_a_page_of_the_site_is_read_though_it_is_on_this_machine(site: SiteServer) -> None:
    site.pages = {"/old": partial(redirect, "/new?p=1"), "/new?p=1": "<title>New</title>"}

    page = reader(site.origin).fetch(f"{site.origin}/old")

    assert (page.url, page.body, page.charset) == (
        f"{site.origin}/new?p=1",
        b"<title>New</title>",
        "utf-8",
    )
    assert site.requests[0][1]["User-Agent"] == "Parley (+https://comments.example)"
    assert site.requests[0][1]["Host"] == site.origin.removeprefix("http://")


@pytest.mark.parametrize(
    ("place", "cause"),
    [
        ("http://localhost:PORT/inside", "another site"),
        ("https://evil.example/", "another site"),
        ("file:///etc/passwd", "another site"),
        ("//127.0.0.1:1/", "another site"),
        ("http://user:password@127.0.0.1:PORT/", "another site"),
        ("/loop", "redirected more than 4 times"),
        ("http://[", "could not be read"),
    ],
)
def test_it_is_not_led_elsewhere(site: SiteServer, place: str, cause: str) -> None:
    place = place.replace("PORT", site.origin.rpartition(":")[2])
    site.pages = {"/loop": partial(redirect, place), "/inside": "<title>Secret</title>"}

    with pytest.raises(PageUnreadable, match=cause):
        reader(site.origin).fetch(f"{site.origin}/loop")

    assert {path for path, _ in site.requests} == {"/loop"}


def test_hosts_under_a_star_must_be_public(site: SiteServer) -> None:
    address = site.origin.replace("127.0.0.1", "a.site.localhost")

    with pytest.raises(PageUnreadable, match="not public"):
        reader(site.origin.replace("127.0.0.1", "*.site.localhost")).fetch(address)

    assert site.requests == []


@pytest.mark.parametrize(
    "answer",
    [
        partial(send, status=404),
        partial(send, status=200, Content_Type="application/json"),
        partial(send, status=200, Content_Encoding="gzip"),
        lambda handler: handler.wfile.write(b"\x00\xff\r\n\r\n"),
        lambda handler: handler.wfile.write(b"HTTP/1.1 200 " + b"x" * 200_000),
    ],
)
def test_what_is_no_page_is_no_error(site: SiteServer, answer: object) -> None:
    site.pages["/a"] = answer  # type: ignore[assignment]

    with pytest.raises(PageUnreadable):
        reader(site.origin).fetch(f"{site.origin}/a")


def test_time_and_bytes_are_bounded(site: SiteServer) -> None:
    site.pages = {"/drip": drip, "/long": "x" * (MAX_BYTES + 9)}

    with pytest.raises(PageUnreadable):
        reader(site.origin).fetch(f"{site.origin}/drip", seconds=0.3)

    assert len(reader(site.origin).fetch(f"{site.origin}/long").body) == MAX_BYTES
