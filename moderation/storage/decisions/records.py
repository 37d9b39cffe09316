"""Write what every decision leaves behind, whoever takes it."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, bindparam

from moderation.policy import Reason
from moderation.storage.schema.review import samples
from moderation.storage.schema.sites import pages

# Built once and run for many pages at a time: a bulk changes hundreds with each transaction.
_CHANGE_APPROVED = (
    pages.update()
    .where(pages.c.id == bindparam("page"))
    .values(approved=pages.c.approved + bindparam("more"), revision=pages.c.revision + 1)
)


def as_json(reason: Reason) -> dict[str, object]:
    """A reason as it is kept in a decision's row."""
    return {"rule": reason.rule, "score": reason.score, "threshold": reason.threshold}


def change_approved(connection: Connection, more: Mapping[int, int]) -> None:
    """Keep the counts of pages: so many more (or fewer) comments of each are approved now.

    Once in a transaction and in sorted order, so that two who change the same pages wait for each
    other, not deadlock.
    """
    rows = [{"page": page_id, "more": number} for page_id, number in sorted(more.items())]
    if rows:
        connection.execute(_CHANGE_APPROVED, rows)


def add_to_sample(connection: Connection, rows: Sequence[dict[str, object]]) -> None:
    """Chosen in the transaction that decides, so that none is forgotten."""
    if rows:
        connection.execute(samples.insert(), rows)
