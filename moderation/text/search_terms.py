"""The words a comment is found by: the same for what is stored and for what is asked."""

import re
import unicodedata

from characters.hidden import ACCENT, without_hidden
from characters.normal_forms import normalised

MAX_LETTERS = 40  # of a word; longer ones are found by their beginning
# A word is found with and without its accents; the second range is Cyrillic's.
_ACCENTS = re.compile(rf"[{ACCENT}\u0483-\u0489]+")
# Scripts written without spaces, and emoji: each character is a word.
_ALONE = (
    r"\u0e00-\u0e30\u0e32\u0e33\u0e40-\u0e46\u2600-\u27bf\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    r"\uf900-\ufaff\U0001f000-\U0001faff\U00020000-\U0003ffff"
)
# Vowel signs of Semitic and Indic scripts belong to their words.
MARKS = "".join(c for c in map(chr, range(0x0591, 0x1D00)) if unicodedata.category(c)[0] == "M")
_WORD = re.compile(rf"[{_ALONE}]|(?:[^\W_{_ALONE}]|[{re.escape(MARKS)}])+")
_PLAIN_WORD = re.compile("[a-z0-9]+")
# A private character that no text's word can hold marks the words that stand for a field.
_FIELD = "\ue000"


def words_of(text: str) -> list[str]:
    """The words without doubles, in order: case, accents and hidden characters do not count."""
    if text.isascii():  # the same words, found in a third of the time
        words = _PLAIN_WORD.findall(without_hidden(text.lower()))
    else:
        plain = without_hidden(normalised("NFKD", text)).casefold()
        words = _WORD.findall(_ACCENTS.sub("", plain))
    return list(dict.fromkeys([word[:MAX_LETTERS] for word in words]))


def site_word(site_id: int) -> str:
    """Stands in the index of each comment of the site."""
    return f"{_FIELD}s{site_id}"


def page_word(page_id: int) -> str:
    """Stands in the index of each comment of the page."""
    return f"{_FIELD}p{page_id}"


def name_words(name: str) -> list[str]:
    """Stand in the index of each comment whose author's name has these words."""
    return [f"{_FIELD}n{word}" for word in words_of(name)]


def all_words(*, site_id: int, page_id: int, name: str, text: str) -> list[str]:
    """Everything a comment is found by."""
    return [*own_words(name, text), *place_words(site_id, page_id)]


def own_words(name: str, text: str) -> list[str]:
    """What a comment is found by wherever it stands."""
    return [*words_of(f"{name}\n{text}"), *name_words(name)]


def place_words(site_id: int, page_id: int) -> list[str]:
    """What a comment is found by because of where it stands."""
    return [site_word(site_id), page_word(page_id)]
