"""The shares of everyday comments that wait, on the tests' own rows."""

from models.datasets.examples import Example
from models.evaluation.waiting_shares import everyday_figures
from models.fitting.design_matrix import DesignMatrix
from models.fitting.folds import HELD_OUT
from models.serving.attributes import ATTRIBUTES
from models.serving.classifier import Classifier
from models.serving.named_settings import NAMES


def settings(flag: float) -> dict[str, dict[str, dict[str, dict[str, float]]]]:
    limits = {name: {"flag": flag, "reject": 1.0} for name in ATTRIBUTES}
    return {name: {"thresholds": limits} for name in NAMES}


def test_held_out_rows_are_counted_by_kind(
    classifier: Classifier, examples: list[Example], design: DesignMatrix
) -> None:
    figures = everyday_figures(classifier, settings(0.0), examples, design)

    held_out = [
        example.source.partition("/")[0]
        for example, fold in zip(examples, design.folds, strict=True)
        if fold == HELD_OUT and "/" in example.source
    ]
    assert figures["ord_reddit"]["rows"] == held_out.count("ord_reddit") > 0
    assert figures["harm"]["rows"] == held_out.count("harm_sbic") > 0
    assert figures["ordinary"] == {"rows": held_out.count("ord_reddit"), **dict.fromkeys(NAMES, 1)}
    assert "ordinary, short" not in figures


def test_what_reaches_no_flag_does_not_wait(
    classifier: Classifier, examples: list[Example], design: DesignMatrix
) -> None:
    figures = everyday_figures(classifier, settings(2.0), examples, design)

    assert {row[name] for row in figures.values() for name in NAMES} == {0.0}
