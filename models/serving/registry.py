"""Trained versions side by side in a folder, and which of them the workers use.

The pointer is a small file with a version's name, replaced in one step. Without it the version that
comes with Parley is used; where it names what is not there, loading refuses and all is flagged.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from models.serving.artefact import ArtefactRefused, Manifest, read_manifest
from models.serving.classifier import ARTEFACT, load

SHIPPED = "shipped"
_POINTER = "in-use"


class UnknownVersion(LookupError):
    """No version of this name is on the shelf."""


@dataclass(frozen=True)
class Version:
    """A folder on the shelf; `problem` says why it cannot be used, `manifest` is empty then."""

    name: str
    path: Path
    manifest: Manifest
    problem: str | None = None


@dataclass(frozen=True)
class Shelf:
    """The versions in a folder that need not exist, and the one that comes with Parley."""

    folder: Path

    def versions(self) -> Iterator[Version]:
        """The shipped one first, the others by name."""
        yield _version(SHIPPED, ARTEFACT)
        if self.folder.is_dir():
            for path in sorted(self.folder.iterdir()):
                if path.is_dir() and not path.name.startswith("."):
                    yield _version(path.name, path)

    def find(self, name: str) -> Path:
        """The folder of a version; raises `UnknownVersion`."""
        for version in self.versions():
            if version.name == name:
                return version.path
        raise UnknownVersion(name)

    def in_use(self) -> str:
        """The name that the pointer has, whether or not there is such a version."""
        try:
            return (self.folder / _POINTER).read_text(encoding="utf-8").strip() or SHIPPED
        except (FileNotFoundError, NotADirectoryError):
            return SHIPPED

    def path_in_use(self) -> Path:
        name = self.in_use()
        return ARTEFACT if name == SHIPPED else self.folder / Path(name).name

    def use(self, name: str) -> None:
        """Point to a version that loads; raises `UnknownVersion` or `ArtefactRefused`."""
        load(self.find(name))
        self.folder.mkdir(parents=True, exist_ok=True)
        unfinished = self.folder / f"{_POINTER}.unfinished"
        with unfinished.open("w", encoding="utf-8") as file:
            file.write(f"{name}\n")
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(self.folder / _POINTER)

    def add(self, write: Callable[[Path], None]) -> Version:
        """Put on the shelf what `write` leaves in an empty folder, under its version's name."""
        self.folder.mkdir(parents=True, exist_ok=True)
        unfinished = Path(mkdtemp(prefix=".unfinished-", dir=self.folder))
        try:
            write(unfinished)
            name = str(read_manifest(unfinished)["model_version"])
            if not (self.folder / name).exists():  # the same bytes have the same name
                unfinished.chmod(0o755)
                unfinished.rename(self.folder / name)
        finally:
            rmtree(unfinished, ignore_errors=True)
        return _version(name, self.folder / name)


def _version(name: str, path: Path) -> Version:
    try:
        return Version(name, path, read_manifest(path))
    except ArtefactRefused as refused:
        return Version(name, path, {}, str(refused))
