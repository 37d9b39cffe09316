"""What a webhook is: its address, and its events."""

import pytest

from moderation.comments import Status
from moderation.notifications.webhooks import (
    Event,
    InvalidWebhook,
    events_of,
    webhook_events,
    webhook_url,
)


@pytest.mark.parametrize(
    ("who", "became", "events"),
    [
        ("policy", Status.APPROVED, (Event.PUBLISHED,)),
        ("policy", Status.FLAGGED, (Event.FLAGGED,)),
        ("policy", Status.REJECTED, (Event.REJECTED,)),
        ("moderator", Status.APPROVED, (Event.PUBLISHED, Event.DECIDED)),
        ("moderator", Status.REJECTED, (Event.REJECTED, Event.DECIDED)),
        ("moderator", Status.FLAGGED, (Event.FLAGGED, Event.DECIDED)),
        ("policy", "what a later Parley may call it", ()),
    ],
)
def test_a_decision_is_an_event(who: str, became: str, events: tuple[Event, ...]) -> None:
    assert events_of(who, became) == events


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/",
        "https://example.org:8443/hook?token=a%20b",
        "https://xn--e1afmkfd.example/",
        "http://127.0.0.1:9000/hook",
        "http://localhost/",
        "http://[::1]:9000/",
        "http://127.0.0.2:9000/",
        "http://hooks.localhost:9000/",
    ],
)
def test_an_address_to_be_told(url: str) -> None:
    assert webhook_url(f" {url} ") == url


@pytest.mark.parametrize(
    ("spelled", "url"),
    [
        ("https://EXAMPLE.org", "https://example.org/"),
        ("https://пример.example/", "https://xn--e1afmkfd.example/"),
        ("https://straße.example/hook", "https://xn--strae-oqa.example/hook"),
        ("http://0x7f.1/", "http://127.0.0.1/"),
        ("http://[0:0:0:0:0:0:0:1]/", "http://[::1]/"),
    ],
)
def test_an_address_is_kept_as_browsers_spell_it(spelled: str, url: str) -> None:
    assert webhook_url(spelled) == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org",
        "ftp://example.org/",
        "http://example.org/",
        "http://127.0.0.1.example.org/",
        "https://",
        "https://user:password@example.org/",
        "https://example.org/#part",
        "https://example.org/a b",
        "https://example.org/\r\nX-Injected: 1",
        "https://example.org\\@evil.example/",
        "https://example.org:99999/",
        "https://[::1/",
        "https://example.org/" + "a" * 2000,
        "javascript:alert(1)",
    ],
)
def test_no_address_to_be_told(url: str) -> None:
    with pytest.raises(InvalidWebhook, match="give an https address"):
        webhook_url(url)


def test_events_are_known_ones_in_their_order() -> None:
    assert webhook_events(["comment.decided", "comment.published", "comment.decided"]) == (
        Event.PUBLISHED,
        Event.DECIDED,
    )
    for wrong in ([], ["comment.published", "comment.read"]):
        with pytest.raises(InvalidWebhook, match=r"at least one of comment\.published"):
            webhook_events(wrong)
