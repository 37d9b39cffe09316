"""Versions of models in folders: a version is added whole, a pointer replaced in one step."""

import os
from collections.abc import Callable
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp


def pointed_to(pointer: Path) -> str | None:
    """Return the name in a pointer; None where there is none."""
    try:
        return pointer.read_text(encoding="utf-8", errors="replace").strip() or None
    except (FileNotFoundError, NotADirectoryError):
        return None


def point_to(pointer: Path, name: str) -> None:
    """Let a pointer name a version."""
    pointer.parent.mkdir(parents=True, exist_ok=True)
    unfinished = pointer.with_name(f"{pointer.name}.unfinished")
    with unfinished.open("w", encoding="utf-8") as file:
        file.write(f"{name}\n")
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(pointer)


def add_folder(folder: Path, write: Callable[[Path], None], name_in: Callable[[Path], str]) -> Path:
    """Add a version, whole or not at all; one of the same name stays as it is.

    Args:
        folder: Of all versions, made where it is missing.
        write: Puts the version in the empty folder that it is given.
        name_in: Reads the version's name in what was written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = Path(mkdtemp(prefix=".unfinished-", dir=folder))
    try:
        write(unfinished)
        path = folder / name_in(unfinished)
        if not path.exists():  # the same bytes have the same name
            unfinished.chmod(0o755)
            unfinished.rename(path)
    finally:
        rmtree(unfinished, ignore_errors=True)
    return path
