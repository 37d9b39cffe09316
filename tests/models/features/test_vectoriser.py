import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.features.vectoriser import MAX_TEXTS, WIDTH, Features, featurise

TEXTS = ["You are here.", "", "the cat saw the dog", "\ud800\x00 🙂", "ok"]


def row(features: Features, number: int) -> dict[int, float]:
    span = slice(features.starts[number], features.starts[number + 1])
    columns, values = features.columns[span], features.values[span]
    return dict(zip(columns.tolist(), values.tolist(), strict=True))


def test_a_text_has_the_same_features_alone_and_among_others() -> None:
    together = featurise(TEXTS)

    alone = [row(featurise([text]), 0) for text in TEXTS]

    assert [row(together, number) for number in range(len(TEXTS))] == alone


def test_features_are_the_same_in_every_process() -> None:
    script = (
        "from models.features.vectoriser import featurise;"
        "print(featurise(['a bad b00k']).columns.sum())"
    )

    sums = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert sums == {f"{featurise(['a bad b00k']).columns.sum()}\n".encode()}


def test_the_columns_of_a_text_are_those_the_artefact_was_trained_with() -> None:
    assert int(featurise(["You are here."]).columns.astype(np.int64).sum()) == 32475433


def test_each_block_has_length_one() -> None:
    values = featurise(["the cat saw the dog"]).values

    assert float(values @ values) == pytest.approx(3)


def test_joiners_of_emoji_and_line_ends_count_as_they_did_in_training() -> None:
    flag = "\U0001f3f4\U000e0067\U000e0062\U000e007f"
    text = f"I ❤\ufe0f it 👩\u200d💻 1\ufe0f\u20e3\r\n{flag} \ufeffthe end\u200b"

    assert int(featurise([text]).columns.astype(np.int64).sum()) == 29900853


@pytest.mark.parametrize("disguised", ["ѕ.t.u.p.i.d", "STUP1D", "stuuupid", "stu\u200bpid"])
def test_a_disguised_word_has_nearly_all_features_of_the_plain_one(disguised: str) -> None:
    plain = featurise(["stupid"]).columns

    missing = np.setdiff1d(plain, featurise([disguised]).columns)

    # Its word as it is written, and the buckets of its shape, may differ.
    assert len(missing) <= 9


def test_as_many_texts_as_keys_can_number_are_featurised_and_no_more() -> None:
    assert len(featurise(["hi"] * MAX_TEXTS).starts) == MAX_TEXTS + 1

    with pytest.raises(ValueError, match="4097 texts are too many at once; the maximum is 4096"):
        featurise(["hi"] * (MAX_TEXTS + 1))


@given(st.lists(st.text(st.characters(codec=None)), min_size=1, max_size=5))
def test_columns_rise_within_each_text_and_stay_in_width(texts: list[str]) -> None:
    features = featurise(texts)

    for first, last in zip(features.starts[:-1], features.starts[1:], strict=True):
        assert (np.diff(features.columns[first:last]) > 0).all()
    assert features.starts[-1] == len(features.columns) == len(features.values)
    assert 0 <= features.columns.min() <= features.columns.max() < WIDTH
