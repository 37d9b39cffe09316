"""Which addresses are a site's own: the redirect of a form depends on it."""

import pytest

from moderation.comments import InvalidComment
from moderation.site_fields import site_origins
from moderation.sites import Site
from tests.support.factories import submission

SITE = Site(1, "demo", "Demo", ("https://paper.example",), max_text=20)


@pytest.mark.parametrize("url", ["https://evil.example/", "https://paper.example.evil.example/"])
def test_address_of_somebody_else_is_not_the_sites(url: str) -> None:
    assert not SITE.owns(url)


def test_site_may_allow_shorter_texts_only() -> None:
    with pytest.raises(InvalidComment, match="text has 22 characters, this site allows 20"):
        SITE.admit(submission(text="Well argued, thank you"))


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
