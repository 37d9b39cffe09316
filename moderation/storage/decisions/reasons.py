"""Read the reasons of a decision from its row."""

from collections.abc import Iterable, Mapping
from typing import Any

from moderation.policy import Reason


def to_reasons(stored: Iterable[Mapping[str, Any]] | None) -> tuple[Reason, ...]:
    """Return the reasons in a row's `reasons` (JSON); none for a comment without a decision."""
    return tuple(Reason(**reason) for reason in stored or ())
