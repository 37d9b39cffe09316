"""A body is waited for with a deadline, and never read beyond what is allowed."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest

from service.gateway.request_body import Body, ClientGone, Patience, read_body
from service.http.body import MAX_BODY, MAX_LARGE_BODY
from service.problems.errors import BodyTooSlow
from tests.support.event_loop import run_async

SHORT = Patience(seconds=0.05)
SIZED = [(b"content-length", b"6")]


def part(body: bytes, *, more: bool = True) -> dict[str, Any]:
    return {"type": "http.request", "body": body, "more_body": more}


def read(
    headers: Sequence[tuple[bytes, bytes]],
    *parts: dict[str, Any],
    patience: Patience = SHORT,
    drip: bytes = b"",
) -> Body:
    """Reads a body that comes in these parts, then drips without end, or is silent."""
    parts_left = list(parts)

    async def receive() -> dict[str, Any]:
        if parts_left:
            return parts_left.pop(0)
        await asyncio.sleep(0.001 if drip else 3_600)
        return part(drip)

    return run_async(read_body(headers, receive, patience))


def test_parts_become_one_body() -> None:
    body = read(SIZED, part(b"abc"), part(b"def", more=False))

    assert body == Body(b"abcdef")


@pytest.mark.parametrize("headers", [SIZED, [(b"transfer-encoding", b"chunked")]])
def test_body_that_never_comes_is_given_up(headers: list[tuple[bytes, bytes]]) -> None:
    assert isinstance(read(headers, part(b"a")).problem, BodyTooSlow)


def test_body_that_drips_is_given_up_though_each_byte_is_in_time() -> None:
    assert isinstance(read([(b"content-length", b"9000")], drip=b"a").problem, BodyTooSlow)


def test_body_of_the_length_it_says_is_waited_for_no_longer() -> None:
    assert read(SIZED, part(b"abc"), part(b"def")) == Body(b"abcdef")


def test_body_that_comes_at_the_rate_has_more_time_than_a_silent_one() -> None:
    patience = Patience(seconds=0.05, bytes_per_second=1)

    body = read([(b"transfer-encoding", b"chunked")], drip=b"a" * 100_000, patience=patience)

    assert len(body.content) == MAX_BODY + 1  # and so the application refuses it


def test_request_without_a_body_waits_for_nothing() -> None:
    assert read([(b"host", b"paper.example")]) == Body()


@pytest.mark.parametrize("more", [[], [(b"expect", b"100-continue")]])
def test_body_that_is_far_too_large_or_asks_first_is_left_unread(more: list[Any]) -> None:
    size = MAX_BODY + 1 if more else MAX_LARGE_BODY + 1

    assert read([(b"content-length", str(size).encode()), *more]) == Body()


def test_body_that_is_too_large_is_read_to_its_end_and_not_kept() -> None:
    size = 2 * MAX_BODY
    parts = [part(b"a" * MAX_BODY), part(b"a" * (MAX_BODY - 1)), part(b"a"), part(b"the next")]

    assert read([(b"content-length", str(size).encode())], *parts) == Body()
    assert read([(b"content-length", str(size).encode())], parts[0]).problem is not None


def test_client_that_went_away_gets_no_answer() -> None:
    with pytest.raises(ClientGone):
        read(SIZED, part(b"abc"), {"type": "http.disconnect"})
