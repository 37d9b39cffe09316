"""A handler gets a repository from `parts()` or `repositories()`, and in no third way."""

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import moderation.storage
from moderation.storage.database.engine import Database

SERVICE = Path(__file__).parents[2] / "service"
BUILDERS = {
    SERVICE / "wiring/parts.py",
    SERVICE / "moderators/request/repositories.py",
}
HANDLERS = sorted(set(SERVICE.rglob("*.py")) - BUILDERS)


@cache
def repository_classes() -> frozenset[str]:
    """The classes of the storage that are built with a database."""
    packages = pkgutil.walk_packages(moderation.storage.__path__, "moderation.storage.")
    names = [module.name for module in packages if "migrations" not in module.name]
    return frozenset(
        name
        for module in map(importlib.import_module, names)
        for name, value in inspect.getmembers(module, inspect.isclass)
        if value.__module__ == module.__name__ and takes_database(value)
    )


def takes_database(value: type) -> bool:
    initialiser = vars(value).get("__init__")
    return initialiser is not None and Database in inspect.get_annotations(initialiser).values()


def built_in(source: str, classes: frozenset[str]) -> Iterator[str]:
    """The repositories that a module builds, and its uses of the database to build others."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield from {node.func.id} & classes
        if isinstance(node, ast.Attribute) and node.attr == "database":
            yield ast.unparse(node)


def test_a_repository_that_a_handler_builds_is_found() -> None:
    source = "def page():\n    return Comments(parts().database, utc_now).get('1')"

    assert sorted(built_in(source, repository_classes())) == ["Comments", "parts().database"]


@pytest.mark.parametrize("path", HANDLERS, ids=lambda path: str(path.relative_to(SERVICE)))
def test_no_handler_builds_a_repository(path: Path) -> None:
    assert list(built_in(path.read_text(), repository_classes())) == []


def test_only_one_module_reads_what_a_moderator_may_see() -> None:
    reading = [path for path in SERVICE.rglob("*.py") if "moderator.scope" in path.read_text()]

    assert reading == [SERVICE / "moderators/request/repositories.py"]
