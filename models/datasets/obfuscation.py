"""Disguises that people put on words: used to make training copies, and to measure what they hide.

Each family turns one word into a disguised one. `disguise` puts a family on a share of the longer
words of a text, and always in the same way for the same text and seed.
"""

import random
import re
from collections.abc import Callable, Sequence

_LEET = str.maketrans("oieast", "013457")
_SIGNS = str.maketrans("aisl", "@!$|")
_LOOKALIKES = str.maketrans("aeopcxyi", "аеорсхуі")
_ACCENTS = str.maketrans("aeiouc", "áèîöúç")
_INVISIBLE = "\u200b\u200c\u2060\u00ad"
_SHORTEST = 4
_WORD = re.compile(r"[^\W\d_]+")

Family = Callable[[str, random.Random], str]


def _leet(word: str, chance: random.Random) -> str:
    return word.translate(_LEET)


def _signs(word: str, chance: random.Random) -> str:
    return word.translate(_SIGNS)


def _homoglyph(word: str, chance: random.Random) -> str:
    return word.translate(_LOOKALIKES)


def _accents(word: str, chance: random.Random) -> str:
    return word.translate(_ACCENTS)


def _zero_width(word: str, chance: random.Random) -> str:
    return chance.choice(_INVISIBLE).join(word)


def _spaced(word: str, chance: random.Random) -> str:
    return " ".join(word)


def _dotted(word: str, chance: random.Random) -> str:
    return chance.choice(".-_*").join(word)


def _repeated(word: str, chance: random.Random) -> str:
    place = chance.randrange(1, len(word))
    return word[:place] + word[place] * chance.randrange(2, 6) + word[place:]


def _swapped(word: str, chance: random.Random) -> str:
    place = chance.randrange(len(word) - 1)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _deleted(word: str, chance: random.Random) -> str:
    place = chance.randrange(1, len(word))
    return word[:place] + word[place + 1 :]


def _masked(word: str, chance: random.Random) -> str:
    place = chance.randrange(1, len(word) - 1)
    return word[:place] + "*" + word[place + 1 :]


def _inserted(word: str, chance: random.Random) -> str:
    place = chance.randrange(1, len(word))
    return word[:place] + chance.choice(".-'_ ") + word[place:]


def _joined(word: str, chance: random.Random) -> str:
    return word + "\x00"


# Families that training copies have; the held-out ones are for the figure only.
KNOWN: dict[str, Family] = {
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
HELD_OUT: dict[str, Family] = {"accents": _accents, "inserted": _inserted}
FAMILIES = KNOWN | HELD_OUT


def disguise(text: str, family: str, *, seed: int, share: float = 1.0) -> str:
    """The text with this family on `share` of its words of four letters and more."""
    chance = random.Random(f"{seed} {family} {text[:200]}")  # noqa: S311

    def hidden(found: re.Match[str]) -> str:
        word = found.group()
        if len(word) < _SHORTEST or chance.random() >= share:
            return word
        return FAMILIES[family](word, chance)

    return _joined_up(_WORD.sub(hidden, text))


def disguise_longest(text: str, family: str, *, seed: int) -> str:
    """The text with this family on its longest word, the first of equals."""
    longest = max(_WORD.finditer(text), key=lambda found: len(found.group()))
    chance = random.Random(f"{seed} {family} {text[:200]}")  # noqa: S311
    word = FAMILIES[family](longest.group(), chance)
    return _joined_up(text[: longest.start()] + word + text[longest.end() :])


def _joined_up(text: str) -> str:
    return re.sub("\x00\\s*", "", text)


def disguised_copies(texts: Sequence[str], *, seed: int, share: float = 0.5) -> list[str]:
    """One copy of each text, the known families in turn."""
    names = tuple(KNOWN)
    return [
        disguise(text, names[number % len(names)], seed=seed, share=share)
        for number, text in enumerate(texts)
    ]
