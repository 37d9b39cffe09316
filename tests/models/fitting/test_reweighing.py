import numpy as np
import pytest

from models.datasets.examples import Example, partial_labels
from models.fitting.reweighing import MAX_FACTOR, reweigh


def comment(text: str, toxic: float, source: str = "jigsaw") -> Example:
    return Example(text, partial_labels(toxicity=toxic), source)


def weights_of(examples: list[Example], counted: list[bool] | None = None) -> list[float]:
    toxic = np.array([example.labels[0] for example in examples])
    rows = np.array(counted or [True] * len(examples))
    weights: list[float] = reweigh(examples, np.ones(len(examples)), toxic, rows).tolist()
    return weights


ORDINARY = [comment(f"Bridge number {number}", 0.0) for number in range(8)]
ABUSE = [comment("Muslims, all of them", 1.0), comment("muslims again", 1.0)]


def test_an_ordinary_comment_with_a_name_that_abuse_has_often_weighs_more() -> None:
    weights = weights_of([*ORDINARY, *ABUSE, comment("Two Muslims came", 0.0)])

    assert weights[:10] == [1.0] * 10
    assert weights[10] == pytest.approx(MAX_FACTOR)


def test_a_name_that_is_as_rare_in_abuse_as_other_words_changes_nothing() -> None:
    named = [comment(f"Muslims built bridge {number}", 0.0) for number in range(8)]

    assert weights_of([*named, *ABUSE[:1], comment("What trash", 1.0)]) == [1.0] * 10


def test_rows_that_do_not_count_raise_no_weight() -> None:
    examples = [*ORDINARY, *ABUSE, comment("Two Muslims came", 0.0)]

    assert weights_of(examples, counted=[True] * 8 + [False] * 2 + [True]) == [1.0] * 11


def test_our_own_sentences_keep_their_weight() -> None:
    own = comment("Two Muslims came", 0.0, source="neutral")

    assert weights_of([*ORDINARY, *ABUSE, own])[10] == 1.0
