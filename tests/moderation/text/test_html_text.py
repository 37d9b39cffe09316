import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.text.html_text import text_of_html


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("plain", "plain"),
        ("I <3 you & a < b", "I <3 you & a < b"),
        ("<p>Hi &amp; <b>you</b></p><p>two<br>three<br/>four</p>", "Hi & you\n\ntwo\nthree\nfour"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
        ("<div>x<br></div>", "x"),
        ("a<!-- <b>unseen</b> -->b", "ab"),
        ("<style>p {}</style>seen<script>1 < 2</script>", "seen"),
        ('<img src="x" alt="a smile">', "a smile"),
        ("an unclosed <b", "an unclosed <b"),
    ],
)
def test_html_reads_as_a_reader_saw_it(html: str, text: str) -> None:
    assert text_of_html(html) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (
            '<a href="https://x.example/?a=1&amp;b=2">click</a>',
            "click (https://x.example/?a=1&b=2)",
        ),
        ("<A HREF='https://x.example'>https://x.example</A>", "https://x.example"),
        ("<a href=https://x.example>never closed", "never closed (https://x.example)"),
        ("<a name=top>no address</a>", "no address"),
    ],
)
def test_a_link_keeps_its_address(html: str, text: str) -> None:
    assert text_of_html(html) == text


@pytest.mark.parametrize(
    "piece", ["<!", "<", "<a ", "</", "<!--", "<script>", "<a href='", "\n ", " ", "<a href=x>"]
)
def test_no_text_takes_long(piece: str) -> None:
    """The limit of the test itself would end it: for some of these other parsers take minutes."""
    text_of_html(piece * 60_000 + "&")


@given(st.text(alphabet="<>ab /!-&;=\"'\n"))
def test_any_text_has_a_plain_text(html: str) -> None:
    assert text_of_html(html) == text_of_html(html).strip()
