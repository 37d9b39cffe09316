"""The plain text that a reader saw of what other systems keep as HTML or Markdown."""

import re
from html import escape
from urllib.parse import unquote

from markdown_it import MarkdownIt

from moderation.comments import MAX_TEXT
from moderation.imports.records import UnreadableRow
from moderation.text.character_references import unescaped
from moderation.text.html_text import text_of_html

_MAX_MARKUP = 4 * MAX_TEXT  # characters of a text with its formatting
_MAX_NAME_READ = 1_000  # characters of a name, of which 80 are kept
_BREAKS = re.compile(r"(?<![ \t])[ \t]*+\r?\n\s*+")
# A text without any of these is the same in Markdown.
_MARKDOWN = re.compile(r"[*_`\[\]<>#&\\~|]|^(?:\s|[-+=]|\d+[.)])", re.MULTILINE)
# Disqus leads each link over an address of its own, with a hash at the end.
_DISQUS_LINK = re.compile(r"https?://disq\.us/url\?url=([^&\"'\s]+)[^\"'\s]*", re.IGNORECASE)
_DISQUS_HASH = re.compile(r":[\w-]{20,}$")
_markdown = MarkdownIt("commonmark").enable(["strikethrough", "table"])


def html_text(html: str, *, keeps_breaks: bool = False) -> str:
    """Return what a reader sees of HTML.

    Args:
        html: A piece of it, well formed or not.
        keeps_breaks: Whether a line break in the text is one that a reader sees.

    Raises:
        UnreadableRow: It is too long to be read.
    """
    _check_length(html)
    if not keeps_breaks and "\n" in html and "<pre" not in html:
        html = _BREAKS.sub(" ", html)
    return text_of_html(html.replace("\r\n", "\n"))


def disqus_text(html: str) -> str:
    """Return what a reader sees of a comment of Disqus, with the addresses that links lead to.

    Raises UnreadableRow as `html_text` does.
    """
    _check_length(html)
    return html_text(_DISQUS_LINK.sub(_behind, html) if "disq.us" in html else html)


def markdown_text(markdown: str) -> str:
    """Return what a reader sees of Markdown, in which line breaks count.

    Raises UnreadableRow as `html_text` does.
    """
    _check_length(markdown)
    text = markdown.replace("\r\n", "\n")
    if not _MARKDOWN.search(text):
        return text.strip()
    return text_of_html(_markdown.render(text).replace("\r\n", "\n"))


def plain_name(name: str) -> str:
    """Return a name that was stored as HTML."""
    return unescaped(name[:_MAX_NAME_READ])


def _check_length(markup: str) -> None:
    """Of a text of megabytes nothing is kept, and taking its formatting off takes seconds."""
    if len(markup) > _MAX_MARKUP:
        sentence = (
            f"its text is {len(markup):,} long with its formatting, at most {_MAX_MARKUP:,}"
            " characters are read"
        )
        raise UnreadableRow(sentence)


def _behind(link: re.Match[str]) -> str:
    return escape(_DISQUS_HASH.sub("", unquote(unescaped(link[1]))))
