"""The words that made a score, marked with the workers' model, which is loaded at first use."""

import importlib
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from moderation.policy import Reason
from service.wiring.text_pieces import Piece
from service.wiring.web_model import WebModel


class Highlights:
    """Marks comments; loads NumPy and the model with the first comment that is shown."""

    def __init__(self, model: WebModel) -> None:
        self._model = model

    def of(self, text: str, model: str | None, attribute: str | None) -> list[Piece]:
        """The text in pieces, marked with what speaks for the attribute.

        Args:
            text: The comment's text.
            model: Version of the model that scored it.
            attribute: What the comment was flagged for; None marks nothing.
        """
        pieces: list[Piece] = self._highlighter.of(text, model, attribute)
        return pieces

    def of_name(self, name: str, model: str | None, reasons: Sequence[Reason]) -> list[Piece]:
        """The author's name in pieces, marked with what it is held for.

        Args:
            name: The name.
            model: Version of the model that scored it.
            reasons: Those that are about the name.
        """
        pieces: list[Piece] = self._highlighter.of_name(name, model, reasons)
        return pieces

    @property
    def measured_on(self) -> str:
        """On which comments the model's thresholds were measured; empty without a model."""
        return str(self._highlighter.measured_on)

    def reject_threshold(self, attribute: str) -> float | None:
        """The model's own score to reject from; None where it has none."""
        threshold: float | None = self._highlighter.reject_threshold(attribute)
        return threshold

    @cached_property
    def _highlighter(self) -> Any:
        # By name: it imports NumPy, which a web process loads only when it is needed.
        module = importlib.import_module("service.moderators.display.highlights")
        return module.Highlighter(self._model.get().classifier)
