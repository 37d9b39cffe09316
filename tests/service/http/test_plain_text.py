"""Text becomes HTML that reads the same, with links to http and https addresses and no more."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from service.http.plain_text import fold_blank_lines, is_long, link_domains, linked

# Mostly what breaks out of places: markup, schemes, quotes, brackets, direction marks.
PIECES = (
    "http:// https:// HTTPS:// javascript: a.example /p?q=1&r #f @ : . , ! ( ) [ ] < > \" ' ` & \\"
    " &lt; <a href= </a> <script> é 例 \u202e \u200b"
)
TRICKY = st.lists(st.sampled_from([*PIECES.split(" "), *" \t\r\n\u2028\xa0"])).map("".join)
TEXTS = st.one_of(st.text(), TRICKY)


class _Reader(HTMLParser):
    """What a browser would have: the text, and every element with its attributes."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(str(markup))  # a Markup would escape what it is joined with
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def links(text: str) -> list[str | None]:
    return [attributes["href"] for _, attributes in _Reader(linked(text)).elements]


@given(TEXTS)
@example("http://a.example/&amp;&quot;<b>'\"")
def test_read_back_the_text_is_equal(text: str) -> None:
    assert _Reader(linked(text)).text == text


@given(TEXTS)
def test_there_is_no_element_but_a_guarded_link(text: str) -> None:
    for tag, attributes in _Reader(linked(text)).elements:
        assert (tag, set(attributes)) == ("a", {"href", "rel"})
        assert str(attributes["href"]).lower().startswith(("http://", "https://"))
        assert attributes["rel"] == "nofollow ugc noopener noreferrer"


@given(TEXTS)
def test_a_link_leads_to_what_it_shows(text: str) -> None:
    for address in links(text):
        assert address is not None
        assert address in text
        assert address == address.strip(" \t\r\n\u202e\u200b\u2028\xa0<>\"`\\.,:;!?'")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no address, http:// alone, http://.", []),
        ("see http://a.example.", ["http://a.example"]),
        ("(https://a.example/b)", ["https://a.example/b"]),
        ("https://a.example/b_(c)!", ["https://a.example/b_(c)"]),
        ("https://a.example/?q=1&r=2#s", ["https://a.example/?q=1&r=2#s"]),
        ("HTTPS://A.example:8080/x", ["HTTPS://A.example:8080/x"]),
        ("https://bank.example@evil.example/", ["https://bank.example"]),
        ("https://bank.example\\@evil.example", ["https://bank.example"]),
        ("https://a.example/\u202egpj.exe", ["https://a.example/"]),
        ("https://a.example/\u2800.exe", ["https://a.example/"]),
        ("https://a.example/\U0001d173.exe", ["https://a.example/"]),
        ("https://a.example/❤\ufe0f", ["https://a.example/❤\ufe0f"]),
        ('http://a.example/"onclick="alert(1)', ["http://a.example/"]),
        ("javascript:alert(1) data:text/html,x //a.example ftp://a.example", []),
        ("xhttp://a.example", []),
    ],
)
def test_what_is_an_address(text: str, expected: list[str]) -> None:
    assert links(text) == expected


@pytest.mark.parametrize(
    "part", ["http://", "http://a", "http://a)", "(", ")", "http://a.", "h", "<"]
)
@pytest.mark.timeout(60)  # a step for each pair of characters would take an hour
def test_a_text_of_a_million_characters_is_read_through(part: str) -> None:
    text = part * (1_000_000 // len(part))

    assert unescape(re.sub("<[^>]*>", "", str(linked(text)))) == text


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
def test_each_host_that_a_link_leads_to_is_named_once(text: str, hosts: list[str]) -> None:
    assert link_domains(text) == hosts


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("one\ntwo", "one\ntwo"),
        ("one\n\ntwo", "one\n\ntwo"),
        ("one\n\n\ntwo", "one\n\ntwo"),
        ("one\r\n\r\n\r\ntwo", "one\n\ntwo"),
        ("one" + "\n" * 4_000 + "  two", "one\n\n  two"),
        ("one" + "\n \u2800\u200b" * 50 + "two", "one\n\n \u2800\u200btwo"),
        ("one" + "\u2028" * 50 + "two", "one\n\ntwo"),
        ("one  \t two", "one  \t two"),
    ],
)
def test_many_blank_lines_are_shown_as_one(text: str, shown: str) -> None:
    assert fold_blank_lines(text) == shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("short", False),
        ("line\n" * 16, True),
        ("line\n" * 15, False),
        ("\n" * 4_000 + "x", False),
        ("word " * 1_000, True),
    ],
)
def test_only_a_long_text_is_folded(text: str, expected: bool) -> None:
    assert is_long(text) is expected
