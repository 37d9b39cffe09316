"""What a comment costs while everything grows is measured, fitted and drawn."""

from pathlib import Path

import pytest

from bench.growth.costs import Stage, costs
from bench.growth.lines import Line, picture
from bench.growth.steps import Growing, Step, grown
from judging.loaded_model import load_model
from models.serving.classifier import ARTEFACT
from moderation.clock import utc_now
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import open_database


def line(power: float) -> Line:
    return Line("pages", {n: dict.fromkeys(Stage, 3 * n**power) for n in (10, 100, 1_000, 10_000)})


@pytest.mark.parametrize("power", [0, 0.5, 1, -0.1])
def test_the_exponent_is_the_power_by_which_costs_grow(power: float) -> None:
    assert line(power).exponent(Stage.SHOW) == pytest.approx(power)
    assert line(power).exponent() == pytest.approx(power)


def test_the_picture_names_what_grows_and_how() -> None:
    drawn = picture([line(0), line(1)])

    assert drawn.count("<polyline") == 2
    assert "pages: exponent 0.000" in drawn
    assert "pages: exponent 1.000" in drawn


@pytest.mark.parametrize(
    ("what", "expected"), [(Growing.SITES, (3, 0)), (Growing.MODERATORS, (1, 2))]
)
def test_what_grows_is_in_the_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: Growing, expected: tuple[int, int]
) -> None:
    monkeypatch.setattr("bench.growth.steps._SOME_COMMENTS", 50)

    with grown(tmp_path, "sqlite", Step(what, 3), lambda _line: None) as url:
        database = open_database(url, pool_size=1)
        sites, moderators = Sites(database, utc_now).all(), Moderators(database, utc_now).all()
        database.close()

    assert (len(sites), len(moderators)) == expected


@pytest.mark.parametrize("on", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def test_each_stage_costs_something(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, on: str
) -> None:
    monkeypatch.setattr("bench.growth.steps._SOME_COMMENTS", 50)
    model = load_model(ARTEFACT)

    with grown(tmp_path, on, Step(Growing.PAGES, 5), lambda _line: None) as url:
        measured = costs(tmp_path, url, model, rounds=1)

    assert all(measured[stage] > 0 for stage in Stage)
