import numpy as np

from models.datasets.examples import Example, all_negative
from models.fitting.folds import FOLDS, HELD_OUT, TRAIN_ONLY, assign_folds, training_rows


def test_the_unbiased_sample_is_held_out_or_in_folds_and_the_rest_is_trained_on() -> None:
    examples = [
        Example(str(number), all_negative(), "jigsaw", unbiased_sample=number < 300)
        for number in range(400)
    ]

    folds = assign_folds(examples, np.arange(400), seed=1)

    assert set(folds[:300].tolist()) == {*range(FOLDS), HELD_OUT}
    assert set(folds[300:].tolist()) == {TRAIN_ONLY}


def test_near_duplicates_are_in_one_fold() -> None:
    examples = [
        Example(str(number), all_negative(), "jigsaw", unbiased_sample=True)
        for number in range(100)
    ]

    folds = assign_folds(examples, np.arange(100) // 50, seed=1)

    assert [len(set(half.tolist())) for half in np.split(folds, 2)] == [1, 1]


def test_each_video_is_a_fold() -> None:
    examples = [Example("x", (), "youtube_spam", group=video) for video in ("b", "a", "b")]

    assert assign_folds(examples, np.arange(3), seed=1).tolist() == [1, 0, 1]


def test_neither_rows_left_out_nor_their_duplicates_are_trained_on() -> None:
    folds = np.array([0, TRAIN_ONLY, TRAIN_ONLY, 1, HELD_OUT, TRAIN_ONLY])
    groups = np.array([7, 7, 8, 9, 5, 5])

    rows = training_rows(folds, groups, without=0)

    assert rows.tolist() == [False, False, True, True, False, False]
