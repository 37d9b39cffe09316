"""What can be wrong with a file of a language: a copy of the shipped ones with one fault."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

from models.serving.artefact import digest
from models.serving.classifier import ARTEFACT

SHIPPED = ARTEFACT / "languages"


def missing(path: Path) -> None:
    path.unlink()


def flipped(path: Path) -> None:
    """One bit within it is another."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def foreign(path: Path) -> None:
    """Of another version of Parley: a manifest says so, a file has other arrays."""
    if path.suffix == ".json":
        sign(path, format_version=99)
        return
    english = next(ARTEFACT.glob("weights-*.npz")).read_bytes()
    path.write_bytes(english)


FAULTS: dict[str, Callable[[Path], None]] = {
    "missing": missing,
    "flipped": flipped,
    "foreign": foreign,
}


def sign(path: Path, **changed: object) -> None:
    """Change a manifest, and its digest with it."""
    manifest = json.loads(path.read_text()) | changed
    del manifest["manifest_sha256"]
    sha256 = digest(json.dumps(manifest, sort_keys=True).encode())
    path.write_text(json.dumps(manifest | {"manifest_sha256": sha256}))


def shipped_files() -> list[str]:
    """The names of all files, without what tells their content."""
    return sorted(path.name for path in SHIPPED.iterdir())


def with_fault(folder: Path, file: str, fault: str) -> Path:
    """A copy of the shipped model and languages in which one file of a language has a fault."""
    artefact = Path(shutil.copytree(ARTEFACT, folder))
    FAULTS[fault](artefact / "languages" / file)
    return artefact
