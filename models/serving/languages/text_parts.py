"""A text in parts, each of which may be in another language."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from models.serving.languages.language_features import sentences_of_words

_PART_WORDS = 10
_PART_LETTERS = 20


@dataclass(frozen=True)
class ReadText:
    """A text and its words, which are in lower case.

    Attributes:
        original: As it was written.
    """

    original: str

    @cached_property
    def sentences(self) -> list[list[str]]:
        """The words of each."""
        return sentences_of_words(self.original)

    @cached_property
    def words(self) -> list[str]:
        """All of them."""
        return [word for sentence in self.sentences for word in sentence]

    @cached_property
    def plain(self) -> str:
        """All words with single spaces."""
        return " ".join(self.words)

    @cached_property
    def parts(self) -> list[str]:
        """The same in parts; at least one of a text with words."""
        return _parts(self.sentences)

    @property
    def letters(self) -> int:
        """How many there are in all words."""
        return sum(map(len, self.words))


def _parts(sentences: Sequence[Sequence[str]]) -> list[str]:
    """All of the text in parts: sentences, pieces of long ones, short ones with their next."""
    parts: list[str] = []
    before = ""
    for words in sentences:
        for first in range(0, len(words), _PART_WORDS):
            before = f"{before} {' '.join(words[first : first + _PART_WORDS])}".lstrip()
            if len(before) - before.count(" ") >= _PART_LETTERS:
                parts.append(before)
                before = ""
    if before:
        parts.append(f"{parts.pop()} {before}" if parts else before)
    return parts
