import math

from models.datasets.examples import all_negative, partial_labels
from models.serving.attributes import ATTRIBUTES


def test_labels_are_in_the_order_of_the_attributes_and_unknown_where_not_given() -> None:
    labels = dict(zip(ATTRIBUTES, partial_labels(spam=1.0, toxicity=0.0), strict=True))

    assert (labels.pop("toxicity"), labels.pop("spam")) == (0.0, 1.0)
    assert all(math.isnan(label) for label in labels.values())


def test_a_text_without_any_attribute_is_negative_for_each() -> None:
    assert all_negative() == (0.0,) * len(ATTRIBUTES)
