"""`parley doctor`."""

from collections.abc import Iterator

import click

from cli.maintenance.check_result import CheckResult, Severity, ok, problem
from cli.maintenance.database_checks import check_database
from cli.maintenance.machine_checks import MACHINE_CHECKS, MachineCheck
from cli.wrong_use import WrongUse
from moderation.config.environment import InvalidSettings
from moderation.config.settings import Settings


@click.command(epilog="Example: parley doctor")
def doctor() -> None:
    """Check all that can be set up wrong, and say how to mend it; exit code 1 for a problem."""
    severities = set()
    for name, result in _results():
        severities.add(result.severity)
        click.echo(f"{result.severity:<8} {name}: {result.sentence}")
    if Severity.PROBLEM in severities:
        raise SystemExit(1)


def _results() -> Iterator[tuple[str, CheckResult]]:
    try:
        settings = Settings.read()
    except InvalidSettings as error:
        yield "settings", problem(str(error))
        return
    yield "settings", ok("each is well formed")
    for name, check in MACHINE_CHECKS.items():
        yield name, _result(check, settings)
    yield from check_database(settings)


def _result(check: MachineCheck, settings: Settings) -> CheckResult:
    try:
        return check(settings)
    except WrongUse as error:
        return problem(error.message)
