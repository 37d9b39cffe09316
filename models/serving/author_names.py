"""How an author's name is read: as a name where it looks like one, as a text where it is a phrase.

A name is too short for most of the features, so that some real names score like insults. They stand
in `author_names.toml`, and are scored as a name that says nothing.
"""

import re
import tomllib
from pathlib import Path

from characters.styled import unstyled
from models.features.normalise import normalise
from models.serving.stopwords import STOPWORDS

LISTS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))

_WORD = re.compile(r"\w+")
_ACCEPTED = frozenset(LISTS["accepted"].split())
_SPOILS = frozenset(LISTS["spoils_accepted"].split())
_PLAIN = "johnson" * 12  # scores low from its third letter on
_PHRASE_WORDS = frozenset(
    word
    for word in STOPWORDS["en"] - frozenset(LISTS["names_in_english"].split())
    if len(word) > 1  # initials are no words
)
# Where a nickname joins words: StupidIdiot, stupid_idiot, idiot99.
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
_JOINT = re.compile(r"_|(?<=[^\W\d_]{3})\d+(?!\w)")


def is_phrase(name: str) -> bool:
    """Tell whether a name says something, as "You are all fools" does."""
    words = normalise(_apart(name)).split()
    return len(words) > 1 and not _PHRASE_WORDS.isdisjoint(words)


def as_scored(name: str) -> str:
    """Take joined words apart, and put a plain name in place of those that only look rude.

    Args:
        name: As the author wrote it.

    Returns:
        What to score. A phrase keeps all its words, and so does a name with a word that makes
        another one rude. It is as long as `name`, each word in its place, unless capitals alone
        part the words.
    """
    name = _apart(name)
    words = {word.casefold() for word in _WORD.findall(name)}
    if words.isdisjoint(_ACCEPTED) or not words.isdisjoint(_SPOILS) or is_phrase(name):
        return name
    return _WORD.sub(_plain_if_accepted, name)


def _apart(name: str) -> str:
    return _JOINT.sub(_blank, _HUMP.sub(" ", unstyled(name)))


def _blank(joint: re.Match[str]) -> str:
    return " " * len(joint.group())


def _plain_if_accepted(word: re.Match[str]) -> str:
    letters = word.group()
    return _PLAIN[: len(letters)].title() if letters.casefold() in _ACCEPTED else letters
