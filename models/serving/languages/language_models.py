"""The languages in a folder: told apart by one file, each scored by its own, loaded when needed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from models.serving.artefact import ArtefactRefused, Manifest, Weights, digest
from models.serving.languages.grades import ENGLISH, UNDETERMINED, Grade
from models.serving.languages.identification import Identifier, SpokenLanguages
from models.serving.languages.language_classifier import COLUMNS, LanguageClassifier
from models.serving.languages.language_features import COLUMNS as IDENTIFIER_COLUMNS
from models.serving.languages.language_manifest import read_manifest
from models.serving.weights_file import MAX_BYTES, WrongWeights, unpack

IDENTIFIER = "identification"
_ENGLISH = SpokenLanguages()


@dataclass(frozen=True)
class LanguageEntry:
    """What the manifest says of a language.

    Attributes:
        code: Of the language.
        grade: How far its scores may go, as measured.
        figures: As measured, by name.
        folder: Where its file is.
        fields: All of the manifest's entry.
    """

    code: str
    grade: Grade
    figures: Mapping[str, Any]
    folder: Path
    fields: Mapping[str, Any]


class LanguageModels:
    """The languages in a folder.

    Nothing is read before it is needed; `preload` reads what every comment needs.
    """

    def __init__(self, folder: Path) -> None:
        """Take the folder; it is read later."""
        self._folder = folder
        self._loaded: dict[str, LanguageClassifier | ArtefactRefused] = {}

    def preload(self) -> None:
        """Read manifests and the identifier, so that processes that fork share them."""
        _ = (self.entries, self._identifier)

    def identify(self, texts: Sequence[str], spoken: SpokenLanguages = _ENGLISH) -> list[str]:
        """Return the code of each text's language, as `Identifier.identify` does."""
        if isinstance(self._identifier, ArtefactRefused):
            return [UNDETERMINED] * len(texts)
        return self._identifier.identify(texts, spoken)

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
            if entry.fields.get("version") == version:
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
            yield f"{self._manifest}; every comment waits meanwhile"
        elif isinstance(self._identifier, ArtefactRefused):
            yield f"{self._identifier}; every comment waits meanwhile"
        scored = [entry for entry in self.entries.values() if entry.grade is not Grade.UNKNOWN]
        for refused in map(_refusal, scored):
            if refused is not None:
                yield f"{refused}; comments in this language wait meanwhile"

    @cached_property
    def entries(self) -> Mapping[str, LanguageEntry]:
        """What is known of each language, by its code."""
        manifest = self._manifest
        return {} if isinstance(manifest, ArtefactRefused) else _entries(manifest, self._folder)

    @cached_property
    def _manifest(self) -> Manifest | ArtefactRefused:
        return _manifest(self._folder)

    @cached_property
    def _identifier(self) -> Identifier | ArtefactRefused:
        if isinstance(self._manifest, ArtefactRefused):
            return self._manifest
        try:
            return _read_identifier(self._folder, self._manifest[IDENTIFIER])
        except ArtefactRefused as refused:
            return refused

    def _model(self, code: str) -> LanguageClassifier | ArtefactRefused:
        if code not in self._loaded:
            self._loaded[code] = _load(self.entries[code])
        return self._loaded[code]


def language_file(name: str, sha256: str) -> str:
    """Return the name of a file: until the manifest is replaced, the old ones stay."""
    return f"{name}-{sha256[:12]}.npz"


def _manifest(folder: Path) -> Manifest | ArtefactRefused:
    try:
        return read_manifest(folder)
    except ArtefactRefused as refused:
        return refused


def _entries(manifest: Manifest, folder: Path) -> Mapping[str, LanguageEntry]:
    return {
        code: LanguageEntry(code, Grade(entry["grade"]), entry["figures"], folder, entry)
        for code, entry in manifest["languages"].items()
    }


def _refusal(entry: LanguageEntry) -> ArtefactRefused | None:
    loaded = _load(entry)
    return loaded if isinstance(loaded, ArtefactRefused) else None


def _load(entry: LanguageEntry) -> LanguageClassifier | ArtefactRefused:
    try:
        weights = _weights(entry.folder, entry.code, entry.fields["sha256"], (1, COLUMNS))
    except ArtefactRefused as refused:
        return refused
    return LanguageClassifier(entry.fields, weights)


def _read_identifier(folder: Path, fields: Mapping[str, Any]) -> Identifier:
    codes, scripts = tuple(fields["languages"]), tuple(fields["languages"].values())
    weights = _weights(folder, IDENTIFIER, fields["sha256"], (len(codes), IDENTIFIER_COLUMNS))
    floats = weights.quantised.astype(np.float32) * weights.scales[:, None]
    return Identifier(codes, scripts, floats, weights.intercepts.astype(np.float64))


def _weights(folder: Path, name: str, sha256: str, shape: tuple[int, int]) -> Weights:
    """The weights in a file of the folder; raises ArtefactRefused."""
    path = folder / language_file(name, sha256)
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES)
        if digest(content) != sha256:
            message = f"{path} was altered: its SHA-256 is not the one in its manifest"
            raise ArtefactRefused(message)
        return Weights(**unpack(content, *shape))
    except OSError as error:
        message = f"{path} is missing or cannot be read"
        raise ArtefactRefused(message) from error
    except WrongWeights as error:
        message = f"{path} does not hold the arrays of a model: {error}"
        raise ArtefactRefused(message) from error
