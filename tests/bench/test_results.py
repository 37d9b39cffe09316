"""Reached or not is decided by medians, and both ways of telling say the same."""

import io
import json
from collections.abc import Sequence

import pytest
from rich.console import Console

from bench.results import Aim, Result, Target
from bench.table import as_json, print_table


@pytest.mark.parametrize(
    ("parley", "other", "aim", "target", "reached"),
    [
        ([200.0], [100.0], Aim.TIMES, 2, True),
        ([199.0], [100.0], Aim.TIMES, 2, False),
        ([150.0, 200.0, 900.0], [100.0, 1.0, 300.0], Aim.TIMES, 2, True),
        ([250.0], [], Aim.AT_MOST, 250, True),
        ([250.1], [], Aim.AT_MOST, 250, False),
        ([2_500.0], [], Aim.AT_LEAST, 2_500, True),
        ([2_499.0], [], Aim.AT_LEAST, 2_500, False),
    ],
)
def test_a_target_is_reached_by_the_median(
    parley: list[float], other: list[float], aim: Aim, target: float, reached: bool
) -> None:
    result = Result("It", parley, Target(aim, target), "Isso", other)

    assert result.reached is reached


def test_without_a_target_nothing_is_reached_or_missed() -> None:
    assert Result("It", [1.0]).reached is None


ACCEPTED = Result("Accepted a second", [1_000.4], Target(Aim.TIMES, 2), "Isso", [600.0])
MEMORY = Result("Memory, MB", [89.0], Target(Aim.AT_MOST, 90))


def printed(lines: Sequence[Result]) -> str:
    output = io.StringIO()
    print_table(Console(file=output, width=80), lines, ["A note."])
    return output.getvalue()


def test_the_tables_fit_80_columns_and_say_what_was_missed() -> None:
    tables = printed([ACCEPTED, MEMORY])

    assert "│ Accepted a second │  1,000 │   600 │  1.67 │ ≥ 2.0 x │  NO │" in tables
    assert "│ Memory, MB │     89 │   ≤ 90 │ yes │" in tables
    assert "A note." in tables


def test_each_of_the_others_has_a_table_of_its_own() -> None:
    tables = printed([ACCEPTED, MEMORY])

    assert tables.count("Parley") == 2
    assert tables.count("Beside Isso") == 1


def test_a_program_reads_the_same() -> None:
    result = Result("Accepted", [1.0, 3.0, 2.0], Target(Aim.AT_LEAST, 2), "Isso", [4.0])

    answer = json.loads(as_json([result], ["A note."]))

    assert answer == {
        "results": [
            {
                "name": "Accepted",
                "parley": 2.0,
                "beside": "Isso",
                "other": 4.0,
                "ratio": 0.5,
                "target": {"aim": "at least", "value": 2},
                "reached": True,
                "turns": {"parley": [1.0, 3.0, 2.0], "other": [4.0]},
            }
        ],
        "notes": ["A note."],
    }
