"""Origins are what a browser would open; tests/browser holds the same spellings against one."""

import pytest

from moderation.pages.origins import first_web_origin, host_of, origin_of
from tests.support.spellings import HOSTS


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
        ("https://*.paper.example/", None),
        ("https:paper.example", None),
        ("https:///paper.example", None),
        ("/path", None),
        ("", None),
    ],
)
def test_origin_is_what_a_browser_would_open(url: str, origin: str | None) -> None:
    assert origin_of(url) == origin


@pytest.mark.parametrize(("spelled", "host"), HOSTS.items())
def test_host_is_what_a_browser_would_look_up(spelled: str, host: str | None) -> None:
    assert host_of(f"http://{spelled}/") == host


def test_a_website_is_neither_an_app_nor_any_subdomain() -> None:
    listed = ("capacitor://localhost", "https://*.paper.example", "https://paper.example")

    assert first_web_origin(listed) == "https://paper.example"
    assert first_web_origin(listed[:2]) is None
