import re
from itertools import pairwise

import pytest

from models.datasets.identity_sentences import HATEFUL as HATEFUL_TEMPLATES
from models.datasets.identity_sentences import NEUTRAL as NEUTRAL_TEMPLATES
from models.datasets.obfuscation import FAMILIES, obfuscate_longest_word
from models.evaluation.functional_cases import GROUPS, HARMLESS, HATEFUL, filled
from models.evaluation.functional_tests import SPELLINGS, Right, functional, share_right
from models.evaluation.robustness import PLAIN, names
from models.serving.artefact import read_manifest
from models.serving.classifier import ARTEFACT, Classifier

TRAINED = [
    template
    for templates in (NEUTRAL_TEMPLATES, HATEFUL_TEMPLATES)
    for kind in templates.values()
    for template in kind
]


def test_a_sentence_is_filled_for_each_group_and_begins_with_a_capital() -> None:
    assert filled("{people} sing.")[:2] == ["Women sing.", "Gay people sing."]
    assert len(filled("{people} sing.")) == len(GROUPS)
    assert filled("That is garbage.") == ["That is garbage."]


def pairs(sentence: str) -> set[tuple[str, str]]:
    """Its pairs of words, with the place of a name as a word."""
    words = re.findall(r"[\w'{}]+", re.sub(r"{\w*}s?", "{}", sentence.lower()))
    return set(pairwise(words))


def test_no_test_sentence_is_nearly_one_of_the_training() -> None:
    trained = [pairs(sentence) for sentence in TRAINED]
    tests = [each for kinds in (HATEFUL, HARMLESS) for kind in kinds.values() for each in kind]

    near = [
        sentence
        for sentence in (*tests, *PLAIN)
        for other in trained
        if len(pairs(sentence) & other) > 0.4 * len(pairs(sentence) | other)
    ]

    assert near == []


def test_the_share_is_of_all_sentences() -> None:
    assert share_right({"a": Right(4, 1), "b": Right(6, 4)}) == 0.5


@pytest.mark.parametrize("family", sorted({*SPELLINGS.values(), *FAMILIES}))
def test_the_longest_word_alone_is_disguised(family: str) -> None:
    disguised = obfuscate_longest_word("I am so abominable now", family, seed=1)

    assert disguised.startswith("I am so ")
    assert disguised.endswith("now")
    assert "abominable now" not in disguised


def test_the_shipped_model_gives_the_figures_of_its_card_again(classifier: Classifier) -> None:
    manifest = read_manifest(ARTEFACT)

    found, plain = functional(classifier), names(classifier)

    assert manifest["functional"]["caught"] == found.caught
    assert manifest["robustness"]["plain_flagged"] == plain.plain_flagged
    assert manifest["robustness"]["spread"] == pytest.approx(plain.spread, abs=1e-4)


def test_the_shipped_model_tells_hatred_from_its_opposite(classifier: Classifier) -> None:
    found = functional(classifier)

    assert share_right(found.hateful) >= 0.85
    assert share_right(found.harmless) >= 0.45


def test_the_shipped_model_does_not_take_a_name_for_an_insult(classifier: Classifier) -> None:
    assert names(classifier).spread <= 0.1
