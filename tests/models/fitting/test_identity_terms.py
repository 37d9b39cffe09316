import numpy as np

from models.features.vectoriser import featurise
from models.fitting.identity_terms import identity_columns, identity_words


def test_words_that_say_nothing_of_a_group_are_no_identity_words() -> None:
    assert {"gay", "gays", "muslim", "women"} <= set(identity_words())
    assert not {"people", "with", "old"} & set(identity_words())


def test_an_identity_word_has_its_columns_among_them() -> None:
    assert np.isin(featurise(["gay"]).columns, identity_columns()).sum() >= 4


def test_other_words_have_none() -> None:
    columns = featurise(["Thank you for the report about bridges"]).columns

    assert np.isin(columns, identity_columns()).mean() < 0.02
