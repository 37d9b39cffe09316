"""Say what became of the rows of a file."""

import sys
from collections.abc import Mapping

import click

from moderation.notifications.wording import counted
from moderation.storage.moving.outcomes import ImportCounts, RowOutcome, counts, outcomes
from moderation.storage.moving.staging import Staging

_MOST_REASONS = 20
_SHOWN_AS = {
    "approved": "published",
    "flagged": "waiting for moderators",
    "pending": "not decided yet",
    "rejected": "rejected",
    "erased": "only as the place of a deleted comment",
}


def print_rows(staged: Staging, *, is_dry: bool) -> None:
    """Each row in a line; what came is left out where it has come."""
    for outcome in outcomes(staged):
        if is_dry or outcome.problem is not None:
            sys.stdout.write(f"{_line(outcome, is_dry=is_dry)}\n")
    sys.stdout.flush()


def print_counts(staged: Staging, *, is_dry: bool) -> None:
    """All rows together, after them: on standard error, so that the rows can go elsewhere.

    Raises:
        ClickException: Rows were refused, and no other came or is here already.
    """
    total = counts(staged)
    comes, stays = ("would come", "would not come") if is_dry else ("came", "did not come")
    click.echo(f"{comes}: {_by_status(total)}", err=True)
    click.echo(f"here already: {total.present:,}", err=True)
    click.echo(f"{stays}: {sum(total.problems.values()):,}", err=True)
    for problem, number in list(total.problems.items())[:_MOST_REASONS]:
        click.echo(f"  {number:,}: {problem}", err=True)
    if (more := len(total.problems) - _MOST_REASONS) > 0:
        click.echo(f"  and {counted(more, 'other reason')}", err=True)
    if total.problems and not total.coming and not total.present:
        sentence = "no comment of the file can come, for the reasons above"
        raise click.ClickException(sentence)


def _line(outcome: RowOutcome, *, is_dry: bool) -> str:
    row = f"{outcome.place} ({outcome.id})" if outcome.id else outcome.place
    if outcome.problem is not None:
        return _printable(f"{row}: {'would' if is_dry else 'did'} not come: {outcome.problem}")
    what = (
        "is here already" if outcome.is_here else f"would come: {_SHOWN_AS[outcome.status or '']}"
    )
    return _printable(f"{row}: {what}, {outcome.page}")


def _by_status(total: ImportCounts) -> str:
    number = sum(total.coming.values())
    parts: Mapping[str, int] = total.coming
    named = ", ".join(f"{count:,} {_SHOWN_AS[status]}" for status, count in parts.items())
    return f"{number:,} ({named})" if named else "0"


def _printable(line: str) -> str:
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in line)
