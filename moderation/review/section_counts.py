"""How many comments wait in each section of the queue."""

from dataclasses import dataclass

from moderation.comments import QueueSection


@dataclass(frozen=True, slots=True)
class SectionCounts:
    """How many comments wait in each section."""

    in_doubt: int = 0
    likely_rejected: int = 0

    @property
    def total(self) -> int:
        """How many wait in all."""
        return self.in_doubt + self.likely_rejected

    def of(self, section: QueueSection | None) -> int:
        """Return how many wait in a section; None means both."""
        return self.total if section is None else int(getattr(self, section))
