"""What a check of `parley doctor` says."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Of a problem readers or moderators notice something, of a warning not yet."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class CheckResult:
    severity: Severity
    sentence: str  # what is so and, where it is not ok, what to do


def ok(sentence: str) -> CheckResult:
    return CheckResult(Severity.OK, sentence)


def warning(sentence: str) -> CheckResult:
    return CheckResult(Severity.WARNING, sentence)


def problem(sentence: str) -> CheckResult:
    return CheckResult(Severity.PROBLEM, sentence)
