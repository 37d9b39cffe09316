"""Examples made for training: our own sentences, obfuscated copies, civil comments with a link."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from models.datasets.everyday_sentences import everyday_sentences
from models.datasets.examples import Example, all_negative, partial_labels
from models.datasets.identity_sentences import (
    hateful_plural_sentences,
    hateful_sentences,
    neutral_sentences,
)
from models.datasets.obfuscation import TRAINING_FAMILIES, obfuscate

# One text in so many has an obfuscated copy; of copies half the longer words are obfuscated.
_COPY_EVERY = 3
# The normaliser undoes the other families, so that their copies teach little.
_HARD = ("swapped", "deleted", "masked", "joined")
_SHARE_OF_WORDS = 0.5
_LONGEST_COPIED = 1_000
_COPIED_SOURCES = ("jigsaw", "toxic_spans", "paradetox")

_LINK_EVERY = 12
_LONGEST_LINKED = 400
_LINKS = (
    "{} See https://en.wikipedia.org/wiki/Special:Search?search={}",
    "https://www.nytimes.com/2015/06/{}/politics.html {}",
    "{} The full report is at http://www.bbc.co.uk/news/uk-{}",
    "{} Source: www.theguardian.com/world/{}",
    "{} I took it from here: https://www.youtube.com/watch?v={}",
    "{} (http://archive.org/details/{})",
)


def augmented_examples(examples: Sequence[Example]) -> list[Example]:
    """Make further examples for training.

    Args:
        examples: Those of the labelled files.

    Returns:
        Our own sentences, then obfuscated copies, then comments with a link; the last two in the
        order that `origins` relies on.
    """
    made = [Example(text, all_negative(), "neutral") for text in neutral_sentences()]
    attack = partial_labels(toxicity=1.0, identity_attack=1.0, spam=0.0)
    hateful = [*hateful_sentences(), *hateful_plural_sentences()]
    made += [Example(text, attack, "hateful") for text in hateful]
    made += everyday_sentences()
    return [*made, *_obfuscated(examples), *_linked(examples)]


def origins(examples: Sequence[Example]) -> list[int]:
    """Find the example that each one was made from.

    Args:
        examples: The whole corpus, with what `augmented_examples` made at its end.

    Returns:
        For each example the row of its origin, which is its own row where it was not made from
        another.
    """
    made = [*_rows_to_obfuscate(examples), *_rows_to_link(examples)]
    return [*range(len(examples) - len(made)), *made]


def _obfuscated(examples: Sequence[Example]) -> Iterator[Example]:
    """Copies with the labels of their texts, so that obfuscation itself is no sign of abuse.

    A copy is a near-duplicate of its text at most: it never joins the unbiased sample, and rows
    held out of a fit must hold their copies out too (see `origins`).
    """
    families = (*TRAINING_FAMILIES, *_HARD, *_HARD)
    for number, row in enumerate(_rows_to_obfuscate(examples)):
        family = families[number % len(families)]
        text = obfuscate(examples[row].text, family, seed=1, share=_SHARE_OF_WORDS)
        yield replace(examples[row], text=text, obfuscated=True, unbiased_sample=False)


def _linked(examples: Sequence[Example]) -> Iterator[Example]:
    """Civil comments with a link: it alone does not mean spam."""
    for number, row in enumerate(_rows_to_link(examples)):
        pattern = _LINKS[number % len(_LINKS)]
        parts = (examples[row].text, str(10_000 + number))
        text = pattern.format(*(parts if pattern.startswith("{}") else reversed(parts)))
        yield Example(text, partial_labels(spam=0.0), "linked")


def _rows_to_obfuscate(examples: Sequence[Example]) -> list[int]:
    short = [
        row
        for row, example in enumerate(examples)
        if example.source in _COPIED_SOURCES
        and not example.obfuscated
        and len(example.text) <= _LONGEST_COPIED
    ]
    return short[::_COPY_EVERY]


def _rows_to_link(examples: Sequence[Example]) -> list[int]:
    ordinary = [
        row
        for row, example in enumerate(examples)
        if example.source == "jigsaw"
        and not example.obfuscated
        and example.labels[0] == 0
        and len(example.text) <= _LONGEST_LINKED
    ]
    return ordinary[::_LINK_EVERY]
