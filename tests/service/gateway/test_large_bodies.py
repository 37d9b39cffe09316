"""Only who has a site's key may send a body of many comments."""

from typing import Any

import pytest

from service.gateway.large_bodies import body_limit, is_large
from service.http.body import MAX_BODY, MAX_LARGE_BODY

BATCH = b"/v1/comments:batch"


def scope(path: bytes = BATCH, length: int = MAX_BODY + 1, **headers: bytes) -> dict[str, Any]:
    named = [(name.encode(), value) for name, value in headers.items()]
    return {"raw_path": path, "headers": [(b"content-length", str(length).encode()), *named]}


@pytest.mark.parametrize(
    "path",
    [
        BATCH,
        b"/v1/comments%3Abatch",
        b"/v1/checks",
        b"/v1/moderations",
        b"/v1/moderation/sites/demo/policy",
    ],
)
def test_only_a_large_body_of_many_comments_or_words_is_asked_about(path: bytes) -> None:
    assert is_large(scope(path))
    assert not is_large(scope(path, MAX_BODY))
    assert not is_large(scope(b"/v1/comments"))
    assert not is_large({"raw_path": path, "headers": []})


def test_a_known_key_opens_a_larger_body() -> None:
    assert body_limit(scope(authorization=b"Bearer right"), "right".__eq__) == MAX_LARGE_BODY


@pytest.mark.parametrize("sent", [b"Bearer wrong", b"Basic right", b"Bearer ", b"\xff", b""])
def test_anything_else_does_not(sent: bytes) -> None:
    assert body_limit(scope(authorization=sent), "right".__eq__) == MAX_BODY
