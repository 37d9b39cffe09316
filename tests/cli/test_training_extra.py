"""Without scikit-learn and scipy, which containers go without, the rest of `parley` works."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

WITHOUT = (
    "import sys; sys.modules.update(sklearn=None, scipy=None);"
    " from cli.main import parley; parley(prog_name='parley')"
)


def parley_without_extra(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", WITHOUT, *arguments],
        env={**os.environ, "PARLEY_VAR": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("train --data comments.csv", "parley train"),
        ("train --help", "parley train"),
        ("evaluate", "parley evaluate"),
        ("policy preview --data labelled.csv", "parley policy"),
        ("model compare shipped twin --data labelled.csv", "parley model compare"),
    ],
)
def test_a_command_that_trains_or_measures_says_what_to_install(
    tmp_path: Path, line: str, command: str
) -> None:
    done = parley_without_extra(tmp_path, *line.split())

    assert done.returncode == 1
    assert done.stderr == (
        f"Error: `{command}` needs scikit-learn and scipy: `pip install --constraint"
        " constraints.txt '.[train]'` in Parley's folder adds them\n"
    )


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("--help", "train      Not installed: needs the extra `train`."),
        ("model list", "shipped"),
        ("model --help", "compare  Not installed: needs the extra `train`."),
        ("score nice", "toxicity"),
        ("version", "0."),
    ],
)
def test_every_other_command_works(tmp_path: Path, line: str, words: str) -> None:
    done = parley_without_extra(tmp_path, *line.split())

    assert done.returncode == 0, done.stderr
    assert words in done.stdout
