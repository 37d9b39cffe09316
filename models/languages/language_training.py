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
from models.languages.identification_fit import fit_identification, held_out, training_texts
from models.languages.language_fit import language_design, lengths_for
from models.languages.language_grades import (
    GRADE_RULE,
    MISSED,
    PRECISION,
    PREVALENCE,
    as_fields,
    measure_language,
)
from models.languages.language_rows import (
    LanguageRows,
    language_codes,
    read_english,
    read_language,
)
from models.metrics.summary import four_decimals
from models.serving.artefact import Manifest, Weights, digest, pack, quantise
from models.serving.languages.grades import ENGLISH, Grade
from models.serving.languages.identification import Identifier, SpokenLanguages
from models.serving.languages.language_features import words_alone
from models.serving.languages.language_files import IDENTIFIER, language_file
from models.serving.languages.language_manifest import FORMAT_VERSION, write_manifest

LIBRARIES = ("numpy", "scipy", "scikit-learn")
THRESHOLD_METHOD = (
    f"flag: the score that {MISSED:.0%} of the toxic comments stay below, out of fold, and .50 at "
    "most; likely: the "
    f"lowest score from which {PRECISION:.0%} are toxic where {PREVALENCE:.0%} of all comments are"
)
_SHORT = 40  # letters


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
    on_step("languages: telling them apart")
    scripts, weights = fit_identification(training_texts(data, seed))
    manifest = new_manifest(seed) | {IDENTIFIER: _identification(data, out, scripts, weights)}
    for code in language_codes(data):
        on_step(f"languages: {code}")
        manifest["languages"][code] = train_language(read_language(data, code), code, out, seed)
    write_manifest(out, manifest)
    files = {IDENTIFIER: manifest[IDENTIFIER], **manifest["languages"]}
    named = {name: fields["sha256"] for name, fields in files.items() if "sha256" in fields}
    _remove_others(out, {language_file(name, sha256) for name, sha256 in named.items()})


def language_steps(data: Path) -> int:
    """Return how often `train_languages` calls `on_step`."""
    return 1 + len(language_codes(data))


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
    sha256 = _write(out, code, weights)
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


def _identification(
    data: Path, out: Path, scripts: Mapping[str, str], weights: Weights
) -> dict[str, Any]:
    floats = weights.quantised.astype(np.float32) * weights.scales[:, None]
    identifier = Identifier(
        tuple(scripts), tuple(scripts.values()), floats, weights.intercepts.astype(np.float64)
    )
    return {
        "sha256": _write(out, IDENTIFIER, weights),
        "languages": dict(scripts),
        "figures": dict(_accuracies(data, identifier)),
    }


def _accuracies(data: Path, identifier: Identifier) -> dict[str, dict[str, float]]:
    """Of each language, on comments that were held out: how many are told right."""
    texts = {code: read_language(data, code).texts for code in language_codes(data)}
    return {
        code: _accuracy(held_out(own)[:2_000], code, identifier)
        for code, own in {ENGLISH: read_english(data), **texts}.items()
    }


def _accuracy(texts: list[str], code: str, identifier: Identifier) -> dict[str, float]:
    """English as on a site in English, others as on a site in English and the language."""
    spoken = SpokenLanguages(tuple(dict.fromkeys((ENGLISH, code))), ENGLISH)
    right = np.array([own == code for own in identifier.identify(texts, spoken)])
    letters = np.array([len(words_alone(text).replace(" ", "")) for text in texts])
    short, is_long = letters < _SHORT, letters >= _SHORT
    shares = {"short": right[short], "long": right[is_long]}
    return {name: four_decimals(of.mean()) for name, of in shares.items() if len(of)}


def _write(out: Path, name: str, weights: Weights) -> str:
    content = pack(weights)
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
    for path in out.glob("*.npz"):
        if path.name not in names:
            path.unlink()
