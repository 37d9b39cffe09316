"""What a reader saw of HTML and Markdown."""

import pytest

from moderation.imports.plain_text import disqus_text, html_text, markdown_text

LINK = "https://disq.us/url?url=https%3A%2F%2Fmap.example%2Fa%3Fb%3D1%26c%3D2"


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("plain\ntext", "plain\ntext"),
        ("a **bold** [map](https://map.example)", "a bold map (https://map.example)"),
        ("<https://map.example>", "https://map.example"),
        ("a &amp; b &lt;i&gt;", "a & b <i>"),
        ("```\ncode\n```", "code"),
        ("~~gone~~ `x`", "gone x"),
    ],
)
def test_markdown_reads_as_a_reader_saw_it(markdown: str, text: str) -> None:
    assert markdown_text(markdown) == text


def test_line_breaks_in_html_count_only_where_readers_saw_them() -> None:
    assert html_text("<p>one\ntwo</p>\n<p>three</p>") == "one two\n\nthree"
    assert html_text("one\r\ntwo", keeps_breaks=True) == "one\ntwo"


def test_links_of_disqus_lead_where_they_truly_led() -> None:
    html = f'<a href="{LINK}%3AabcdefghijklmnopqrstuvwxyZ&amp;cuid=7">a map</a>'

    assert disqus_text(html) == "a map (https://map.example/a?b=1&c=2)"
