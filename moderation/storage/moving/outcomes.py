"""What became of each row of a file, or would become of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from moderation.storage.moving.staging import Staging

_ROWS = """
SELECT place, comments.id, status, key, comments.problem, is_here FROM comments
LEFT JOIN pages ON pages.id = comments.page ORDER BY number
"""
_REFUSED = "SELECT place, id, problem FROM refused ORDER BY rowid"
_COMING = """
SELECT status, count(*) AS number FROM comments
WHERE problem IS NULL AND NOT coalesce(is_here, 0) GROUP BY status ORDER BY number DESC
"""
_HERE = "SELECT count(*) FROM comments WHERE problem IS NULL AND is_here"
_PROBLEMS = """
SELECT problem, count(*) AS number FROM (
    SELECT problem FROM comments WHERE problem IS NOT NULL UNION ALL SELECT problem FROM refused
) GROUP BY problem ORDER BY number DESC, problem
"""


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """One row.

    Attributes:
        place: Where it stands in the file.
        id: Of the comment in its system.
        status: What it is here; None where it does not come.
        page: The key of its page here.
        problem: Why it does not come; None where it does.
        is_here: Whether it came before.
    """

    place: str
    id: str
    status: str | None = None
    page: str | None = None
    problem: str | None = None
    is_here: bool = False


@dataclass(frozen=True, slots=True)
class ImportCounts:
    """All rows together.

    Attributes:
        coming: How many come, by status.
        present: How many are here already.
        problems: How many do not come, by reason.
    """

    coming: dict[str, int]
    present: int
    problems: dict[str, int]


def outcomes(staged: Staging) -> Iterator[RowOutcome]:
    """Yield all rows: those that were refused alone come last."""
    for row in staged.connection.execute(_ROWS):
        if row["problem"] is not None:
            yield RowOutcome(row["place"], row["id"], problem=row["problem"])
        else:
            is_here = bool(row["is_here"])
            yield RowOutcome(row["place"], row["id"], row["status"], row["key"], None, is_here)
    for row in staged.connection.execute(_REFUSED):
        yield RowOutcome(row["place"], row["id"], problem=row["problem"])


def counts(staged: Staging) -> ImportCounts:
    """Count all rows."""
    run = staged.connection.execute
    (known,) = run(_HERE).fetchone()
    return ImportCounts(
        {row["status"]: row["number"] for row in run(_COMING)},
        known,
        {row["problem"]: row["number"] for row in run(_PROBLEMS)},
    )
