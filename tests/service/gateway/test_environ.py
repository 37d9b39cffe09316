"""What a request says comes into the application whole, and under its own name."""

from typing import Any

import pytest
from flask import Request
from hypothesis import given
from hypothesis import strategies as st

from service.gateway.environ import environ_of
from service.gateway.request_body import Body

NAMES = st.from_regex(r"\A[a-z0-9_-]{1,20}\Z").map(str.encode)


def request(*headers: tuple[bytes, bytes], path: bytes = b"/", query: bytes = b"") -> Request:
    scope: dict[str, Any] = {
        "headers": list(headers),
        "method": "POST",
        "raw_path": path,
        "query_string": query,
        "server": ("127.0.0.1", "8000"),
        "client": ("192.0.2.1", "50000"),
        "scheme": "http",
        "http_version": "1.1",
    }
    return Request(environ_of(scope, Body(b"{}")))


def test_cookie_beside_one_that_is_not_ascii_is_read() -> None:
    cookies = request((b"cookie", "theme=é; a=1".encode()), (b"cookie", b"b=2")).cookies

    assert (cookies["a"], cookies["b"]) == ("1", "2")


@pytest.mark.parametrize("value", [b"\xe9", b"\xff, 192.0.2.7"])
def test_value_beyond_ascii_is_not_empty(value: bytes) -> None:
    assert request((b"x-forwarded-for", value)).headers["X-Forwarded-For"] == value.decode(
        "latin-1"
    )


@given(NAMES)
def test_header_with_an_underscore_is_no_header(name: bytes) -> None:
    headers = request((name, b"twin")).headers

    assert (b"_" in name) == ("twin" not in headers.values())


def test_headers_that_come_twice_are_one_list() -> None:
    headers = request(
        (b"x-forwarded-for", b"192.0.2.1"), (b"x-forwarded-for", b"192.0.2.2")
    ).headers

    assert headers["X-Forwarded-For"] == "192.0.2.1, 192.0.2.2"


def test_path_and_query_keep_their_bytes() -> None:
    caf = request(path=b"/caf%C3%A9/a%2Fb", query=b"page=/caf%C3%A9")

    assert (caf.path, caf.args["page"]) == ("/café/a/b", "/café")


def test_body_and_addresses_are_there() -> None:
    sent = request((b"content-length", b"2"), (b"content-type", b"application/json"))

    assert (sent.get_data(), sent.mimetype, sent.remote_addr) == (
        b"{}",
        "application/json",
        "192.0.2.1",
    )
