"""Ask whether the scores of a language shall decide, after its figures."""

from collections.abc import Iterable, Iterator

import click

from judging.language_reports import LanguageFigures, LanguageReport, language_report
from moderation.notifications.wording import counted


def confirm_raised(codes: Iterable[str], *, yes: bool) -> None:
    """Show the figures of each language, and ask, but for `yes`; raises Abort for a no."""
    for code in codes:
        report = language_report(code)
        for line in figure_lines(report):
            click.echo(line)
        if not yes:
            question = f"Let scores decide in {report.name}, without a person?"
            click.confirm(question, abort=True)


def figure_lines(report: LanguageReport) -> Iterator[str]:
    """What would be published and what would wait, as was measured."""
    yield f"{report.name}: {report.grade} by itself; where its scores decide"
    for figures in report.figures:
        yield (
            f"  {_where(figures)}: {figures.missed:.0%} of toxic ones are published,"
            f" {figures.held:.0%} of the others wait"
        )


def _where(figures: LanguageFigures) -> str:
    if not figures.source:
        return f"{counted(figures.rows, 'comment')} held out"
    return f"{figures.rows:,} of {figures.source}, which that model had not seen"
