"""A question leads to one room, and a name says what it is."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("characters", "cli", "judging", "models", "moderation", "service", "worker")
MODULES = sorted(chain.from_iterable((ROOT / package).rglob("*.py") for package in PACKAGES))
SOURCES = [
    *MODULES,
    *sorted((ROOT / "bench").rglob("*.py")),
    *sorted((ROOT / "tests").rglob("*.py")),
]
MOST_MODULES = 16  # in one room: more of them are a list to read, not a place to know
ENDINGS = re.compile(r"(ations?|ings?|ions?|ers?|ors?|ies|es|ed|s|y|e)$")
# Pronouns and participles: they say that there is something, not what.
SAY_NOTHING = {"each", "found", "here", "news", "said", "some", "these", "this", "told", "wanted"}


def modules_of(room: Path) -> list[Path]:
    return [path for path in room.glob("*.py") if path.name != "__init__.py"]


def rooms() -> list[Path]:
    folders = {path.parent for path in MODULES}
    return sorted(folder for folder in folders if "versions" not in folder.parts)


def by_stem(names: set[str]) -> dict[str, set[str]]:
    """The names, by what is left of them without an ending."""
    stems = defaultdict(set)
    for name in names:
        stems[ENDINGS.sub("", name)].add(name)
    return dict(stems)


def variables_of(source: str) -> Iterator[str]:
    """The names of all arguments and of all variables that are set."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


@pytest.mark.parametrize("room", rooms(), ids=lambda room: str(room.relative_to(ROOT)))
def test_a_room_is_small_enough_to_know(room: Path) -> None:
    assert len(modules_of(room)) <= MOST_MODULES


@pytest.mark.parametrize("room", rooms(), ids=lambda room: str(room.relative_to(ROOT)))
def test_a_room_says_which_question_it_answers(room: Path) -> None:
    if room.name == "migrations":
        pytest.skip("Alembic's folder, loaded by its path")
    assert ast.get_docstring(ast.parse((room / "__init__.py").read_text()))


def test_names_that_differ_by_an_ending_are_noticed() -> None:
    assert by_stem({"chart", "charts", "feed"}) == {"chart": {"chart", "charts"}, "fe": {"feed"}}


def test_no_two_modules_have_names_that_differ_by_an_ending() -> None:
    names = {path.stem for room in rooms() for path in modules_of(room)}

    assert {stem: alike for stem, alike in by_stem(names).items() if len(alike) > 1} == {}


def test_a_variable_that_says_nothing_is_noticed() -> None:
    source = "def first(these):\n    for each in these:\n        found = each\n"

    assert SAY_NOTHING.intersection(variables_of(source)) == {"these", "each", "found"}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_variables_are_called_by_what_is_in_them(path: Path) -> None:
    assert SAY_NOTHING.isdisjoint(variables_of(path.read_text()))
