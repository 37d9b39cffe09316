"""Which hosts are this machine, where plain HTTP is as good as HTTPS."""

import pytest

from moderation.networks import is_this_machine, name_to_resolve

HERE = """
127.0.0.1 127.0.0.2 127.255.255.254 ::1 0:0:0:0:0:0:0:1 ::ffff:127.0.0.1 ::ffff:7f00:2
localhost LOCALHOST localhost. parley.localhost a.b.localhost parley.localhost.
"""
ELSEWHERE = """
126.255.255.255 128.0.0.0 0.0.0.0 :: 10.0.0.1 ::2 ::127.0.0.1 ::ffff:10.0.0.1 ::ffff:128.0.0.1
localhost.example notlocalhost localhost.. 127.0.0.1.example.org 127.1 2130706433 0x7f.0.0.1 [::1]
localhost6 localhost.localdomain
"""


@pytest.mark.parametrize("host", HERE.split())
def test_a_host_that_is_this_machine(host: str) -> None:
    assert is_this_machine(host)


@pytest.mark.parametrize("host", ["", *ELSEWHERE.split()])
def test_a_host_that_may_be_another_machine(host: str) -> None:
    assert not is_this_machine(host)


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("localhost", "localhost"),
        ("Parley.Localhost.", "localhost"),
        ("localhost.example", "localhost.example"),
        ("127.0.0.2", "127.0.0.2"),
    ],
)
def test_a_name_below_localhost_is_not_looked_up(host: str, name: str) -> None:
    assert name_to_resolve(host) == name
