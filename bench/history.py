"""What earlier runs on this machine found, and what has become slower or larger since."""

import json
import statistics
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.problem import NotMeasured
from bench.results import Aim, Result

_BEFORE = 5  # runs whose median a run is compared with
_MARGIN = 0.1  # what a noisy machine makes of the same program


@dataclass(frozen=True, slots=True)
class Run:
    """One run: when, of which commit, and a figure for each line's name."""

    moment: str
    commit: str
    figures: dict[str, float]


def commit_here() -> str:
    """The commit that is measured, `+` where files differ from it; empty without git."""
    command = ("git", "describe", "--always", "--dirty=+", "--exclude=*")
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout.strip()


def figures(lines: Sequence[Result]) -> dict[str, float]:
    """Of each line its ratio, where it has one: the machine's noise is in both parts of it."""
    return {
        _name(line): line.ratio if line.ratio is not None else statistics.median(line.parley)
        for line in lines
    }


def remember(file: Path, run: Run) -> None:
    """Add a run at the end of a file, which is JSON Lines."""
    with file.open("a", encoding="utf-8") as history:
        history.write(json.dumps(asdict(run)) + "\n")


def earlier(file: Path) -> list[Run]:
    """The runs of a file, the oldest first; none where it is missing. Raises NotMeasured."""
    if not file.exists():
        return []
    try:
        return [Run(**json.loads(line)) for line in file.read_text("utf-8").splitlines()]
    except (ValueError, TypeError) as error:
        sentence = f"{file} is no history of earlier runs: {error}. Move it away, or name another"
        raise NotMeasured(sentence) from error


def regressions(lines: Sequence[Result], runs: Sequence[Run]) -> list[str]:
    """A sentence for each figure that is worse than the median of the last runs by a tenth."""
    now = figures(lines)
    sentences = []
    for line in lines:
        before = [run.figures[name] for run in runs if (name := _name(line)) in run.figures]
        if not before:
            continue
        usual = statistics.median(before[-_BEFORE:])
        change = now[_name(line)] / usual - 1
        if (change if _is_better_small(line) else -change) > _MARGIN:
            sentences.append(f"WORSE: {_name(line)}: {change:+.0%} of the last runs' median.")
    return sentences


def _is_better_small(line: Result) -> bool:
    """Whether less is better: of what takes memory or time."""
    is_limited = line.target is not None and line.target.aim is Aim.AT_MOST
    return is_limited or line.name.endswith((" MB", " ms", " seconds"))


def _name(line: Result) -> str:
    return f"{line.name}, beside {line.beside}" if line.beside else line.name
