"""Recognise near-duplicates: alike but for case, accents, digits, signs, order or repetition."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable

from moderation.text.folded_text import ascii_words, folded

_MIN_CHARACTERS = 16  # "I agree" twice in a day means nothing
_WORD = re.compile(r"[^\W_]+")
_DIGIT = re.compile(r"\d")
_ZEROS = str.maketrans("123456789", "000000000")
_UNSEEN = ("Mn", "Me", "Cf")
_REPEATED = re.compile(r"(.)(?=\1)", re.DOTALL)


def fingerprint(text: str) -> str | None:
    """Return a hash of the text's distinct words, sorted; the same for near-duplicates.

    Returns:
        16 hexadecimal digits; None for a text too short to tell.
    """
    plain = folded(text)
    return fingerprint_of_words(ascii_words(plain) if plain.isascii() else _words(plain))


def fingerprint_of_words(words: Iterable[str]) -> str | None:
    """Return the fingerprint of a text whose words these are, folded, with doubles."""
    joined = " ".join(words)
    digits = joined.translate(_ZEROS) if joined.isascii() else _DIGIT.sub("0", joined)
    single = _REPEATED.sub("", digits)
    alike = single.split(" ")
    if len(single) - len(alike) + 1 < _MIN_CHARACTERS:
        return None
    return hashlib.sha256(" ".join(sorted(set(alike))).encode()).hexdigest()[:16]


def _words(plain: str) -> list[str]:
    """The words without their marks."""
    for character in set(plain):  # a text has many letters, but few different ones
        if unicodedata.category(character) in _UNSEEN:
            plain = plain.replace(character, "")
    return _WORD.findall(plain)
