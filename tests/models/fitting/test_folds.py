import numpy as np

from models.datasets.examples import Example
from models.fitting.folds import FOLDS, SEALED, TRAINED, assign_folds, rows_to_train
from models.fitting.minhash_duplicates import duplicate_groups
from models.serving.attributes import ATTRIBUTES

LONG = "the committee met on tuesday and spoke about the old bridge by the river for two hours"


def test_texts_that_differ_in_one_word_of_many_are_one_group() -> None:
    groups = duplicate_groups(
        [LONG, "a different thing altogether", LONG.replace("two", "six"), ""]
    )

    assert groups[0] == groups[2]
    assert len(set(groups.tolist())) == 3


def test_natural_rows_are_sealed_or_in_folds_and_others_are_trained() -> None:
    blank = tuple(0.0 for _ in ATTRIBUTES)
    examples = [Example(str(n), blank, "jigsaw", unbiased_sample=n < 300) for n in range(400)]

    folds = assign_folds(examples, np.arange(400), seed=1)

    assert set(folds[:300].tolist()) == {*range(FOLDS), SEALED}
    assert set(folds[300:].tolist()) == {TRAINED}


def test_each_video_is_a_fold() -> None:
    examples = [Example("x", (), "youtube_spam", group=video) for video in ("b", "a", "b")]

    assert assign_folds(examples, np.arange(3), seed=1).tolist() == [1, 0, 1]


def test_neither_held_rows_nor_their_duplicates_are_trained_on() -> None:
    folds = np.array([0, TRAINED, TRAINED, 1, SEALED, TRAINED])
    groups = np.array([7, 7, 8, 9, 5, 5])

    trained = rows_to_train(folds, groups, without=0)

    assert trained.tolist() == [False, False, True, True, False, False]
