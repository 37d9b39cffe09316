"""Texts whose words are as common and as rare as those of a language: Zipf's law."""

import random
from itertools import accumulate

_SYLLABLES = ("ba", "do", "fe", "gi", "ku", "la", "me", "no", "pi", "ra", "se", "tu", "va", "wo")
_WORDS = 20_000
_PER_TEXT = 30  # on average


def word(rank: int) -> str:
    """The word of this rank: 0 is the most common, found in nearly every text."""
    number, letters = rank + len(_SYLLABLES) ** 2, ""  # at least three syllables
    while number:
        number, place = divmod(number, len(_SYLLABLES))
        letters += _SYLLABLES[place]
    return letters


class Texts:
    """Texts of 1 to 59 words, the same ones for the same seed."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311 nothing secret
        self._words = [word(rank) for rank in range(_WORDS)]
        self._weights = list(accumulate(1 / (rank + 1) for rank in range(_WORDS)))

    def next(self) -> str:
        """Another text."""
        number = self._chance.randint(1, 2 * _PER_TEXT - 1)
        return " ".join(self._chance.choices(self._words, cum_weights=self._weights, k=number))
