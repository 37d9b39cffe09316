import numpy as np

from models.features.vectoriser import featurise
from models.fitting.identity_terms import group_words, name_columns


def test_words_that_say_nothing_of_a_group_are_no_names() -> None:
    assert {"gay", "gays", "muslim", "women"} <= set(group_words())
    assert not {"people", "with", "old"} & set(group_words())


def test_a_name_has_its_columns_among_them() -> None:
    assert np.isin(featurise(["gay"]).columns, name_columns()).sum() >= 4


def test_other_words_have_none() -> None:
    found = featurise(["Thank you for the report about bridges"]).columns

    assert np.isin(found, name_columns()).mean() < 0.02
