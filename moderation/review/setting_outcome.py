"""What another setting would make of a site's last comments, beside the setting it has."""

from collections.abc import Sequence
from dataclasses import dataclass

from moderation.comments import Status
from moderation.sanctions import SanctionKind

LAST = 500  # comments that are looked at, of all chosen sites together


@dataclass(frozen=True, slots=True)
class RecentComment:
    """A comment that is decided again, to try a setting.

    Attributes:
        id: Storage's own number, never shown.
        name: The author's.
        text: What they wrote.
        decided: What a moderator made of it; None where none has decided.
        sanction: None: a sanction holds in every setting.
    """

    id: int
    name: str
    text: str
    decided: Status | None
    sanction: SanctionKind | None = None


@dataclass(frozen=True, slots=True)
class SettingOutcome:
    """The comments by what becomes of them.

    Attributes:
        number: How many there are.
        waiting: How many wait by the present setting.
        released: Those that wait now, and would be published.
        caught: Those that are published now, and would wait.
    """

    number: int
    waiting: int
    released: tuple[RecentComment, ...]
    caught: tuple[RecentComment, ...]

    @property
    def would_wait(self) -> int:
        """How many would wait by the other setting."""
        return self.waiting - len(self.released) + len(self.caught)

    @property
    def released_rejected(self) -> int:
        """How many of those that would be published a moderator rejected."""
        return sum(1 for comment in self.released if comment.decided is Status.REJECTED)

    @property
    def caught_approved(self) -> int:
        """How many of those that would wait a moderator approved."""
        return sum(1 for comment in self.caught if comment.decided is Status.APPROVED)


def outcome_of(
    comments: Sequence[RecentComment], now: Sequence[bool], then: Sequence[bool]
) -> SettingOutcome:
    """Compare two settings.

    Args:
        comments: The last ones.
        now: Whether each is published without a person by the present setting.
        then: And by the other one.
    """
    rows = list(zip(comments, now, then, strict=True))
    return SettingOutcome(
        len(rows),
        sum(not is_published for is_published in now),
        tuple(comment for comment, before, after in rows if after and not before),
        tuple(comment for comment, before, after in rows if before and not after),
    )
