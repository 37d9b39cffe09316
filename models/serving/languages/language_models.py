"""The languages in a folder: told apart by one file, each scored by its own, loaded when needed."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from models.serving.artefact import ArtefactRefused, Manifest
from models.serving.languages.grades import ENGLISH, UNDETERMINED, Grade
from models.serving.languages.identification import Identifier, SpokenLanguages
from models.serving.languages.language_classifier import LanguageClassifier
from models.serving.languages.language_files import LanguageEntry, entries_of, read_identifier
from models.serving.languages.language_manifest import read_manifest
from models.serving.languages.language_registry import LanguageRegistry
from models.serving.languages.plain_english import is_plainly_english

_ENGLISH = SpokenLanguages()
_NOT_TOLD = "every comment that is not plainly English waits meanwhile"


class LanguageModels:
    """The languages in a folder, and an operator's own in place of them or beside them.

    Nothing is read before it is needed; `preload` reads all.
    """

    def __init__(self, folder: Path, own: LanguageRegistry | None = None) -> None:
        """Take the folders; they are read later."""
        self.open(folder, own)

    def open(self, folder: Path, own: LanguageRegistry | None = None) -> None:
        """Take other folders; what was read of the former ones is forgotten."""
        self._folder, self._own = folder, own
        self._loaded: dict[str, LanguageClassifier | ArtefactRefused] = {}
        for name in ("entries", "_own_entries", "_manifest", "_identifier"):
            self.__dict__.pop(name, None)

    def preload(self) -> None:
        """Read all, so that processes that fork share it, and no later change of a file counts."""
        _ = (self._identifier, list(self.problems()))

    def identify(self, texts: Sequence[str], spoken: SpokenLanguages = _ENGLISH) -> list[str]:
        """Return the code of each text's language, as `Identifier.identify` does.

        Where the file of that is refused nothing is told but plain English.
        """
        if isinstance(self._identifier, ArtefactRefused):
            return [ENGLISH if is_plainly_english(text) else UNDETERMINED for text in texts]
        return self._identifier.identify(texts, spoken)

    def is_sure(self, text: str, code: str) -> bool:
        """Whether a text that was told as in a language other than English is surely in it."""
        identifier = self._identifier
        return not isinstance(identifier, ArtefactRefused) and identifier.is_sure(text, code)

    def grade(self, code: str) -> Grade:
        """How far scores of the language may go; UNKNOWN too where its file is refused."""
        if code == ENGLISH:
            return Grade.DECIDES
        entry = self.entries.get(code)
        if entry is None or entry.grade is Grade.UNKNOWN:
            return Grade.UNKNOWN
        return Grade.UNKNOWN if isinstance(self._model(code), ArtefactRefused) else entry.grade

    def classifier(self, code: str) -> LanguageClassifier:
        """Return the model of a language other than English.

        Raises:
            ArtefactRefused: Its file is missing or altered.
            KeyError: There is none of this language, or none that is good enough.
        """
        model = self._model(code)
        if isinstance(model, ArtefactRefused):
            raise model
        return model

    def by_version(self, version: str) -> LanguageClassifier | None:
        """Return the model that gave a score; None where it is no language's of today."""
        for code, entry in self.entries.items():
            if entry.version == version:
                model = self._model(code)
                return None if isinstance(model, ArtefactRefused) else model
        return None

    def can_tell(self, code: str) -> bool:
        """Whether texts of the language are told from others."""
        if isinstance(self._identifier, ArtefactRefused):
            return False
        return code in self._identifier.known()

    def problems(self) -> Iterator[str]:
        """Say what is missing or damaged, reading every file; each in a sentence."""
        if isinstance(self._manifest, ArtefactRefused):
            yield f"{self._manifest}; {_NOT_TOLD}"
        elif isinstance(self._identifier, ArtefactRefused):
            yield f"{self._identifier}; {_NOT_TOLD}"
        for code, refused in self._refusals():
            yield f"{refused}; comments in the language {code} wait meanwhile"

    @cached_property
    def entries(self) -> Mapping[str, LanguageEntry]:
        """What is known of each language, by its code; nothing of one whose manifest is refused."""
        manifest, own = self._manifest, self._own_entries
        shipped = (
            {} if isinstance(manifest, ArtefactRefused) else entries_of(manifest, self._folder)
        )
        usable = {code: entry for code, entry in own.items() if isinstance(entry, LanguageEntry)}
        return {code: entry for code, entry in shipped.items() if code not in own} | usable

    @cached_property
    def _own_entries(self) -> Mapping[str, LanguageEntry | ArtefactRefused]:
        """What the operator's own versions in use say, or why they cannot be used."""
        own = self._own
        return {} if own is None else {code: _own(own, name) for code, name in own.in_use().items()}

    @cached_property
    def _manifest(self) -> Manifest | ArtefactRefused:
        try:
            return read_manifest(self._folder)
        except ArtefactRefused as refused:
            return refused

    @cached_property
    def _identifier(self) -> Identifier | ArtefactRefused:
        if isinstance(self._manifest, ArtefactRefused):
            return self._manifest
        try:
            return read_identifier(self._folder, self._manifest)
        except ArtefactRefused as refused:
            return refused

    def _refusals(self) -> Iterator[tuple[str, ArtefactRefused]]:
        for code, own in self._own_entries.items():
            if isinstance(own, ArtefactRefused):
                yield code, own
        for code, entry in self.entries.items():
            model = None if entry.grade is Grade.UNKNOWN else self._model(code)
            if isinstance(model, ArtefactRefused):
                yield code, model

    def _model(self, code: str) -> LanguageClassifier | ArtefactRefused:
        if code not in self._loaded:
            self._loaded[code] = _load(self.entries[code])
        return self._loaded[code]


def _load(entry: LanguageEntry) -> LanguageClassifier | ArtefactRefused:
    try:
        return entry.load()
    except ArtefactRefused as refused:
        return refused


def _own(registry: LanguageRegistry, name: str) -> LanguageEntry | ArtefactRefused:
    try:
        return registry.entry(name)
    except ArtefactRefused as refused:
        return refused
