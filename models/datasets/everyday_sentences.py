"""Sentences like short comments, written for training: harmless, threatening, exposing, offering.

Rude words about a thing or oneself are no abuse; threats and addresses need no rude word. The
sentences are data, in `everyday_sentences.toml`.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path

from models.datasets.examples import Example, partial_labels

_DATA = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))

# Of the texts of a kind. Harmless ones with rude words have no label of profanity: who counts them?
_HARMLESS = partial_labels(
    toxicity=0.0, severe_toxicity=0.0, threat=0.0, insult=0.0, identity_attack=0.0, spam=0.0
)
_LABELS = {
    "harmless": _HARMLESS,
    "mild": _HARMLESS,
    "threats": partial_labels(toxicity=1.0, threat=1.0, spam=0.0),
    "contempt": partial_labels(toxicity=1.0),
    "exposure": partial_labels(toxicity=1.0),
    "offers": partial_labels(spam=1.0),
}


def everyday_sentences() -> Iterator[Example]:
    """Yield the examples of every kind, the source being the kind."""
    for kind, labels in _LABELS.items():
        for text in _texts(_DATA[kind]):
            yield Example(text, labels, kind)


def _texts(part: dict[str, list[str]]) -> Iterator[str]:
    for template in part.get("templates", ()):
        for word in part["words"]:
            sentence = template.format(word)
            yield sentence[0].upper() + sentence[1:]
    yield from part.get("sentences", ())
