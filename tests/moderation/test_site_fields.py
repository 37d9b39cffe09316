"""What may be written into the fields of a site, and what is said of the rest."""

import pytest

from moderation.site_fields import InvalidSite, site_name, site_origins


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
