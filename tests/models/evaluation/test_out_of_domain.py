import numpy as np

from models.datasets.examples import Example
from models.evaluation.out_of_domain import (
    DOMAINS,
    fit_without,
    leave_one_source_out,
    leave_one_video_out,
    news_in_folds,
    text_messages,
)
from models.fitting.design_matrix import DesignMatrix
from models.serving.attributes import ATTRIBUTES

SPAM = ATTRIBUTES.index("spam")


def count(examples: list[Example], *sources: str) -> int:
    return sum(example.source in sources and not example.obfuscated for example in examples)


def test_each_domain_is_measured_on_its_comments(
    design: DesignMatrix, examples: list[Example]
) -> None:
    steps: list[str] = []

    figures = dict(leave_one_source_out(design, examples, 1, steps.append))

    assert list(figures) == list(DOMAINS)
    assert steps == ["toxicity: without news", "toxicity: without rewritten insults"]
    assert figures["news"]["rows"] == count(examples, "civil_toxic", "toxic_spans")
    assert figures["rewritten insults"]["roc_auc"] > 0.9


def test_a_model_knows_no_word_of_the_sources_left_out(
    design: DesignMatrix, examples: list[Example]
) -> None:
    sources = np.array([example.source for example in examples])
    spoken = np.unique(design.features[sources != "profanity"].indices)
    unspoken = np.setdiff1d(design.features[sources == "profanity"].indices, spoken)

    with_list, without = (
        fit_without(design, examples, left_out, 1).weights[unspoken]
        for left_out in ((), ("profanity",))
    )

    assert len(unspoken) > 0
    assert (with_list > 0).any()
    assert not without.any()


def test_videos_are_measured_by_the_scores_of_models_that_saw_the_others(
    design: DesignMatrix, examples: list[Example]
) -> None:
    perfect = np.where(design.labels[:, SPAM] == 1, 1.0, -1.0)

    figures = leave_one_video_out(design, perfect, examples)

    assert figures == {"rows": count(examples, "youtube_spam"), "roc_auc": 1.0, "accuracy": 1.0}


def test_messages_are_measured_in_folds(design: DesignMatrix, examples: list[Example]) -> None:
    figures = text_messages(design, examples, 1)

    assert figures["rows"] == count(examples, "sms_spam")
    assert figures["accuracy"] > 0.8


def test_news_is_measured_in_folds(design: DesignMatrix, examples: list[Example]) -> None:
    figures = news_in_folds(design, examples, 1)

    assert figures["rows"] == count(examples, "civil_toxic", "toxic_spans")
    assert figures["roc_auc"] > 0.8
