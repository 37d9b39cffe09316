"""Where a reader goes on in a page's comments, and what stood first there because it is pinned."""

from dataclasses import dataclass

MAX_PINNED = 3  # comments of a page
_BETWEEN = "~"  # in no id, and never escaped in an address


class PinRefused(ValueError):
    """The comment cannot be pinned: the sentence says why."""


@dataclass(frozen=True, slots=True)
class ReadingPlace:
    """A place in the order of a page, with the pinned comments that have their own place before.

    It names them itself: so none is lost or comes twice while moderators pin and unpin others.

    Attributes:
        place: What was shown last; None while only pinned ones were.
        pinned: The public ids of those that stand first, not where their time would put them.
    """

    place: str | None = None
    pinned: tuple[str, ...] = ()

    @classmethod
    def parse(cls, cursor: str | None) -> "ReadingPlace":
        """Read what `str` wrote; what else it may be is no place of any page."""
        if cursor is None:
            return cls()
        place, *pinned = cursor.split(_BETWEEN)
        if not 0 < len(pinned) <= MAX_PINNED:
            return cls(cursor)
        return cls(place or None, tuple(pinned))

    def __str__(self) -> str:
        return _BETWEEN.join((self.place or "", *self.pinned))

    @property
    def room(self) -> int:
        """How many more pinned comments may come first."""
        return 0 if self.place is not None else MAX_PINNED - len(self.pinned)
