"""Which addresses are a site's own: the redirect of a form depends on it."""

import pytest

from moderation.comments import InvalidComment
from moderation.sites import InvalidSite, Site, site_name, site_origins
from tests.support.factories import submission

SITE = Site(1, "demo", "Demo", ("https://paper.example",), max_text=20)


@pytest.mark.parametrize("url", ["https://evil.example/", "https://paper.example.evil.example/"])
def test_address_of_somebody_else_is_not_the_sites(url: str) -> None:
    assert not SITE.owns(url)


def test_site_may_allow_shorter_texts_only() -> None:
    with pytest.raises(InvalidComment, match="text has 22 characters, this site allows 20"):
        SITE.admit(submission(text="Well argued, thank you"))


@pytest.mark.parametrize("name", ["", "My-Paper", "a b", "x" * 41, "é"])
def test_name_that_is_not_one_says_what_would_be(name: str) -> None:
    with pytest.raises(InvalidSite, match="for example my-paper"):
        site_name(name)


@pytest.mark.parametrize(
    "origin",
    [
        "paper.example",
        "https://paper.example/path",
        "https://paper.example?q",
        "https://paper.example#f",
        "https://user@paper.example",
        "https://user:password@paper.example",
        "https://paper.example:99999",
        "https://paper.example:0",
        "https://paper..example",
        "https://*.paper..example",
        "http://.paper.example",
        "https://*",
        "https://*.example",
        "https://*.127.0.0.1",
        "https://*.[::1]",
        "https://*.*.paper.example",
        "https://news.*.example",
        "https://*paper.example",
        "*",
        "*.paper.example",
        "null",
        "file://",
        "data://x",
        "capacitor://",
        "capacitor://localhost/path",
    ],
)
def test_origin_that_is_not_one_says_what_would_be(origin: str) -> None:
    with pytest.raises(InvalidSite, match=r"as https://example\.org"):
        site_origins([origin])


@pytest.mark.parametrize(
    ("value", "origin"),
    [
        ("https://PAPER.example:443/", "https://paper.example"),
        ("https://*.Paper.example", "https://*.paper.example"),
        ("http://*.straße.example:8191/", "http://*.xn--strae-oqa.example:8191"),
        ("capacitor://localhost", "capacitor://localhost"),
        ("tauri://localhost/", "tauri://localhost"),
    ],
)
def test_origin_is_listed_as_browsers_send_it(value: str, origin: str) -> None:
    assert site_origins([value]) == (origin,)


@pytest.mark.parametrize(
    ("origin", "is_listed"),
    [
        ("https://news.paper.example", True),
        ("https://a.b.paper.example", True),
        ("https://paper.example", False),
        ("https://newspaper.example", False),
        ("http://news.paper.example", False),
        ("https://news.paper.example:8443", False),
        ("https://evil.example/.paper.example", False),
        ("https://.paper.example.evil.example", False),
        (None, False),
        ("null", False),
    ],
)
def test_star_stands_for_any_subdomain(origin: str | None, is_listed: bool) -> None:
    site = Site(1, "demo", "Demo", site_origins(["https://*.paper.example"]))

    assert site.lists(origin) is is_listed
