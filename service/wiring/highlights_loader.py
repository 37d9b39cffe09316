"""Which words made a score, asked for by the queue alone."""

import importlib
from functools import cached_property
from typing import Any

from moderation.config.settings import Settings


class Explained:
    """The reasons by the model the workers use; model and NumPy are loaded when a comment asks."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def of(self, text: str, model: str | None, attribute: str | None) -> Any:
        """The pieces that `service.moderators.display.highlights` makes of a text."""
        return self._reasons.of(text, model, attribute)

    @cached_property
    def _reasons(self) -> Any:
        # By name: NumPy costs every web process 8 MB, and most never show a moderator's page.
        reasons = importlib.import_module("service.moderators.display.highlights")
        return reasons.reasons_by(self._settings)
