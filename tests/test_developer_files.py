"""What checks a commit runs what `make` runs, and no more."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
HOOKS: dict[str, Any] = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())
WORKFLOW: dict[Any, Any] = yaml.safe_load((ROOT / ".github/workflows/check.yml").read_text())
JOB = WORKFLOW["jobs"]["make"]
MATRIX = JOB["strategy"]["matrix"]


def dry_run(target: str) -> list[str]:
    """The commands that make would run, once everything is installed."""
    return make("--dry-run", "--always-make", "--old-file", ".venv/test", target)


def commands_of(hook: dict[str, str]) -> list[str]:
    """What a hook runs, itself or by a target of the Makefile."""
    program, _, target = hook["entry"].partition(" ")
    return dry_run(target) if program == "make" else [hook["entry"]]


def make(*arguments: str) -> list[str]:
    """The lines that make prints."""
    command = ["make", "--no-print-directory", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_the_hooks_are_the_commands_of_make_lint() -> None:
    (local,) = HOOKS["repos"]

    assert local["repo"] == "local"
    assert {line for hook in local["hooks"] for line in commands_of(hook)} == set(dry_run("lint"))
    assert not any(hook["pass_filenames"] for hook in local["hooks"])


@pytest.mark.parametrize("target", MATRIX["target"])
def test_the_workflow_runs_targets_of_the_makefile(target: str) -> None:
    assert dry_run(target)
    assert JOB["steps"][-1] == {"run": "make ${{ matrix.target }}"}


def test_the_workflow_checks_style_the_fast_tests_and_everything() -> None:
    assert MATRIX["target"] == ["lint", "test-fast", "test"]


def test_the_workflow_runs_on_the_pythons_that_the_readme_names() -> None:
    named = re.search(r"You need Python (.+?),", (ROOT / "README.md").read_text())

    assert named
    assert MATRIX["python"] == named[1].split(" or ")


def test_the_workflow_may_only_read_and_pins_its_actions() -> None:
    used = [step["uses"] for step in JOB["steps"] if "uses" in step]

    assert WORKFLOW["permissions"] == {"contents": "read"}
    assert set(WORKFLOW[True]) == {"push", "pull_request"}  # YAML reads the key `on` as True
    assert all(re.fullmatch(r"actions/[\w-]+@v\d+", action) for action in used)


def test_help_lists_every_target_that_people_use() -> None:
    makefile = (ROOT / "Makefile").read_text()
    phony = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)

    assert phony
    assert {line.split()[1] for line in make("help")} == set(phony[1].split()) - {"browser"}
