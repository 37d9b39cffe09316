"""An artefact: a folder with weights (npz, never a pickle) and a manifest with their digest."""

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray

from models.features.array_types import Floats
from models.features.vectoriser import WIDTH
from models.serving.attributes import ATTRIBUTES
from models.serving.manifest_rules import WrongManifest, check_manifest
from models.serving.weights_file import MAX_BYTES, WrongWeights, unpack

FORMAT_VERSION = 4
MANIFEST_FILE = "manifest.json"
CARD_FILE = "CARD.md"
_MAX_MANIFEST = 4 * 1024 * 1024  # bytes: the shipped one has 18,000

Manifest = dict[str, Any]


class ArtefactRefused(ValueError):
    """The artefact is missing, altered, of another version, or no model; the message says which."""


@dataclass(frozen=True)
class Weights:
    """A linear model per attribute, in whole numbers.

    Attributes:
        quantised: From -127 to 127; times its attribute's scale each is a weight. Shape
            (attributes, columns).
        scales: Above 0, shape (attributes,).
        intercepts: Log-odds, shape (attributes,).
    """

    quantised: NDArray[np.int8]
    scales: NDArray[np.float32]
    intercepts: NDArray[np.float32]


def quantise(weights: Floats, intercepts: Floats) -> Weights:
    """Round each attribute's weights to 255 steps of a size of its own.

    Args:
        weights: Shape (attributes, columns).
        intercepts: Shape (attributes,).

    Returns:
        Weights within half a step of the given ones.
    """
    scales = np.abs(weights).max(axis=1) / 127
    scales[scales == 0] = 1
    steps = np.rint(weights / scales[:, None]).astype(np.int8)
    return Weights(steps, scales.astype(np.float32), intercepts.astype(np.float32))


def write(
    folder: Path,
    weights: Weights,
    manifest: Manifest,
    card: str,
    pictures: Mapping[str, str] | None = None,
) -> None:
    """Replace the artefact in a folder.

    The manifest names its weights by their digest and is replaced in one step: until then a reader
    finds the old artefact, from then on the new one.

    Args:
        folder: Made where it is missing.
        weights: What `manifest["sha256"]` is the digest of.
        manifest: Without `manifest_sha256`, which is added.
        card: The model card, in Markdown.
        pictures: File names and contents of the pictures that the card shows.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _write_whole(folder / weights_file(manifest["sha256"]), pack(weights))
    signed = {**manifest, "manifest_sha256": _manifest_digest(manifest)}
    text = json.dumps(signed, indent=2, ensure_ascii=False) + "\n"
    _write_whole(folder / MANIFEST_FILE, text.encode())
    for name, content in {CARD_FILE: card, **(pictures or {})}.items():
        _write_whole(folder / name, content.encode())
    for path in folder.glob("weights-*.npz"):
        if path.name != weights_file(manifest["sha256"]):
            path.unlink()


def weights_file(sha256: str) -> str:
    """Return the name of the weights' file, from the SHA-256 of its content in hexadecimal."""
    return f"weights-{sha256[:12]}.npz"


def pack(weights: Weights) -> bytes:
    """Return the content of the weights' file: a compressed npz, the same for the same weights."""
    content = io.BytesIO()
    np.savez_compressed(
        content,
        quantised=weights.quantised,
        scales=weights.scales,
        intercepts=weights.intercepts,
    )
    return content.getvalue()


def digest(content: bytes) -> str:
    """Return the SHA-256 of a file's content, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _manifest_digest(manifest: Manifest) -> str:
    return digest(json.dumps(manifest, sort_keys=True).encode())


def _write_whole(path: Path, content: bytes) -> None:
    unfinished = path.with_name(path.name + ".unfinished")
    unfinished.write_bytes(content)
    unfinished.replace(path)


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of an artefact.

    Args:
        folder: The artefact.

    Returns:
        The manifest without `manifest_sha256`, which is checked.

    Raises:
        ArtefactRefused: It is missing, altered, no JSON, of another format version, or a value
            that a model needs is wrong.
    """
    path = folder / MANIFEST_FILE
    manifest = _parsed(path)
    version = manifest.get("format_version") if isinstance(manifest, dict) else None
    if version != FORMAT_VERSION:
        message = f"{path} has format version {version}; this Parley reads version {FORMAT_VERSION}"
        raise ArtefactRefused(message)
    if manifest.pop("manifest_sha256", None) != _manifest_digest(manifest):
        message = f"{path} was altered: its content does not match its SHA-256"
        raise ArtefactRefused(message)
    try:
        check_manifest(manifest)
    except WrongManifest as wrong:
        message = f"{path} fits no model: {wrong}"
        raise ArtefactRefused(message) from wrong
    return dict(manifest)


def _parsed(path: Path) -> Any:
    try:
        content = _content(path, _MAX_MANIFEST)
        return json.loads(content.decode("utf-8"), parse_constant=_refuse_constant)
    except FileNotFoundError as error:
        message = f"{path} is missing: there is no trained model here"
        raise ArtefactRefused(message) from error
    except (OSError, ValueError, RecursionError) as error:
        message = f"{path} is not a manifest in JSON"
        raise ArtefactRefused(message) from error


def _refuse_constant(name: str) -> NoReturn:
    message = f"{name} is no number in JSON"
    raise ValueError(message)


def _content(path: Path, most: int) -> bytes:
    """The file's content; raises ArtefactRefused for one that is larger than any of ours."""
    with path.open("rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        message = f"{path} is larger than {most:,} bytes, which no model needs"
        raise ArtefactRefused(message)
    return content


def read_weights(folder: Path, manifest: Manifest) -> Weights:
    """Read the weights that a manifest names.

    Args:
        folder: The artefact.
        manifest: From `read_manifest`.

    Returns:
        The weights, whose digest is the one in the manifest.

    Raises:
        ArtefactRefused: They are missing, altered, too large, or no arrays of a model.
    """
    path = folder / weights_file(str(manifest.get("sha256")))
    if not path.is_file():
        message = f"{path} is missing: the manifest is there, its weights are not"
        raise ArtefactRefused(message)
    content = _content(path, MAX_BYTES)
    if digest(content) != manifest.get("sha256"):
        message = f"{path} was altered: its SHA-256 is not the one in its manifest"
        raise ArtefactRefused(message)
    return _unpack(path, content)


def _unpack(path: Path, content: bytes) -> Weights:
    try:
        return Weights(**unpack(content, len(ATTRIBUTES), WIDTH))
    except WrongWeights as error:
        message = f"{path} does not hold the arrays of a model: {error}"
        raise ArtefactRefused(message) from error
