"""Texts that attack a page, and texts that are too wide or too tall for it."""

from playwright.sync_api import Locator

HOSTILE = [
    "<script>alert(1)</script>",
    "</article></div><script>alert(2)</script>",
    "<img src=x onerror=alert(3)>",
    "\"><svg onload=alert(4)> '><svg onload=alert(5)>",
    "<form id=cards><input name=querySelectorAll></form>",
    "<style>*{display:none}</style><base href=//evil.example>",
    "<a href=javascript:alert(6)>x</a> javascript:alert(7)",
    'http://a.example/"onmouseover="alert(8)',
    "{{ 7*7 }} {% raw %} ${7*7} {{ config }}",
    "<dialog open><button autofocus onfocus=alert(9)>",
    "w" * 80,
    "Z" + "\u0300\u0489\u032e" * 25,
    "\u202egnirts desrever a\u202d and \u2066\u2067\u202b",
]
LAYOUT = ["w" * 10_000, "Z" + "\u0300\u0489\u032e" * 170, "line\n" * 300, "\u200bx" * 4000]

_TAGS = "all => [...new Set(all.map(each => each.tagName))].sort()"


def tags_of(elements: Locator) -> list[str]:
    """What they are, each once: a text that ran would have brought others."""
    tags: list[str] = elements.evaluate_all(_TAGS)
    return tags
