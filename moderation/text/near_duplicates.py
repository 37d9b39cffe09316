"""Which comments say the same: alike but for case, accents, digits, signs, order or repetition."""

import hashlib
import re
import unicodedata

from characters.hidden import without_hidden

_MIN_CHARACTERS = 16  # "I agree" twice in a day means nothing
_WORD = re.compile(r"[^\W_]+")
_DIGIT = re.compile(r"\d")
_UNSEEN = ("Mn", "Me", "Cf")
_REPEATED = re.compile(r"(.)\1+", re.DOTALL)


def fingerprint(text: str) -> str | None:
    """16 hexadecimal digits, the same for near-duplicates; None for a text too short to tell.

    Of the text's distinct words, sorted: one that is written twice or elsewhere changes nothing.
    """
    plain = without_hidden(unicodedata.normalize("NFKD", text)).casefold()
    if not plain.isascii():  # ASCII has no marks
        plain = "".join(each for each in plain if unicodedata.category(each) not in _UNSEEN)
    words = _WORD.findall(_REPEATED.sub(r"\1", _DIGIT.sub("0", plain)))
    if sum(map(len, words)) < _MIN_CHARACTERS:
        return None
    return hashlib.sha256(" ".join(sorted(set(words))).encode()).hexdigest()[:16]
