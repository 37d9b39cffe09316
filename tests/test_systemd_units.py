"""systemd itself reads the units, and what they start is there."""

import configparser
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.main import parley

ROOT = Path(__file__).parents[1]
UNITS = sorted((ROOT / "integrations/systemd").glob("parley*"))
SERVICES = [path for path in UNITS if path.suffix == ".service"]
PROGRAM = "/opt/parley/bin/parley"
ANALYZE = shutil.which("systemd-analyze")
MOST_EXPOSED = 2.0  # of 10, as systemd counts it; a service without any of it has 9.6

needs_systemd = pytest.mark.skipif(not ANALYZE, reason="systemd-analyze is not on this machine")


def analyze(*arguments: str) -> str:
    """What systemd-analyze prints; it must end well."""
    assert ANALYZE
    done = subprocess.run([ANALYZE, *arguments], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def installed(tmp_path: Path) -> list[Path]:
    """The units as they would be with a program that is there."""
    program = Path(sys.executable).with_name("parley")
    for path in UNITS:
        (tmp_path / path.name).write_text(path.read_text().replace(PROGRAM, str(program)))
    return sorted(tmp_path.iterdir())


@needs_systemd
def test_systemd_understands_every_unit_without_a_word(installed: list[Path]) -> None:
    assert analyze("verify", *map(str, installed)) == ""


@needs_systemd
def test_systemd_finds_a_misspelt_line_in_a_unit(installed: list[Path]) -> None:
    unit = next(path for path in installed if path.name == "parley.service")
    unit.write_text(unit.read_text() + "WantedBi=multi-user.target\n")

    with pytest.raises(AssertionError, match="WantedBi"):
        assert analyze("verify", str(unit)) == ""


@needs_systemd
@pytest.mark.parametrize("unit", SERVICES, ids=lambda path: path.name)
def test_a_service_can_do_little_beyond_its_work(unit: Path) -> None:
    line = analyze("security", "--offline=yes", str(unit)).splitlines()[-1]

    exposure = re.search(r"([\d.]+) OK", line)
    assert exposure
    assert float(exposure[1]) <= MOST_EXPOSED


@pytest.mark.parametrize("unit", SERVICES, ids=lambda path: path.name)
def test_a_service_runs_a_command_of_parley(unit: Path) -> None:
    sections = configparser.RawConfigParser(strict=False)
    sections.optionxform = str  # type: ignore[assignment, method-assign]
    sections.read(unit)
    program, command, *_ = sections["Service"]["ExecStart"].split()

    assert program == PROGRAM
    assert CliRunner().invoke(parley, [command, "--help"]).exit_code == 0
