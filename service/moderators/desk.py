"""What lies before the moderator who asks, beside the queue."""

from dataclasses import dataclass

from flask import g

from moderation.storage.arrivals import Arrivals
from moderation.storage.authors import Authors
from moderation.storage.background import Backgrounds
from moderation.storage.decided import RecentlyDecided
from moderation.storage.holds import Holds
from moderation.storage.notes import Notes
from moderation.storage.sanctions import Sanctions
from service.parts import parts


@dataclass(frozen=True, slots=True)
class Desk:
    """Each as far as the moderator may see and decide: no page has others."""

    arrivals: Arrivals
    authors: Authors
    backgrounds: Backgrounds
    decided: RecentlyDecided
    holds: Holds
    notes: Notes
    sanctions: Sanctions


def desk() -> Desk:
    """The desk of the moderator who asks."""
    database, clock, reach = parts().database, parts().clock, g.moderator.reach
    return Desk(
        arrivals=Arrivals(database, reach),
        authors=Authors(database, reach),
        backgrounds=Backgrounds(database, clock, reach),
        decided=RecentlyDecided(database, reach),
        holds=Holds(database, clock, reach),
        notes=Notes(database, clock, reach),
        sanctions=Sanctions(database, clock, reach),
    )
