"""Reached or not is decided by medians, and both ways of telling say the same."""

import io
import json

import pytest
from rich.console import Console

from bench.results import Aim, Result, Target
from bench.table import as_json, print_table


@pytest.mark.parametrize(
    ("parley", "isso", "aim", "target", "reached"),
    [
        ([200.0], [100.0], Aim.TIMES_ISSO, 2, True),
        ([199.0], [100.0], Aim.TIMES_ISSO, 2, False),
        ([150.0, 200.0, 900.0], [100.0, 1.0, 300.0], Aim.TIMES_ISSO, 2, True),
        ([250.0], [], Aim.AT_MOST, 250, True),
        ([250.1], [], Aim.AT_MOST, 250, False),
        ([2_500.0], [], Aim.AT_LEAST, 2_500, True),
        ([2_499.0], [], Aim.AT_LEAST, 2_500, False),
    ],
)
def test_a_target_is_reached_by_the_median(
    parley: list[float], isso: list[float], aim: Aim, target: float, reached: bool
) -> None:
    result = Result("It", parley, isso, Target(aim, target))

    assert result.reached is reached


def test_without_a_target_nothing_is_reached_or_missed() -> None:
    assert Result("It", [1.0]).reached is None


def test_the_table_fits_80_columns_and_says_what_was_missed() -> None:
    output = io.StringIO()
    result = Result("Accepted a second", [1_000.4], [600.0], Target(Aim.TIMES_ISSO, 2))

    print_table(Console(file=output, width=80), [result], ["A note."])

    assert "│ Accepted a second │  1,000 │  600 │  1.67 │ 2 x Isso │  NO │" in output.getvalue()
    assert "A note." in output.getvalue()


def test_a_program_reads_the_same() -> None:
    result = Result("Accepted a second", [1.0, 3.0, 2.0], [4.0], Target(Aim.AT_LEAST, 2))

    printed = json.loads(as_json([result], ["A note."]))

    assert printed == {
        "results": [
            {
                "name": "Accepted a second",
                "parley": 2.0,
                "isso": 4.0,
                "ratio": 0.5,
                "target": {"aim": "at least", "value": 2},
                "reached": True,
                "turns": {"parley": [1.0, 3.0, 2.0], "isso": [4.0]},
            }
        ],
        "notes": ["A note."],
    }
