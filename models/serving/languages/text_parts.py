"""A text in parts, each of which may be in another language."""

from collections.abc import Sequence
from dataclasses import dataclass, field

_PART_WORDS = 10
_PART_LETTERS = 20


@dataclass(frozen=True)
class ReadText:
    """The words of a text, by sentence.

    Attributes:
        sentences: The words of each.
        words: All of them, with single spaces.
        parts: The same in parts; at least one of a text with words.
    """

    sentences: list[list[str]]
    words: str = field(init=False)
    parts: list[str] = field(init=False)

    def __post_init__(self) -> None:
        words = " ".join(" ".join(sentence) for sentence in self.sentences)
        object.__setattr__(self, "words", words)
        object.__setattr__(self, "parts", _parts(self.sentences))

    @property
    def letters(self) -> int:
        """How many there are in all words."""
        return len(self.words) - self.words.count(" ")


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
