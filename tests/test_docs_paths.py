"""What the documents name is there: files, folders, headings, make targets, settings."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from moderation.config.settings import NAMES

ROOT = Path(__file__).parents[1]
PACKAGES = ("cli", "models", "moderation", "service", "worker")
FOLDERS = {*PACKAGES, "bench", "docs", "tests", ".ci", ".github"}
ROOT_FILE = re.compile(r"[\w.-]+\.(?:md|toml|txt|yml)|Makefile|Dockerfile")
DOCUMENTS = sorted({*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")})
ARCHITECTURE = (ROOT / "docs/architecture.md").read_text()
ANSWERS = re.findall(r"\| `([\w/.]+\.py)` \| `(\w+)`(?:, `(\w+)`)? \|", ARCHITECTURE)


def paths_in(text: str) -> Iterator[str]:
    """What stands in backticks and looks like a path of this repository."""
    for name in re.findall(r"`([\w./-]+)`", text):
        if ROOT_FILE.fullmatch(name) or ("/" in name and name.split("/")[0] in FOLDERS):
            yield name


def missing(text: str) -> list[str]:
    """The paths in the text that are not there."""
    return [name for name in paths_in(text) if not (ROOT / name).exists()]


def links_in(document: Path) -> Iterator[tuple[Path, str]]:
    """Where its relative links lead: a file, and a heading or nothing."""
    for target in re.findall(r"\]\((?!https?:)([^)\s]+)\)", document.read_text()):
        path, _, heading = target.partition("#")
        yield (document.parent / path if path else document), heading


def anchors_of(document: Path) -> set[str]:
    """Its headings as links spell them."""
    headings = re.findall(r"^#+ (.+)$", document.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


def defined_in(path: Path) -> set[str]:
    """Its functions, methods and classes, and what has a value in the module itself."""
    definition = r"^\s*(?:def|class) (\w+)|^(\w+)\b.* = "
    groups = re.findall(definition, path.read_text(), re.MULTILINE)
    return {name for names in groups for name in names if name}


def test_a_path_that_is_not_there_is_found() -> None:
    text = "`moderation/gone.py`, `GONE.md` and `docs/`, not `var/parley.db` or `yes/no`"

    assert missing(text) == ["moderation/gone.py", "GONE.md"]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_document_names_only_paths_that_are_there(document: Path) -> None:
    assert missing(document.read_text()) == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_link_leads_to_a_file_and_a_heading(document: Path) -> None:
    for path, heading in links_in(document):
        assert path.exists(), path
        assert not heading or heading in anchors_of(path), heading


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer[0])
def test_a_file_that_answers_a_question_has_the_names_to_look_for(
    answer: tuple[str, str, str],
) -> None:
    path, *names = answer

    assert set(filter(None, names)) <= defined_in(ROOT / path)


def test_the_architecture_answers_at_least_twenty_questions() -> None:
    questions = re.findall(r"^\| .+\? \| `", ARCHITECTURE, re.MULTILINE)

    assert len(ANSWERS) == len(questions) >= 20


def test_every_room_is_in_the_architecture() -> None:
    packages = [folder.parent for name in PACKAGES for folder in (ROOT / name).rglob("__init__.py")]
    rooms = [
        folder for folder in packages if not any(folder in package.parents for package in packages)
    ]

    for room in rooms:
        assert f"| `{room.relative_to(ROOT)}/` |" in ARCHITECTURE


def test_every_decision_is_in_the_index() -> None:
    index = ROOT / "docs/decisions/README.md"
    listed = re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", index.read_text())

    assert listed == sorted(path.name for path in index.parent.glob("[0-9]*.md"))


def test_every_setting_is_explained_to_operators() -> None:
    compose = set(re.findall(r"\$\{(PARLEY_\w+)", (ROOT / "docker-compose.yml").read_text()))
    explained = set(re.findall(r"`(PARLEY_\w+)`", (ROOT / "docs/operators.md").read_text()))

    assert explained == ({*NAMES} | compose) - {"PARLEY_SHARED"}


def test_every_make_target_named_is_there() -> None:
    texts = " ".join(document.read_text() for document in DOCUMENTS)
    targets = {*re.findall(r"`make ([\w-]+)", texts), *re.findall(r"^make ([\w-]+)", texts, re.M)}

    command = ["make", "--dry-run", "--old-file", ".venv/test", *sorted(targets)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert "test-fast" in targets
    assert done.returncode == 0, done.stderr
