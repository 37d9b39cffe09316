"""Train all languages, or one of an operator's: files, manifest and figures."""

import json
import platform
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from models.features.normalise import NORMALISER_VERSION
from models.fitting.progress import ProgressCallback
from models.languages.english_words_fit import english_words
from models.languages.identification_figures import accuracies
from models.languages.identification_fit import STEPS as IDENTIFICATION_STEPS
from models.languages.identification_fit import fit_identification, training_texts
from models.languages.language_fit import language_design, lengths_for
from models.languages.language_grades import (
    GRADE_RULE,
    MISSED,
    PRECISION,
    PREVALENCE,
    as_fields,
    measure_language,
)
from models.languages.language_rows import LanguageRows, language_codes, read_language
from models.serving.artefact import Manifest, Weights, digest, pack, quantise
from models.serving.languages.english_words import EnglishWords
from models.serving.languages.grades import Grade
from models.serving.languages.identification import Identifier
from models.serving.languages.language_files import IDENTIFIER, language_file
from models.serving.languages.language_manifest import FORMAT_VERSION, write_manifest
from models.serving.languages.letter_scores import LetterScores
from models.serving.languages.words_file import WORDS, pack_words

LIBRARIES = ("numpy", "scipy", "scikit-learn")
THRESHOLD_METHOD = (
    f"flag: the score that {MISSED:.0%} of the toxic comments stay below, out of fold, and .50 at "
    "most; likely: the "
    f"lowest score from which {PRECISION:.0%} are toxic where {PREVALENCE:.0%} of all comments are"
)


def train_languages(data: Path, out: Path, *, seed: int, on_step: ProgressCallback) -> None:
    """Train what tells languages apart and a model of each language, and write them.

    The same files, seed and libraries give the same bytes.

    Args:
        data: The folder of the labelled files.
        out: The folder of the languages' artefact.
        seed: Of folds and fits.
        on_step: Called `language_steps(data)` times.

    Raises:
        BadTrainingData: A file is missing or malformed.
    """
    on_step("languages: reading comments")
    scripts, weights = fit_identification(training_texts(data, seed), on_step)
    on_step("languages: the words of English")
    words = EnglishWords(english_words(data))
    identifier = Identifier(LetterScores.of(scripts, weights), words)
    fields = _identification(out, weights, identifier) | {"figures": accuracies(data, identifier)}
    manifest = new_manifest(seed) | {IDENTIFIER: fields}
    for code in language_codes(data):
        on_step(f"languages: {code}")
        manifest["languages"][code] = train_language(read_language(data, code), code, out, seed)
    write_manifest(out, manifest)
    files = {IDENTIFIER: manifest[IDENTIFIER], **manifest["languages"]}
    named = {name: fields["sha256"] for name, fields in files.items() if "sha256" in fields}
    named[WORDS] = manifest[IDENTIFIER]["words_sha256"]
    _remove_others(out, {language_file(name, sha256) for name, sha256 in named.items()})


def language_steps(data: Path) -> int:
    """Return how often `train_languages` calls `on_step`."""
    return 2 + IDENTIFICATION_STEPS + len(language_codes(data))


def train_language(rows: LanguageRows, code: str, out: Path, seed: int) -> dict[str, Any]:
    """Train the model of one language and write its file.

    Returns:
        What the manifest says of it. A model that is not good enough is not written.
    """
    lengths = lengths_for(code)
    measured = measure_language(rows, language_design(rows, lengths, seed))
    if measured.grade is Grade.UNKNOWN:
        return {"grade": measured.grade, "figures": measured.figures}
    weights = quantise(measured.model.weights[None, :], np.array([measured.model.intercept]))
    sha256 = _write(out, code, pack(weights))
    fields = {
        "sha256": sha256,
        "lengths": [lengths.start, lengths.stop],
        **as_fields(measured),
    }
    return {"version": f"{code}-{_digest_of(fields)[:12]}", **fields}


def new_manifest(seed: int) -> Manifest:
    """Return a manifest without languages."""
    return {
        "format_version": FORMAT_VERSION,
        "normaliser_version": NORMALISER_VERSION,
        "grade_rule": GRADE_RULE,
        "threshold_method": THRESHOLD_METHOD,
        "languages": {},
        "seed": seed,
        "libraries": {"python": platform.python_version()}
        | {name: version(name) for name in LIBRARIES},
    }


def _identification(out: Path, weights: Weights, identifier: Identifier) -> dict[str, Any]:
    return {
        "sha256": _write(out, IDENTIFIER, pack(weights)),
        "words_sha256": _write(out, WORDS, pack_words(identifier.words.kinds)),
        "languages": dict(zip(identifier.letters.codes, identifier.letters.scripts, strict=True)),
    }


def _write(out: Path, name: str, content: bytes) -> str:
    out.mkdir(parents=True, exist_ok=True)
    path = out / language_file(name, digest(content))
    unfinished = path.with_name(f"{path.name}.unfinished")
    unfinished.write_bytes(content)
    unfinished.replace(path)
    return digest(content)


def _digest_of(fields: Mapping[str, Any]) -> str:
    """Of all that makes a score or a decision, and of the figures."""
    return digest(json.dumps(fields, sort_keys=True).encode())


def _remove_others(out: Path, names: set[str]) -> None:
    for path in (*out.glob("*.npz"), *out.glob("*.txt.gz")):
        if path.name not in names:
            path.unlink()
