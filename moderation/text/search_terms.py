"""The words a comment is found by: the same for what is stored and for what is asked."""

import re
import unicodedata
from collections.abc import Iterable

from characters.hidden import ACCENT
from moderation.text.folded_text import ascii_words, folded
from moderation.text.near_duplicates import fingerprint, fingerprint_of_words

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
# A private character that no text's word can hold marks the words that stand for a field.
_FIELD = "\ue000"


def words_of(text: str) -> list[str]:
    """The words without doubles, in order: case, accents and hidden characters do not count."""
    return list(dict.fromkeys(_words(folded(text))))


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
    return _own_words(name, _words(folded(text)))


def place_words(site_id: int, page_id: int) -> list[str]:
    """What a comment is found by because of where it stands."""
    return [site_word(site_id), page_word(page_id)]


def own_words_and_fingerprint(name: str, text: str) -> tuple[list[str], str | None]:
    """Return both of a text that is read once, where it can be."""
    plain = folded(text)
    if not plain.isascii():
        return _own_words(name, _words(plain)), fingerprint(text)
    words = ascii_words(plain)
    return _own_words(name, _cut(words)), fingerprint_of_words(words)


def _own_words(name: str, words: Iterable[str]) -> list[str]:
    names = words_of(name)
    own = dict.fromkeys(names) | dict.fromkeys(words)
    return [*own, *(f"{_FIELD}n{word}" for word in names)]


def _words(plain: str) -> list[str]:
    """The words of a folded text, with doubles, in order."""
    bare = plain if plain.isascii() else _ACCENTS.sub("", plain)
    return _cut(ascii_words(bare) if bare.isascii() else _WORD.findall(bare))


def _cut(words: list[str]) -> list[str]:
    if max(map(len, words), default=0) <= MAX_LETTERS:
        return words
    return [word[:MAX_LETTERS] for word in words]
