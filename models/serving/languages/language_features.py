"""What tells languages apart: words and character n-grams of the letters, accents included."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from characters.normal_forms import normalised
from models.features.array_types import Floats, Ints, UInts
from models.features.code_points import code_points
from models.features.ngram_hashing import character_ngrams, word_ngrams
from models.features.normalise import LOOKALIKE, WORD, fold_mixed
from models.features.vectoriser import counted
from models.serving.languages.ascii_words import words_of_sentences

# A key is the number of the text, then the column: 32 bits sort twice as fast as 64.
COLUMN_BITS = 13
MAX_TEXTS = 1 << (32 - COLUMN_BITS)
COLUMNS = 1 << COLUMN_BITS
_LENGTHS = range(1, 5)
_HEAD, _TAIL = 2_000, 1_000  # characters are enough to decide
_NO_WORDS = re.compile(
    r"(?:https?://|www\.)\S+|(?<!\S)\S+@\S+|[@#]\w+|(?<!\w)[^\W\d_]*+[\d_]\w*|\bURL\b"
)
# Of a text in ASCII without any of these no more than words with digits is left out.
_MAYBE_LINK = re.compile(r"[@#]|://|www\.|URL")
_WORD = re.compile(r"[^\W\d_]+(?:['\u0300-\u036f\u0900-\u0dff][^\W\d_]*)*")
_SENTENCE = re.compile(r"[.!?…\n।。！？]+")


@dataclass(frozen=True)
class LanguageFeatures:
    """Rows of texts, each of length one: text i has `columns[starts[i]:starts[i + 1]]`.

    Attributes:
        starts: Shape (texts + 1,).
        columns: Below COLUMNS, shape (values,).
        values: Shape (values,).
    """

    starts: Ints
    columns: UInts
    values: Floats


def head_and_tail(text: str) -> str:
    """Return what is enough of a long text."""
    return text if len(text) <= _HEAD + _TAIL else f"{text[:_HEAD]}\n{text[-_TAIL:]}"


def sentences_of_words(text: str) -> list[list[str]]:
    """Return the words of each sentence in lower case.

    Links, mentions, hashtags and numbers are none. Of a long text the head and the tail count.
    """
    text = head_and_tail(text)
    if text.isascii() and not _MAYBE_LINK.search(text):
        return words_of_sentences(text)
    plain = _NO_WORDS.sub(" ", text)
    if not plain.isascii():
        plain = normalised("NFKC", plain).replace("’", "'")
    plain = plain.lower()
    if not plain.isascii() and LOOKALIKE.search(plain):
        plain = WORD.sub(fold_mixed, plain)
    return [words for part in _SENTENCE.split(plain) if (words := _WORD.findall(part))]


def words_alone(text: str) -> str:
    """Return the words of all sentences, with single spaces."""
    return " ".join(word for words in sentences_of_words(text) for word in words)


def language_features(words: Sequence[str]) -> LanguageFeatures:
    """Count words and n-grams.

    Args:
        words: At least one text, from `words_alone`; none of them empty.

    Returns:
        A row for each.

    Raises:
        ValueError: There are more than MAX_TEXTS: their keys would overlap.
    """
    if len(words) > MAX_TEXTS:
        message = f"{len(words)} texts are too many at once; the maximum is {MAX_TEXTS}"
        raise ValueError(message)
    points = code_points(words, COLUMNS)
    owners, hashes = character_ngrams(points, _LENGTHS)
    word_owners, word_hashes = next(word_ngrams(points))
    keys = np.concatenate((hashes, word_hashes)) & np.uint32(COLUMNS - 1)
    keys |= np.concatenate((owners, word_owners))
    distinct, counts = counted(keys)
    rows = distinct >> np.uint32(COLUMN_BITS)
    values = 1 + np.log(counts)
    lengths = np.sqrt(np.bincount(rows, values * values, len(words)))
    starts = np.searchsorted(rows, np.arange(len(words) + 1, dtype=np.uint32))
    columns = distinct & np.uint32(COLUMNS - 1)
    return LanguageFeatures(starts, columns, values / lengths.take(rows))
