from models.evaluation.score_arrays import flagged_texts, score_column, toxicity_scores
from models.serving.classifier import Classifier
from tests.support.labelled_samples import ABUSIVE, CIVIL, SPAM


def test_a_column_has_the_scores_of_one_attribute_in_the_order_of_the_texts() -> None:
    scores = [{"toxicity": 0.1, "spam": 0.9}, {"toxicity": 0.2, "spam": 0.8}]

    assert score_column(scores, "spam").tolist() == [0.9, 0.8]


def test_toxicity_is_scored(classifier: Classifier) -> None:
    abusive, civil = toxicity_scores(classifier, [ABUSIVE[0], CIVIL[0]])

    assert abusive > 0.5 > civil


def test_a_text_is_flagged_by_any_attribute(classifier: Classifier) -> None:
    flagged = flagged_texts(classifier, [ABUSIVE[0], CIVIL[0], SPAM[1]])

    assert flagged.tolist() == [True, False, True]
