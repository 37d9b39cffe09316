"""A score is typed from 0 to 1, or in percent."""

import click
import pytest

from cli.score_option import Score


@pytest.mark.parametrize(
    ("typed", "score"),
    [
        ("0.85", 0.85),
        ("85%", 0.85),
        (" 31.4159 %", 0.314159),
        ("0", 0.0),
        ("100%", 1.0),
        (0.3, 0.3),
    ],
)
def test_both_ways_are_read(typed: object, score: float) -> None:
    assert Score().convert(typed, None, None) == score


@pytest.mark.parametrize("typed", ["85", "1.1", "101%", "-1%", "nan", "nan%", "much", "%", ""])
def test_what_is_no_score_is_said(typed: str) -> None:
    with pytest.raises(
        click.BadParameter, match=r"is no score from 0 to 1: give it as 0.85 or 85%"
    ):
        Score().convert(typed, None, None)


def test_a_score_above_zero_is_not_zero() -> None:
    with pytest.raises(click.BadParameter, match="above 0, at most 1"):
        Score(above_zero=True).convert("0%", None, None)
