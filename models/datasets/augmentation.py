"""Examples made for training: our own sentences, disguised copies, civil comments with a link."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from models.datasets.examples import Example, civil, only
from models.datasets.identity_sentences import hateful_of_many, hateful_sentences, neutral_sentences
from models.datasets.obfuscation import KNOWN, disguise

# One text in so many has a disguised copy; of copies half the longer words are disguised.
DISGUISED = 3
# The normaliser undoes the other families, so that their copies teach little.
_HARD = ("swapped", "deleted", "masked", "joined")
_SHARE = 0.5
_LONGEST_COPIED = 1_000
_COPIED_SOURCES = ("jigsaw", "toxic_spans", "paradetox")

LINKED = 12
_LONGEST_LINKED = 400
LINKS = (
    "{} See https://en.wikipedia.org/wiki/Special:Search?search={}",
    "https://www.nytimes.com/2015/06/{}/politics.html {}",
    "{} The full report is at http://www.bbc.co.uk/news/uk-{}",
    "{} Source: www.theguardian.com/world/{}",
    "{} I took it from here: https://www.youtube.com/watch?v={}",
    "{} (http://archive.org/details/{})",
)


def made_examples(examples: Sequence[Example]) -> list[Example]:
    made = [Example(text, civil(), "neutral") for text in neutral_sentences()]
    hateful = only(toxicity=1.0, identity_attack=1.0, spam=0.0)
    made += [Example(text, hateful, "hateful") for text in hateful_sentences()]
    # More of them as attacks on a group would outnumber those that people labelled.
    toxic = only(toxicity=1.0, spam=0.0)
    made += [Example(text, toxic, "hateful") for text in hateful_of_many()]
    return [*made, *_disguised(examples), *_linked(examples)]


def _disguised(examples: Sequence[Example]) -> Iterator[Example]:
    """Copies with the labels of their texts, so that a disguise itself is no sign of abuse.

    A copy is a near-duplicate of its text at most: it never joins the natural slice, and rows held
    out of a fit must hold their copies out too (see `origins`).
    """
    names = (*KNOWN, *_HARD, *_HARD)
    for number, place in enumerate(_to_disguise(examples)):
        text = disguise(examples[place].text, names[number % len(names)], seed=1, share=_SHARE)
        yield replace(examples[place], text=text, disguised=True, natural=False)


def _linked(examples: Sequence[Example]) -> Iterator[Example]:
    """Civil comments with a link: it alone does not mean spam."""
    for number, place in enumerate(_to_link(examples)):
        pattern = LINKS[number % len(LINKS)]
        parts = (examples[place].text, str(10_000 + number))
        text = pattern.format(*(parts if pattern.startswith("{}") else reversed(parts)))
        yield Example(text, only(spam=0.0), "linked")


def _to_disguise(examples: Sequence[Example]) -> list[int]:
    copied = [
        place
        for place, example in enumerate(examples)
        if example.source in _COPIED_SOURCES
        and not example.disguised
        and len(example.text) <= _LONGEST_COPIED
    ]
    return copied[::DISGUISED]


def _to_link(examples: Sequence[Example]) -> list[int]:
    ordinary = [
        place
        for place, example in enumerate(examples)
        if example.source == "jigsaw"
        and not example.disguised
        and example.labels[0] == 0
        and len(example.text) <= _LONGEST_LINKED
    ]
    return ordinary[::LINKED]


def origins(examples: Sequence[Example]) -> list[int]:
    """For each example the place of the one that it was made from, or its own."""
    made = [*_to_disguise(examples), *_to_link(examples)]
    return [*range(len(examples) - len(made)), *made]
