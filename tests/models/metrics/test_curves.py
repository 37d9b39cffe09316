import numpy as np

from models.metrics.curves import (
    PrecisionRecallPoint,
    ReliabilityBin,
    Workload,
    curve_tables,
    precision_recall,
    reliability,
    workload,
)

LABELS = np.array([0.0, 0.0, 1.0, 0.0, 1.0])
SCORES = np.array([0.1, 0.2, 0.6, 0.7, 0.9])


def test_a_bin_holds_the_share_of_positives_beside_the_mean_score() -> None:
    assert list(reliability(LABELS, SCORES, bins=2)) == [
        ReliabilityBin(2, 0.15, 0.0),
        ReliabilityBin(3, 0.7333, 0.6667),
    ]


def test_each_point_is_where_so_many_positives_are_found() -> None:
    assert list(precision_recall(LABELS, SCORES, steps=2)) == [
        PrecisionRecallPoint(0.9, 0.5, 1.0),
        PrecisionRecallPoint(0.6, 1.0, 0.6667),
    ]


def test_who_reads_nothing_misses_what_is_not_rejected() -> None:
    rows = list(workload(LABELS, SCORES, reject=0.8))

    assert rows[0] == Workload(flag=2.0, read=0.0, missed=0.5)
    assert rows[-1].missed == 0.0


def test_without_a_reject_threshold_all_waits_for_people() -> None:
    assert next(workload(LABELS, SCORES, reject=None)).missed == 1.0


def test_the_tables_are_rows_for_the_manifest() -> None:
    tables = curve_tables(LABELS, SCORES, reject=None)

    assert list(tables) == ["reliability", "precision_recall", "workload"]
    assert tables["precision_recall"][-1] == {
        "threshold": 0.6,
        "recall": 1.0,
        "precision": 0.6667,
    }
