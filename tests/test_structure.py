"""The house keeps its arrows, and its names resolve."""

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from moderation import doorbell, policy


def test_job_behind_the_doorbell_exists_and_takes_nothing() -> None:
    module, _, name = doorbell.JOB.rpartition(".")

    job = getattr(importlib.import_module(module), name)

    assert job.__code__.co_argcount == 0


@pytest.mark.parametrize("module", ["service.app", "worker.main"])
def test_serving_starts_without_scikit_learn(module: str) -> None:
    code = f"import sys, {module}; print(sorted({{'sklearn', 'scipy'}} & set(sys.modules)))"

    process = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert process.stdout.strip() == "[]"


def test_serving_from_sqlite_loads_only_what_it_needs() -> None:
    heavy = ["authlib", "alembic", "numpy", "psycopg", "rich", "sqlalchemy.dialects.postgresql"]
    code = (
        "import sys, cli.local.web_server, cli.context, cli.local.redis_check, service.wsgi;"
        f" print([name for name in {heavy} if name in sys.modules])"
    )

    process = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert process.stdout.strip() == "[]"


def test_program_that_keeps_the_socket_loads_little() -> None:
    heavy = ["asyncio", "click", "redis", "rich", "sqlalchemy"]
    code = (
        "import sys, cli.local.rolling_restart, structlog;"
        f" print([name for name in {heavy} if name in sys.modules],"
        " structlog.stdlib.asyncio.get_running_loop.__name__)"
    )

    process = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert process.stdout.strip() == "[] get_running_loop"


def test_start_of_all_loads_no_database_before_the_others_are_started() -> None:
    heavy = ["asyncio", "redis", "sqlalchemy"]
    code = f"import sys, cli.commands.up; print([name for name in {heavy} if name in sys.modules])"

    process = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert process.stdout.strip() == "[]"


def test_collector_works_once_a_command_is_loaded() -> None:
    code = (
        "import gc; from cli.main import parley; from click import Context;"
        " parley.get_command(Context(parley), 'site'); print(gc.isenabled())"
    )

    process = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert process.stdout.strip() == "True"


def test_table_of_characters_that_look_alike_does_not_stay_in_memory() -> None:
    code = "import sys, judging.judge; print('confusable_homoglyphs.confusables' in sys.modules)"

    process = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert process.stdout.strip() == "False"


def test_characters_need_nothing_but_python() -> None:
    root = Path(__file__).parents[1]
    code = f"import sys; sys.path.insert(0, {str(root)!r}); import characters.hidden"

    subprocess.run([sys.executable, "-I", "-S", "-c", code], check=True)


def test_scores_are_kept_for_every_attribute_of_the_model() -> None:
    classifier = importlib.import_module("models.serving.attributes")

    assert policy.ATTRIBUTES == classifier.ATTRIBUTES
