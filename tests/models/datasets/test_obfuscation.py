import pytest

from models.datasets.obfuscation import (
    FAMILIES,
    HELD_OUT_FAMILIES,
    TRAINING_FAMILIES,
    obfuscate,
    obfuscate_longest_word,
)
from models.evaluation.functional_tests import SPELLINGS
from models.features.normalise import normalise

SENTENCE = "You are a pathetic idiot, go away"


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_changes_the_text_in_the_same_way_each_time(family: str) -> None:
    first, again = (obfuscate(SENTENCE, family, seed=1) for _ in range(2))

    assert first == again != SENTENCE


@pytest.mark.parametrize("family", FAMILIES)
def test_no_share_of_the_words_leaves_the_text_as_it_is(family: str) -> None:
    assert obfuscate(SENTENCE, family, seed=1, share=0.0) == SENTENCE


@pytest.mark.parametrize("family", FAMILIES)
def test_short_words_stay(family: str) -> None:
    assert obfuscate("so am I", family, seed=1) == "so am I"


@pytest.mark.parametrize("family", ["homoglyph", "zero_width", "accents"])
def test_the_normaliser_undoes_obfuscation_of_encoding(family: str) -> None:
    assert normalise(obfuscate(SENTENCE, family, seed=1)) == normalise(SENTENCE)


def test_held_out_families_are_no_part_of_the_training() -> None:
    assert not set(HELD_OUT_FAMILIES) & set(TRAINING_FAMILIES)


@pytest.mark.parametrize("family", sorted({*SPELLINGS.values(), *FAMILIES}))
def test_the_longest_word_alone_is_obfuscated(family: str) -> None:
    text = obfuscate_longest_word("I am so abominable now", family, seed=1)

    assert text.startswith("I am so ")
    assert text.endswith("now")
    assert "abominable now" not in text


def test_a_share_of_the_longer_words_is_obfuscated() -> None:
    text = " ".join(["abominable"] * 200)

    kept = obfuscate(text, "leet", seed=1, share=0.5).split().count("abominable")

    assert 70 <= kept <= 130
