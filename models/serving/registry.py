"""The model registry: trained versions in a folder, and which of them is used.

The pointer is a small file with a version's name, replaced in one step. Without it the version that
comes with Parley is used. Where it names a version that is not there, loading refuses, and all
comments are flagged.
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
    """The registry has no version of this name."""


@dataclass(frozen=True)
class Version:
    """A version in the registry.

    Attributes:
        name: The name of its folder, or SHIPPED.
        path: The artefact.
        manifest: Empty where there is a problem.
        problem: Why the version cannot be used; None where it can.
    """

    name: str
    path: Path
    manifest: Manifest
    problem: str | None = None


@dataclass(frozen=True)
class ModelRegistry:
    """The versions in a folder, and the one that comes with Parley.

    Attributes:
        folder: Need not exist.
    """

    folder: Path

    def versions(self) -> Iterator[Version]:
        """List the shipped version first, the others by name."""
        yield _version(SHIPPED, ARTEFACT)
        if self.folder.is_dir():
            for path in sorted(self.folder.iterdir()):
                if path.is_dir() and not path.name.startswith("."):
                    yield _version(path.name, path)

    def find(self, name: str) -> Path:
        """Return the folder of a version.

        Raises:
            UnknownVersion: There is none of this name.
        """
        for version in self.versions():
            if version.name == name:
                return version.path
        raise UnknownVersion(name)

    def in_use(self) -> str:
        """Return the name in the pointer, whether or not there is such a version."""
        try:
            return (self.folder / _POINTER).read_text(encoding="utf-8").strip() or SHIPPED
        except (FileNotFoundError, NotADirectoryError):
            return SHIPPED

    def path_in_use(self) -> Path:
        """Return the folder of the version in the pointer, whether or not it is there."""
        name = self.in_use()
        return ARTEFACT if name == SHIPPED else self.folder / Path(name).name

    def use(self, name: str) -> None:
        """Point to a version.

        Args:
            name: SHIPPED or the name of a version.

        Raises:
            UnknownVersion: There is none of this name.
            ArtefactRefused: The version cannot be loaded; the pointer stays as it was.
        """
        load(self.find(name))
        self.folder.mkdir(parents=True, exist_ok=True)
        unfinished = self.folder / f"{_POINTER}.unfinished"
        with unfinished.open("w", encoding="utf-8") as file:
            file.write(f"{name}\n")
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(self.folder / _POINTER)

    def add(self, write: Callable[[Path], None]) -> Version:
        """Add an artefact under its version's name, whole or not at all.

        Args:
            write: Puts the artefact in the empty folder that it is given.

        Returns:
            The new version, or the one of the same name that was there already.
        """
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
    except ArtefactRefused as error:
        return Version(name, path, {}, str(error))
