"""First comments: an author is known by comments that were approved."""

from collections.abc import Iterator

from moderation.rules.circumstances import (
    FIRST_COMMENT,
    Circumstances,
    Ruling,
    Written,
    waits,
)


def first_comments(_comment: Written, circumstances: Circumstances) -> Iterator[Ruling]:
    """Let the comment of an author wait of whom too few are approved."""
    known = circumstances.approved
    if known is not None and known < circumstances.rules.first_comments:
        yield waits(FIRST_COMMENT)
