"""The names of moderators, a few seconds old: each judgement needs them, and they hardly change."""

import time
from collections.abc import Callable, Sequence

from moderation.storage.database.engine import DatabaseUnavailable

_SECONDS = 5.0


class StaffNames:
    """By which names no reader may pass; while the database is away, as they last were."""

    def __init__(
        self, names: Callable[[], Sequence[str]], monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._names = names
        self._monotonic = monotonic
        self._known: Sequence[str] | None = None
        self._expires_at = 0.0

    def get(self) -> Sequence[str]:
        """The names; raises DatabaseUnavailable where they were never read."""
        if self._known is None or self._monotonic() >= self._expires_at:
            self._expires_at = self._monotonic() + _SECONDS
            try:
                self._known = self._names()
            except DatabaseUnavailable:
                if self._known is None:
                    raise
        return self._known
