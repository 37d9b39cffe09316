import pytest

from models.datasets.obfuscation import FAMILIES, HELD_OUT_FAMILIES, TRAINING_FAMILIES, obfuscate
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
def test_the_normaliser_undoes_disguises_of_encoding(family: str) -> None:
    assert normalise(obfuscate(SENTENCE, family, seed=1)) == normalise(SENTENCE)


def test_held_out_families_are_no_part_of_the_training() -> None:
    assert not set(HELD_OUT_FAMILIES) & set(TRAINING_FAMILIES)
