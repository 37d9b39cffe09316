"""Where no container engine runs these files, at least all they name exists in the code."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from cli.main import parley
from moderation.config import settings

ROOT = Path(__file__).parents[1]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
DOCKERFILE = (ROOT / "Dockerfile").read_text()
OURS = ("migrate", "service", "worker")
NOT_OURS = {"POSTGRES_PASSWORD", "REDIS_PASSWORD", "PARLEY_IMAGE_TAG"}


@pytest.mark.parametrize("name", OURS)
def test_service_is_built_from_a_target_of_the_dockerfile(name: str) -> None:
    target = COMPOSE["services"][name]["build"]["target"]

    assert re.search(rf"^FROM base AS {target}$", DOCKERFILE, re.MULTILINE)


def test_every_package_of_the_program_is_copied() -> None:
    settings_of_build = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]
    packages = {name.rstrip("*") for name in settings_of_build["packages"]["find"]["include"]}
    kept = set((ROOT / ".dockerignore").read_text().splitlines())

    assert {name for name in packages if (ROOT / name / "__init__.py").exists()} == packages
    assert set(re.findall(r"^COPY (\w+) \1$", DOCKERFILE, re.MULTILINE)) == packages
    assert {f"!{name}" for name in packages} <= kept


def test_every_command_exists() -> None:
    words = [COMPOSE["services"]["migrate"]["command"]]
    words += [
        re.findall(r'"(.*?)"', command)
        for command in re.findall(r"CMD (\[\"parley.*\])", DOCKERFILE)
    ]

    assert {command[1] for command in words} == {"migrate", "serve", "work"}
    for _, *arguments in words:
        assert CliRunner().invoke(parley, [*arguments, "--help"]).exit_code == 0


def test_every_variable_is_a_setting_and_no_secret_has_a_default() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    used = {(name, rest) for name, rest in re.findall(r"\$\{(\w+)(.*?)\}", text)}

    assert {name for name, _ in used} <= NOT_OURS | set(settings.NAMES)
    for name, rest in used:
        secret = name.endswith(("PASSWORD", "SECRET_KEY"))
        assert not (secret and rest.startswith(":-"))
    for service in OURS:
        assert COMPOSE["services"][service]["environment"].keys() <= set(settings.NAMES)


def test_port_is_the_one_the_image_listens_on() -> None:
    port = re.search(r"PARLEY_PORT=(\d+)", DOCKERFILE)
    assert port

    assert f"EXPOSE {port[1]}" in DOCKERFILE
    assert f"127.0.0.1:{port[1]}/healthz" in DOCKERFILE
    assert COMPOSE["services"]["service"]["ports"] == [
        f"127.0.0.1:${{PARLEY_PORT:-{port[1]}}}:{port[1]}"
    ]


def test_everything_long_lived_restarts_and_is_checked() -> None:
    for name in ("service", "worker", "redis", "postgres"):
        assert COMPOSE["services"][name]["restart"] == "always"
    for name in ("redis", "postgres"):
        assert "healthcheck" in COMPOSE["services"][name]
    assert DOCKERFILE.count("HEALTHCHECK") == 2
    assert re.search(r"^USER 10001$", DOCKERFILE, re.MULTILINE)


def test_redis_keeps_what_it_was_given() -> None:
    command = " ".join(COMPOSE["services"]["redis"]["command"])

    assert "--appendonly yes" in command
    assert "--maxmemory-policy noeviction" in command
