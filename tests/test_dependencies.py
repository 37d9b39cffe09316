"""What is imported is declared, and what is declared is used and pinned."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
EXTRAS = PROJECT["optional-dependencies"]
SERVED = ("cli", "judging", "models", "moderation", "service", "worker")
TOOLS = ("bench", "tests")
OURS = {"characters", *SERVED, *TOOLS}


def plain(requirement: str) -> str:
    """The name of a distribution as pip compares it."""
    name = re.split(r"[\[;<>=! ]", requirement, maxsplit=1)[0]
    return re.sub(r"[-_.]+", "-", name).lower()


BASE = {plain(name) for name in PROJECT["dependencies"]}
TRAINING = {plain(name) for name in EXTRAS["train"]}
TESTING = {plain(name) for name in EXTRAS["test"]}


def imports(source: str) -> Iterator[str]:
    """The top packages that a module imports, by a statement or by name."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            named = (name.value for name in node.args[:1] if isinstance(name, ast.Constant))
            yield from (str(name).partition(".")[0] for name in named)


def distributions(*folders: str) -> set[str]:
    """The distributions that the modules in these folders import from."""
    sources = [path.read_text() for name in folders for path in (ROOT / name).rglob("*.py")]
    modules = {module for source in sources for module in imports(source)}
    known = packages_distributions()
    others = modules - OURS - sys.stdlib_module_names
    return {plain(known.get(module, [module])[0]) for module in others}


def test_imports_of_every_kind_are_found() -> None:
    source = (
        "import a.b, c\ndef f():\n    from d.e import g\n    from . import h"
        "\n    importlib.import_module('i.j')"
    )

    assert list(imports(source)) == ["a", "c", "d", "i"]


@pytest.mark.parametrize("package", ["moderation", "service", "worker"])
def test_servers_import_only_what_every_installation_has(package: str) -> None:
    assert distributions(package) <= BASE


@pytest.mark.parametrize("package", ["cli", "models"])
def test_training_imports_only_what_is_declared(package: str) -> None:
    assert distributions(package) <= BASE | TRAINING


@pytest.mark.parametrize("folder", TOOLS)
def test_tests_and_benchmarks_import_only_what_is_declared(folder: str) -> None:
    assert distributions(folder) <= BASE | TRAINING | TESTING


def test_every_dependency_is_imported() -> None:
    assert distributions(*SERVED) >= BASE | TRAINING


def test_every_dependency_is_pinned() -> None:
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    pinned = {plain(line) for line in lines if "==" in line}

    assert {plain(name) for names in EXTRAS.values() for name in names} | BASE <= pinned


def test_the_image_installs_no_extra() -> None:
    installed = re.findall(r"pip install .*", (ROOT / "Dockerfile").read_text())

    assert installed == ["pip install --constraint constraints.txt ."]
