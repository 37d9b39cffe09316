"""Whether a text is made of words that people use in English.

A model of letters says which of the languages that it knows is the likeliest. It cannot say that a
text is in none of them: that takes words.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from itertools import accumulate

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
_UNKNOWN = _ALONE[WordKind.UNKNOWN]
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
        amounts = [self._amounts.get(word, _UNKNOWN) for word in _WORD.findall(lower)]
        if not lower.isascii() and _NOT_LATIN.search(lower):
            return False
        return max(amounts, default=0) > 0 and _is_throughout(amounts)

    def kinds_of(self, words: Sequence[str], text: str) -> list[WordKind]:
        """The kinds of a text's words, which are in lower case; the text is as it was written."""
        titles = _titles(text)
        kinds = [self._kind(word) for word in words]
        return [
            WordKind.TITLE if kind is WordKind.UNKNOWN and word in titles else kind
            for kind, word in zip(kinds, words, strict=True)
        ]

    @cached_property
    def _amounts(self) -> Mapping[str, int]:
        return {word: _ALONE[kind] for word, kind in self.kinds.items()}

    def _kind(self, word: str) -> WordKind:
        if word not in _ENGLISH_LETTERS and (_is_one_letter(word) or _LAUGHTER.fullmatch(word)):
            return WordKind.FILLER
        kind = self.kinds.get(word)
        return self._kind_of_unlisted(word) if kind is None else kind

    def _kind_of_unlisted(self, word: str) -> WordKind:
        if not word.isascii():
            return WordKind.OTHER_SCRIPT if _NOT_LATIN.search(word) else WordKind.FOREIGN
        for shorter in (_LONG_LETTER.sub(r"\1\1", word), _LONG_LETTER.sub(r"\1", word)):
            if shorter != word and shorter in self.kinds:
                return self.kinds[shorter]
        return self.kinds.get(word.partition("'")[0], WordKind.UNKNOWN)


def are_english(kinds: Sequence[WordKind]) -> bool:
    """Whether words need no other proof to be in English."""
    return WordKind.OWN in kinds and _is_throughout([_ALONE[kind] for kind in kinds])


def say_little(kinds: Sequence[WordKind], text: str) -> bool:
    """Whether they are too few to be in another language, and used in English too; or names."""
    telling = [kind for kind in kinds if kind is not WordKind.FILLER]
    if len(telling) <= _FEW and set(telling) in _SAY_LITTLE:
        return True
    if not _FEWEST_NAMES <= len(kinds) <= _MOST_NAMES or WordKind.FOREIGN in kinds:
        return False
    are_titles = all(map(str.istitle, _WORD.findall(text)))
    return are_titles and 2 * sum(map(_KNOWN.__contains__, kinds)) >= len(kinds)


def may_be_english(kinds: Sequence[WordKind]) -> bool:
    """Whether words that a model takes for English can be."""
    if not _is_throughout([_WITH_MODEL[kind] for kind in kinds]):
        return False
    if WordKind.OWN in kinds or WordKind.NAME in kinds:
        return True
    return kinds.count(WordKind.SHARED) >= max(1, 2 * kinds.count(WordKind.COMMON))


def _is_one_letter(word: str) -> bool:
    return len(word) == 1 or (word.isascii() and len(set(word)) == 1)


def _titles(text: str) -> set[str]:
    """The words that begin with a capital; the first one alone says nothing."""
    words = _WORD.findall(text)
    rest = words if all(map(str.istitle, words)) and len(words) > 1 else words[1:]
    return {word.lower() for word in rest if word.istitle()}


def _is_throughout(amounts: Sequence[int]) -> bool:
    """Whether no stretch of a text has more against English than for it."""
    if len(amounts) <= _WINDOW:
        return sum(amounts) >= 0
    sums = list(accumulate(amounts, initial=0))
    if sums[-1] < sums[-1 - _WINDOW]:
        return False
    return all(
        first <= last for first, last in zip(sums[::_STEP], sums[_WINDOW::_STEP], strict=False)
    )
