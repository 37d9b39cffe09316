"""What a webhook is: its address, its events, its signature, its patience."""

import base64
from datetime import timedelta

import pytest

from moderation.comments import Status
from moderation.notifications.webhooks import (
    Event,
    InvalidWebhook,
    events_of,
    rest_after,
    secret_of,
    signature,
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
        ("author", Status.DELETED, ()),
        ("policy", "what a later Parley may call it", ()),
    ],
)
def test_a_decision_is_an_event(who: str, became: str, events: tuple[Event, ...]) -> None:
    assert events_of(who, became) == events


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
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
        "https://пример.example/",
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


def test_the_signature_is_the_one_of_standard_webhooks() -> None:
    """The key, id, time and body of the test of its own Python library, with its signature."""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # noqa: S105 published
    body = b'{"test": 2432232314}'

    signed = signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)

    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_secret_is_made_of_the_servers_and_long_enough() -> None:
    secret = secret_of(b"a secret of the tests, long enough", "0" * 32)

    assert len(base64.b64decode(secret.removeprefix("whsec_"))) == 32
    assert secret != secret_of(b"a secret of the tests, long enough", "1" * 32)
    assert secret != secret_of(b"another secret of the tests, too", "0" * 32)


@pytest.mark.parametrize(
    ("failures", "least", "most"),
    [(1, 2.5, 5), (2, 7.5, 15), (3, 22.5, 45), (8, 5467.5, 10935), (9, 7200, 14400)],
)
def test_the_rest_grows_to_four_hours(failures: int, least: float, most: float) -> None:
    assert rest_after(failures, 0) == timedelta(seconds=least)
    assert rest_after(failures, 1) == timedelta(seconds=most)
    assert rest_after(failures + 1000, 1) <= timedelta(hours=4)
