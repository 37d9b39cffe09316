from xml.etree.ElementTree import fromstring

import numpy as np
import pytest

from models.card.curves import pictures_of
from models.card.svg_plot import Axis, Plot, plot_svg
from models.metrics.curves import Bin, Load, Point, precision_recall, reliability, workload
from models.serving.artefact import read_manifest
from models.serving.classifier import ARTEFACT

LABELS = np.array([0.0, 0.0, 1.0, 0.0, 1.0])
SCORES = np.array([0.1, 0.2, 0.6, 0.7, 0.9])


def test_a_bin_holds_the_share_of_positives_beside_the_mean_score() -> None:
    assert list(reliability(LABELS, SCORES, bins=2)) == [Bin(2, 0.15, 0.0), Bin(3, 0.7333, 0.6667)]


def test_each_point_is_where_so_many_positives_are_found() -> None:
    found = list(precision_recall(LABELS, SCORES, steps=2))

    assert found == [Point(0.9, 0.5, 1.0), Point(0.6, 1.0, 0.6667)]


def test_who_reads_nothing_misses_what_is_not_rejected() -> None:
    found = list(workload(LABELS, SCORES, reject=0.8))

    assert found[0] == Load(flag=2.0, read=0.0, missed=0.5)
    assert found[-1].missed == 0.0


def test_without_a_reject_threshold_all_waits_for_people() -> None:
    assert next(workload(LABELS, SCORES, reject=None)).missed == 1.0


def test_a_picture_is_svg_with_colours_for_dark_pages() -> None:
    plot = Plot("A & B", Axis("across", 0.5), Axis("up"), ((0, 0), (0.25, 1)), ((0, 0), (1, 1)))

    drawn = plot_svg(plot)

    assert fromstring(drawn).tag.endswith("svg")  # noqa: S314
    assert "prefers-color-scheme: dark" in drawn
    assert 'points="70.0,350.0 340.0,50.0"' in drawn
    assert "A &amp; B" in drawn


@pytest.mark.parametrize("name", ["reliability.svg", "precision-recall.svg", "workload.svg"])
def test_the_shipped_pictures_are_those_of_the_manifest_and_shown_in_the_card(name: str) -> None:
    assert (ARTEFACT / name).read_text() == pictures_of(read_manifest(ARTEFACT))[name]
    assert f"({name})" in (ARTEFACT / "CARD.md").read_text()
