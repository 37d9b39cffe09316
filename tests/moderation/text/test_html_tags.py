"""HTML cut at its tags."""

import pytest

from moderation.text.character_references import unescaped
from moderation.text.encodings import text_encoding
from moderation.text.html_tags import attributes, html_pieces


@pytest.mark.parametrize(
    ("html", "pieces"),
    [
        ("a<b>c</B>", [("a", "b", ""), ("c", "/b", ""), ("", "", "")]),
        ("<i title='a > b'>c", [("", "i", " title='a > b'"), ("c", "", "")]),
        ('<i title="a>b', [("", "i", ' title="a'), ("b", "", "")]),
        ("a <3 <!-- <b> -->c", [("a <3 ", "", ""), ("c", "", "")]),
        ("<title>a < <b></TITLE >", [("", "title", ""), ("a < <b>", "/title", " "), ("", "", "")]),
        ("<script>never closed<b>", [("", "script", ""), ("never closed<b>", "", "")]),
        ("an unclosed <b", [("an unclosed <b", "", "")]),
        ("<!-- never closed <b>", [("", "", ""), ("", "", "")]),
    ],
)
def test_html_is_cut_at_its_tags(html: str, pieces: list[tuple[str, str, str]]) -> None:
    assert list(html_pieces(html)) == pieces


def test_of_two_attributes_the_first_counts() -> None:
    tag = """ A = 'x>y' a=2 b="&amp;" c d=e'f g='"""

    assert attributes(tag) == {"a": "x>y", "b": "&", "c": "", "d": "e'f", "g": "'"}


@pytest.mark.parametrize(
    "piece",
    [
        "<a ",
        "<!--",
        "</title",
        "<a b='",
        '<a b="<a b=">',
        "<a =",
        "= ",
        "\n ",
        "&#",
        "<style><",
        "<?",
    ],
)
def test_no_html_takes_long(piece: str) -> None:
    """The limit of the test itself would end it: what is read twice takes hours of this length."""
    html = piece * (1_000_000 // len(piece))
    for text in (html, f"<a {html}", f"<title>{html}", f"<a b='{html}>"):
        assert list(html_pieces(text))
        attributes(text)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("a & b &lt;i&gt; &#38;#65;", "a & b <i> &#65;"),
        ("&#0000000000065;", "A"),
        (f"&#{'9' * 5_000};&#{'0' * 5_000};", "\ufffd\ufffd"),
        (f"&#x{'f' * 5_000};", "\ufffd"),
    ],
)
def test_references_are_read_however_long_their_numbers_are(text: str, read: str) -> None:
    assert unescaped(text) == read


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("UTF8", "utf-8"),
        ("windows-1251", "cp1251"),
        ("Shift_JIS", "shift_jis"),
        ("ISO-8859-15", "iso8859-15"),
        ("punycode", None),  # takes minutes
        ("idna", None),
        ("unicode_escape", None),
        ("base64", None),
        ("no-such", None),
        ("a\0b", None),
        ("é", None),
    ],
)
def test_only_encodings_of_texts_are_known(name: str, encoding: str | None) -> None:
    assert text_encoding(name) == encoding
