"""What models/ reads beside its modules is part of the package that is installed."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_file_that_is_no_module_is_package_data() -> None:
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    models = ROOT / "models"
    patterns = pyproject["tool"]["setuptools"]["package-data"]["models"]

    packaged = {path for pattern in patterns for path in models.glob(pattern)}

    files = {path for path in models.rglob("*") if path.is_file()}
    data = {path for path in files if path.suffix not in (".py", ".pyc")}
    assert len(data) > 10
    assert data - packaged == set()
