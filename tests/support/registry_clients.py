"""Programs of others, from their registries, unchanged; a test without them is skipped."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

_SECONDS = 100


def from_pypi(folder: Path, package: str) -> dict[str, str]:
    """Install a package beside ours; returns the environment that imports it."""
    target = folder / f"pypi-{package}"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(target), package]
    _install(pip, target, package)
    return {"PYTHONPATH": str(target)}


def from_npm(folder: Path, package: str) -> Path:
    """Install a package; returns the folder whose scripts may require it."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("there is no npm on this machine")
    target = folder / f"npm-{package.replace('/', '-')}"
    target.mkdir(parents=True, exist_ok=True)
    _install([npm, "install", "--prefix", str(target), "--silent", package], target, package)
    return target


def _install(command: list[str], target: Path, package: str) -> None:
    complete = target.with_suffix(".complete")
    if complete.exists():
        return
    done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
    if done.returncode != 0:
        pytest.skip(f"{package} cannot be installed: its registry is away")
    complete.touch()
