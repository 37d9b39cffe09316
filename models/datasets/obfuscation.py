"""Obfuscate words as people do to hide them, for copies in the training and for measurements.

A family turns one word into an obfuscated one. The same text, family and seed give the same result.
"""

import random
import re
from collections.abc import Callable

_LEET = str.maketrans("oieast", "013457")
_SIGNS = str.maketrans("aisl", "@!$|")
_LOOKALIKES = str.maketrans("aeopcxyi", "аеорсхуі")
_ACCENTS = str.maketrans("aeiouc", "áèîöúç")
_INVISIBLE = "\u200b\u200c\u2060\u00ad"
_SHORTEST = 4
_WORD = re.compile(r"[^\W\d_]+")

Family = Callable[[str, random.Random], str]


def _leet(word: str, rng: random.Random) -> str:
    return word.translate(_LEET)


def _signs(word: str, rng: random.Random) -> str:
    return word.translate(_SIGNS)


def _homoglyph(word: str, rng: random.Random) -> str:
    return word.translate(_LOOKALIKES)


def _accents(word: str, rng: random.Random) -> str:
    return word.translate(_ACCENTS)


def _zero_width(word: str, rng: random.Random) -> str:
    return rng.choice(_INVISIBLE).join(word)


def _spaced(word: str, rng: random.Random) -> str:
    return " ".join(word)


def _dotted(word: str, rng: random.Random) -> str:
    return rng.choice(".-_*").join(word)


def _repeated(word: str, rng: random.Random) -> str:
    place = rng.randrange(1, len(word))
    return word[:place] + word[place] * rng.randrange(2, 6) + word[place:]


def _swapped(word: str, rng: random.Random) -> str:
    place = rng.randrange(len(word) - 1)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _deleted(word: str, rng: random.Random) -> str:
    place = rng.randrange(1, len(word))
    return word[:place] + word[place + 1 :]


def _masked(word: str, rng: random.Random) -> str:
    place = rng.randrange(1, len(word) - 1)
    return word[:place] + "*" + word[place + 1 :]


def _inserted(word: str, rng: random.Random) -> str:
    place = rng.randrange(1, len(word))
    return word[:place] + rng.choice(".-'_ ") + word[place:]


def _joined(word: str, rng: random.Random) -> str:
    return word + "\x00"


# Families that training copies have; the held-out ones are for the figure only.
TRAINING_FAMILIES: dict[str, Family] = {
    "leet": _leet,
    "homoglyph": _homoglyph,
    "zero_width": _zero_width,
    "spaced": _spaced,
    "dotted": _dotted,
    "repeated": _repeated,
    "swapped": _swapped,
    "deleted": _deleted,
    "joined": _joined,
    "signs": _signs,
    "masked": _masked,
}
HELD_OUT_FAMILIES: dict[str, Family] = {"accents": _accents, "inserted": _inserted}
FAMILIES = TRAINING_FAMILIES | HELD_OUT_FAMILIES


def obfuscate(text: str, family: str, *, seed: int, share: float = 1.0) -> str:
    """Obfuscate the words of four letters and more.

    Args:
        text: Any text.
        family: A name in FAMILIES.
        seed: Of the choice of words and of what happens to them.
        share: How many of these words, from 0 to 1.

    Returns:
        The text with other words in their place.
    """
    rng = random.Random(f"{seed} {family} {text[:200]}")  # noqa: S311

    def replacement(match: re.Match[str]) -> str:
        word = match.group()
        if len(word) < _SHORTEST or rng.random() >= share:
            return word
        return FAMILIES[family](word, rng)

    return _join_marked(_WORD.sub(replacement, text))


def obfuscate_longest_word(text: str, family: str, *, seed: int) -> str:
    """Obfuscate the longest word, the first of equals.

    Args:
        text: A text with at least one word.
        family: A name in FAMILIES.
        seed: Of what happens to the word.

    Returns:
        The text with another word in its place.
    """
    longest = max(_WORD.finditer(text), key=lambda match: len(match.group()))
    rng = random.Random(f"{seed} {family} {text[:200]}")  # noqa: S311
    word = FAMILIES[family](longest.group(), rng)
    return _join_marked(text[: longest.start()] + word + text[longest.end() :])


def _join_marked(text: str) -> str:
    """Without the marks of `_joined`, and the white space after each."""
    return re.sub("\x00\\s*", "", text)
