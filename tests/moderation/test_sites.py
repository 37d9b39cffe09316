"""Which addresses are a site's own: the redirect of a form depends on it."""

import pytest

from moderation.comments import InvalidComment
from moderation.sites import InvalidSite, Site, origin_of, site_name, site_origins
from tests.support.factories import submission

SITE = Site(1, "demo", "Demo", ("https://paper.example",), max_text=20)


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://paper.example/a?b#c", "https://paper.example"),
        ("HTTPS://Paper.Example:443/", "https://paper.example"),
        ("http://paper.example:8080", "http://paper.example:8080"),
        ("http://[::1]:8000/x", "http://[::1]:8000"),
        ("https://zürich.example/", "https://xn--zrich-kva.example"),
        ("javascript:alert(1)", None),
        ("//paper.example/", None),
        ("data:text/html,x", None),
        ("https://paper.example@evil.example/", None),
        ("https://paper.example\\@evil.example/", None),
        ("https://paper\t.example/", None),
        ("https://[broken/", None),
        ("https://paper.example:99999/", None),
        ("/path", None),
        ("", None),
    ],
)
def test_origin_is_what_a_browser_would_open(url: str, origin: str | None) -> None:
    assert origin_of(url) == origin


@pytest.mark.parametrize("url", ["https://evil.example/", "https://paper.example.evil.example/"])
def test_address_of_somebody_else_is_refused(url: str) -> None:
    with pytest.raises(InvalidComment, match="url must be an http or https address of the site"):
        SITE.admit(submission(url=url))


def test_site_may_allow_shorter_texts_only() -> None:
    with pytest.raises(InvalidComment, match="text has 22 characters, this site allows 20"):
        SITE.admit(submission(text="Well argued, thank you"))


@pytest.mark.parametrize("name", ["", "My-Paper", "a b", "x" * 41, "é"])
def test_name_that_is_not_one_says_what_would_be(name: str) -> None:
    with pytest.raises(InvalidSite, match="for example my-paper"):
        site_name(name)


@pytest.mark.parametrize("origin", ["paper.example", "https://paper.example/path", "*", "null"])
def test_origin_that_is_not_one_says_what_would_be(origin: str) -> None:
    with pytest.raises(InvalidSite, match=r"as https://example\.org"):
        site_origins([origin])
