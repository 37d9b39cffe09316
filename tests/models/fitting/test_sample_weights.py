import numpy as np
import pytest

from models.datasets.examples import Example, partial_labels
from models.fitting.sample_weights import (
    domain_columns,
    rare_weights,
    row_weights,
    spam_weights,
    swearing_weights,
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
    sources = ("jigsaw", "unmarked", "paradetox", "sms_spam", "ord_reddit/a")

    columns = domain_columns([comment(source) for source in sources])

    assert columns.tolist() == [[0] * 4, [3, 0, 0, 0], [0, 3, 0, 0], [0, 0, 3, 0], [0, 0, 0, 3]]


def test_where_people_looked_for_spam_comments_weigh_more_for_it() -> None:
    examples = [comment(source) for source in ("jigsaw", "youtube_spam", "sms_spam")]

    assert spam_weights(examples) == pytest.approx([0.03, 1.0, 0.3])


def test_everyday_comments_weigh_by_kind_and_short_ordinary_ones_more() -> None:
    kinds = ("ord_reddit/a", "ord_swear/a", "harm_sbic/b", "hard_negative/b", "spam_seo/c")
    examples = [comment(kind) for kind in kinds]
    long = Example("What a mess. " * 9, partial_labels(toxicity=0.0), "ord_reddit/a")

    assert row_weights([*examples, long]).tolist() == [0.5, 1.0, 0.4, 1.0, 1.0, 0.2]
    assert spam_weights([*examples[:2], examples[-1]]).tolist() == [0.5, 0.2, 0.05]


def test_everyday_comments_weigh_little_for_threats_and_attacks_on_groups() -> None:
    examples = [comment(source) for source in ("harm_sbic/b", "counter/b", "jigsaw", "neutral")]

    assert rare_weights(examples, "threat") == pytest.approx([0.14, 1.05, 1.0, 2.0])
    assert rare_weights(examples, "identity_attack") == pytest.approx([0.14, 1.05, 1.0, 6.0])


def test_friendly_swearing_weighs_as_much_as_wikipedia_where_its_effect_is_learned() -> None:
    kinds = ("ord_swear/a", "ord_reddit/a", "harm_sbic/b", "counter/b", "jigsaw")

    assert swearing_weights([comment(kind) for kind in kinds]).tolist() == [1.0, 0.2, 0.4, 1.0, 1.0]
