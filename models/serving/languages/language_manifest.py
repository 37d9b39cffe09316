"""The manifest of the languages: their files, thresholds, grades and figures, as JSON."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from models.features.normalise import NORMALISER_VERSION
from models.serving.artefact import ArtefactRefused, Manifest, digest
from models.serving.languages.grades import Grade

FORMAT_VERSION = 2
MANIFEST_FILE = "manifest.json"
_MAX_BYTES = 1 << 20  # the shipped one has 30,000
_CODE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?")
_SHA256 = re.compile("[0-9a-f]{64}")
_MOST = 1e6


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Replace the manifest in a folder, in one step; its digest is added."""
    signed = {**manifest, "manifest_sha256": _manifest_digest(manifest)}
    path = folder / MANIFEST_FILE
    unfinished = path.with_name(f"{path.name}.unfinished")
    text = json.dumps(signed, indent=2, ensure_ascii=False) + "\n"
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(path)


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest in a folder.

    Raises:
        ArtefactRefused: It is missing, altered, of another version, or a value is wrong.
    """
    path = folder / MANIFEST_FILE
    try:
        with path.open("rb") as file:
            manifest = json.loads(file.read(_MAX_BYTES).decode("utf-8"))
    except FileNotFoundError as error:
        message = f"{path} is missing: there is no model of a language here"
        raise ArtefactRefused(message) from error
    except (OSError, ValueError, RecursionError) as error:
        message = f"{path} is not a manifest in JSON"
        raise ArtefactRefused(message) from error
    return _checked(manifest, path)


def _checked(manifest: Any, path: Path) -> Manifest:
    expected = (FORMAT_VERSION, NORMALISER_VERSION)
    is_object = isinstance(manifest, dict)
    versions = (
        (manifest.get("format_version"), manifest.get("normaliser_version")) if is_object else None
    )
    if versions != expected:
        message = f"{path} is of another version than this Parley's: {versions}, not {expected}"
        raise ArtefactRefused(message)
    if manifest.pop("manifest_sha256", None) != _manifest_digest(manifest):
        message = f"{path} was altered: its content does not match its SHA-256"
        raise ArtefactRefused(message)
    languages = manifest.get("languages")
    if not isinstance(languages, Mapping) or not all(map(is_code, languages)):
        message = f"{path} fits no model: its languages must be by codes such as de or hi-Latn"
        raise ArtefactRefused(message)
    for code, entry in languages.items():
        if not _is_entry(entry):
            message = f"{path} fits no model: what it says of {code} is missing a value or wrong"
            raise ArtefactRefused(message)
    return dict(manifest)


def is_code(value: object) -> bool:
    """Whether it is spelt as the code of a language, with a script where that is unusual."""
    return isinstance(value, str) and _CODE.fullmatch(value) is not None


def _is_entry(entry: Any) -> bool:
    """Whether it has all that a model is built from; one that is not good enough has no model."""
    try:
        if entry["grade"] == Grade.UNKNOWN:
            return isinstance(entry["figures"], Mapping)
        curve, limits, (first, last) = entry["calibration"], entry["thresholds"], entry["lengths"]
        likely = limits["likely"]
        return bool(
            _SHA256.fullmatch(entry["sha256"])
            and isinstance(entry["version"], str)
            and Grade(entry["grade"])
            and isinstance(entry["figures"], Mapping)
            and set(curve) == {"slope", "upper_slope", "intercept"}
            and 0 < curve["slope"] <= _MOST
            and 0 < curve["upper_slope"] <= _MOST
            and abs(curve["intercept"]) <= _MOST
            and set(limits) == {"flag", "likely"}
            and 0 <= limits["flag"] <= 1
            and (likely is None or 0 <= likely <= 1)
            and type(first) is type(last) is int
            and 1 <= first < last <= 10
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return False


def _manifest_digest(manifest: Manifest) -> str:
    return digest(json.dumps(manifest, sort_keys=True).encode())
