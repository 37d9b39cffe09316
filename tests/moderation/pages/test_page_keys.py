"""One page is one page, in whatever spelling its address comes."""

import re
import unicodedata
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.pages.page_keys import (
    MAX_PAGE,
    NAMING,
    is_shortened,
    key_of_address,
    naming_parameters,
    own_parameters,
    page_address,
    page_key,
)

JAPANESE = "/blog/" + "日本の新しい司令部についての長い記事の題名がそのまま住所になる場合" * 2 + "/"
PATHS = st.lists(st.text(min_size=1).filter(lambda s: s not in (".", "..")), max_size=4)


@pytest.mark.parametrize(
    ("key", "spellings"),
    [
        ("/café", ["/caf%C3%A9", "/caf%c3%a9", "/cafe\u0301", "/cafe%CC%81", "/c%61f%C3%A9/"]),
        (
            "/article",
            ["/article/", "//article", "/article/index.html", "/article?", "/article#top"],
        ),
        (
            "/article",
            ["/article/index.php", "/article/./", "/x/../article", "/article//", "/\\article"],
        ),
        ("/article", ["/article?utm_source=news&gclid=" + "x" * 2_100, "/article;jsessionid=5A"]),
        ("/article", ["/article?token=s3cret&subscriber=alice%40example.org&preview=true"]),
        ("/article", ["/article?id=alice%40example.org", "/article?id=" + "x" * 101]),
        ("/Article", ["/Article/"]),
        ("/", ["//", "/index.html", "/default.asp", "/?fbclid=1", "/..", "/%2e"]),
        ("/?p=1", ["/index.php?p=1", "/?fbclid=7&p=1", "/?p=1&p=1#comments", "//?p=%31"]),
        ("/?id=2&story=1", ["/?story=1&id=2"]),
        ("/?id=日本", ["/?id=%E6%97%A5%E6%9C%AC"]),
        ("/a%20b", ["/a b", "/a%20b/"]),
        ("/a%2Fb", ["/a%2fb"]),
        ("/100%25", ["/100%", "/100%25"]),
        ("/%E9", ["/%e9"]),
        ("/a%E2%80%AEb", ["/a\u202eb"]),
        ("/a%00b", ["/a\0b"]),
        ("/a#/story/5", ["/a/#/story/5", "/a?x=1#/story/5"]),
        ("https://paper.example/a?p=3", ["HTTPS://Paper.example:443//a/?p=3&utm_term=x#y"]),
        ("https://paper.example/?p=3", ["https://paper.example?p=3"]),
        (
            "https://paper.example/a",
            ["https://ada:secret@paper.example/a", "https://a@b@paper.example/a"],
        ),
        (
            "https://xn--bcher-kva.example/a",
            ["https://BÜCHER.example/a", "https://b%C3%BCcher.example:443/a/"],
        ),
        ("https://[::1]/a", ["https://[0:0:0:0:0:0:0:1]/a"]),
        ("https://127.0.0.1/a", ["https://2130706433/a", "https://0x7f.1/a"]),
        ("/~a", ["/%7Ea", "/%7ea", "/x/%2e%2e/~a", "/x/.%2E/~a", "/~\ta\r\n"]),
        ("/..%2Fa", ["/%2e%2e%2fa"]),
        ("my article", [" my article "]),
        ("story-5/", ["story-5/"]),
    ],
)
def test_spellings_of_one_page_are_one_key(key: str, spellings: list[str]) -> None:
    assert {spelling: page_key(spelling) for spelling in spellings} == dict.fromkeys(spellings, key)
    assert page_key(key) == key


def test_articles_that_differ_have_keys_that_differ() -> None:
    articles = [
        "/?p=1",
        "/?p=2",
        "/a",
        "/A",
        "/a/b",
        "/a%2Fb",
        "/a+b",
        "/a b",
        "/?id=1",
        "a",
        "/a.html",
        "/a/..;/b",
        "/a.",
        "//paper.example/a",
        "https://paper.example/a",
        "http://paper.example/a",
        "https://paper.example:8443/a",
        "https://paper.example./a",
        "javascript:a",
        "\u200f/a",
        "/%252e",
    ]

    assert len({page_key(article) for article in articles}) == len(articles)


@pytest.mark.parametrize("name", sorted(NAMING))
def test_every_usual_parameter_tells_articles_apart(name: str) -> None:
    assert page_key(f"/x?{name}=1") != page_key(f"/x?{name}=2")


def test_a_site_names_parameters_of_its_own() -> None:
    assert page_key("/x?view=3&utm_id=4", naming_parameters("view, section")) == "/x?view=3"
    assert page_key("/x?view=3") == "/x"
    assert own_parameters("/x?view=3&p=1") == ("view", "p")


def test_length_is_counted_as_people_read_it() -> None:
    encoded = quote(JAPANESE)

    assert len(encoded) > MAX_PAGE
    assert page_key(encoded) == JAPANESE.rstrip("/")


@pytest.mark.parametrize("letter", ["x", "日", "%E9", "\u0301"])
def test_what_is_too_long_still_names_one_page(letter: str) -> None:
    key = page_key("/" + letter * 2_000)

    assert (len(key) <= MAX_PAGE, is_shortened(key), page_key(key)) == (True, True, key)
    assert page_key("/" + letter * 2_001) != key
    assert not is_shortened(page_key("/" + "x" * (MAX_PAGE - 1)))


@given(st.text())
def test_a_key_is_its_own_key(text: str) -> None:
    key = page_key(text)

    assert page_key(key, own_parameters(key)) == key
    assert len(key) <= MAX_PAGE
    key.encode()
    assert "\0" not in key


@given(PATHS, st.booleans())
def test_percent_encoding_never_makes_another_page(segments: list[str], upper: bool) -> None:
    segments = [unicodedata.normalize("NFC", segment) for segment in segments]
    encoded = "/".join(quote(segment, safe="") for segment in segments)
    readable = "/".join("".join(map(readably, segment)) for segment in segments)

    assert page_key(f"/{encoded if upper else re.sub('%..', lower, encoded)}") == page_key(
        f"/{readable}"
    )


def readably(character: str) -> str:
    return character if character.isalnum() else quote(character, safe="")


def lower(escape: re.Match[str]) -> str:
    return escape[0].lower()


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://Paper.example/kept?preview=true&token=s3cret#x", "https://paper.example/kept"),
        ("https://paper.example/kept?preview=1#/story/5", "https://paper.example/kept#/story/5"),
        ("https://paper.example/?p=5&utm_source=x", "https://paper.example/?p=5"),
        ("https://paper.example/日本", "https://paper.example/%E6%97%A5%E6%9C%AC"),
        ("https://paper.example/a;jsessionid=1/", "https://paper.example/a/"),
        ("https://daily-preß.example/", "https://xn--daily-pre-o1a.example/"),
        ("javascript:alert(1)", None),
        ("/a", None),
    ],
)
def test_address_keeps_nothing_of_its_reader(url: str, address: str | None) -> None:
    assert page_address(url) == address


def test_address_leads_to_its_page() -> None:
    assert key_of_address("https://paper.example/caf%C3%A9/?p=1&x=2") == "/café?p=1"
    assert key_of_address("https://paper.example/#!/caf%C3%A9") == "/#!/café"
    assert key_of_address("https://paper.example/a#top") == "/a"
    assert key_of_address("mailto:x") is None
