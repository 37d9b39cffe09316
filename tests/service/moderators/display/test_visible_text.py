"""What a moderator sees is all there is."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.moderators.display.visible_text import visible, visible_text


def shown(title: str, label: str) -> str:
    return f'<bdi class="hidden-character" title="{title}">{label}</bdi>'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\u202eb", f"a{shown('RIGHT-TO-LEFT OVERRIDE', 'U+202E')}b"),
        ("a\u200b\u200b", f"a{shown('ZERO WIDTH SPACE', 'U+200B ×2')}"),
        (
            "\u200b\u2060",
            shown("ZERO WIDTH SPACE, WORD JOINER", "hidden characters ×2"),
        ),
        ("s\u200dt", f"s{shown('ZERO WIDTH JOINER', 'U+200D')}t"),
        ("\u3164", shown("HANGUL FILLER", "U+3164")),
        ("a\ufffcb", f"a{shown('OBJECT REPLACEMENT CHARACTER', 'U+FFFC')}b"),
        ("\x1b[2J", f"{shown('control character', 'U+001B')}[2J"),
        (
            "e" + "\u0301" * 500,
            "e"
            + "\u0301" * 4
            + shown("more accents on one letter than any language has", "+496 accents"),
        ),
    ],
)
def test_what_is_hidden_is_named(text: str, expected: str) -> None:
    assert visible(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Cafe\u0301, two\nlines and a\ttab",
        "می\u200cخواهم",  # Persian joins and parts its letters with these
        "क\u094d\u200dष",
        "👩\u200d👩\u200d👧 ❤\ufe0f\u200d🔥",
        "a\u0328\u0301 ṩ",
        "שָׁלוֹם",
    ],
)
def test_what_a_script_needs_is_left_alone(text: str) -> None:
    assert visible(text) == text


def test_an_address_is_a_link_that_ends_where_something_is_hidden() -> None:
    assert visible_text("https://a.example/\u202egpj <b>") == (
        '<a href="https://a.example/" rel="nofollow ugc noopener noreferrer">https://a.example/</a>'
        f"{shown('RIGHT-TO-LEFT OVERRIDE', 'U+202E')}gpj &lt;b&gt;"
    )


def test_no_more_than_two_hundred_places_are_named() -> None:
    markup = visible("a\u200b" * 5000)

    assert markup.count("<bdi") == 201
    assert markup.endswith(shown("left out above", "+4,800 more hidden places"))


@given(st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\u202e\u200d<&\"' é")))
def test_nothing_but_our_own_elements_comes_out(text: str) -> None:
    elements = Elements()

    elements.feed(visible_text(text))

    assert elements.found <= {"a", "bdi"}


@pytest.mark.parametrize("piece", ["a\u200b", "\u0301", "\u200d", "a\u200d", "http://", "e\u0301"])
@pytest.mark.timeout(60)  # a step for each pair of characters would take many minutes
def test_a_text_of_two_hundred_thousand_characters_is_shown(piece: str) -> None:
    assert visible_text((piece * 200_000)[:200_000])


class Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)


def test_many_blank_lines_are_counted_instead_of_shown() -> None:
    left_out = '<bdi class="hidden-character" title="left out">{} blank lines</bdi>'

    assert visible("a\n\nb") == "a\n\nb"
    assert visible("a\n\n\nb") == f"a\n{left_out.format(2)}\nb"
    assert visible("a" + "\r\n \t" * 4_000 + "\nb") == f"a\n{left_out.format('4,000')}\nb"
