"""Where links lead, as a browser would go."""

import pytest

from service.moderators.display.link_domains import domains


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        ("no link", []),
        (
            "https://a.example/x and http://A.example:8080/y, https://b.example.",
            ["a.example", "b.example"],
        ),
        ("https://пример.example/", ["xn--e1afmkfd.example"]),
        ("http://.x http:// http:///path", []),
        ("javascript:alert(1) //d.example ftp://e.example", []),
    ],
)
def test_each_host_is_named_once(text: str, hosts: list[str]) -> None:
    assert domains(text) == hosts
