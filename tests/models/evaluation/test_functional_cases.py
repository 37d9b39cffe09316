import re
from itertools import pairwise

import pytest

from models.datasets.identity_sentences import HATEFUL as HATEFUL_TEMPLATES
from models.datasets.identity_sentences import NEUTRAL as NEUTRAL_TEMPLATES
from models.evaluation.functional_cases import GROUPS, HARMLESS, HATEFUL, fill
from models.evaluation.robustness import NEUTRAL_TEMPLATES as ROBUSTNESS_TEMPLATES

TRAINED = [
    template
    for kinds in (NEUTRAL_TEMPLATES, HATEFUL_TEMPLATES)
    for templates in kinds.values()
    for template in templates
]
TESTS = [
    template
    for kinds in (HATEFUL, HARMLESS)
    for templates in kinds.values()
    for template in templates
]


def word_pairs(template: str) -> set[tuple[str, str]]:
    """Pairs of neighbouring words, with the place of a name as a word."""
    words = re.findall(r"[\w'{}]+", re.sub(r"{\w*}s?", "{}", template.lower()))
    return set(pairwise(words))


def test_a_template_is_filled_for_each_group_and_begins_with_a_capital() -> None:
    assert fill("{people} sing.")[:2] == ["Women sing.", "Gay people sing."]
    assert len(fill("{people} sing.")) == len(GROUPS)
    assert fill("That is garbage.") == ["That is garbage."]


@pytest.mark.parametrize("template", TESTS)
def test_every_name_in_a_template_is_known(template: str) -> None:
    assert set(re.findall(r"{(\w*)}", template)) <= {"people", "person", "slur"}


def test_no_test_sentence_is_nearly_one_of_the_training() -> None:
    trained = [word_pairs(template) for template in TRAINED]

    similar = [
        template
        for template in (*TESTS, *ROBUSTNESS_TEMPLATES)
        for pairs in trained
        if len(word_pairs(template) & pairs) > 0.4 * len(word_pairs(template) | pairs)
    ]

    assert similar == []
