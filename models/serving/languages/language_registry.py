"""An operator's own languages: their versions in a folder, and which of them are used.

For each language a pointer is a small file with a version's name, replaced in one step. Without it
the language is the one that comes with Parley. Where it names a version that is not there, comments
in this language wait.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from models.serving.artefact import ArtefactRefused
from models.serving.languages.language_files import LanguageEntry, read_entries
from models.serving.languages.language_manifest import is_code
from models.serving.version_folders import add_folder, point_to, pointed_to

_POINTER = "in-use-"
_UNREADABLE = "?"


@dataclass(frozen=True)
class LanguageRegistry:
    """The versions in a folder, each of one language.

    Attributes:
        folder: Need not exist.
    """

    folder: Path

    def names(self) -> list[str]:
        """Return the names of all versions: the language's code, a hyphen, a part of a digest."""
        if not self.folder.is_dir():
            return []
        paths = [path for path in self.folder.iterdir() if path.is_dir()]
        return sorted(path.name for path in paths if not path.name.startswith("."))

    def entry(self, name: str) -> LanguageEntry:
        """Return what a version says of its language.

        Raises:
            ArtefactRefused: It is missing or altered, or of another version of Parley.
        """
        path, code = self.folder / name, code_of(name)
        if not name.isprintable() or Path(name).name != name or not is_code(code):
            message = f"{self.folder} has no version {name!r} of a language"
            raise ArtefactRefused(message)
        entries = read_entries(path)
        if list(entries) != [code] or entries[code].version != name:
            message = f"{path} has another model than {name}"
            raise ArtefactRefused(message)
        return entries[code]

    def in_use(self) -> Mapping[str, str]:
        """Return the names in the pointers by the language's code, whether there or not."""
        return dict(self._pointers())

    def use(self, name: str) -> None:
        """Point to a version of a language; raises ArtefactRefused where it cannot be loaded."""
        self.entry(name).load()
        point_to(self._pointer(code_of(name)), name)

    def use_shipped(self, code: str) -> None:
        """Use what comes with Parley of a language, if anything."""
        self._pointer(code).unlink(missing_ok=True)

    def add(self, write: Callable[[Path], None]) -> LanguageEntry:
        """Add a version under its name, whole or not at all.

        Args:
            write: Puts the model of one language in the empty folder that it is given.
        """
        path = add_folder(self.folder, write, _version_in)
        return self.entry(path.name)

    def _pointers(self) -> Iterator[tuple[str, str]]:
        for path in sorted(self.folder.glob(f"{_POINTER}*")):
            code = path.name.removeprefix(_POINTER)
            if is_code(code) and (name := _name_in(path)):
                yield code, name

    def _pointer(self, code: str) -> Path:
        return self.folder / f"{_POINTER}{code}"


def code_of(version: str) -> str:
    """Return the code of the language in a version's name."""
    return version.rpartition("-")[0]


def _name_in(pointer: Path) -> str | None:
    try:
        return pointed_to(pointer)
    except OSError:  # it is there: no other version may take its place
        return _UNREADABLE


def _version_in(folder: Path) -> str:
    (entry,) = read_entries(folder).values()
    return str(entry.version)
