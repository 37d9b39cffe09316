"""Sentences that name groups of people, written for training: neutral ones and hateful ones.

In the labelled comments these names occur more often in abuse than elsewhere, so that a count of
words alone takes the name for the insult (Dixon and others 2018). The sentences are data, in
`identity_sentences.toml`.
"""

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

_DATA = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))

ADJECTIVES: list[str] = _DATA["terms"]["adjectives"]
PLURALS: list[str] = _DATA["terms"]["plurals"]
_THINGS: list[str] = _DATA["terms"]["things"]
NEUTRAL: dict[str, list[str]] = _DATA["neutral"]
HATEFUL: dict[str, list[str]] = _DATA["hateful"]

_TERMS_PER_TEMPLATE = 20


def neutral_sentences() -> list[str]:
    """Fill the neutral templates."""
    adjectives = [text.format(term) for text in NEUTRAL["with_adjective"] for term in ADJECTIVES]
    things = [text.format(thing) for text in NEUTRAL["about_things"] for thing in _THINGS]
    few = in_turn(NEUTRAL["with_adjective_in_turn"], ADJECTIVES, _TERMS_PER_TEMPLATE)
    plural = NEUTRAL["with_plural"] + NEUTRAL["objections"]
    return [*adjectives, *things, *few, *in_turn(plural, PLURALS, _TERMS_PER_TEMPLATE)]


def hateful_sentences() -> list[str]:
    """Fill the hateful templates for adjectives with every one of them."""
    return [text.format(term) for text in HATEFUL["with_adjective"] for term in ADJECTIVES]


def hateful_plural_sentences() -> list[str]:
    """Fill the hateful templates for plurals."""
    return list(in_turn(HATEFUL["with_plural"], PLURALS, _TERMS_PER_TEMPLATE))


def in_turn(templates: Sequence[str], terms: Sequence[str], times: int) -> Iterator[str]:
    """Fill each template with some of the terms.

    Args:
        templates: Texts with "{}" for the term.
        terms: Used one after another, from the first again after the last.
        times: How many terms each template gets.

    Yields:
        Sentences that begin with a capital.
    """
    for number, template in enumerate(templates):
        for turn in range(times):
            sentence = template.format(terms[(number * times + turn) % len(terms)])
            yield sentence[0].upper() + sentence[1:]
