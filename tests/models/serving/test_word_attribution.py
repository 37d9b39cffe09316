import numpy as np
import pytest
from hypothesis import given

from models.features.code_points import code_points
from models.features.normalise import normalise
from models.features.vectoriser import FIRST_COLUMN, featurise
from models.serving.word_attribution import occurrence_values, occurrences, spread_over_letters
from tests.support.strategies import ANY_TEXT


@given(ANY_TEXT)
def test_the_features_of_a_text_are_found_where_they_occur(text: str) -> None:
    columns = featurise([text]).columns

    places = occurrences(code_points([normalise(text)]))

    with_a_place = columns[columns < FIRST_COLUMN["surface"]]
    assert np.array_equal(np.unique(places.columns), with_a_place)


def test_the_occurrences_of_a_feature_share_its_value() -> None:
    features = featurise(["cat dog cat"])
    columns = occurrences(code_points(["cat dog cat"])).columns

    values = occurrence_values(columns, features)

    by_feature = np.bincount(np.searchsorted(features.columns, columns), values)
    with_a_place = features.values[: len(by_feature)]
    assert by_feature == pytest.approx(with_a_place)


def test_amounts_are_spread_over_letters_and_spaces_get_none() -> None:
    points = code_points(["ab cd"])
    places = occurrences(points)
    amounts = np.ones((len(places.columns), 2))

    letters = spread_over_letters(points, places, amounts)

    assert letters.shape == (7, 2)
    assert letters.sum(axis=0) == pytest.approx([len(places.columns)] * 2)
    assert not letters[points.codes == ord(" ")].any()
