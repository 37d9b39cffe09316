"""Repeated texts: the same or nearly the same one, by anybody on any page, within a day."""

from collections.abc import Iterator

from moderation.rules.circumstances import REPEATED, Circumstances, Ruling, Written, waits


def repeated(_comment: Written, circumstances: Circumstances) -> Iterator[Ruling]:
    """Let a comment wait that is alike to too many others."""
    most = circumstances.rules.repeats
    if most is not None and circumstances.alike + 1 >= most:
        yield waits(REPEATED)
