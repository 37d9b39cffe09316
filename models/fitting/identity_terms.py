"""Feature columns of identity terms: whole words, and n-grams that hardly any other word has."""

import re
from collections.abc import Iterator
from functools import cache

import numpy as np

from models.datasets.identity_sentences import ADJECTIVES, PLURALS
from models.features.array_types import Ints, UInts
from models.features.code_points import code_points
from models.features.fuzzy_words import fuzzy_forms
from models.features.ngram_hashing import character_ngrams, word_ngrams
from models.features.vectoriser import CHARACTER_LENGTHS, feature_keys

# Words of the terms that say nothing of a group by themselves.
_COMMON = frozenset(
    ("people", "with", "users", "seekers", "old", "young", "straight", "middle", "aged")
)
_NEARLY_WHOLE = 5  # characters, of a word and the spaces around it


def identity_words() -> list[str]:
    """List the words that name groups of people, in the singular and the plural, in lower case."""
    terms = (*ADJECTIVES, *PLURALS)
    words = {word for term in terms for word in re.findall(r"\w+", term.lower())}
    return sorted({form for word in words - _COMMON for form in (word, f"{word}s")})


@cache
def identity_columns() -> Ints:
    """Return the feature columns of the identity words, each once, in rising order."""
    columns = np.concatenate([keys for word in identity_words() for keys in _columns(word)])
    return np.unique(columns).astype(np.int64)


def _columns(word: str) -> Iterator[UInts]:
    points = code_points([word])
    single, _ = word_ngrams(points)
    yield feature_keys("words", *single)
    shortest = min(len(word), _NEARLY_WHOLE)
    lengths = range(max(shortest, CHARACTER_LENGTHS.start), CHARACTER_LENGTHS.stop)
    yield feature_keys("characters", *character_ngrams(points, lengths))
    forms = fuzzy_forms(points)
    yield feature_keys("fuzzy words", forms.owners, forms.hashes)
