"""Every command of the README works as it stands there."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.program import Program

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()
COMMANDS = [
    line
    for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    for line in block.strip().splitlines()
]
MAKE = [line for line in COMMANDS if line.startswith("make ")]
OTHERS = [line for line in COMMANDS if line not in MAKE]
PAPERS = [ROOT / "README.md", *sorted(ROOT.glob("docs/*.md"))]


def test_every_picture_is_there_and_shown() -> None:
    shown = {
        (paper.parent / picture).relative_to(ROOT)
        for paper in PAPERS
        for picture in re.findall(r"!\[.+?\]\((.+?)\)", paper.read_text())
    }

    pictures = [path for ending in ("png", "svg") for path in ROOT.glob(f"docs/*.{ending}")]
    assert shown == {path.relative_to(ROOT) for path in pictures}


def test_readme_has_commands() -> None:
    assert MAKE == ["make run"]
    assert {line.split()[0] for line in OTHERS} == {"curl", ".venv/bin/parley"}


@pytest.mark.parametrize("target", [*re.findall(r"`make ([\w-]+)`", README), "run"])
def test_make_target_exists(target: str) -> None:
    done = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, check=False)

    assert done.returncode == 0


def test_commands_work_in_the_order_they_stand(program: Program) -> None:
    outputs = [run(line, program) for line in OTHERS]

    submitted, read, added, key, link, scores = outputs
    assert '"status":"pending"' in submitted
    assert '"comments":' in read
    assert "added my-paper" in added
    assert key.startswith("parley_")
    assert "/moderate/link/" in link
    assert "toxicity" in scores


def run(line: str, program: Program) -> str:
    words = shlex.split(line.replace("http://127.0.0.1:8000", program.url))
    if words[0] == ".venv/bin/parley":
        words[:1] = [sys.executable, "-m", "cli"]
    else:
        words.insert(1, "--fail-with-body")
    done = subprocess.run(
        words, env=program.environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


def test_example_answer_has_the_fields_of_a_real_one(program: Program) -> None:
    example = re.search(r"```json\n(.*?)\n```", README, re.DOTALL)
    assert example

    fields = re.findall(r'"(\w+)":', run(OTHERS[0], program))

    assert re.findall(r'"(\w+)": ', example[1]) == fields


@pytest.mark.parametrize("path", sorted(set(re.findall(r"\]\(([^)#]+)\)", README))))
def test_link_leads_to_a_file(path: str) -> None:
    assert (ROOT / path).is_file()
