"""The files of a folder of languages: each is read with its digest, or refused in a sentence."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from models.serving.artefact import ArtefactRefused, Manifest, Weights, digest
from models.serving.languages.grades import Grade
from models.serving.languages.identification import Identifier
from models.serving.languages.language_classifier import COLUMNS, LanguageClassifier
from models.serving.languages.language_features import COLUMNS as IDENTIFIER_COLUMNS
from models.serving.languages.language_manifest import read_manifest
from models.serving.languages.letter_scores import LetterScores
from models.serving.languages.words_file import WORDS, unpack_words
from models.serving.weights_file import MAX_BYTES, WrongWeights, unpack

IDENTIFIER = "identification"
Content = TypeVar("Content")


@dataclass(frozen=True)
class LanguageEntry:
    """What a manifest says of a language.

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

    @property
    def version(self) -> str | None:
        """Names the model; None where there is none of the language."""
        return self.fields.get("version")

    def load(self) -> LanguageClassifier:
        """Read the model; raises ArtefactRefused."""
        weights = _weights(self.folder, self.code, self.fields["sha256"], (1, COLUMNS))
        return LanguageClassifier(self.fields, weights)


def entries_of(manifest: Manifest, folder: Path) -> dict[str, LanguageEntry]:
    """Return what the manifest in a folder says of each language, by its code."""
    return {
        code: LanguageEntry(code, Grade(entry["grade"]), entry["figures"], folder, entry)
        for code, entry in manifest["languages"].items()
    }


def read_entries(folder: Path) -> dict[str, LanguageEntry]:
    """Read what the manifest in a folder says of each language; raises ArtefactRefused."""
    return entries_of(read_manifest(folder), folder)


def language_file(name: str, sha256: str) -> str:
    """Return the name of a file: until the manifest is replaced, the old ones stay."""
    return f"{name}-{sha256[:12]}{'.txt.gz' if name == WORDS else '.npz'}"


def read_identifier(folder: Path, manifest: Manifest) -> Identifier:
    """Read what tells languages apart; raises ArtefactRefused."""
    fields: Any = manifest.get(IDENTIFIER)
    if not _is_identifier(fields):
        message = f"the manifest in {folder} fits no model: its {IDENTIFIER} is missing or wrong"
        raise ArtefactRefused(message)
    scripts = fields["languages"]
    weights = _weights(folder, IDENTIFIER, fields["sha256"], (len(scripts), IDENTIFIER_COLUMNS))
    words = _unpacked(folder, WORDS, fields["words_sha256"], unpack_words)
    return Identifier(LetterScores.of(scripts, weights), words)


def _is_identifier(fields: Any) -> bool:
    return (
        isinstance(fields, Mapping)
        and isinstance(fields.get("sha256"), str)
        and isinstance(fields.get("words_sha256"), str)
        and isinstance(fields.get("languages"), Mapping)
        and all(isinstance(script, str) for script in fields["languages"].values())
    )


def _weights(folder: Path, name: str, sha256: str, shape: tuple[int, int]) -> Weights:
    return _unpacked(folder, name, sha256, lambda content: Weights(**unpack(content, *shape)))


def _unpacked(
    folder: Path, name: str, sha256: str, unpacked: Callable[[bytes], Content]
) -> Content:
    path = folder / language_file(name, sha256)
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES)
        if digest(content) != sha256:
            message = f"{path} was altered: its SHA-256 is not the one in its manifest"
            raise ArtefactRefused(message)
        return unpacked(content)
    except OSError as error:
        message = f"{path} is missing or cannot be read"
        raise ArtefactRefused(message) from error
    except WrongWeights as error:
        message = f"{path} does not hold what a model is made of: {error}"
        raise ArtefactRefused(message) from error
