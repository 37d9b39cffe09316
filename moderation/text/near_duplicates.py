"""Recognise near-duplicates: alike but for case, accents, digits, signs, order or repetition."""

import hashlib
import re
import unicodedata

from characters.hidden import without_hidden
from characters.normal_forms import normalised

_MIN_CHARACTERS = 16  # "I agree" twice in a day means nothing
_WORD = re.compile(r"[^\W_]+")
_DIGIT = re.compile(r"\d")
_UNSEEN = ("Mn", "Me", "Cf")
_REPEATED = re.compile(r"(.)(?=\1)", re.DOTALL)


def fingerprint(text: str) -> str | None:
    """Return a hash of the text's distinct words, sorted; the same for near-duplicates.

    Returns:
        16 hexadecimal digits; None for a text too short to tell.
    """
    plain = without_hidden(normalised("NFKD", text)).casefold()
    if not plain.isascii():  # ASCII has no marks
        for character in set(plain):  # a text has many letters, but few different ones
            if unicodedata.category(character) in _UNSEEN:
                plain = plain.replace(character, "")
    words = _WORD.findall(_REPEATED.sub("", _DIGIT.sub("0", plain)))
    if sum(map(len, words)) < _MIN_CHARACTERS:
        return None
    return hashlib.sha256(" ".join(sorted(set(words))).encode()).hexdigest()[:16]
