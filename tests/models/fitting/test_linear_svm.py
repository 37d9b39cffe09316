import numpy as np

from models.datasets.examples import Example, partial_labels
from models.fitting.linear_svm import row_weights, toxicity_weights


def test_news_weighs_more_for_toxicity_than_for_the_other_attributes() -> None:
    examples = [Example("What a mess", partial_labels(toxicity=1.0), "civil_toxic")]

    assert toxicity_weights(examples, np.array([True])) > row_weights(examples)


def test_toxic_wikipedia_comments_weigh_more_for_toxicity() -> None:
    examples = [
        Example("What a mess", partial_labels(toxicity=toxic), "jigsaw", obfuscated=obfuscated)
        for toxic in (0.0, 1.0)
        for obfuscated in (False, True)
    ]

    assert row_weights(examples).tolist() == [1.0, 0.5, 1.0, 0.5]
    assert toxicity_weights(examples, np.ones(4, dtype=np.bool_)).tolist() == [1.0, 0.5, 1.5, 0.75]
