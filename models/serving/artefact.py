"""An artefact: a folder of weights (npz, never a pickle) and a manifest that vouches for them."""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

FORMAT_VERSION = 3
MANIFEST_FILE = "manifest.json"
CARD_FILE = "CARD.md"

Manifest = dict[str, Any]


class ArtefactRefused(ValueError):
    """The artefact is missing, altered, or of another version; the sentence says which."""


@dataclass(frozen=True)
class Weights:
    """Whole numbers from -127 to 127, (attributes, columns); times its scale each is a weight."""

    quantised: NDArray[np.int8]
    scales: NDArray[np.float32]
    intercepts: NDArray[np.float32]


def quantise(weights: NDArray[np.float64], intercepts: NDArray[np.float64]) -> Weights:
    """Each attribute's weights in 255 steps of its own size."""
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
    """Put a new artefact in the place of the old one; `pictures` are files that the card shows.

    The manifest names its weights by their digest and is replaced in one step: until then the old
    artefact is whole, from then on the new one is.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _write_whole(folder / weights_file(manifest["sha256"]), packed(weights))
    vouched = {**manifest, "manifest_sha256": _manifest_digest(manifest)}
    text = json.dumps(vouched, indent=2, ensure_ascii=False) + "\n"
    _write_whole(folder / MANIFEST_FILE, text.encode())
    for name, content in {CARD_FILE: card, **(pictures or {})}.items():
        _write_whole(folder / name, content.encode())
    for old in folder.glob("weights-*.npz"):
        if old.name != weights_file(manifest["sha256"]):
            old.unlink()


def weights_file(digest: str) -> str:
    return f"weights-{digest[:12]}.npz"


def packed(weights: Weights) -> bytes:
    """The content of the weights' file, the same for the same weights."""
    content = io.BytesIO()
    np.savez_compressed(
        content,
        quantised=weights.quantised,
        scales=weights.scales,
        intercepts=weights.intercepts,
    )
    return content.getvalue()


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _manifest_digest(manifest: Manifest) -> str:
    return digest(json.dumps(manifest, sort_keys=True).encode())


def _write_whole(path: Path, content: bytes) -> None:
    unfinished = path.with_name(path.name + ".unfinished")
    unfinished.write_bytes(content)
    unfinished.replace(path)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of this format version, or `ArtefactRefused`."""
    path = folder / MANIFEST_FILE
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as missing:
        what = f"{path} is missing: there is no trained model here"
        raise ArtefactRefused(what) from missing
    except (OSError, ValueError) as unreadable:
        what = f"{path} is not a manifest in JSON"
        raise ArtefactRefused(what) from unreadable
    version = manifest.get("format_version") if isinstance(manifest, dict) else None
    if version != FORMAT_VERSION:
        what = f"{path} has format version {version}; this Parley reads version {FORMAT_VERSION}"
        raise ArtefactRefused(what)
    if manifest.pop("manifest_sha256", None) != _manifest_digest(manifest):
        what = f"{path} was altered: its content is not the one it was written with"
        raise ArtefactRefused(what)
    return dict(manifest)


def read_weights(folder: Path, manifest: Manifest) -> Weights:
    """The weights that the manifest vouches for, or `ArtefactRefused`."""
    path = folder / weights_file(str(manifest.get("sha256")))
    if not path.is_file():
        what = f"{path} is missing: the manifest is there, its weights are not"
        raise ArtefactRefused(what)
    content = path.read_bytes()
    if digest(content) != manifest.get("sha256"):
        what = f"{path} was altered: its SHA-256 is not the one in its manifest"
        raise ArtefactRefused(what)
    return _unpacked(path, content)


def _unpacked(path: Path, content: bytes) -> Weights:
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            return Weights(arrays["quantised"], arrays["scales"], arrays["intercepts"])
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as wrong:
        what = f"{path} does not hold the arrays of a model; a pickle is never read"
        raise ArtefactRefused(what) from wrong
