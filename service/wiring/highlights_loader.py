"""The words that made a score, marked with the workers' model, which is loaded at first use."""

import importlib
from functools import cached_property
from typing import Any

from moderation.config.settings import Settings
from service.wiring.text_pieces import Piece


class Highlights:
    """Marks comments; loads NumPy and the model with the first comment that is shown."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def of(self, text: str, model: str | None, attribute: str | None) -> list[Piece]:
        """The text in pieces, marked with what speaks for the attribute.

        Args:
            text: The comment's text.
            model: Version of the model that scored it.
            attribute: What the comment was flagged for; None marks nothing.
        """
        pieces: list[Piece] = self._highlighter.of(text, model, attribute)
        return pieces

    @cached_property
    def _highlighter(self) -> Any:
        # By name: NumPy costs every web process 8 MB, and most never show a moderator's page.
        module = importlib.import_module("service.moderators.display.highlights")
        return module.Highlighter(module.workers_classifier(self._settings))
