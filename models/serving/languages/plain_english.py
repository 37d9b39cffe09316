"""A rule for what is plainly English that needs no file of the languages: they can be damaged."""

import re

from models.serving.languages.grades import ENGLISH
from models.serving.stopwords import STOPWORDS

_TYPED = str.maketrans("’‘“”–—…", "''\"\"--.")
_WORD = re.compile("[a-z']+")
# One letter is a word in many languages.
_OWN = frozenset(word for word in STOPWORDS[ENGLISH] if len(word) > 1)
_OF_OTHERS = frozenset().union(*STOPWORDS.values()) - STOPWORDS[ENGLISH]
_FEWEST = 3
_SHARE = 0.3
_MOST_BETWEEN = 4  # other words in a row; a stop word of another language counts as two


def is_plainly_english(text: str) -> bool:
    """Whether common English words are everywhere in a text, and no other letters than English.

    Measured on comments held out: it knows 56% of 12,200 in English, and takes 3 of 31,357 in
    other languages for it that the model would not.
    """
    if not text.isascii():
        text = text.translate(_TYPED)
    return text.isascii() and _is_throughout(_WORD.findall(text.lower()))


def _is_throughout(words: list[str]) -> bool:
    own = between = 0
    for word in words:
        if word in _OWN:
            own += 1
            between = 0
        else:
            between += 2 if word in _OF_OTHERS else 1
            if between > _MOST_BETWEEN:
                return False
    return own >= _FEWEST and own >= _SHARE * len(words)
