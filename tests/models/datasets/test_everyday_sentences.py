"""Sentences of our own that short comments are like."""

from collections import defaultdict

from models.datasets.everyday_sentences import everyday_sentences
from models.evaluation.functional_cases import HARMLESS, HATEFUL, fill
from models.serving.attributes import ATTRIBUTES

SPAM = ATTRIBUTES.index("spam")


def test_each_kind_has_its_label() -> None:
    labels = defaultdict(set)
    for example in everyday_sentences():
        labels[example.source].add((example.labels[0] == 1, example.labels[SPAM] == 1))

    assert labels == {
        "harmless": {(False, False)},
        "mild": {(False, False)},
        "threats": {(True, False)},
        "contempt": {(True, False)},
        "exposure": {(True, False)},
        "offers": {(False, True)},
    }


def test_templates_are_filled_and_no_sentence_has_two_labels() -> None:
    kinds = defaultdict(set)
    for example in everyday_sentences():
        kinds[example.text.casefold()].add(example.source)

    assert len(kinds) > 900
    assert not any("{" in text for text in kinds)
    assert all(len(sources) == 1 for sources in kinds.values())


def test_none_is_a_functional_test() -> None:
    cases = [
        template for kinds in (HATEFUL, HARMLESS) for kind in kinds.values() for template in kind
    ]
    tested = {text for template in cases for text in fill(template)}

    assert tested.isdisjoint(example.text for example in everyday_sentences())
