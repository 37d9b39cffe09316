"""The columns of the names of groups: of the whole words, and of what hardly another word has."""

import re
from collections.abc import Iterator
from functools import cache

import numpy as np
from numpy.typing import NDArray

from models.datasets.identity_sentences import ADJECTIVES, PLURALS
from models.features.array_types import UInts
from models.features.code_points import code_points
from models.features.fuzzy_words import fuzzy_forms
from models.features.ngram_hashing import character_ngrams, word_ngrams
from models.features.vectoriser import CHARACTER_LENGTHS, feature_keys

# Words of the names that say nothing of a group by themselves.
_COMMON = frozenset(
    ("people", "with", "users", "seekers", "old", "young", "straight", "middle", "aged")
)
_AS_GOOD_AS_WHOLE = 5  # characters, of a word and the spaces around it


def group_words() -> list[str]:
    """The words that name groups, in the singular and the plural."""
    words = {word for name in (*ADJECTIVES, *PLURALS) for word in re.findall(r"\w+", name.lower())}
    return sorted({form for word in words - _COMMON for form in (word, f"{word}s")})


@cache
def name_columns() -> NDArray[np.int64]:
    found = np.concatenate([hashes for word in group_words() for hashes in _columns(word)])
    return np.unique(found).astype(np.int64)


def _columns(word: str) -> Iterator[UInts]:
    codes = code_points([word])
    alone, _ = word_ngrams(codes)
    yield feature_keys("words", *alone)
    shortest = min(len(word), _AS_GOOD_AS_WHOLE)
    longer = range(max(shortest, CHARACTER_LENGTHS.start), CHARACTER_LENGTHS.stop)
    yield feature_keys("characters", *character_ngrams(codes, longer))
    forms = fuzzy_forms(codes)
    yield feature_keys("fuzzy words", forms.owners, forms.hashes)
