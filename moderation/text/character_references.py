"""The characters that HTML writes as `&amp;` or `&#38;`."""

import re
from html import unescape

_LONG_NUMBER = re.compile(r"&#([0-9]{8,}+)")


def unescaped(text: str) -> str:
    """Return the text with its references read, also where a number has no character."""
    return unescape(_LONG_NUMBER.sub(_bounded, text)) if "&" in text else text


def _bounded(reference: re.Match[str]) -> str:
    """Eight digits are beyond all characters; Python reads no number of thousands of them."""
    return f"&#{reference[1].lstrip('0')[:8] or '0'}"
