"""What the rules of a site must know of comments that a program asks about."""

from collections.abc import Sequence

from moderation.rules.circumstances import Circumstances
from moderation.sites import Site
from moderation.storage.database.engine import DatabaseUnavailable
from moderation.storage.rules.comment_circumstances import UnstoredComment
from service.wiring.parts import parts


def circumstances_of(site: Site, asked: Sequence[UnstoredComment]) -> list[Circumstances]:
    """Return the circumstances of comments, as if they were submitted now, in order.

    While the database is away the rules of the site hold, and every author is a new one.
    """
    now = parts().clock()
    try:
        return parts().circumstances.of_unstored(site.id, site.rules, asked, now)
    except DatabaseUnavailable:
        return [Circumstances(site.rules, now, approved=0)] * len(asked)
