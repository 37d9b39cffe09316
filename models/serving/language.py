"""Tell whether a text is in English, the language of the training.

In another language a score means nothing. The check is small on purpose: the share of Latin
letters, then the share of stop words of some languages. A few words of any language pass for
English: there is too little to decide by.
"""

import re

from models.features.normalise import normalise
from models.serving.stopwords import STOPWORDS

_LATIN_SHARE = 0.5
_FEWEST_LETTERS = 6  # below, a name or a sigh
_FEWEST_STOPWORDS = 2
_FEWEST_WORDS_UNKNOWN = 12  # so many different words of English hold a stop word
_HEAD = 2_000  # characters are enough to decide
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LATIN = re.compile("[a-z\u00df-\u024f\u1e00-\u1eff]")
_LETTER = re.compile(r"[^\W\d_]")

_ENGLISH = STOPWORDS["en"]
_OTHERS = [words for language, words in STOPWORDS.items() if language != "en"]


def likely_language(text: str) -> str | None:
    """Name the language that a text seems to be in.

    Args:
        text: Of any length; the first 2,000 characters are looked at.

    Returns:
        A code as `en`, which is given to short texts too; None for a language without a list.
    """
    if not is_unfamiliar(text):
        return "en"
    words = set(_WORD.findall(normalise(text[:_HEAD]).replace("’", "'")))
    counts = {language: len(words & known) for language, known in STOPWORDS.items()}
    likely = max(counts, key=lambda language: counts[language])
    return likely if likely != "en" and counts[likely] >= _FEWEST_STOPWORDS else None


def is_unfamiliar(text: str) -> bool:
    """Tell whether a text is in another language than the model was trained on.

    Args:
        text: Of any length; the first 2,000 characters are looked at.

    Returns:
        True where most letters are of another script, or the words are those of another language;
        False for English and for what is too short.
    """
    plain = normalise(text[:_HEAD])
    letters = len(_LETTER.findall(plain))
    if letters < _FEWEST_LETTERS:
        return False
    if len(_LATIN.findall(plain)) < _LATIN_SHARE * letters:
        return True
    return _is_foreign(set(_WORD.findall(plain.replace("’", "'"))))


def _is_foreign(words: set[str]) -> bool:
    english = len(words & _ENGLISH)
    foreign = max(len(words & stopwords) for stopwords in _OTHERS)
    if foreign >= _FEWEST_STOPWORDS and foreign > english:
        return True
    return english == 0 and len(words) >= _FEWEST_WORDS_UNKNOWN
