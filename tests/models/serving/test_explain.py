import numpy as np
import pytest
from hypothesis import example, given

from models.features.surface_features import INDICATORS
from models.serving.classifier import Classifier
from models.serving.explain import INTERCEPT, NO_WORDS, Attribution
from tests.support.strategies import ANY_TEXT


def toxicity(classifier: Classifier, text: str) -> Attribution:
    return classifier.explain(text).attributions["toxicity"]


def strongest(classifier: Classifier, text: str) -> str:
    span = max(toxicity(classifier, text).spans, key=lambda span: span.contribution)
    return text[span.start : span.end]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("I read the article and you are an idiot, thank you.", "idiot"),
        ("I read the article and you are an IDIOT, thank you.", "IDIOT"),
        ("I read the article and you are an i d i o t, thank you.", "i d i o t"),
        ("I read the article and you are an id\u200bi\u03bft, thank you.", "id\u200bi\u03bft"),
    ],
)
def test_the_abusive_word_is_the_strongest_reason(
    classifier: Classifier, text: str, word: str
) -> None:
    assert strongest(classifier, text) == word


@given(text=ANY_TEXT)
@example("")
@example(" \n")
@example("\x00\ud800")
@example("ﷺ" * 900)
@example("idiot " * 5_000)
@example("\U0001f595" * 300)
def test_the_parts_sum_to_the_scored_logit(classifier: Classifier, text: str) -> None:
    attributions = classifier.explain(text).attributions.values()

    summed = [
        sum(span.contribution for span in attribution.spans)
        + sum(attribution.unattributed.values())
        for attribution in attributions
    ]
    logits = [attribution.logit for attribution in attributions]
    scores = list(classifier.score([text])[0].values())
    assert summed == pytest.approx(logits, abs=1e-6)
    assert list(1 / (1 + np.exp(-np.array(logits)))) == pytest.approx(scores, abs=1e-6)


@given(text=ANY_TEXT)
@example("ﷺ" * 900)
@example("a" * 9_000 + "b c" * 9_000)
def test_spans_lie_in_the_text_one_after_another(classifier: Classifier, text: str) -> None:
    spans = toxicity(classifier, text).spans

    borders = [place for span in spans for place in (span.start, span.end)]
    assert borders == sorted(borders)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)


@pytest.mark.parametrize(("text", "more"), [("hello", set()), ("", {NO_WORDS})])
def test_what_belongs_to_no_span_is_named(
    classifier: Classifier, text: str, more: set[str]
) -> None:
    assert set(toxicity(classifier, text).unattributed) == {INTERCEPT, *INDICATORS, *more}
