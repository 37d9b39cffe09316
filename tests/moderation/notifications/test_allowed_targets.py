"""Where a webhook may lead."""

from ipaddress import ip_network

import pytest

from moderation.notifications.allowed_targets import NotReachable, check_address, check_literal

PRIVATE = """
127.0.0.1 127.255.255.254 0.0.0.0 10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254
100.64.0.1 192.0.0.1 192.0.2.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255
240.0.0.1 255.255.255.255 :: ::1 fe80::1 fe80::1%eth0 fc00::1 fd12:3456::1 ff02::1 ::ffff:127.0.0.1
::ffff:10.0.0.1 ::ffff:169.254.169.254 ::127.0.0.1 64:ff9b::7f00:1 64:ff9b:1::1 2002:7f00:1::
2001:0:7f00:1:: 2001:db8::1 100::1 fec0::1
"""
LITERALS = ("https://10.0.0.1/", "http://127.0.0.2/", "https://[::1]/", "https://[fe80::1]/")
PUBLIC = "1.1.1.1 93.184.215.14 172.32.0.1 2606:4700:4700::1111 2a00:1450::1 ::ffff:1.1.1.1"


@pytest.mark.parametrize("address", PRIVATE.split())
def test_what_is_not_public_is_refused(address: str) -> None:
    with pytest.raises(NotReachable, match="is not public"):
        check_address(address, [])


@pytest.mark.parametrize("address", PUBLIC.split())
def test_what_is_public_is_reached(address: str) -> None:
    check_address(address, [])


def test_a_setting_allows_what_it_names_and_no_more() -> None:
    allowed = [ip_network("10.1.0.0/16"), ip_network("::1/128")]

    for address in ("10.1.2.3", "::1", "::ffff:10.1.2.3"):
        check_address(address, allowed)
    for address in ("10.2.0.1", "127.0.0.1", "::2"):
        with pytest.raises(NotReachable):
            check_address(address, allowed)


def test_an_address_without_a_name_is_refused_when_it_is_given() -> None:
    check_literal("https://example.org/", [])
    check_literal("https://1.1.1.1/", [])
    for url in (*LITERALS, "http://localhost:1/", "http://a.localhost/"):
        with pytest.raises(NotReachable):
            check_literal(url, [])
