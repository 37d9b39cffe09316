"""A forwarded address counts only from the operator's own proxies."""

import ipaddress

import pytest
from flask import Request
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import EnvironBuilder

from service.http.client_address import client_address, hides_readers, unknown_proxy
from service.problems.errors import UnreadableAddress

PROXIES = (ipaddress.ip_network("10.0.0.0/8"), ipaddress.ip_network("2001:db8:ffff::/48"))
PORTS = st.integers(0, 65_535)


def request(peer: str, *forwarded: str, name: str = "X-Forwarded-For") -> Request:
    headers = [(name, value) for value in forwarded]
    return Request(
        EnvironBuilder(headers=headers, environ_base={"REMOTE_ADDR": peer}).get_environ()
    )


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("192.0.2.1", [], "192.0.2.1"),
        ("192.0.2.1", ["198.51.100.7"], "192.0.2.1"),
        ("192.0.2.1", ["nonsense"], "192.0.2.1"),
        ("10.0.0.1", [], "10.0.0.1"),
        ("10.0.0.1", ["198.51.100.7"], "198.51.100.7"),
        ("10.0.0.1", ["1.1.1.1, 198.51.100.7"], "198.51.100.7"),
        ("10.0.0.1", ["1.1.1.1", "198.51.100.7"], "198.51.100.7"),
        ("10.0.0.1", ["nonsense, 198.51.100.7"], "198.51.100.7"),
        ("10.0.0.1", ["\xe9, 198.51.100.7"], "198.51.100.7"),
        ("10.0.0.1", [",,198.51.100.7"], "198.51.100.7"),
        ("10.0.0.1", ["198.51.100.7, 10.0.0.2"], "198.51.100.7"),
        ("10.0.0.1", ["198.51.100.7, [2001:db8:ffff::1]:80"], "198.51.100.7"),
        ("10.0.0.1", ["10.0.0.3"], "10.0.0.3"),
        ("::ffff:10.0.0.1", ["198.51.100.7"], "198.51.100.7"),
        ("10.0.0.1", ["198.51.100.7, ::ffff:10.0.0.2"], "198.51.100.7"),
        ("10.0.0.1", [" \t198.51.100.7:50001 "], "198.51.100.7"),
        ("10.0.0.1", ["::ffff:198.51.100.7"], "198.51.100.7"),
        ("10.0.0.1", ["fe80::1%eth0"], "fe80::1"),
        ("10.0.0.1", ["[2001:DB8::9]:50001"], "2001:db8::9"),
    ],
)
def test_nearest_hop_that_is_no_proxy_is_the_client(
    peer: str, forwarded: list[str], address: str
) -> None:
    assert client_address(request(peer, *forwarded), PROXIES) == address


@given(st.ip_addresses(), PORTS)
def test_every_spelling_of_an_address_is_one_client(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address, port: int
) -> None:
    bare = str(address)
    host = bare if address.version == 4 else f"[{bare}]"
    spellings = [bare, host, f"{host}:{port}", address.exploded.upper(), f" {bare}\t"]
    clients = {client_address(request("10.0.0.1", spelling), PROXIES) for spelling in spellings}

    assert len(clients) == 1


@pytest.mark.parametrize(
    "forwarded",
    [
        *("", " ", ",", "198.51.100.7,", "unknown", "_hidden", "\xe9", "198.51.100.7 198.51.100.8"),
        *("198.51.100.7:65536", "[2001:db8::9]:99999"),
        *("198.51.100.7:", "198.51.100.7:port", "198.51.100", "198.51.100.256", "0198.51.100.7"),
        *("[2001:db8::9", "2001:db8::9]", "[2001:db8::9]x", "[198.51.100.7", "\u0661.1.1.1"),
        *("for=198.51.100.7", '"198.51.100.7"', "paper.example", "198.51.100.7/32", "1", "::1::"),
    ],
)
def test_what_is_no_address_is_refused_and_nothing_taken_in_its_place(forwarded: str) -> None:
    with pytest.raises(UnreadableAddress):
        client_address(request("10.0.0.1", forwarded), PROXIES)


@given(st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=40))
def test_any_text_is_an_address_or_refused(forwarded: str) -> None:
    try:
        address = client_address(request("10.0.0.1", forwarded), PROXIES)
    except UnreadableAddress:
        return
    assert str(ipaddress.ip_address(address)) == address


@pytest.mark.parametrize("name", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "x-real-ip"])
def test_peer_that_forwards_and_is_not_trusted_is_a_proxy_nobody_named(name: str) -> None:
    forwarding = request("192.0.2.1", "198.51.100.7", name=name)

    assert unknown_proxy(forwarding, PROXIES) == ipaddress.ip_address("192.0.2.1")
    assert unknown_proxy(request("10.0.0.1", "198.51.100.7", name=name), PROXIES) is None
    assert unknown_proxy(request("192.0.2.1"), PROXIES) is None


@pytest.mark.parametrize(
    ("peer", "forwarded", "name", "hides"),
    [
        ("10.0.0.1", [], "X-Forwarded-For", True),
        ("::ffff:10.0.0.1", [], "X-Forwarded-For", True),
        ("10.0.0.1", ["198.51.100.7"], "X-Real-IP", True),
        ("10.0.0.1", ["for=198.51.100.7"], "Forwarded", True),
        ("10.0.0.1", ["198.51.100.7"], "X-Forwarded-For", False),
        ("192.168.0.1", ["198.51.100.7"], "X-Forwarded-For", True),
        ("192.168.0.1", [], "X-Forwarded-For", False),
        ("192.0.2.1", ["198.51.100.7"], "X-Forwarded-For", False),
    ],
)
def test_a_proxys_own_address_is_never_taken_for_a_readers(
    peer: str, forwarded: list[str], name: str, hides: bool
) -> None:
    assert hides_readers(request(peer, *forwarded, name=name), PROXIES) is hides
