"""The mix of comments that thresholds are chosen on."""

import numpy as np
import pytest

from models.datasets.examples import Example, all_negative, partial_labels
from models.fitting.place_mix import MIX, mix_kind, place_mix

CIVIL = all_negative()


def test_the_shares_are_of_a_thousand_comments() -> None:
    assert sum(MIX.values()) == 1_000


def test_each_kind_has_its_share_whatever_its_number_of_rows() -> None:
    reddit = [Example(str(number), CIVIL, "ord_reddit/threads") for number in range(5)]
    harm = [Example("x", partial_labels(toxicity=1.0), "harm_sbic/board")]
    elsewhere = [Example("y", CIVIL, "paradetox")]
    examples = [*reddit, *harm, *elsewhere]
    labels = np.array([example.labels for example in examples])
    chosen = np.array([True, True, True, True, False, True, True])

    mix = place_mix(examples, chosen, labels)

    assert mix.ordinary == pytest.approx([55, 55, 55, 55, 0, 0, 0])
    assert mix.harmful == pytest.approx([0, 0, 0, 0, 0, 6, 0])
    assert mix.weights == pytest.approx(mix.ordinary + mix.harmful)


def test_wikipedia_counts_as_far_as_it_was_drawn_without_looking_at_labels() -> None:
    toxic = partial_labels(insult=1.0)

    assert mix_kind(Example("a", CIVIL, "jigsaw", unbiased_sample=True)) == "wikipedia"
    assert mix_kind(Example("a", toxic, "jigsaw", unbiased_sample=True)) == "wikipedia_toxic"
    assert mix_kind(Example("a", toxic, "jigsaw")) not in MIX
