"""Whether a text is made of words that people use in English.

A model of letters says which of the languages that it knows is the likeliest. It cannot say that a
text is in none of them: that takes words.
"""

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from itertools import accumulate, repeat
from operator import le

from models.serving.languages.ascii_words import words_between

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_LONG_LETTER = re.compile(r"(.)\1{2,}")
_LAUGHTER = re.compile(r"ha|([a-z]{2})\1+[a-z]?|[aeiou]+h+")
_NOT_LATIN = re.compile(r"[^\W\d_\x00-\u024f\u1e00-\u1eff]")
_MOST_CHARACTERS = 12_000  # the service admits 10,000
_ENGLISH_LETTERS = ("a", "i")
_WINDOW, _STEP = 8, 4  # words: each stretch of a text must be English, not only most of it
_FEWEST_NAMES, _MOST_NAMES = 2, 3
_FEW = 2  # words, which need none that is English alone


class WordKind(IntEnum):
    """Where people use a word."""

    OWN = 0  # in English
    SHARED = 1  # as much in another language
    COMMON = 2  # seldom in English, or far more in another language
    FOREIGN = 3  # in other languages
    NAME = 4  # nearly always begun with a capital
    UNKNOWN = 5
    TITLE = 6  # unknown, but begun with a capital in the middle of a sentence
    FILLER = 7  # hahaha, mmm, x
    OTHER_SCRIPT = 8  # where no spaces are written, a whole sentence can be one


LISTED_KINDS = (
    WordKind.OWN, WordKind.SHARED, WordKind.COMMON, WordKind.FOREIGN, WordKind.NAME
)  # fmt: skip
# What a word of each kind counts for English, in thirds: without other proof, and with a model's.
_ALONE = (3, 0, 0, -12, 0, -6, -3, 0, -1_000)
_WITH_MODEL = (3, 1, 0, -9, 0, -3, 0, 0, -1_000)
_KNOWN = {WordKind.OWN, WordKind.COMMON, WordKind.NAME}
_SAY_LITTLE: tuple[set[WordKind], ...] = (set(), {WordKind.SHARED}, {WordKind.NAME})


@dataclass(frozen=True)
class EnglishWords:
    """The kinds of words, by the word in lower case."""

    kinds: Mapping[str, WordKind]

    def is_plain(self, text: str) -> bool:
        """Whether a text needs no other proof to be in English: quick, and true of most.

        Args:
            text: As it was written.
        """
        if len(text) > _MOST_CHARACTERS:
            return False
        lower = text.lower() if text.isascii() else text.lower().replace("’", "'")
        if not lower.isascii() and _NOT_LATIN.search(lower):
            return False
        kinds = bytes(map(self.kinds.get, _words(lower), repeat(WordKind.UNKNOWN)))
        if WordKind.OWN not in kinds or WordKind.FOREIGN in kinds:
            return False
        return WordKind.UNKNOWN not in kinds or _is_throughout([_ALONE[kind] for kind in kinds])

    def kinds_of(self, sentences: Sequence[Sequence[str]], text: str) -> list[list[WordKind]]:
        """The kinds of the words of each sentence, in lower case; the text is as it was written."""
        kinds = [self._kinds_in(words) for words in sentences]
        if not any(WordKind.UNKNOWN in own for own in kinds):
            return kinds
        titles = _titles(text)
        return [
            _with_titles(words, own, titles) if WordKind.UNKNOWN in own else own
            for words, own in zip(sentences, kinds, strict=True)
        ]

    @cached_property
    def _listed_fillers(self) -> frozenset[str]:
        return frozenset(filter(_is_filler, self.kinds))

    def _kinds_in(self, words: Sequence[str]) -> list[WordKind]:
        """Most sentences have no word that must be looked at twice."""
        kinds = [kind for kind in map(self.kinds.get, words) if kind is not None]
        if len(kinds) == len(words) and self._listed_fillers.isdisjoint(words):
            return kinds
        return [self._kind(word) for word in words]

    def _kind(self, word: str) -> WordKind:
        kind = self.kinds.get(word)
        if kind is None:
            return WordKind.FILLER if _is_filler(word) else self._kind_of_unlisted(word)
        return WordKind.FILLER if word in self._listed_fillers else kind

    def _kind_of_unlisted(self, word: str) -> WordKind:
        if not word.isascii():
            return WordKind.OTHER_SCRIPT if _NOT_LATIN.search(word) else WordKind.FOREIGN
        for shorter in (_LONG_LETTER.sub(r"\1\1", word), _LONG_LETTER.sub(r"\1", word)):
            if shorter != word and shorter in self.kinds:
                return self.kinds[shorter]
        return self.kinds.get(word.partition("'")[0], WordKind.UNKNOWN)


def are_english(sentences: Sequence[Sequence[WordKind]]) -> bool:
    """Whether the words of sentences need no other proof to be in English."""
    has_own = any(WordKind.OWN in kinds for kinds in sentences)
    return has_own and _are_throughout(sentences, _ALONE)


def say_little(sentences: Sequence[Sequence[WordKind]], text: str) -> bool:
    """Whether they are too few to be in another language, and used in English too; or names."""
    kinds = [kind for sentence in sentences for kind in sentence]
    telling = [kind for kind in kinds if kind is not WordKind.FILLER]
    if len(telling) <= _FEW and set(telling) in _SAY_LITTLE:
        return True
    if not _FEWEST_NAMES <= len(kinds) <= _MOST_NAMES or WordKind.FOREIGN in kinds:
        return False
    are_titles = all(map(str.istitle, _words(text)))
    return are_titles and 2 * sum(map(_KNOWN.__contains__, kinds)) >= len(kinds)


def may_be_english(sentences: Sequence[Sequence[WordKind]]) -> bool:
    """Whether words that a model takes for English can be."""
    if not _are_throughout(sentences, _WITH_MODEL):
        return False
    kinds = [kind for sentence in sentences for kind in sentence]
    if WordKind.OWN in kinds or WordKind.NAME in kinds:
        return True
    return kinds.count(WordKind.SHARED) >= max(1, 2 * kinds.count(WordKind.COMMON))


def _with_titles(
    words: Sequence[str], kinds: Sequence[WordKind], titles: Container[str]
) -> list[WordKind]:
    return [
        WordKind.TITLE if kind is WordKind.UNKNOWN and word in titles else kind
        for word, kind in zip(words, kinds, strict=True)
    ]


def _words(text: str) -> list[str]:
    return words_between(text) if text.isascii() else _WORD.findall(text)


def _is_filler(word: str) -> bool:
    if word in _ENGLISH_LETTERS:
        return False
    return _is_one_letter(word) or _LAUGHTER.fullmatch(word) is not None


def _is_one_letter(word: str) -> bool:
    return len(word) == 1 or (word.isascii() and len(set(word)) == 1)


def _titles(text: str) -> set[str]:
    """The words that begin with a capital; the first one alone says nothing."""
    words = _words(text)
    rest = words if all(map(str.istitle, words)) and len(words) > 1 else words[1:]
    return set(map(str.lower, filter(str.istitle, rest)))


def _are_throughout(sentences: Sequence[Sequence[WordKind]], weights: Sequence[int]) -> bool:
    """Whether neither a stretch of a text nor a sentence with a foreign word is against English."""
    foreign = [kinds for kinds in sentences if WordKind.FOREIGN in kinds and len(kinds) > 1]
    return all(sum(weights[kind] for kind in kinds) >= 0 for kinds in foreign) and _is_throughout(
        [weights[kind] for kinds in sentences for kind in kinds]
    )


def _is_throughout(amounts: Sequence[int]) -> bool:
    """Whether no stretch of a text has more against English than for it."""
    if len(amounts) <= _WINDOW:
        return sum(amounts) >= 0
    sums = list(accumulate(amounts, initial=0))
    if sums[-1] < sums[-1 - _WINDOW]:
        return False
    return all(map(le, sums[::_STEP], sums[_WINDOW::_STEP]))  # map ends with the shorter
