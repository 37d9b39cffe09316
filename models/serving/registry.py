"""The model registry: trained versions in a folder, and which of them is used.

The pointer is a small file with a version's name, replaced in one step. Without it the version that
comes with Parley is used. Where it names a version that is not there, loading refuses, and all
comments are flagged.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from models.serving.artefact import ArtefactRefused, Manifest, read_manifest
from models.serving.classifier import ARTEFACT, load
from models.serving.languages.language_registry import LanguageRegistry
from models.serving.version_folders import add_folder, point_to, pointed_to

SHIPPED = "shipped"
_POINTER = "in-use"
_LANGUAGES = "languages"


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

    @property
    def languages(self) -> LanguageRegistry:
        """The operator's own languages, in a folder beside the versions."""
        return LanguageRegistry(self.folder / _LANGUAGES)

    def versions(self) -> Iterator[Version]:
        """List the shipped version first, the others by name."""
        yield _version(SHIPPED, ARTEFACT)
        if self.folder.is_dir():
            for path in sorted(self.folder.iterdir()):
                if path.is_dir() and not path.name.startswith(".") and path.name != _LANGUAGES:
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
        return pointed_to(self.folder / _POINTER) or SHIPPED

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
        point_to(self.folder / _POINTER, name)

    def add(self, write: Callable[[Path], None]) -> Version:
        """Add an artefact under its version's name, whole or not at all.

        Args:
            write: Puts the artefact in the empty folder that it is given.

        Returns:
            The new version, or the one of the same name that was there already.
        """
        path = add_folder(self.folder, write, _name_in)
        return _version(path.name, path)


def _name_in(folder: Path) -> str:
    return str(read_manifest(folder)["model_version"])


def _version(name: str, path: Path) -> Version:
    try:
        return Version(name, path, read_manifest(path))
    except ArtefactRefused as error:
        return Version(name, path, {}, str(error))
