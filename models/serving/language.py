"""Whether a text is in the language of the training: English. Elsewhere a score means nothing.

Small on purpose: the share of Latin letters, then the share of frequent little words of some
languages. A few words of any language pass for English: there is too little to tell.
"""

import re

from models.features.normalise import normalise
from models.serving.stopwords import LITTLE_WORDS

_LATIN_SHARE = 0.5
_FEWEST_LETTERS = 6  # below, a name or a sigh
_FEWEST_LITTLE_WORDS = 2
_FEWEST_WORDS_UNKNOWN = 12  # so many different words of English hold a little one
_HEAD = 2_000  # characters tell enough
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LATIN = re.compile("[a-z\u00df-\u024f\u1e00-\u1eff]")
_LETTER = re.compile(r"[^\W\d_]")

_ENGLISH = LITTLE_WORDS["en"]
_OTHERS = [words for language, words in LITTLE_WORDS.items() if language != "en"]


def is_unfamiliar(text: str) -> bool:
    """True where most of the text is in another script, or reads like another language."""
    plain = normalise(text[:_HEAD])
    letters = len(_LETTER.findall(plain))
    if letters < _FEWEST_LETTERS:
        return False
    if len(_LATIN.findall(plain)) < _LATIN_SHARE * letters:
        return True
    return _reads_foreign(set(_WORD.findall(plain.replace("’", "'"))))


def _reads_foreign(words: set[str]) -> bool:
    english = len(words & _ENGLISH)
    foreign = max(len(words & little) for little in _OTHERS)
    if foreign >= _FEWEST_LITTLE_WORDS and foreign > english:
        return True
    return english == 0 and len(words) >= _FEWEST_WORDS_UNKNOWN
