"""Everyday comments: what their labels and kinds mean."""

import math

import pytest

from models.datasets.everyday import EVERYDAY_FILES, kind_of
from models.datasets.examples import Example

ORDINARY, NEGATIVES, HARM, SPAM = EVERYDAY_FILES


def row(kind: str, toxic: str = "", spam: str = "") -> dict[str, str]:
    rest = dict.fromkeys(("identity_attack", "threat", "insult", "profanity"), "")
    return {"text": "a", "kind": kind, "toxic": toxic, "spam": spam, **rest}


def known_labels(example: Example) -> list[float | None]:
    return [None if math.isnan(label) else label for label in example.labels]


def test_what_is_not_toxic_is_not_severe_and_what_nobody_looked_for_is_unknown() -> None:
    (civil,) = ORDINARY.examples(row("ord_reddit/threads", "0", "0"))
    (harm,) = HARM.examples(row("harm_sbic/sbic", "1"))

    assert known_labels(civil) == [0, 0, None, None, None, None, 0]
    assert known_labels(harm) == [1, None, None, None, None, None, None]
    assert civil.source == "ord_reddit/threads"


def test_objections_to_hatred_are_hard_negatives_and_adverts_are_spam() -> None:
    (objection,) = NEGATIVES.examples(row("counter/gbv", "0"))
    (advert,) = SPAM.examples(row("spam_blog/diary", spam="1"))

    assert kind_of(objection.source) == "counter"
    assert known_labels(advert)[-1] == 1


@pytest.mark.parametrize("kind", ["harm_sbic/sbic", "ord_reddit", "/sbic", "ord_reddit/a b"])
def test_a_kind_of_another_file_or_without_a_place_is_refused(kind: str) -> None:
    with pytest.raises(ValueError, match="column 'kind' holds"):
        list(ORDINARY.examples(row(kind, "0")))


def test_a_wrong_label_is_refused() -> None:
    with pytest.raises(ValueError, match="column 'toxic' holds '2'"):
        list(HARM.examples(row("harm_sbic/sbic", "2")))


def test_other_sources_have_no_kind() -> None:
    assert kind_of("jigsaw") == ""
