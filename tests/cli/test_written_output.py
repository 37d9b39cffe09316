"""What a command says goes where there is room for it; else a sentence says that there is none."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from moderation.sites import Site

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
Run = Callable[[str], tuple[int, str]]
EVERY = pytest.mark.parametrize("line", ["export --site demo", "site list", "version", "--help"])


@pytest.fixture
def run(site: Site, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a line of a shell in which `$parley` is the command; gives exit code and complaint."""
    monkeypatch.setenv("parley", f"{sys.executable} -m cli")
    monkeypatch.setenv("PARLEY_DATABASE_URL", database_url)
    monkeypatch.setenv("PARLEY_VAR", str(tmp_path))

    def run(line: str) -> tuple[int, str]:
        done = subprocess.run(["sh", "-c", line], stderr=subprocess.PIPE, text=True, check=False)
        return done.returncode, done.stderr

    return run


def test_what_is_said_is_utf_8_everywhere(run: Run, capfd: pytest.CaptureFixture[str]) -> None:
    ascii_alone = "LC_ALL=C PYTHONCOERCECLOCALE=0 PYTHONUTF8=0 PYTHONIOENCODING=ascii"

    assert run(f"{ascii_alone} $parley site set demo --title 'Zeitung für 日本'") == (0, "")
    assert run(f"{ascii_alone} $parley site list") == (0, "")

    assert "Zeitung für 日本" in capfd.readouterr().out


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@EVERY
def test_a_full_disk_is_told(run: Run, line: str) -> None:
    full = (1, "Error: it cannot be written: No space left on device\n")

    assert run(f"$parley {line} > /dev/full") == full


@EVERY
def test_nothing_is_said_where_nobody_listens(run: Run, line: str) -> None:
    assert run(f"$parley {line} >&-") == (0, "")
    assert run(f"$parley {line} | :") == (0, "")
