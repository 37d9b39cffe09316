import numpy as np

from models.datasets.examples import Example, partial_labels
from models.fitting.sample_weights import (
    domain_columns,
    from_spam_sources,
    row_weights,
    toxicity_weights,
)


def comment(source: str, toxic: float = 1.0, *, obfuscated: bool = False) -> Example:
    labels = partial_labels(toxicity=toxic)
    return Example("What a mess", labels, source, obfuscated=obfuscated)


def test_news_weighs_more_for_toxicity_than_for_the_other_attributes() -> None:
    examples = [comment("civil_toxic")]

    assert toxicity_weights(examples, np.array([True])) > row_weights(examples)


def test_toxic_wikipedia_comments_weigh_more_for_toxicity() -> None:
    examples = [
        comment("jigsaw", toxic, obfuscated=obfuscated)
        for toxic in (0.0, 1.0)
        for obfuscated in (False, True)
    ]

    assert row_weights(examples).tolist() == [1.0, 0.5, 1.0, 0.5]
    assert toxicity_weights(examples, np.ones(4, dtype=np.bool_)).tolist() == [1.0, 0.5, 1.5, 0.75]


def test_each_other_domain_has_a_column() -> None:
    examples = [comment(source) for source in ("jigsaw", "unmarked", "paradetox", "sms_spam")]

    assert domain_columns(examples).tolist() == [[0, 0, 0], [3, 0, 0], [0, 3, 0], [0, 0, 3]]


def test_people_looked_for_spam_under_videos_and_among_sms() -> None:
    examples = [comment(source) for source in ("jigsaw", "youtube_spam", "sms_spam")]

    assert from_spam_sources(examples).tolist() == [False, True, True]
