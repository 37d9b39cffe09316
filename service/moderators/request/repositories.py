"""What lies before the moderator who asks, beside the queue."""

from dataclasses import dataclass
from typing import cast

from flask import g

from moderation.accounts.moderators import Reach
from moderation.storage.review.article_threads import Threads
from moderation.storage.review.audit_samples import Samples
from moderation.storage.review.author_history import Authors
from moderation.storage.review.card_context import Backgrounds
from moderation.storage.review.decision_history import RecentlyDecided
from moderation.storage.review.holds import Holds
from moderation.storage.review.notes import Notes
from moderation.storage.review.queue_updates import Arrivals
from moderation.storage.review.reports import Reports
from moderation.storage.review.sanctions import Sanctions
from moderation.storage.review.score_histogram import ScoreChart
from moderation.storage.search.bulk_decisions import Bulks
from moderation.storage.search.search import Search
from service.wiring.parts import parts


@dataclass(frozen=True, slots=True)
class Desk:
    """Each as far as the moderator may see and decide: no page has others."""

    arrivals: Arrivals
    authors: Authors
    backgrounds: Backgrounds
    bulks: Bulks
    decided: RecentlyDecided
    holds: Holds
    notes: Notes
    reports: Reports
    samples: Samples
    sanctions: Sanctions
    score_chart: ScoreChart
    search: Search
    threads: Threads


def desk() -> Desk:
    """The desk of the moderator who asks, built once a request."""
    if "desk" not in g:
        g.desk = _desk_within(g.moderator.reach)
    return cast("Desk", g.desk)


def _desk_within(reach: Reach) -> Desk:
    database, clock = parts().database, parts().clock
    search = Search(database, clock, reach)
    return Desk(
        arrivals=Arrivals(database, reach),
        authors=Authors(database, reach),
        backgrounds=Backgrounds(database, clock, reach),
        bulks=Bulks(database, clock, reach, search),
        decided=RecentlyDecided(database, reach),
        holds=Holds(database, clock, reach),
        notes=Notes(database, clock, reach),
        reports=Reports(database, clock, reach),
        samples=Samples(database, clock, reach),
        sanctions=Sanctions(database, clock, reach),
        score_chart=ScoreChart(database, reach),
        search=search,
        threads=Threads(database, reach),
    )
