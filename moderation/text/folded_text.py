"""Texts as their words are looked for: nothing hidden, no case, nothing put together."""

import re

from characters.hidden import without_hidden
from characters.normal_forms import normalised

# Between words, as a keyboard's signs are: without them many texts are ASCII, which is quick.
_TYPOGRAPHIC = "‘’“”„–—«»"  # as people write them
_ASCII_WORD = re.compile("[a-z0-9]+")


def folded(text: str) -> str:
    """Return the text folded; it is ASCII where nothing else is in it but typographic signs."""
    plain = text
    if not text.isascii():
        for sign in _TYPOGRAPHIC:
            plain = plain.replace(sign, " ")
    if plain.isascii():
        return without_hidden(plain.lower())
    return without_hidden(normalised("NFKD", text)).casefold()


def ascii_words(plain: str) -> list[str]:
    """Return the words of a folded text that is ASCII, with doubles, in order."""
    return _ASCII_WORD.findall(plain)
