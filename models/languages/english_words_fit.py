"""Which words people use in English, and which in other languages."""

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from characters.normal_forms import normalised
from models.languages.identification_fit import OTHERS, not_held_out
from models.languages.language_rows import (
    language_codes,
    read_english,
    read_language,
    read_more_english,
)
from models.serving.languages.english_words import WordKind
from models.serving.languages.grades import ENGLISH
from models.serving.languages.language_features import sentences_of_words
from models.serving.languages.scripts import LATIN, script_counts
from models.serving.stopwords import STOPWORDS

_COMMON_WORDS: Mapping[str, str] = tomllib.loads(
    Path(__file__).with_name("common_words.toml").read_text(encoding="utf-8")
)
_HEAD = 600  # characters of a comment
_STOP_WORDS, _STOP_SHARE = 2, 0.25  # of an English comment whose words count: it quotes little
_FEWEST, _FEWEST_OF_OTHER, _FEWEST_OF_NAME = 2, 3, 3  # comments with a word
# How many times as frequent as in any other language a word is in English.
_OWN, _SHARED, _COMMON = 3, 1 / 3, 1 / 100
_VERY_OFTEN = 1e-3  # of English comments: such a word is as good in English as anywhere
_OF_ENGLISH = 3e-5  # of English comments: rarer ones may be quotes
_OFTEN = 2e-4  # of English comments: such a word is not foreign, whatever it is elsewhere
_FOREIGN = 3e-4  # of another language's comments
_NAME_SHARE = 0.6  # of a word's uses begin with a capital
_NOUNS_HAVE_CAPITALS = "de"
_SENTENCE = re.compile(r"[.!?…\n]+")
_WORD = re.compile(r"(?<![\w@#])[^\W\d_]+")
_MIXED_WITH_ENGLISH = {"hi-Latn": 0.25, "ur-Latn": 0.25}


@dataclass(frozen=True)
class _Use:
    """In which share of comments a word is.

    Attributes:
        english: Of the English ones; 0 where it is too rare.
        other: Of the language that has it most.
        is_listed: Whether it is a word of a language that there are no comments in.
        is_name: Whether people begin it with a capital wherever it stands.
    """

    english: float
    other: float
    is_listed: bool
    is_name: bool

    def kind(self) -> WordKind | None:
        """None for a word that is rare everywhere."""
        if self.is_name and not self.is_listed:
            return WordKind.NAME
        if self.english >= max(_OWN * self.other, _OF_ENGLISH) and not self.is_listed:
            return WordKind.OWN
        is_often = self.english >= _OFTEN
        is_known = is_often or (self.english > 0 and not self.is_listed)
        shared = _SHARED if self.english < _VERY_OFTEN else _COMMON
        if self.english >= max(shared * self.other, _OF_ENGLISH) and is_known:
            return WordKind.SHARED
        if is_often or (is_known and self.english >= _COMMON * self.other):
            return WordKind.COMMON
        return WordKind.FOREIGN if self.is_listed or self.other >= _FOREIGN else None


def english_words(data: Path) -> dict[str, WordKind]:
    """Return the kinds of words, in their order.

    Raises:
        BadTrainingData: A file is missing or malformed.
    """
    comments = [*not_held_out(read_english(data)), *read_more_english(data)]
    english = _shares(filter(_is_plain, map(_words, comments)), _FEWEST)
    latin = _latin_comments(data)
    others, listed = _of_others(latin), _listed()
    latin.pop(_NOUNS_HAVE_CAPITALS, None)
    # What is a name elsewhere can be a word of English, in a title that is quoted.
    names = _names([comments]) | (_names([*latin.values()]) - english.keys())
    uses = {
        word: _Use(english.get(word, 0), others.get(word, 0), word in listed, word in names)
        for word in sorted(english.keys() | others.keys() | listed)
    }
    return {word: kind for word, use in uses.items() if (kind := use.kind()) is not None}


def _of_others(latin: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """Of each word the share of comments in the language that has it most."""
    most: dict[str, float] = {}
    for code, texts in latin.items():
        factor = _MIXED_WITH_ENGLISH.get(code, 1)
        for word, share in _shares(map(_words, texts), _FEWEST_OF_OTHER).items():
            most[word] = max(most.get(word, 0), factor * share)
    return most


def _latin_comments(data: Path) -> dict[str, list[str]]:
    texts = {code: not_held_out(read_language(data, code).texts) for code in language_codes(data)}
    return {
        code: own
        for code, own in texts.items()
        if script_counts(" ".join(own[:200])).most_common(1)[0][0] == LATIN
    }


def _names(languages: Sequence[Sequence[str]]) -> set[str]:
    """Words that begin with a capital nearly always, and not because they come first."""
    names: set[str] = set()
    for comments in languages:
        counts: Counter[str] = Counter()
        titles: Counter[str] = Counter()
        for comment in comments:
            for sentence in _SENTENCE.split(comment[:_HEAD]):
                words = _WORD.findall(sentence)
                if not all(map(str.istitle, words)) and not sentence.isupper():
                    counts.update(word.lower() for word in words[1:])
                    titles.update(word.lower() for word in words[1:] if word.istitle())
        names.update(
            word
            for word, number in titles.items()
            if number >= max(_FEWEST_OF_NAME, _NAME_SHARE * counts[word])
        )
    return names


def _listed() -> set[str]:
    """Words of languages that there are no comments in, with accents and without."""
    lists = [_COMMON_WORDS, OTHERS, {code: " ".join(own) for code, own in STOPWORDS.items()}]
    words = {
        word
        for own in lists
        for code, text in own.items()
        if code != ENGLISH
        for word in _words(text)
    }
    return words | {_without_accents(word) for word in words}


def _words(text: str) -> list[str]:
    return [word for words in sentences_of_words(text[:_HEAD]) for word in words]


def _is_plain(words: Sequence[str]) -> bool:
    number = sum(word in STOPWORDS[ENGLISH] for word in words)
    return number >= max(_STOP_WORDS, _STOP_SHARE * len(words))


def _shares(comments: Iterable[Sequence[str]], fewest: int) -> dict[str, float]:
    """Of each word the share of comments that have it; none of those in too few."""
    counts: Counter[str] = Counter()
    total = 0
    for words in comments:
        counts.update(set(words))
        total += 1
    return {word: number / total for word, number in counts.items() if number >= fewest}


def _without_accents(word: str) -> str:
    parts = normalised("NFD", word)
    return "".join(letter for letter in parts if not unicodedata.combining(letter))
