from pathlib import Path

import numpy as np

from models.datasets.corpus import read_corpus
from models.datasets.everyday import kind_of
from models.datasets.examples import Example
from models.features.vectoriser import WIDTH
from models.fitting.design_matrix import DesignMatrix, build_design_matrix
from models.fitting.folds import HELD_OUT
from models.serving.attributes import ATTRIBUTES
from tests.support.labelled_samples import write, write_corpus

SPAM = ATTRIBUTES.index("spam")


def test_there_is_a_row_per_example_and_a_column_per_attribute(
    design: DesignMatrix, examples: list[Example]
) -> None:
    rows = len(examples)

    assert design.features.shape == (rows, WIDTH)
    assert design.labels.shape == design.weights.shape == (rows, len(ATTRIBUTES))
    assert design.groups.shape == design.folds.shape == (rows,)


def test_rows_with_an_unknown_label_are_not_trained_on(design: DesignMatrix) -> None:
    rows = design.training_rows(SPAM, without=HELD_OUT)

    assert rows.any()
    assert not np.isnan(design.labels[rows, SPAM]).any()
    assert not (design.folds[rows] == HELD_OUT).any()


def test_comments_that_nobody_checked_for_spam_weigh_little_for_spam_alone(
    design: DesignMatrix, examples: list[Example]
) -> None:
    sources = np.array([example.source for example in examples])
    insult = ATTRIBUTES.index("insult")

    assert design.weights[sources == "jigsaw", SPAM].max() < 0.05
    assert design.weights[sources == "jigsaw", insult].max() == 1.0
    assert design.weights[sources == "youtube_spam", SPAM].min() == 1.0


def test_everyday_comments_count_as_they_weigh_and_news_for_toxicity_alone(
    design: DesignMatrix, examples: list[Example]
) -> None:
    everyday = np.array([bool(kind_of(example.source)) for example in examples])
    of_news = np.array([example.source == "civil_toxic" for example in examples])

    assert np.array_equal(design.counts[everyday], design.weights[everyday])
    assert (design.counts[of_news, 0] == 1).all()
    assert not design.counts[of_news, 1:].any()


def test_the_parts_of_a_comment_are_of_one_group(tmp_path: Path) -> None:
    write_corpus(tmp_path, copies=1)
    text = "You stupid man. The bridge opens on Tuesday morning."
    write(tmp_path / "toxic_spans.csv.gz", [{"text": text, "spans": "[4, 5, 6, 7, 8, 9]"}])
    examples = read_corpus(tmp_path)

    groups = build_design_matrix(examples, seed=1).groups

    parts = [row for row, example in enumerate(examples) if example.source_text == text]
    assert len(parts) > 1
    assert len(set(groups[parts].tolist())) == 1
