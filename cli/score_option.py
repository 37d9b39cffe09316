"""A score as people type it: 0.85 or 85%."""

from typing import Any

import click


class Score(click.ParamType[float]):
    """A score from 0 to 1, typed so or in percent."""

    name = "score"

    def __init__(self, *, above_zero: bool = False) -> None:
        """Take whether 0 is refused."""
        self._above_zero = above_zero

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """The score from 0 to 1; fails with what would be right."""
        typed = str(value).strip()
        try:
            score = float(typed.removesuffix("%")) / (100 if typed.endswith("%") else 1)
        except ValueError:
            score = -1.0
        if not 0 <= score <= 1 or (self._above_zero and score == 0):
            least = "above 0, at most" if self._above_zero else "from 0 to"
            self.fail(f"{typed!r} is no score {least} 1: give it as 0.85 or 85%", param, ctx)
        return round(score, 12)
