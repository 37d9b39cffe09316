"""A run is compared with those before it on the same machine."""

from pathlib import Path

import pytest

from bench.history import Run, earlier, figures, regressions, remember
from bench.problem import NotMeasured
from bench.results import Aim, Result, Target


def accepted(parley: float, isso: float) -> Result:
    return Result("Accepted a second", [parley], None, "Isso", [isso])


def memory(megabytes: float) -> Result:
    return Result("Memory, MB", [megabytes], Target(Aim.AT_MOST, 90))


def runs(*lines: Result) -> list[Run]:
    return [Run("2026-01-01T00:00:00+00:00", "abc", figures([line])) for line in lines]


def test_a_slower_machine_is_no_regression() -> None:
    assert regressions([accepted(50, 10)], runs(accepted(500, 100))) == []


def test_a_lower_ratio_is() -> None:
    assert regressions([accepted(80, 20)], runs(accepted(500, 100))) == [
        "WORSE: Accepted a second, beside Isso: -20% of the last runs' median."
    ]


@pytest.mark.parametrize(("now", "number"), [(100, 1), (80, 0), (87, 0)])
def test_of_memory_more_is_worse(now: float, number: int) -> None:
    assert len(regressions([memory(now)], runs(memory(80)))) == number


def test_one_bad_run_before_hides_nothing() -> None:
    before = runs(memory(80), memory(300), memory(80))

    assert len(regressions([memory(100)], before)) == 1


def test_what_was_not_measured_before_is_not_compared() -> None:
    assert regressions([memory(100)], runs(accepted(500, 100))) == []


def test_runs_are_remembered_in_their_order(tmp_path: Path) -> None:
    file, (first, second) = tmp_path / "history.jsonl", runs(memory(80), memory(81))

    remember(file, first)
    remember(file, second)

    assert earlier(file) == [first, second]


def test_there_may_be_none(tmp_path: Path) -> None:
    assert earlier(tmp_path / "history.jsonl") == []


@pytest.mark.parametrize("content", ["{", '{"moment": 1}', "[]"])
def test_a_file_of_another_kind_is_named(tmp_path: Path, content: str) -> None:
    file = tmp_path / "history.jsonl"
    file.write_text(content)

    with pytest.raises(NotMeasured, match=r"history\.jsonl is no history of earlier runs"):
        earlier(file)
